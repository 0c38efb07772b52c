"""The hand-over sheet of a case: for the ordinary agency that goes on, without anything about health."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from actionplans.enums import MilestoneState
from actionplans.models import StepClock
from actionplans.plans.timeline import MilestoneEntries, MilestoneRow, PlanEntries, PlanRow
from casework.case.ladder import ladder_of
from core.days.periods import Period
from core.swedish.words import day
from participants.employment.timeline import EmploymentEntries, EmploymentRow
from participants.enums import CaseRole, ExitReason
from participants.models import CaseAssignment, Enrolment
from participants.outcomes.page import holding
from participants.outcomes.timeline import OutcomeEntries, OutcomeRow
from participants.timeline.entries import CaseHistory, Entries

# What the sheet reads of a case, and nothing else: no note, no kartläggning, no sick-listing.
KINDS: Final[tuple[Entries, ...]] = (PlanEntries(), MilestoneEntries(), EmploymentEntries(), OutcomeEntries())
_CLEARED: Final = {"cleared": "klarat", "lost": "klarat, men inte längre"}

Facts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter of the sheet: its heading, and its lines."""

    heading: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet in words: who and when, then chapters that have something to say."""

    facts: Facts
    parts: Sequence[Part]


def sheet_of(case: CaseHistory, clocks: Sequence[StepClock], people: Sequence[CaseAssignment], *, on: date) -> Sheet:
    """The sheet of a case on the day, from rows that are read already. One query, for the names of the steps."""
    parts = [
        Part("Handlingsplan", _plan(case)),
        Part("Delmål", _milestones(case)),
        Part("Steg", _steps(case.enrolment, clocks, on)),
        Part("Anställning", _employments(case)),
        Part("Utfall", _outcomes(case)),
        Part("Frågor", _people(people)),
    ]
    return Sheet(_facts(case.enrolment), [part for part in parts if part.lines])


def _facts(enrolment: Enrolment) -> Facts:
    person = enrolment.participant
    born = "" if person.is_protected or not person.birth_date else day(person.birth_date)
    phone = "" if person.is_protected else person.identity.phone
    days = Period.of(enrolment.enrolled_on, None)
    exited = enrolment.exited_on
    found = [
        ("Deltagare", person.alias if person.is_protected else person.identity.name),
        ("Född", born),
        ("Telefon", phone),
        ("Projekt", str(enrolment.project)),
        ("Inskriven", f"{day(enrolment.enrolled_on)} – {day(exited)}" if exited else days.in_words),
        ("Avslut", ExitReason(enrolment.exit_reason).label if exited else ""),
    ]
    return [(term, value) for term, value in found if value]


def _plan(case: CaseHistory) -> list[str]:
    plan = max(case.current(PlanRow), key=lambda row: row.number, default=None)
    if plan is None:
        return []
    follow_up = f"Nästa uppföljning var tänkt till {day(plan.next_follow_up_on)}." if plan.next_follow_up_on else ""
    return [line for line in (plan.main_activity, plan.schedule, follow_up) if line]


def _milestones(case: CaseHistory) -> list[str]:
    """Reached ones first, each with its state."""
    rows = [row for row in case.current(MilestoneRow) if row.state != MilestoneState.DROPPED and not row.taken_back]
    ordered = sorted(rows, key=lambda row: (row.state != MilestoneState.REACHED, row.on))
    return [f"{row.text}: {row.state.label.lower()}{_when(row)}" for row in ordered]


def _when(row: MilestoneRow) -> str:
    if row.state == MilestoneState.REACHED:
        return f" {day(row.on)}"
    return f", till {day(row.due_on)}" if row.due_on else ""


def _steps(enrolment: Enrolment, clocks: Sequence[StepClock], on: date) -> list[str]:
    by_step = {clock.step_number: clock for clock in clocks}
    found = []
    for step in ladder_of(enrolment, clocks, on=on):
        clock = by_step.get(step.number)
        if step.state in _CLEARED and clock and clock.cleared_on:
            found.append(f"Steg {step.number}, {step.name.lower()}: {_CLEARED[step.state]} {day(clock.cleared_on)}")
    return found


def _employments(case: CaseHistory) -> list[str]:
    rows = sorted(case.current(EmploymentRow), key=lambda row: row.on)
    return [f"{row.work}, {row.period.in_words}" for row in rows]


def _outcomes(case: CaseHistory) -> list[str]:
    rows = sorted(case.current(OutcomeRow), key=lambda row: (row.on, row.fact))
    main, marks = holding(rows)
    said = [f"{main.outcome}, {day(main.on)}"] if main else []
    return said + [f"Också {row.outcome}, {day(row.on)}" for row in marks]


def _people(people: Sequence[CaseAssignment]) -> list[str]:
    """Who answers questions: the responsible first, with where to write."""
    asked = sorted((row for row in people if row.user), key=lambda row: row.role != CaseRole.RESPONSIBLE)
    own = [row for row in asked if row.role != CaseRole.CONTACT]
    return [f"{row.user}, {row.organisation}, {row.user.email}" for row in own if row.user]
