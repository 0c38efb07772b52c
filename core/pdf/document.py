"""HTML to PDF: tagged, in Swedish, with nothing fetched but our own style sheet and fonts.

Knows nothing of Django: `core.pdf.process` runs it in a process of its own.
"""

import io
import re
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from core.pdf.signs import FONTS, drawn
from core.pdf.typefaces import use_both_ways

_STATIC = Path(__file__).resolve().parents[2] / "static"
_PRINT_FLAG = 4
# The second shape of a letter that is drawn by two, as in Devanagari, has no text of its own: a word joiner is unseen.
_NO_TEXT = re.compile(rb"(<[0-9a-fA-F]+>) <>")
_UNSEEN_TEXT = rb"\1 <2060>"


class OwnFontsOnly(URLFetcher):
    """Opens files in our own font folder and nothing else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("file",), allow_redirects=False)
        self.folder = FONTS.as_uri() + "/"

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """The file of a font of ours. Raises ValueError for any other address, before it is opened."""
        if not url.startswith(self.folder) or ".." in url:
            raise ValueError("Only our own fonts may be read.")
        return super().fetch(url, headers)


def make(html: str) -> bytes:
    """A PDF/UA document of a whole HTML page, which gives language and title.

    What the page itself points to is never fetched, except data: URIs. Signs that no typeface has are replaced.
    """
    fonts = _fonts()
    use_both_ways()
    page = HTML(string=drawn(html), url_fetcher=URLFetcher(allowed_protocols=("data",), allow_redirects=False))
    document = page.write_pdf(stylesheets=[_sheet()], font_config=fonts, pdf_variant="pdf/ua-1")
    return _mended(document)


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _sheet() -> CSS:
    """The style sheet of paper, with the fonts it brings; read once."""
    return CSS(filename=_STATIC / "css" / "pdf.css", font_config=_fonts(), url_fetcher=OwnFontsOnly())


def _mended(document: bytes) -> bytes:
    """Say of each header cell whether it heads a column or a row, let every annotation print, and give every shape a
    text."""
    with pikepdf.open(io.BytesIO(document)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        if root is not None:
            _mend_headers(root, in_head=False)
        for page in pdf.pages:
            for annotation in page.get("/Annots", []):
                annotation["/F"] = int(annotation.get("/F", 0)) | _PRINT_FLAG
        _mend_texts(pdf)
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def _mend_texts(pdf: pikepdf.Pdf) -> None:
    """Let no shape of a typeface be without the text that is read aloud and copied for it."""
    for font in pdf.objects:
        if isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/Font" and "/ToUnicode" in font:
            texts = font.ToUnicode
            texts.write(_NO_TEXT.sub(_UNSEEN_TEXT, texts.read_bytes()))


def _mend_headers(element: Any, *, in_head: bool) -> None:
    """Walk the structure tree; a header cell without a scope gets that of its place."""
    if not isinstance(element, pikepdf.Dictionary):
        return
    kind = element.get("/S")
    in_head = in_head or kind == "/THead"
    if kind == "/TH":
        _give_scope(element, "/Column" if in_head else "/Row")
    for child in _listed(element.get("/K")):
        _mend_headers(child, in_head=in_head)


def _give_scope(cell: pikepdf.Dictionary, scope: str) -> None:
    """Add a table attribute to what WeasyPrint has written, unless it says a scope already."""
    present = _listed(cell.get("/A"))
    if any(isinstance(attributes, pikepdf.Dictionary) and "/Scope" in attributes for attributes in present):
        return
    for attributes in present:
        if isinstance(attributes, pikepdf.Dictionary) and attributes.get("/O") == "/Table":
            attributes["/Scope"] = pikepdf.Name(scope)
            return
    mine = pikepdf.Dictionary(O=pikepdf.Name("/Table"), Scope=pikepdf.Name(scope))
    cell["/A"] = pikepdf.Array([*present, mine])


def _listed(value: Any) -> list[Any]:
    """PDF writes a list of one as the thing itself."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]
