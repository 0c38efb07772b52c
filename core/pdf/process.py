"""A document in a process of its own: it can take neither the server's time nor its memory.

The processes are forked from one that has read WeasyPrint, style sheet and fonts once and has no threads, no
connections and no requests of ours in it (multiprocessing's "forkserver"). It starts at the first document.
"""

import io
import multiprocessing
import os
import resource
from multiprocessing.connection import Connection
from typing import Final

# Of a processor. A document gives way to pages (below), so on a busy server it waits longer than it works: one of five
# seconds' work (32 pages) passed thirty by the clock beside two processes that took all they could.
SECONDS: Final = 30
PATIENCE: Final = 120
BYTES: Final = 1024**3
# What a page takes is decided by its lines and cells: a line break costs as much as three other tags.
MOST_TAGS: Final = 40_000
_BREAK_COUNTS: Final = 3
# Pages go before documents where both want the processor.
_NICENESS: Final = 10

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["core.pdf.warm"])


class PdfFailedError(Exception):
    """The document took too long, too much memory, or couldn't be made at all."""


def render(html: str) -> bytes:
    """A PDF/UA document of a whole HTML page. Call it outside transactions: it takes a tenth of a second a page.

    Raises PdfFailedError where the limits are passed: at once for a page that is bound to.
    """
    if weight(html) > MOST_TAGS:
        raise PdfFailedError("It is too long.")
    receiver, sender = _context.Pipe(duplex=False)
    process = _context.Process(target=_work, args=(html, sender, SECONDS, BYTES), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(PATIENCE):
            raise PdfFailedError("It took too long.")
        return receiver.recv_bytes()
    except EOFError as error:
        raise PdfFailedError("The process ended without a document.") from error
    finally:
        process.kill()
        process.join()
        receiver.close()


def page_count(document: bytes) -> int:
    """How many pages a document of ours has."""
    # Read here: most answers of the server need none of it.
    import pikepdf

    with pikepdf.open(io.BytesIO(document)) as pdf:
        return len(pdf.pages)


def weight(html: str) -> int:
    """How much work a page is, counted in tags."""
    return html.count("<") + (_BREAK_COUNTS - 1) * html.count("<br")


def _work(html: str, sender: Connection, seconds: int, memory: int) -> None:
    """Make the document within the limits; a process that is stopped closes the pipe, which is the answer."""
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    from core.pdf.document import make

    sender.send_bytes(make(html))
