"""The effects of a withdrawal: for each party the information that it can't read afterwards, and who loses the case."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Count

from accounts.models import Organisation
from core.enums import Category
from core.facts import Fact
from core.swedish.keys import sort_key
from core.swedish.words import day, listed, plural
from participants.consent.readers import at_work
from participants.models import ConsentGrant, Enrolment
from participants.placement.page import supervising
from participants.scope.scope import SUPERVISED

# What isn't counted but stands on the person.
_STANDING = {Category.IDENTITY: "namn, personnummer och kontaktuppgifter"}


@dataclass(frozen=True, slots=True)
class CellLoss:
    """One party's reading of one kind of information, and what of it goes."""

    party: Organisation
    category: Category
    text: str

    @property
    def key(self) -> str:
        """By which the form names it."""
        return f"{self.party.public_id}:{self.category}"

    @property
    def cell(self) -> tuple[int, str]:
        """By which the action names it."""
        return self.party.pk, self.category


@dataclass(frozen=True, slots=True)
class PartyLoss:
    """The kinds of information that a party loses, and what its people lose if all of it is taken back."""

    party: Organisation
    cells: Sequence[CellLoss]
    people: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The period of another consent by which a party goes on reading one kind of information."""

    first: date
    last: date


def losses(enrolment: Enrolment, grants: Iterable[ConsentGrant], *, on: date) -> list[PartyLoss]:
    """The losses of each party if these grants of a consent are taken back with their renewals, by kind. The number of
    queries doesn't depend on how many grants there are."""
    rows = sorted(grants, key=_order)
    cells: dict[Organisation, dict[Category, list[ConsentGrant]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        cells[row.organisation][Category(row.category)].append(row)
    others = _others(enrolment, rows, on=on)
    people = at_work(enrolment, [cell.pk for cell in cells], on=on)
    told = {row.organisation_id for row in rows if row.category in SUPERVISED}
    told -= {party for (party, kind), kept in others.items() if kind in SUPERVISED and kept.first <= on}
    supervisors = supervising(enrolment, told, on=on)
    counted = _counts(enrolment)
    return [
        PartyLoss(
            party,
            [
                CellLoss(party, kind, _text(lost, others.get((party.pk, kind)), counted, on))
                for kind, lost in of.items()
            ],
            f"{_people(party, people[party.pk], others, on)}{_supervisors(supervisors.get(party.pk, []))}",
        )
        for party, of in cells.items()
    ]


def _order(grant: ConsentGrant) -> tuple[str, int, date]:
    return sort_key(grant.organisation.name), list(Category).index(Category(grant.category)), grant.valid_from


def _others(enrolment: Enrolment, grants: Sequence[ConsentGrant], *, on: date) -> dict[tuple[int, str], Kept]:
    """By party and kind, the period of the other consent to name, if there is one that opens it today or later.

    Of several it is the one that lasts longest among those that hold today; if none does, the one that begins first.
    """
    rest = (
        ConsentGrant.objects.on_or_after(on).filter(enrolment=enrolment).exclude(pk__in=[grant.pk for grant in grants])
    )
    best_first = sorted(rest, key=lambda grant: (max(grant.valid_from, on), -grant.valid_through.toordinal()))
    found: dict[tuple[int, str], Kept] = {}
    for grant in best_first:
        found.setdefault((grant.organisation_id, grant.category), Kept(grant.valid_from, grant.valid_through))
    return found


def _counts(enrolment: Enrolment) -> dict[str, list[tuple[int, str]]]:
    """Current facts by kind of information: number, words. One query a model.

    Those of the case's owner: what others have written isn't for the owner to hear of.
    """
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for model in _counted_models():
        rows: Any = model._default_manager.all()
        facts = rows.readable_by_consent().current().filter(enrolment=enrolment, owner=enrolment.owner_id)
        for category, count in facts.order_by().values_list("category").annotate(Count("pk")):
            found[category].append((count, model.counted_as))
    return found


@cache
def _counted_models() -> list[type[Fact]]:
    """Facts that can be counted, in the order of their apps; each says its own words (`counted_as`)."""
    return [model for model in apps.get_models() if issubclass(model, Fact) and model.counted_as]


def _text(
    grants: Sequence[ConsentGrant], kept: Kept | None, counted: dict[str, list[tuple[int, str]]], on: date
) -> str:
    """Words about the loss of one kind by one party, from the first grant of it and its renewals."""
    if kept and kept.first <= on:
        return f"kan läsas även efteråt, genom ett annat samtycke till och med {day(kept.last)}"
    said = [_gone(grants[0], counted, on)]
    if len(grants) > 1:
        said.append(f"förnyelsen till och med {day(grants[-1].valid_through)} försvinner också")
    if kept:
        said.append(f"kan läsas igen från och med {day(kept.first)}, genom ett annat samtycke")
    return "; ".join(said)


def _gone(grant: ConsentGrant, counted: dict[str, list[tuple[int, str]]], on: date) -> str:
    if grant.valid_from > on:
        return f"kan inte läsas än, skulle ha börjat {day(grant.valid_from)}"
    numbers: dict[str, int] = defaultdict(int)
    for count, words in counted[grant.category]:
        numbers[words] += count
    standing = _STANDING.get(Category(grant.category), "")
    return standing or listed([plural(count, words) for words, count in numbers.items()]) or "inget skrivet än"


def _supervisors(names: Sequence[str]) -> str:
    return f" {listed(names)}, handledare, ser inte längre deltagaren på sin placering." if names else ""


def _people(party: Organisation, names: Sequence[str], others: dict[tuple[int, str], Kept], on: date) -> str:
    """Words about the loss that the party's people have if all of the consent is taken back."""
    if not names:
        return f"Ingen hos {party} arbetar med ärendet nu."
    who = listed(names)
    first = min((kept.first for (organisation, _), kept in others.items() if organisation == party.pk), default=None)
    if first and first <= on:
        return f"{who} ser ärendet även efteråt, genom ett annat samtycke."
    again = f" Från och med {day(first)} öppnar ett annat samtycke ärendet igen." if first else ""
    return f"Återkallas allt ser {who} inget annat i ärendet än det som {party} själv har skrivit.{again}"
