"""A document in a process of its own: it can take neither the server's time nor its memory.

The processes are forked from one that has read WeasyPrint, style sheet and fonts once and has no threads, no
connections and no requests of ours in it (multiprocessing's "forkserver"). It starts at the first document.
"""

import io
import multiprocessing
import os
import resource
from collections.abc import Callable, Sequence
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
    return _apart(_made, html)


def received(files: Sequence[bytes]) -> tuple[bytes, int]:
    """A document of what somebody has sent, which is pictures or one PDF, and how many pages it has. Call it outside
    transactions: a picture takes half a second.

    Raises NotTakenError with the reason, and PdfFailedError where the limits are passed.
    """
    from core.pdf.received import NotTakenError, Refusal

    answer = _apart(_taken, list(files))
    if len(answer) == 1:
        raise NotTakenError(Refusal(answer))
    return answer[1:], answer[0]


def _apart(work: Callable[..., bytes], given: object) -> bytes:
    """The answer of a function of this module, in a process of its own. Raises PdfFailedError."""
    receiver, sender = _context.Pipe(duplex=False)
    process = _context.Process(target=_work, args=(work, given, sender, SECONDS, BYTES), daemon=True)
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


def _made(html: str) -> bytes:
    from core.pdf.document import make

    return make(html)


def _taken(files: Sequence[bytes]) -> bytes:
    """The number of pages as one byte and then the document, or the letter of why there is none."""
    from core.pdf.received import NotTakenError, document_of

    try:
        content, pages = document_of(files)
    except NotTakenError as refused:
        letter: bytes = refused.why.value
        return letter
    return bytes([pages]) + content


def _work(work: Callable[..., bytes], given: object, sender: Connection, seconds: int, memory: int) -> None:
    """Make the document within the limits; a process that is stopped closes the pipe, which is the answer."""
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sender.send_bytes(work(given))
