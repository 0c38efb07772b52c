"""Which signs paper can show: those that a typeface of ours or of the machine has. The rest is replaced, and told.

Imports neither Django nor WeasyPrint, so that a page may ask as well as the process that makes the document.
"""

import logging
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import Final

logger = logging.getLogger(__name__)

FONTS: Final = Path(__file__).resolve().parents[2] / "static" / "fonts"
# Stands for a sign that no typeface has.
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_ALL_SIGNS: Final = 0x110000
# Every typeface has these, and nearly every text consists of them.
_ODD: Final = re.compile("[^\t\n\r -~\u00a0-\u00ac\u00ae-\u00ff]")
# Control signs, signs of no sense in a document, and those that turn the direction of everything after them.
_DROPPED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
# Blanks, joiners and marks that say how the signs around them look; a typeface needn't have them.
_SHAPELESS: Final = re.compile(
    "[\u00ad\u061c\u2000-\u200f\u202a-\u202c\u202f\u205f-\u206f\u3000\ufe00-\ufe0f\U000e0020-\U000e007f]"
)
_LINE_ENDS: Final = re.compile("[\u2028\u2029]")
_HEADING: Final = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Undrawn:
    """Signs that no typeface has, in the order they come, and the heading of the document's part where they stand."""

    heading: str
    signs: Sequence[str]

    @property
    def codes(self) -> str:
        """The signs by their numbers, since a screen may not show them either: `U+E000, U+10980`."""
        return ", ".join(f"U+{ord(sign):04X}" for sign in self.signs)


def drawn(html: str) -> str:
    """The document with only what paper can show: signs that no typeface has are replaced by `REPLACEMENT`."""
    return _ODD.sub(lambda found: found[0] if has_glyph(found[0]) else REPLACEMENT, _plain(html))


def undrawn(html: str) -> list[Undrawn]:
    """The signs of a document that `drawn` replaces, by the part that they stand in; in the document's order."""
    shown = _plain(html)
    found: dict[str, dict[str, None]] = {}
    headings = [(match.start(), match[1]) for match in _HEADING.finditer(shown)]
    for match in _ODD.finditer(shown):
        if not has_glyph(match[0]):
            place = next((text for start, text in reversed(headings) if start <= match.start()), "")
            found.setdefault(_words(place), {})[match[0]] = None
    return [Undrawn(heading, tuple(signs)) for heading, signs in found.items()]


def has_glyph(sign: str) -> bool:
    """Whether some typeface has the sign, or it has no shape of its own: a blank, a joiner, a variant.

    Marks of old scripts that surround other signs are drawn by no typeface, since Pango asks none for them.
    """
    is_old_mark = ord(sign) > 0xFFFF and unicodedata.category(sign) == "Cf"
    return bool(_SHAPELESS.match(sign) or (_drawable()[ord(sign)] and not is_old_mark))


def _plain(html: str) -> str:
    """The document without signs that are nothing on paper, its lines parted in one way."""
    return _LINE_ENDS.sub("\n", _DROPPED.sub("", html))


def _words(heading: str) -> str:
    return " ".join(unescape(_TAG.sub("", heading)).split())


@cache
def _drawable() -> bytes:
    """For each number of a sign, 1 where a typeface has it. Read once for each process."""
    found = bytearray(_ALL_SIGNS)
    for first, last in [*_own_ranges(), *_ranges_of_machine()]:
        found[first : last + 1] = b"\1" * (last + 1 - first)
    return bytes(found)


def _own_ranges() -> list[tuple[int, int]]:
    """The signs of our own typefaces."""
    from fontTools.ttLib import TTFont

    found = []
    for path in FONTS.glob("*.woff2"):
        with TTFont(path) as font:
            found += [(sign, sign) for sign in font.getBestCmap()]
    return found


def _ranges_of_machine() -> list[tuple[int, int]]:
    """The signs of the typefaces that the machine has, first and last of each row, by the program that comes with
    Pango; none where there is no such program. A typeface without the blank leaves a hole between two words."""
    try:
        listed = subprocess.run(  # noqa: S603 - a fixed line
            [shutil.which("fc-list") or "fc-list", "--format", "%{charset}\n"],
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError):
        logger.exception("the machine's typefaces can't be listed, so only our own count")
        return []
    faces = [[_range(row) for row in line.split()] for line in set(listed.stdout.splitlines())]
    return [row for face in faces if any(first <= ord(" ") <= last for first, last in face) for row in face]


def _range(row: str) -> tuple[int, int]:
    first, _, last = row.partition("-")
    return int(first, 16), int(last or first, 16)
