"""The persons at a supervisor's placement now. The page about them is given this and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import User
from actionplans.models import PlanRevision
from actionplans.weeks.entries import Entry, Week
from actionplans.weeks.page import in_short
from core.days.dates import is_holiday
from core.enums import Category
from core.swedish.keys import sort_key
from participants.models import CaseAssignment, PlacementPeriod
from participants.placement.page import in_words
from participants.scope.reading import CaseReading
from participants.scope.scope import Scope
from projects.models import Project


@dataclass(frozen=True, slots=True)
class Supervised:
    """Somebody at the placement: by alias, and without place, days or schedule, where these may not be read."""

    person: UUID
    name: str
    owner: str
    # Whom the supervisor rings.
    responsible: str
    phone: str
    place: str
    when: str
    schedule: str
    knows_plan: bool
    # The times of the agreed week on the day that is asked about; none of a free day, or where there is no such week.
    today: Sequence[Entry] = ()

    @property
    def hours_today(self) -> str:
        """«8.30–12.00, 13.00–15.00»; empty for who doesn't come."""
        return ", ".join(entry.hours for entry in self.today)


def supervised(scope: Scope, project: Project) -> list[Supervised]:
    """Persons whom the user supervises on the day: those who come that day by their times, then by the name that is
    shown. Four queries at most."""
    rows = PlacementPeriod.objects.supervised_by(scope).filter(enrolment__project=project)
    rows = rows.select_related("place", "enrolment__owner", "enrolment__participant__identity")
    placements = list(rows.order_by("concerns_on", "pk"))
    if not placements:
        return []
    people = _responsible([placement.enrolment_id for placement in placements], scope.on)
    readings = scope.readings([placement.enrolment for placement in placements])
    schedules = _schedules(key for key, reading in readings.items() if Category.PLAN in reading.of_case)
    found = [
        _supervised(placement, readings[placement.enrolment_id], schedules, people, scope.on)
        for placement in placements
    ]
    return sorted(found, key=_first_today)


def _first_today(person: Supervised) -> tuple[bool, int, str]:
    starts = [entry.start for entry in person.today]
    return not starts, min(starts, default=0), sort_key(person.name)


def _times_on(schedule: str, on: date) -> list[Entry]:
    return [] if is_holiday(on) else [entry for entry in Week.of(schedule).entries if entry.weekday == on.weekday()]


def _schedules(enrolments: Iterable[int]) -> dict[int, str]:
    """The agreed week in each case's newest plan, by the enrolment's primary key."""
    plans = PlanRevision.objects.current().filter(enrolment__in=list(enrolments)).select_related("schedule")
    return {plan.enrolment_id: plan.schedule.text if plan.schedule else "" for plan in plans.order_by("number")}


def _responsible(enrolments: Iterable[int], on: date) -> dict[int, User]:
    """Who answers for each case on the day, by the enrolment's primary key; without those that a whole unit answers
    for."""
    live = CaseAssignment.objects.on(on).responsible().filter(enrolment__in=enrolments).exclude(user=None)
    return {row.enrolment_id: row.user for row in live.select_related("user").order_by("pk") if row.user}


def _supervised(
    placement: PlacementPeriod, reading: CaseReading, schedules: dict[int, str], people: dict[int, User], on: date
) -> Supervised:
    person, responsible = placement.enrolment.participant, people.get(placement.enrolment_id)
    schedule = schedules.get(placement.enrolment_id, "")
    is_named = Category.IDENTITY in reading.of_case and not person.is_protected
    knows_plan = Category.PLAN in reading.of_case
    return Supervised(
        person=person.public_id,
        name=person.identity.full_name if is_named else person.alias,
        owner=placement.enrolment.owner.name,
        responsible=str(responsible or ""),
        phone=responsible.phone if responsible else "",
        place=placement.place.text if knows_plan else "",
        when=in_words(placement) if knows_plan else "",
        schedule=in_short(schedule),
        knows_plan=knows_plan,
        today=_times_on(schedule, on) if knows_plan else (),
    )
