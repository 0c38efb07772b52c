"""Reads for the pages of the register of workplaces."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from core.days.periods import lasts_through
from core.swedish.keys import clean, sort_key
from core.swedish.words import day
from participants.models import Enrolment, PlacementPeriod
from participants.scope.scope import Scope
from projects.enums import ListKind
from projects.models import Listed, Project, Workplace


@dataclass(frozen=True, slots=True)
class AtPlace:
    """Somebody whom the user sees at a place, or who is to come there."""

    enrolment: Enrolment
    since: date
    is_there: bool

    @property
    def name(self) -> str:
        """As in a list; the alias where the name may not be read."""
        return self.enrolment.participant.identity.full_name

    @property
    def when(self) -> str:
        """«sedan 3 mars 2026» or «kommer 8 december 2026»."""
        return f"{'sedan' if self.is_there else 'kommer'} {day(self.since)}"


@dataclass(frozen=True, slots=True)
class WorkplaceRow:
    """A workplace of the register with those whom the user sees there, the longest there first."""

    workplace: Workplace
    people: Sequence[AtPlace]

    @property
    def filled(self) -> str:
        """«Alla platser är tagna.», or that there are more, counting those whom the user sees; empty where places are
        left, or where nobody has said how many there are."""
        free = (self.workplace.places or len(self.people) + 1) - sum(person.is_there for person in self.people)
        return "" if free > 0 else "Fler är där än den tar emot." if free else "Alla platser är tagna."


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """A place that placements name and the register hasn't; `placement` is one that names it."""

    name: str
    placement: UUID
    people: Sequence[AtPlace]


@dataclass(frozen=True, slots=True)
class WorkplaceRegister:
    """The project's workplaces, and the places that only placements name; both by name."""

    rows: Sequence[WorkplaceRow]
    others: Sequence[OtherPlace]

    @property
    def participants(self) -> Iterable[Any]:
        """Everybody who stands on the page."""
        shown = chain((row.people for row in self.rows), (place.people for place in self.others))
        return (person.enrolment.participant for people in shown for person in people)


def register_of(scope: Scope, project: Project) -> WorkplaceRegister:
    """The register with those who are, or are to come, at each place, as far as the user may see. Four queries at
    most."""
    rows = Workplace.objects.filter(project=project).select_related("unit")
    found: dict[str, list[PlacementPeriod]] = {}
    for placement in _placements(scope, project):
        found.setdefault(_key(placement.place.text), []).append(placement)
    known = [WorkplaceRow(row, _people(found.pop(row.sort_key, ()), scope.on)) for row in rows]
    others = [
        OtherPlace(clean(of[0].place.text), of[0].public_id, _people(of, scope.on)) for _, of in sorted(found.items())
    ]
    return WorkplaceRegister(known, others)


def _placements(scope: Scope, project: Project) -> list[PlacementPeriod]:
    """Placements that go on or are to come, with the names that the user may read."""
    of_project = PlacementPeriod.objects.current().on_or_after(scope.on).filter(enrolment__project=project)
    standing = of_project.filter(lasts_through("enrolment__exited_on", scope.on)).visible_to(scope)
    rows = list(standing.with_case().order_by("concerns_on", "pk"))
    readings = scope.readings([row.enrolment for row in rows]) if rows else {}
    for row in rows:
        readings[row.enrolment_id].mask(row.enrolment)
    return rows


def _people(placements: Iterable[PlacementPeriod], on: date) -> list[AtPlace]:
    return [AtPlace(row.enrolment, row.concerns_on, row.concerns_on <= on) for row in placements]


def _key(name: str) -> str:
    """By which a placement's words and the register's are the same place."""
    return sort_key(clean(name))[:400]


def offered(project: Project) -> list[str]:
    """Names of the workplaces that take participants in now. One query."""
    return list(Workplace.objects.filter(project=project, takes_in=True).values_list("name", flat=True))


def units_of(project: Project, on: date, *, chosen: Listed | None = None) -> list[Listed]:
    """The units that can be chosen on the day, and the one that stands already."""
    units = Listed.objects.filter(project=project, kind=ListKind.UNIT)
    return list(units.on(on) | units.filter(pk=chosen.pk)) if chosen else list(units.on(on))


def own_workplace(project: Project, public_id: UUID) -> Workplace:
    """A workplace of the project's own. Raises Http404 where it has none of that id."""
    return get_object_or_404(Workplace.objects.select_related("unit"), project=project, public_id=public_id)


def named_by(scope: Scope, project: Project, placement: UUID | None) -> str:
    """The place that a placement names, where the user may read it; empty otherwise."""
    if placement is None:
        return ""
    seen = PlacementPeriod.objects.visible_to(scope).filter(enrolment__project=project, public_id=placement)
    found = seen.current().select_related("place").first()
    return clean(found.place.text) if found else ""
