"""The versions of a person's name, number and contact: the first, the later ones, and the differences between two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db.models import BigIntegerField, QuerySet

from accounts.models import User
from core.batches import bulk
from core.prepared.questions import prepared
from core.swedish.words import day
from participants.enums import Sex
from participants.models import IdentityVersion, Participant, PersonalNumber
from participants.models.identity import Who

LABELS = {
    "given_name": "Förnamn",
    "family_name": "Efternamn",
    "number": "Personnummer",
    "birth_date": "Född",
    "sex": "Kön",
    "phone": "Telefon",
    "email": "E-post",
}
# Each field that tells who somebody is, when it says nothing.
BLANK = {"given_name": "", "family_name": "", "number": "", "birth_date": None, "phone": "", "email": ""}

# --- Writing --------------------------------------------------------------------------------------------------------


def begin_history(people: Iterable[tuple[Participant, Who]], by: User) -> None:
    """Write the first version of people who are registered now; part of the action that registers them."""
    bulk(
        IdentityVersion,
        [IdentityVersion(participant=person, recorded_by=by, **_fields(person, who)) for person, who in people],
    )


def remember(participant: Participant, before: Who, after: Who, by: User) -> None:
    """Add a version; part of the action that corrects the person, under the lock of that person.

    `before` becomes the first version of somebody who has none.
    """
    newest = IdentityVersion.objects.filter(participant=participant).order_by("-pk").first()
    replaced = newest or IdentityVersion.objects.create(participant=participant, **_fields(participant, before))
    IdentityVersion.objects.create(
        participant=participant, replaces=replaced, recorded_by=by, **_fields(participant, after)
    )


def blank(participant: Participant) -> None:
    """Empty every version of name, number and contact. When the versions were written, and by whom, stays."""
    IdentityVersion.objects.filter(participant=participant).update(**BLANK)


def is_blank(participant: Participant) -> bool:
    """Whether no version holds a name, number or contact."""
    return not IdentityVersion.objects.filter(participant=participant).exclude(**BLANK).exists()


def _fields(participant: Participant, who: Who) -> dict[str, object]:
    """The columns of a version, by name. For a protected person only the sex."""
    return who._asdict() | (BLANK if participant.is_protected else {})


# --- Reading --------------------------------------------------------------------------------------------------------


def all_that_was_said(participant: Participant) -> list[Who]:
    """Every version of the person, the newest first, after one made from the columns that lists and constraints read.
    Empty for a protected person.

    Two queries, and one for the name where it isn't read yet.
    """
    identity = participant.identity
    is_alias = identity.family_name == participant.alias
    stands = Who(
        "" if is_alias else identity.given_name,
        "" if is_alias else identity.family_name,
        "",
        participant.birth_date,
        participant.sex,
        identity.phone,
        identity.email,
    )
    numbers = PersonalNumber.objects.filter(participant=participant).order_by("-pk").values_list("value", flat=True)
    versions = IdentityVersion.objects.filter(participant=participant).order_by("-pk")
    return [stands, *(stands._replace(number=value) for value in numbers), *(version.who for version in versions)]


def numbers_of(participant: Participant) -> set[str]:
    """Every number that the person has or has had here, mistyped ones too, as twelve digits."""
    return {who.number for who in all_that_was_said(participant) if who.number}


@dataclass(frozen=True, slots=True)
class IdentityChange:
    """A correction, or that two persons were joined: when, by whom, and a line for each field that became another
    («Efternamn: Ek → Öberg»)."""

    at: datetime
    by: str
    lines: tuple[str, ...]
    is_join: bool = False


def changes(participant: Participant) -> list[IdentityChange]:
    """The corrections of a person, the oldest first. One query. A version that has been blanked gives a line that says
    only that.

    Where two persons were joined, that is one change, from what the person was to what the two are. A correction of
    which nothing is left, since what it was about was somebody else's, isn't among them."""
    rows = _versions.ask(participant=participant.pk)
    found, stood = [], []
    for before, after in pairwise(rows):
        if after.of_another:
            stood.append(before)
            continue
        found.append(_change(stood.pop() if after.joins and stood else before, after, participant))
    return [change for change in found if change.lines or change.is_join]


@prepared(participant=BigIntegerField())
def _versions(*, participant: Any) -> QuerySet:
    return IdentityVersion.objects.filter(participant=participant).order_by("pk").select_related("recorded_by")


def _change(before: IdentityVersion, after: IdentityVersion, participant: Participant) -> IdentityChange:
    gone = participant.protected_at
    lines = [_line(name, before, after, gone) for name in Who._fields if getattr(before, name) != getattr(after, name)]
    if gone and after.recorded_at <= gone:
        lines.append("Det som rättades är borttaget, sedan personen fick skyddade personuppgifter.")
    return IdentityChange(after.recorded_at, str(after.recorded_by or ""), tuple(lines), after.joins)


def _line(name: str, before: IdentityVersion, after: IdentityVersion, gone: datetime | None) -> str:
    """The line about one field: «Telefon: 070-123 45 67 → saknas»."""
    was_gone = gone is not None and before.recorded_at <= gone
    old = "borttaget" if was_gone and name != "sex" else in_words(name, getattr(before, name))
    return f"{LABELS[name]}: {old} → {in_words(name, getattr(after, name))}"


def in_words(name: str, value: object) -> str:
    """The value of a field of `Who` in words: «070-123 45 67», «kvinna», «saknas»."""
    if not value:
        return "saknas"
    if isinstance(value, date):
        return day(value)
    text = str(value)
    if name == "sex":
        return str(Sex(text).label).lower()
    return f"{text[:8]}-{text[8:]}" if name == "number" else text
