"""What the case page says on top: the ladder, how things stand, and what is missing. Reads, no writes."""

from dataclasses import dataclass
from datetime import date

from actionplans.actions.plans import current_milestones
from actionplans.enums import MilestoneState
from actionplans.models import StepClock
from core.templatetags.swedish import day_short, weekday
from participants.deadlines import Awaited, open_deadlines
from participants.models import Enrolment, SickListing
from projects.actions import ladder_on
from projects.models import Step


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A step in the form that components/step_ladder.html takes."""

    number: int
    name: str
    state: str
    note: str


def ladder_of(enrolment: Enrolment) -> list[LadderStep]:
    """The case's ladder with where each step stands."""
    clocks = {one.step_number: one for one in StepClock.objects.filter(enrolment=enrolment)}
    steps = list(ladder_on(enrolment.project, enrolment.enrolled_on).steps.all())
    highest = max((number for number, one in clocks.items() if one.holds_now), default=0)
    current = next((step.number for step in steps if step.number > highest), None) if not enrolment.exited_on else None
    return [_ladder_step(step, clocks.get(step.number), current, enrolment) for step in steps]


def _ladder_step(step: Step, clock: StepClock | None, current: int | None, enrolment: Enrolment) -> LadderStep:
    if clock and clock.holds_now and clock.cleared_on:
        days = (clock.cleared_on - enrolment.enrolled_on).days
        return LadderStep(step.number, step.name, "cleared", f"{day_short(clock.cleared_on)} · dag {days}")
    if clock and clock.cleared_on:
        return LadderStep(step.number, step.name, "lost", f"klarades {day_short(clock.cleared_on)}")
    # Steps 4 and 5 are targets for the group: no day stands on a person.
    due = f"mål {day_short(clock.due_on)}" if clock and clock.due_on and not step.self_support else ""
    return LadderStep(step.number, step.name, "now" if step.number == current else "ahead", due)


@dataclass(frozen=True, slots=True)
class CaseNow:
    """How a case stands today."""

    facts: list[tuple[str, str]]
    late: list[str]
    waiting: list[str]


def case_now(enrolment: Enrolment, *, on: date) -> CaseNow:
    """«Läget nu» of the case page."""
    deadlines = open_deadlines(enrolment, enrolment.project)
    return CaseNow(
        facts=[(term, value) for term, value in _facts(enrolment, on) if value],
        late=[one.text(on) for one in deadlines if one.is_late(on)],
        waiting=[one.text(on) for one in deadlines if not one.is_late(on) and one.awaited != Awaited.CONTACT],
    )


def _facts(enrolment: Enrolment, on: date) -> list[tuple[str, str]]:
    plan = getattr(enrolment, "plan", None)
    revision = plan.revisions.select_related("main_activity").last() if plan else None
    milestones = current_milestones(plan) if plan else []
    kept = [one for one in milestones if one.state != MilestoneState.DROPPED]
    reached = sum(one.state == MilestoneState.REACHED for one in kept)
    return [
        ("Nästa kontakt", _contact(enrolment, on)),
        ("Ansvarig", _people(enrolment, on)),
        ("Aktivitet", revision.main_activity.text if revision and revision.main_activity else ""),
        ("Delmål", f"{reached} av {len(kept)} nådda" if kept else ""),
        ("Sjukskriven", "på heltid" if _is_sick(enrolment, on) else ""),
    ]


def _contact(enrolment: Enrolment, on: date) -> str:
    day = enrolment.next_contact_on
    if enrolment.exited_on or day is None:
        return ""
    return f"senast {weekday(day)}" if day >= on else ""


def _people(enrolment: Enrolment, on: date) -> str:
    live = enrolment.assignments.active_on(on).select_related("user", "organisation")
    names = [f"{one.user or one.organisation}{_role(one.role)}" for one in live]
    return ", ".join(names) or "ingen utsedd"


def _role(role: str) -> str:
    return {"substitute": " (ersättare)", "contact": " (kontakt)"}.get(role, "")


def _is_sick(enrolment: Enrolment, on: date) -> bool:
    return SickListing.objects.filter(enrolment=enrolment).full_time_on(on).exists()
