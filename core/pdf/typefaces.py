"""Typefaces in a document: only the shapes that it uses, also where WeasyPrint's first way of choosing them gives up.

HarfBuzz gives up on many shapes far apart, as a long text in Chinese has; WeasyPrint then puts in the whole file, which
no reader can open where it holds several typefaces.
"""

from collections.abc import Mapping

from weasyprint.pdf.fonts import Font

_by_harfbuzz = Font._harfbuzz_subset


def _subset(font: Font, to_unicode: Mapping[int, str], hinting: bool) -> None:
    """Leave only these shapes in the typeface, by HarfBuzz and else by fontTools, which is slower and always can."""
    whole = font.file_content
    _by_harfbuzz(font, to_unicode, hinting)
    if font.file_content is whole:
        font._fonttools_subset(to_unicode, hinting)


def use_both_ways() -> None:
    """Let every document of this process choose its shapes so."""
    Font._harfbuzz_subset = _subset
