"""The words by which a register says that somebody's identity is protected, however they are spelled.

A marked person may not be written down by name, so a word that looks like a mark counts as one, except for sheltered
work and a few words with a like beginning. If the text itself doubts or denies it, the mark isn't sure.
"""

import re
import unicodedata
from enum import StrEnum


class Mark(StrEnum):
    """How surely a text says that somebody is protected."""

    SURE = "sure"
    DOUBTFUL = "doubtful"


# All in letters without dots and rings: "sparrad" is "spärrad". Registers are written on all sorts of keyboards.
_WORDS = re.compile(
    r"""
    \b(?:
        sekr(?!eter|etari) [a-z]*
      | skydds? (?:ad[a-z]*|at|mark|klass|id|identitet|person|pers|uppg|adress|niva|paket) [a-z]*
      | skydd (?:as|at|ar)? \b
      | (?:identitets?|id|person|personuppgifts?|uppgifts?|adress?|namn|folkbokforings?|pu)[ -]?skydd[a-z]*
      | sk [ .]{0,2} (?:id|ident|pers|pu|uppg)\b
      | hemlig (?:t|a|stam[a-z]*)? \b
      | (?:dold|dolt|dolda) [ ] (?:adress|uppgift|identitet|nummer|namn|personuppgift)[a-z]*
      | sparrmark[a-z]*
      | sparrad[a-z]* [ ] (?:adress|uppgift|personuppgift|identitet|folkbok)[a-z]*
      | s [ .-]{0,2} (?:mark(?:t|ning|erad|ering|erat)|mrk) \b
      | s-mark \b
      | fingera[a-z]* | fiktiv[a-z]* [ ] (?:identitet|person|namn|uppgift)[a-z]*
      | kvarskr[a-z]*
      | spu \b
      | (?:far|ska|skall|bor) [ ] (?:inte|ej) [ ] (?:registrera|sta[ ]med|skrivas)[a-z]*
      | (?:inte|ej) [ ] (?:i[ ]register|registrera)[a-z]*
      | protected [ ] (?:id|person|address)[a-z]*
    )
    """,
    re.VERBOSE,
)
_WHOLE = re.compile(r"anonym[a-z]*|skyddsbehov")
# Work, not identity; the word must follow at once.
_SHELTERED = re.compile(
    r"skyddad?[et]? +(?:arbeten?|arbetet|arbets[a-z]*|anstallning[a-z]*|verkstad[a-z]*|verkstader[a-z]*|jobb[a-z]*"
    r"|praktik[a-z]*|sysselsattning[a-z]*|miljo[a-z]*|yrkes[a-z]*)"
)
_OTHER_WORDS = re.compile(
    r"sekretess(?:medgivande|eftergift|brytande|avtal|forbindelse|lattnad)[a-z]*|skyddspersonal|skyddspaus"
)
_NUMBER = re.compile(r"\b(?:\d{2})?\d{6}[ -]?tf ?\d{2}\b")
_DOUBTS = re.compile(r"\?|\b(?:ej|inte|inga|ingen|inget|nej|upphor\w*|havd|borttagen|tidigare|avslutad\w*|kanske)\b")
_NOT_TO_REGISTER = re.compile(r"\b(?:(?:far|ska|skall|bor) )?(?:inte|ej) (?:i register|registrera\w*|sta med|skrivas)")
_NEARLY = ("skyddad", "skyddat", "skyddade", "sekretess", "sparrmarkering", "skyddsmarkering")
_LEAST_LETTERS = 6
_REAL_WORDS = {"skydda", "skyddar", "oskyddad", "oskyddat", "oskyddade"}
_SPACED = re.compile(r"\b(?:[a-z][ .]){4,}[a-z]\b")
_NO = {"", "nej", "n", "0", "ej", "inte", "ingen", "inget", "inga", "false", "falskt", "saknas", "-"}
_NO_PROTECTION = re.compile(r"(?:ej|inte|inga|ingen|nej,?) (?:skydd\w*|sekr\w*)(?: \w+)?")


def mark_of(text: str) -> Mark | None:
    """How surely the text says that somebody is protected; None where it says nothing of it."""
    folded = _folded(text)
    if not (_says(folded) or _NUMBER.search(folded)):
        return None
    return Mark.DOUBTFUL if _is_doubted(folded) else Mark.SURE


def is_no(text: str) -> bool:
    """Whether the cell of a column about protection says that there is none: blank, a no, or "ej skyddad"."""
    folded = _folded(text).strip(" .!:")
    return folded in _NO or _NO_PROTECTION.fullmatch(folded) is not None


def _says(folded: str) -> bool:
    """Whether any of the words is left when words with another meaning have been taken away."""
    kept = _OTHER_WORDS.sub(" ", _SHELTERED.sub(" ", folded))
    return bool(_WORDS.search(kept) or _WHOLE.fullmatch(kept.strip(" .!()")) or _is_misspelt(kept))


def _is_misspelt(folded: str) -> bool:
    words = {word for word in re.findall(r"[a-z]+", folded) if len(word) >= _LEAST_LETTERS} - _REAL_WORDS
    return any(_nearly(word, right) for word in words for right in _NEARLY)


def _nearly(word: str, right: str) -> bool:
    """Whether the words are alike but for one letter too many, too few or wrong, or two that have changed places."""
    if abs(len(word) - len(right)) > 1:
        return False
    alike = next((place for place, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), len(word))
    rest, other = word[alike:], right[alike:]
    one_differs = rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
    return one_differs or (rest[2:] == other[2:] and rest[:2] == other[:2][::-1])


def _is_doubted(folded: str) -> bool:
    """Whether the text asks or denies. «Ska inte registreras» is no doubt."""
    return bool(_DOUBTS.search(_NOT_TO_REGISTER.sub(" ", folded)))


def _folded(text: str) -> str:
    """The text in small letters without accents; letters that are set apart («s k y d d a d») are put together."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(
        letter for letter in plain if not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf"
    )
    folded = re.sub(r"-\s*\n\s*", "", letters)
    folded = " ".join(re.sub(r"[‐‑‒–—−_/]", "-", folded).split())
    return _SPACED.sub(lambda found: re.sub(r"[ .]", "", found[0]), folded)
