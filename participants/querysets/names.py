"""A search for a person by name, number or year of birth, among rows that point at one."""

import re
from datetime import date
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Q

from core.swedish.keys import LONGEST, SHORTEST, search_term, spellings
from core.swedish.typed import clean_name

# So few letters are searched for at the beginning of each part of a name alone.
FEW_LETTERS = 2
# A number with blanks around its hyphen, as some programs write it.
_PARTED_NUMBER = re.compile(r"(?<=\d) ?([-+]) ?(?=\d)")


def named(text: str, owner: int | None = None, born: date | None = None) -> list[Q]:
    """Conditions on rows with a `participant`: the person's name, number or year of birth holds each word of `text`;
    or the person is `born` that day, where the text is a day.

    `owner`: the organisation whose persons these are, where they are one's; then no other's names are read.
    """
    if born:
        is_born = Q(participant__birth_date=born)
        return [is_born | _number_condition(text) if _is_number(text) else is_born]
    words = _PARTED_NUMBER.sub(r"\1", search_term(clean_name(text))).replace(",", " ").split()
    numbers = [_number_condition(word) for word in words if _is_number(word)]
    return numbers + [_name_condition(word, owner) for word in words if not _is_number(word)]


def _is_number(word: str) -> bool:
    return word.isascii() and word.strip("+-").replace("-", "").replace("+", "").isdigit()


def _number_condition(word: str) -> Q:
    digits = "".join(char for char in word if char.isdigit())
    numbers = apps.get_model("participants", "PersonalNumber").objects.filter(value__contains=digits)
    condition = Q(participant__in=numbers.values("participant"))
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        condition |= Q(participant__birth_date__year=int(digits))
    return condition


def _name_condition(word: str, owner: int | None) -> Q:
    """Condition on a row: the person's name holds the word in one of its spellings («Lindén» finds Linden too,
    and «Sörensen» finds Sørensen). One or two letters begin a part of the name: within names they are in most.

    Asked of the parts of names, of which an index knows those that begin with a word. What is kept in no part is asked
    of each name: an apostrophe's spelling may have fewer letters than what was typed.
    """
    is_few = len(word) <= FEW_LETTERS
    least = 1 if is_few else SHORTEST
    begun = [spelled for spelled in spellings(word) if least <= len(spelled) <= LONGEST]
    within = [spelled for spelled in spellings(word) if spelled not in begun]
    parts = apps.get_model("participants", "NamePart").objects.filter(is_start__in=[True] if is_few else [False, True])
    if owner is not None:
        parts = parts.filter(organisation=owner)
    lists = [parts.begun_by(spelled).order_by().values("identity") for spelled in begun]
    found = [Q(participant__in=lists[0].union(*lists[1:], all=True))] if lists else []
    return reduce(or_, [*found, *(Q(participant__identity__search_key__contains=spelled) for spelled in within)])
