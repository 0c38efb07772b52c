"""A document in a process of its own: it can take neither the server's time nor its memory.

The processes are forked from one that has read WeasyPrint, style sheet and fonts once and has no threads, no
connections and no requests of ours in it (multiprocessing's "forkserver"). It starts at the first document.
"""

import multiprocessing
import resource
from multiprocessing.connection import Connection
from typing import Final

SECONDS: Final = 30
BYTES: Final = 1024**3

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["core.pdf_warm"])


class PdfFailedError(Exception):
    """The document took too long, too much memory, or couldn't be made at all."""


def render(html: str) -> bytes:
    """A PDF/UA document of a whole HTML page. Call it outside transactions: it takes a tenth of a second a page."""
    receiver, sender = _context.Pipe(duplex=False)
    process = _context.Process(target=_work, args=(html, sender, SECONDS, BYTES), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(SECONDS):
            raise PdfFailedError("It took too long.")
        return receiver.recv_bytes()
    except EOFError as error:
        raise PdfFailedError("The process ended without a document.") from error
    finally:
        process.kill()
        process.join()
        receiver.close()


def _work(html: str, sender: Connection, seconds: int, memory: int) -> None:
    """Make the document within the limits; whatever stops it closes the pipe, which is the answer."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    from core.pdf_document import make

    sender.send_bytes(make(html))
