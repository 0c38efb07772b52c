"""Makes copies of people differ from each other, as people do.

Twenty cases with the same days would make every count by day twenty times smaller than in life, and twenty people of
one name would make a list by name easier or harder than it is.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from django.db import connection, models, transaction
from django.db.models import F
from django.db.models.functions import ExtractQuarter, ExtractYear

from actionplans.models import StepClock
from actionplans.steps.tally_code import FAR, QUARTER
from core.batches import IN_A_QUESTION, in_chunks
from core.swedish.keys import search_key, sort_key
from participants.models import Enrolment, IdentityVersion, NamePart, PersonIdentity
from workshop.scale.database import is_sqlite

# A copy lies so many days before its original at most. More, and what is late and what consent lasts would shift.
SPREAD = 30
SECOND_NAMES = (
    "Alex Andrea Ariel Billie Charlie Eden Eli Elia Frej Juno Kim Lo Love Manu Mika Nikita Noa Noor Robin Sam Sasha "
    "Vanja Yael Zoé Åke-Maria Ängla Öyvind Milan Ronja Tintin"
).split()

Model = type[models.Model]


def earlier_days(copied: Iterable[Model]) -> dict[models.Field, str]:
    """SQL for the days of copy `n`: all of a case lie equally many days earlier. Days of birth stay, as numbers do."""
    days = f"(n %% {SPREAD})"  # in a statement with parameters
    moved = "date({0}, '-' || " + days + " || ' days')" if is_sqlite() else "{0} - CAST(" + days + " AS integer)"
    return {
        field: moved.format(connection.ops.quote_name(str(field.column)))
        for model in copied
        for field in model._meta.concrete_fields
        if type(field) is models.DateField and field.name != "birth_date"
    }


def usual_days(times: int) -> int:
    """How many days earlier rows that are there `times` times lie on an average."""
    return sum(number % SPREAD for number in range(times)) // times


def vary_quarters() -> None:
    """Let each clock say the quarters of its own days: what figures count by is kept in one number with them."""
    for name, unit, day in (("code", QUARTER, "due_on"), ("rise", FAR, "event_on")):
        quarter = ExtractYear(day) * 4 + ExtractQuarter(day) - 1
        StepClock.objects.filter(**{f"{name}__isnull": False}).update(**{name: F(name) % unit + quarter * unit})


def vary_names(highest: int) -> None:
    """Give each copy of a person a second name, with the keys of search and order and the parts by which it is found.
    `highest` is the key of the last person who is no copy."""
    keys = "UPDATE {} SET given_name = %s, search_key = %s, sort_key = %s WHERE participant_id = %s"
    # In one transaction: each row by itself would wait for the disk.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(keys.format(_table(PersonIdentity)), list(_second_names(highest)))
        for model, name in ((Enrolment, "sort_key"), (IdentityVersion, "given_name")):
            cursor.execute(
                f"UPDATE {_table(model)} SET {name} = (SELECT i.{name} FROM {_table(PersonIdentity)} i "  # noqa: S608
                f"WHERE i.participant_id = {_table(model)}.participant_id) WHERE participant_id > %s",
                [highest],
            )
        copies = PersonIdentity.objects.filter(pk__gt=highest).select_related("participant").order_by("pk")
        for chunk in in_chunks(copies.iterator(chunk_size=IN_A_QUESTION)):
            NamePart.objects.write_new(chunk)


def _second_names(highest: int) -> Iterator[tuple[str, str, str, int]]:
    copies = PersonIdentity.objects.filter(pk__gt=highest).values_list("pk", "given_name", "family_name")
    for key, given, family in copies.iterator(chunk_size=2000):
        second = SECOND_NAMES[(key - 1) // highest % len(SECOND_NAMES)]
        yield *_named(f"{given} {second}", family), key


@cache
def _named(given: str, family: str) -> tuple[str, str, str]:
    return given, search_key(given, family, given), sort_key(family, given)


def _table(model: Model) -> str:
    return connection.ops.quote_name(model._meta.db_table)
