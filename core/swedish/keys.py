"""Search and sorting the Swedish way, stored as keys so that both databases agree."""

import unicodedata
from typing import Final

from core.swedish.letters import APOSTROPHES, DOUBLED, HYPHENS, OWN, SWEDISH, Letters

# Fewer letters than this are within so many names that an index doesn't help.
SHORTEST: Final = 3
# No name has so long a word; an index has room for it.
LONGEST: Final = 300
# å, ä and ö come last, in that order; other marks are folded away, so that é sorts as e.
_LAST: Final = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}
_SORTED = Letters(instead=_LAST)
_PLAIN = Letters()
# Spellings in which å, ä and ö stay, since somebody who types one of them means it.
_OWN = (
    Letters(0, kept=OWN, instead=SWEDISH, apostrophe=""),
    Letters(0, kept=OWN, apostrophe=""),
    Letters(1, kept=OWN, apostrophe=""),
)
_WITHOUT = (
    Letters(0, apostrophe=""),
    Letters(1, apostrophe=""),
    # As people type the Swedish letters who haven't them: Aasa, Soerensen.
    Letters(1, instead=DOUBLED, apostrophe=""),
)
_EVEN = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-"))


def fold(text: str) -> str:
    """Lower case without marks: «Öberg» becomes «oberg», and «Łukasz» becomes «lukasz»."""
    return search_term(text).translate(_PLAIN)


def clean(text: str) -> str:
    """NFC, outer blanks gone, inner blanks single."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def search_key(*parts: str) -> str:
    """The spellings of a name that a search compares with, a bar between them: the exact one, and those by which people
    type letters that they don't have."""
    exact = search_term(" ".join(parts))
    spelled = dict.fromkeys([*spellings(exact), *(exact.translate(letters) for letters in _WITHOUT)])
    return "|".join(f" {spelling} " for spelling in spelled)


def name_parts(key: str) -> dict[str, bool]:
    """The rest of each word of a search key from each of its places on, and whether the place begins a part of the
    name. A word is somewhere within a name if one of these begins with it.

    A rest of fewer letters than `SHORTEST` is left out unless it begins a part of the name. All are cut at `LONGEST`.
    """
    found: dict[str, bool] = {}
    for word in key.split(" "):
        for place in range(len(word)):
            part, is_start = word[place : place + LONGEST], place == 0 or word[place - 1] == "-"
            if is_start or len(part) >= SHORTEST:
                found[part] = found.get(part, False) or is_start
    return found


def spellings(word: str) -> list[str]:
    """How people spell a word, in small letters, each once and the exact one first: «sørensen, sörensen, sorensen,
    soerensen». Where å, ä or ö stands, it stays."""
    exact = search_term(word)
    return list(dict.fromkeys([exact, *(exact.translate(letters) for letters in _OWN)]))


def search_term(text: str) -> str:
    """A text that a user typed, in the spelling of `search_key`: small letters, one sign for each kind of apostrophe
    and hyphen. The Turkish capital İ is an i."""
    return clean(text).casefold().replace("i\u0307", "i").translate(_EVEN)


def sort_key(*parts: str) -> str:
    """A key that sorts by code point as a Swedish register does: a–z, å, ä, ö. Who has one name alone stands by that
    name, whichever part it is."""
    return "\x01".join(search_term(part).translate(_SORTED) for part in parts if part)
