"""Search and sorting the Swedish way, stored as keys so that both databases agree."""

import unicodedata

# å, ä and ö come last, in that order; other marks are folded away, so that é sorts as e.
_LAST = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}
_SPECIAL = {"ß": "ss", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "æ": "a", "ø": "o"}
_SPECIAL |= dict.fromkeys("\u2019\u2018\u02bc\u00b4`", "'") | dict.fromkeys("\u2010\u2011\u2013\u2212", "-")


def fold(text: str) -> str:
    """Lower case without marks: «Öberg» becomes «oberg»."""
    return "".join(_plain(char) for char in clean(text).casefold())


def clean(text: str) -> str:
    """NFC, outer blanks gone, inner blanks single."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def search_key(*parts: str) -> str:
    """The spellings of a part of a name that a search compares with: the exact one and the folded one."""
    exact = clean(" ".join(parts)).casefold()
    folded = fold(exact)
    return f" {exact} " if folded == exact else f" {exact} | {folded} "


def search_term(text: str) -> str:
    """A text that a user typed, in the spelling of `search_key`."""
    return clean(text).casefold()


def sort_key(*parts: str) -> str:
    """A key that sorts by code point as a Swedish register does: a–z, å, ä, ö."""
    return "\x01".join("".join(_LAST.get(char) or _plain(char) for char in clean(part).casefold()) for part in parts)


def _plain(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    return "".join(part for part in unicodedata.normalize("NFD", char) if not unicodedata.combining(part))
