"""A file that somebody has sent, as a document of pages and nothing else.

Knows nothing of Django: `core.pdf.process` runs it in a process of its own, since a file can be made to hurt its
reader. Pictures are drawn anew, so that nothing is left of them but what is seen.
"""

import io
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, Final

import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PAGES: Final = 30
# A telephone takes fifty million; each takes three bytes while it is drawn anew.
_MOST_PIXELS: Final = 60_000_000
# An A4 at 200 dots an inch: small handwriting is read, and a page takes a third of a megabyte.
_DOTS: Final = 200
_SHORT, _LONG = 1654, 2339
_QUALITY: Final = 80
_PICTURES: Final = ("JPEG", "PNG", "WEBP")
_HEIC: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")
# Behind its last sign a document has no more than a line or two.
_TAIL: Final = 1024
_ACTIVE: Final = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/AF"})
_ACTS: Final = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMedia"})
# Objects within objects; those of a document of pages are a handful deep.
_DEEPEST: Final = 20


class Refusal(Enum):
    """Why a file isn't taken, as one letter for the pipe between two processes."""

    KIND = b"k"
    HEIC = b"h"
    MIXED = b"m"
    DAMAGED = b"d"
    LOCKED = b"l"
    ACTIVE = b"a"
    PAGES = b"p"
    PIXELS = b"x"


class NotTakenError(Exception):
    """A file that isn't taken; `why` says the reason."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.name)
        self.why = why


def document_of(files: Sequence[bytes]) -> tuple[bytes, int]:
    """A PDF of one or several pictures, a page each, or the one PDF as it was sent; and how many pages it has. Raises
    NotTakenError."""
    if len(files) > MOST_PAGES:
        raise NotTakenError(Refusal.PAGES)
    documents = [content for content in files if content.startswith(b"%PDF-")]
    if documents and len(files) > 1:
        raise NotTakenError(Refusal.MIXED)
    if documents:
        return documents[0], _pages_of(documents[0])
    return _drawn(files), len(files)


def _pages_of(content: bytes) -> int:
    """How many pages a document has. Raises NotTakenError for one that is more than pages, or that can't be read."""
    if b"%%EOF" not in content[-_TAIL:]:
        raise NotTakenError(Refusal.DAMAGED)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pages = len(pdf.pages)
            if not 0 < pages <= MOST_PAGES:
                raise NotTakenError(Refusal.PAGES)
            if any(_is_active(found) for found in pdf.objects):
                raise NotTakenError(Refusal.ACTIVE)
            return pages
    except pikepdf.PasswordError:
        raise NotTakenError(Refusal.LOCKED) from None
    except (pikepdf.PdfError, RecursionError):
        raise NotTakenError(Refusal.DAMAGED) from None


def _is_active(found: Any, depth: int = 0) -> bool:
    """Whether an object does something, or carries a file: it, or one that lies in it. What it only points at is an
    object of the document, and looked at there."""
    if depth > _DEEPEST:
        return True
    if isinstance(found, pikepdf.Array):
        return any(_is_active(part, depth + 1) for part in _direct(found))
    if not isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        return False
    keys = set(found.keys())
    if keys & _ACTIVE or str(found.get("/S", "")) in _ACTS:
        return True
    return any(_is_active(part, depth + 1) for part in _direct(found[key] for key in keys))


def _direct(parts: Any) -> Iterator[Any]:
    return (part for part in parts if isinstance(part, pikepdf.Object) and not part.is_indirect)


def _drawn(files: Sequence[bytes]) -> bytes:
    """A document of pictures that are drawn anew, each as large as fits on an A4."""
    first, *rest = [_picture(content) for content in files]
    target = io.BytesIO()
    first.save(target, "PDF", save_all=True, append_images=rest, resolution=_DOTS, quality=_QUALITY)
    return target.getvalue()


def _picture(content: bytes) -> Image.Image:
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise NotTakenError(Refusal.HEIC)
    try:
        with Image.open(io.BytesIO(content), formats=_PICTURES) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise NotTakenError(Refusal.PIXELS)
            # A JPEG is read as small as it is wanted, which takes a quarter of the memory or less.
            opened.draft("RGB", (_LONG, _LONG))
            return _on_white(ImageOps.exif_transpose(opened))
    except Image.DecompressionBombError:
        raise NotTakenError(Refusal.PIXELS) from None
    except UnidentifiedImageError:
        raise NotTakenError(Refusal.KIND) from None
    except (OSError, SyntaxError, ValueError):
        # What Pillow raises for a picture that ends too soon or contradicts itself.
        raise NotTakenError(Refusal.DAMAGED) from None


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture in colours alone, as large as fits; what can be seen through is white."""
    size = (_LONG, _SHORT) if picture.width > picture.height else (_SHORT, _LONG)
    picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail(size)
    if picture.mode == "RGB":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white
