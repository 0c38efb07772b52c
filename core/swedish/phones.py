"""Telephone numbers as people write them: one number, and the way on from an exchange."""

import re
from typing import Final

from core.swedish.letters import HYPHENS
from core.swedish.typed import clean_code

NO_NUMBER: Final = "Skriv ett nummer: 08-465 004 10."
_DASHES: Final = str.maketrans(dict.fromkeys(HYPHENS, "-"))
_EXCHANGE: Final = r"växeln?"
_EXTENSION: Final = r"(?:anknytning|ankn\.?) ?\d{1,6}"
_SHAPE: Final = re.compile(
    rf"(?:{_EXCHANGE}:? )?(?P<number>\(?\+?\d[\d ()-]*\d)(?:,? \(?(?:{_EXCHANGE}|{_EXTENSION})\)?)?",
    re.ASCII | re.IGNORECASE,
)
# The fewest digits of a number at work, and the most that any number has: two numbers in a row have more.
_FEWEST, _MOST = 5, 15


def number_to_dial(typed: str) -> str:
    """The digits to dial, with «+» where the number begins with its country; of an exchange its own number. Empty where
    the text isn't one number."""
    found = _SHAPE.fullmatch(clean_code(typed).translate(_DASHES))
    if found is None or not _FEWEST <= sum(sign.isdigit() for sign in found["number"]) <= _MOST:
        return ""
    said = found["number"]
    # «+46 (0)8» is dialled without the zero.
    said = said.replace("(0)", "") if "+" in said else said
    return re.sub("[^0-9+]", "", said)
