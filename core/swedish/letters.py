"""How letters are spelled by people who haven't them on their keyboard: one table, for searching and for sorting.

A mark that stands on a letter is taken away by Unicode's own rules. Here are the letters that are letters of their own.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

# The Swedish letters: whoever types one of them means it.
OWN: Final = "åäö"
# Letter → its plain spelling, and the other one that people use. Small letters, as casefold gives them.
_SPELLED: Final = {
    "ı": ("i", "i"),
    "ø": ("o", "oe"),
    "æ": ("ae", "a"),
    "œ": ("oe", "o"),
    "đ": ("d", "dj"),
    "ð": ("d", "dh"),
    "þ": ("th", "t"),
    "ß": ("ss", "s"),
    "ŋ": ("n", "ng"),
    "ə": ("e", "a"),
    "ǝ": ("e", "a"),
    "ɛ": ("e", "e"),
    "ɔ": ("o", "o"),
    "ɣ": ("g", "gh"),
    "ɩ": ("i", "i"),
    "ʉ": ("u", "u"),
    "ŉ": ("n", "n"),
    "ſ": ("s", "s"),
    "ɖ": ("d", "d"),
    "ĸ": ("k", "q"),
    "ɲ": ("n", "ny"),
    "ʒ": ("z", "z"),
    "ü": ("u", "ue"),
}
# The Swedish letter that a neighbour's letter is the same as.
SWEDISH: Final = {"ø": "ö", "æ": "ä", "œ": "ö"}
# The two letters that are typed for a Swedish one.
DOUBLED: Final = {"å": "aa", "ä": "ae", "ö": "oe"}
# Signs that stand for an apostrophe, or for a letter that Latin writing gives as one.
APOSTROPHES: Final = "'`´’‘‛ʼʻʽʹʾʿˈ′՚＇ꞌ"
HYPHENS: Final = "\u2010\u2011\u2012\u2013\u2212"


_MADE_OF: Final = re.compile(r"LATIN SMALL (?:LETTER|LIGATURE) ([A-Z]{1,2})(?: WITH .*)?")


class Letters(dict[int, str]):
    """A table for `str.translate` that spells small letters in one way, without marks, and works each out once.

    `which` of a letter's two spellings; `kept` are letters that stay, and `instead` are spelled in a way of their own.
    """

    def __init__(
        self, which: int = 0, *, kept: str = "", instead: Mapping[str, str] | None = None, apostrophe: str = "'"
    ) -> None:
        told = dict.fromkeys(APOSTROPHES, apostrophe) | dict.fromkeys(HYPHENS, "-") | dict(zip(kept, kept, strict=True))
        super().__init__({ord(letter): spelled for letter, spelled in (told | dict(instead or {})).items()})
        self._which = which

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        parts = [letter] if letter in _SPELLED else unicodedata.normalize("NFD", letter)
        self[code] = spelled = "".join(map(self._spelled, parts))
        return spelled

    def _spelled(self, part: str) -> str:
        if unicodedata.combining(part):
            return ""
        return _SPELLED[part][self._which] if part in _SPELLED else _named(part)


def _named(letter: str) -> str:
    """The letter that Unicode's name of this one says it is made of: ł, «latin small letter l with stroke», is an l."""
    made = _MADE_OF.fullmatch(unicodedata.name(letter, ""))
    return made[1].lower() if made else letter
