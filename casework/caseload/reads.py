"""Reads of the participant list that need the step clock: searching by step, and the steps of each line."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from actionplans.models import StepClock
from core.prepared.questions import prepared
from core.prepared.slots import PAGE_OF_KEYS, in_page
from participants.assignment.responsible import Responsible, read_responsible
from participants.models import Enrolment
from participants.models.participant import name_in_list
from participants.querysets.enrolment import EnrolmentQuerySet
from projects.models import Project


def at_step(enrolments: EnrolmentQuerySet, project: Project, number: int) -> EnrolmentQuerySet:
    """Enrolments of the project whose highest step held now is `number`; for 0, those without any step held.

    Both who hold the step and who hold a higher one are asked for in the project alone, by one index: to ask each of
    those who hold it whether they hold a higher one takes half as long again.
    """
    held = StepClock.objects.filter(project=project, holds_now=True)
    if not number:
        return enrolments.exclude(pk__in=held.values("enrolment"))
    there, higher = held.filter(step_number=number), held.filter(step_number__gt=number)
    return enrolments.filter(pk__in=there.values("enrolment")).exclude(pk__in=higher.values("enrolment"))


@dataclass(slots=True)
class ListedCase:
    """A case as the list shows it: its columns, who is responsible for it, and the numbers of the steps held now."""

    key: int
    public_id: UUID
    source: str
    applied_on: date | None
    referred_on: date | None
    enrolled_on: date
    exited_on: date | None
    exit_reason: str
    first_met_on: date | None
    assessed_on: date | None
    planned_on: date | None
    first_placed_on: date | None
    followed_up_on: date | None
    next_contact_on: date | None
    person: UUID
    birth_date: date | None
    given_name: str | None
    family_name: str | None
    responsible: Responsible | None
    held: Collection[int]

    @property
    def name(self) -> str:
        """Family name first."""
        return name_in_list(self.given_name or "", self.family_name or "")


# In the order of the fields of a ListedCase.
_COLUMNS: Final = (
    "pk",
    "public_id",
    "source",
    "applied_on",
    "referred_on",
    "enrolled_on",
    "exited_on",
    "exit_reason",
    "first_met_on",
    "assessed_on",
    "planned_on",
    "first_placed_on",
    "followed_up_on",
    "next_contact_on",
    "participant__public_id",
    "participant__birth_date",
    "participant__identity__given_name",
    "participant__identity__family_name",
)


def page_of_list(keys: Collection[int], *, on: date) -> list[ListedCase]:
    """The cases on a page of the list, in the order of names, with everything that a line shows. Three queries, of
    columns: three models a line cost a tenth of the page.

    `keys` are those of cases that the scope has let through, as many as a page has at most.
    """
    if not keys:
        return []
    asked = in_page(keys)
    responsible, held = read_responsible(asked, on=on), _held_steps(asked)
    rows = _cases.ask(**asked)
    return [ListedCase(*(*row, responsible.get(row[0]), held[row[0]])) for row in rows]


@prepared(**PAGE_OF_KEYS)
def _cases(**cases: Any) -> QuerySet[Enrolment, Any]:
    return Enrolment.objects.filter(pk__in=cases.values()).by_name().values_list(*_COLUMNS)


def _held_steps(asked: Mapping[str, int]) -> Mapping[int, set[int]]:
    """Numbers of the steps held now, by the key of the enrolment. One query, of columns: the models of the clocks cost
    a tenth of the page."""
    held: defaultdict[int, set[int]] = defaultdict(set)
    for case, number in _held.ask(**asked):
        held[case].add(number)
    return held


@prepared(**PAGE_OF_KEYS)
def _held(**cases: Any) -> QuerySet[StepClock, Any]:
    clocks = StepClock.objects.filter(holds_now=True, enrolment__pk__in=cases.values())
    return clocks.values_list("enrolment", "step_number")


def page_of_shared(keys: Iterable[int]) -> EnrolmentQuerySet:
    """The enrolments on a page of shared cases, latest first, with person, project and owner. One query.

    `keys` are primary keys of cases that the scope has let through. They are found by a query of their own: joined to
    the persons, it would make SQLite sort instead of use its index.

    """
    return Enrolment.objects.filter(pk__in=keys).with_person().latest_first()
