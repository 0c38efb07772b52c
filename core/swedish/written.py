"""How a name may be written in a text, by people who haven't its letters: patterns to search with."""

import re
from functools import cache
from typing import Final

from core.swedish.letters import APOSTROPHES, OWN, SWEDISH, Letters

_PLAIN, _OTHER = Letters(0), Letters(1)
# Latin letters beyond a–z, as far as names use them.
_LATIN: Final = "".join(
    chr(code) for start, end in ((0xDF, 0x2B0), (0x1E00, 0x1F00)) for code in range(start, end) if chr(code).islower()
)
_APOSTROPHE: Final = f"[{re.escape(APOSTROPHES)}]?"
# Two letters that some people write for one, and one that stands for it where only likeness is asked.
_PAIRS: Final = {"oe": "o", "ae": "a", "ue": "u", "dj": "d", "dh": "d", "th": "t", "ss": "s", "ng": "n"} | {
    "gh": "g",
    "ny": "n",
}
_PAIR: Final = re.compile("|".join(_PAIRS))
_ALIKE: Final = str.maketrans({"e": "a", "q": "k", **dict.fromkeys(APOSTROPHES)})


def pattern_of(word: str) -> str:
    """A pattern for one word of a name, in any of its spellings. The first letter is a capital where the word's is;
    for the others capitals make no difference."""
    parts = [part for part in re.findall(f"{_PAIR.pattern}|.", word, re.IGNORECASE) if part not in APOSTROPHES]
    if not parts:
        return ""
    first, rest = parts[0], "".join(_APOSTROPHE + _any_of(_spellings(part)) for part in parts[1:])
    return f"{_any_of(_cased(first))}(?i:{rest})"


def alike(text: str) -> str:
    """The text so coarsely spelled that a word in any of its spellings comes out alike: what isn't in it doesn't
    stand in the text."""
    plain = text.casefold().replace("i\u0307", "i").translate(_PLAIN)
    return _PAIR.sub(lambda found: _PAIRS[found[0]], plain).translate(_ALIKE)


@cache
def _spellings(part: str) -> tuple[str, ...]:
    """The ways to write a letter, or two that some write for one, in small letters."""
    small = part.casefold().replace("i\u0307", "i")
    if len(part) > 1:
        halves = "".join(_any_of(_spellings(letter)) for letter in small)
        return (halves, *(letter for letter in _LATIN + OWN if small in _said(letter)))
    said = _said(small)
    # Somebody who types å, ä or ö means it.
    return tuple(dict.fromkeys([*said, *(found for found in _LATIN if found not in OWN and said & _said(found))]))


@cache
def _said(letter: str) -> frozenset[str]:
    """The letter, its plain spelling, the other one that people use, and the Swedish letter for it."""
    said = {letter, letter.translate(_PLAIN), letter.translate(_OTHER), SWEDISH.get(letter, letter)}
    return frozenset(said if letter not in OWN else said | {other for other, own in SWEDISH.items() if own == letter})


def _cased(part: str) -> list[str]:
    """The ways to write the first letter, as a capital where it is one."""
    spellings = _spellings(part)
    if not part[0].isupper():
        return list(spellings)
    if len(part) > 1:
        first, *others = (_any_of(_cased(letter)) for letter in part)
        rest = "".join(f"(?i:{other})" for other in others)
        return [first + rest, *(letter.upper() for letter in spellings[1:])]
    return [said for spelling in spellings for said in (spelling.upper(), spelling.capitalize()) if len(said) < 4]


def _any_of(spellings: "list[str] | tuple[str, ...]") -> str:
    """A pattern for one of several; what is a pattern already stays."""
    single = [re.escape(said) for said in spellings if len(said) == 1]
    longer = [said for said in spellings if len(said) > 1]
    letters = [f"[{''.join(single)}]"] if single else []
    return f"(?:{'|'.join([*longer, *letters])})"
