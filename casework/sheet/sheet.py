"""The hand-over sheet of a case in words: for the ordinary agency that goes on, without anything about health."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from accounts.models import User
from actionplans.activities.page import never_began
from actionplans.activities.timeline import ActivityEntries, ActivityRow
from actionplans.enums import MilestoneState
from actionplans.models import StepClock
from actionplans.plans.next_contact import coming_meeting_on, latest_contact
from actionplans.plans.timeline import MilestoneEntries, MilestoneRow, PlanEntries, PlanRow
from casework.case.ladder import LadderStep, ladder_of
from core.days.periods import Period
from core.enums import Category
from core.swedish.words import day, in_sentence, listed
from participants.abilities.timeline import AbilityEntries, abilities_now
from participants.abilities.words import view_in_words
from participants.employment.timeline import EmploymentEntries, EmploymentRow
from participants.enums import CaseRole, ExitReason, LivelihoodMoment, PlanHolder
from participants.livelihood.timeline import LivelihoodEntries, LivelihoodRow, SourceEntries, SourceRow
from participants.livelihood.words import LivingSituation
from participants.models import CaseAssignment, Enrolment
from participants.outcomes.timeline import OutcomeEntries, outcomes_now
from participants.sip.timeline import SipEntries, SipRow
from participants.timeline.entries import CaseHistory, Entries

# The kinds of facts that the sheet reads, and nothing else: no note, no kartläggning, no sick-listing. Of outcomes,
# means of support, occupations, views of the ability to work and activities only those that aren't about health.
KINDS: Final[tuple[Entries, ...]] = (
    *(PlanEntries(), MilestoneEntries(), EmploymentEntries(), OutcomeEntries()),
    *(LivelihoodEntries(), SourceEntries(), AbilityEntries(), SipEntries(), ActivityEntries()),
)

Facts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a chapter: its words, what is said beside in fewer, and whether it is done; None where that is no
    question."""

    text: str
    note: str = ""
    is_done: bool | None = None


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A chapter of the sheet: its heading, and its lines."""

    heading: str
    lines: Sequence[SheetLine]


@dataclass(frozen=True, slots=True)
class HandOverSheet:
    """The sheet in words: name or alias, pairs of term and value, the heading of the outcome with the main one and
    sentences below it, chapters that have something to say, and who made it."""

    name: str
    facts: Facts
    came: str
    outcome: str
    sentences: Sequence[str]
    parts: Sequence[SheetPart]
    made_by: str


def sheet_of(
    case: CaseHistory, clocks: Sequence[StepClock], people: Sequence[CaseAssignment], *, by: User, on: date
) -> HandOverSheet:
    """The sheet of a case on the day, made by this user, from rows that are read already. Three queries: for the names
    of the steps, and for the next meeting and the latest."""
    person = case.enrolment.participant
    outcome, beside = _outcome(case)
    parts = [
        SheetPart("Anställning", _employments(case)),
        SheetPart("Försörjning och sysselsättning", _situation(case)),
        SheetPart("Bedömning av arbetsförmågan", _abilities(case)),
        SheetPart("Steg", _steps(case.enrolment, clocks, on)),
        SheetPart("Delmål", _milestones(case)),
        SheetPart("Handlingsplan", _plan(case, on)),
        SheetPart("Aktiviteter", _activities(case, on)),
        SheetPart("SIP", _sip(case)),
        SheetPart("Undrar du något?", _people(people)),
    ]
    return HandOverSheet(
        name=person.alias if person.is_protected else person.identity.name,
        facts=_facts(case.enrolment),
        came="Så blev det" if case.enrolment.exited_on else "Så långt",
        outcome=outcome,
        sentences=[said for said in (beside, _ended(case.enrolment)) if said],
        parts=[part for part in parts if part.lines],
        made_by=f"{by}, {case.enrolment.owner}, {day(on)}",
    )


def _facts(enrolment: Enrolment) -> Facts:
    """Of somebody protected nothing by which the person is found."""
    person = enrolment.participant
    known = not person.is_protected
    found = [
        ("Född", day(person.birth_date) if known and person.birth_date else ""),
        ("Telefon", person.identity.phone if known else ""),
        ("E-post", person.identity.email if known else ""),
        ("Inskriven", Period(enrolment.enrolled_on, enrolment.exited_on).in_words),
    ]
    return [(term, value) for term, value in found if value]


def _outcome(case: CaseHistory) -> tuple[str, str]:
    """The main outcome, and a sentence about those beside it; empty where none is written down, or the main one is
    about health: those beside it would be taken for all of it."""
    main, marks = outcomes_now(case)
    if main and main.is_about_health:
        return "", ""
    names = [row.outcome for row in marks if not row.is_about_health]
    beside = f"{listed([in_sentence(name) for name in names])}." if names else ""
    if main is None:
        return "", beside[:1].upper() + beside[1:]
    return f"{main.outcome}, {day(main.on)}", f"Också {beside}" if beside else ""


def _ended(enrolment: Enrolment) -> str:
    """«Inskrivningen avslutades 3 mars 2026: arbete.»; empty while it goes on. No other reason than the aim is told: if
    only illness weren't, that nothing is told would tell it."""
    if enrolment.exited_on is None:
        return ""
    reason = ExitReason(enrolment.exit_reason)
    why = f": {reason.label.lower()}" if reason.is_the_aim else ""
    return f"Inskrivningen avslutades {day(enrolment.exited_on)}{why}."


def _employments(case: CaseHistory) -> list[SheetLine]:
    rows = sorted(case.current(EmploymentRow), key=lambda row: row.on)
    return [SheetLine(row.work, row.period.in_words) for row in rows]


def _situation(case: CaseHistory) -> list[SheetLine]:
    """Support and occupation at the latest moment when the person was reached. Where any of the support is for somebody
    who is ill none is named: the shares of the rest would tell of it."""
    order = list(LivelihoodMoment)
    rows = [row for row in case.current(LivelihoodRow) if not row.not_reached]
    latest = max(rows, key=lambda row: order.index(row.moment), default=None)
    if latest is None:
        return []
    sources = [source for source in case.of(SourceRow) if source.record == latest.fact]
    is_of_health = any(source.is_about_health for source in sources)
    support = "" if is_of_health else LivingSituation([source.share for source in sources]).support
    occupation = "" if latest.is_occupied_by_health else latest.occupation
    when = f"{latest.moment.in_sentence}, {day(latest.on)}"
    return [SheetLine(words, when) for words in (support, occupation) if words]


def _abilities(case: CaseHistory) -> list[SheetLine]:
    """Without the parties' own words, which may say more than the answer does."""
    rows = [row for row in abilities_now(case) if row.party.category != Category.HEALTH]
    return [SheetLine(view_in_words(row.party, row.answer), day(row.on)) for row in rows]


def _steps(enrolment: Enrolment, clocks: Sequence[StepClock], on: date) -> list[SheetLine]:
    """All steps, so that it is seen how far they go; nothing where none has been cleared."""
    by_step = {clock.step_number: clock for clock in clocks}
    steps = ladder_of(enrolment, clocks, on=on)
    if not any(step.state in ("cleared", "lost") for step in steps):
        return []
    return [_step(step, by_step.get(step.number)) for step in steps]


def _step(step: LadderStep, clock: StepClock | None) -> SheetLine:
    cleared_on = clock.cleared_on if clock else None
    if step.state == "lost" and cleared_on:
        note = f"klarat {day(cleared_on)}, men inte längre"
    elif step.state == "cleared":
        note = f"klarat {day(cleared_on)}" if cleared_on else step.note
    else:
        note = ""
    return SheetLine(f"{step.number}. {step.name}", note, step.state == "cleared")


def _milestones(case: CaseHistory) -> list[SheetLine]:
    """Reached ones first, in the order of their days."""
    rows = [row for row in case.current(MilestoneRow) if row.state != MilestoneState.DROPPED]
    ordered = sorted(rows, key=lambda row: (row.state != MilestoneState.REACHED, row.due_on or date.max, row.fact))
    return [_milestone(row, has_ended=case.enrolment.exited_on is not None) for row in ordered]


def _milestone(row: MilestoneRow, *, has_ended: bool) -> SheetLine:
    if row.state == MilestoneState.REACHED:
        return SheetLine(row.text, f"nått {day(row.on)}", is_done=True)
    if has_ended:
        return SheetLine(row.text, "inte nått", is_done=False)
    due = f", till {day(row.due_on)}" if row.due_on else ""
    return SheetLine(row.text, f"{row.state.label.lower()}{due}", is_done=False)


def _plan(case: CaseHistory, on: date) -> list[SheetLine]:
    plan = max(case.current(PlanRow), key=lambda row: row.number, default=None)
    activity, planned = (plan.main_activity, plan.next_follow_up_on) if plan else ("", None)
    return [SheetLine(words) for words in (activity, _next_time(case.enrolment, planned, on)) if words]


def _activities(case: CaseHistory, on: date) -> list[SheetLine]:
    """Activities that go on or are to come, of an ended case those of its last day; none that is about health."""
    until = min(on, case.enrolment.exited_on or on)
    rows = (row for row in case.current(ActivityRow) if row.category != Category.HEALTH)
    lasting = [row for row in rows if not never_began(case.enrolment, row.on) and not row.period.is_over(until)]
    return [SheetLine(row.done, row.period.in_words) for row in sorted(lasting, key=lambda row: (row.on, row.fact))]


def _next_time(enrolment: Enrolment, planned: date | None, on: date) -> str:
    """The next meeting that is booked, else the day of the plan; nothing where that day has been kept since, or once
    the case has ended."""
    if enrolment.exited_on:
        return ""
    if booked := coming_meeting_on(enrolment, on=on):
        return f"Nästa möte är bokat till {day(booked)}."
    contact = latest_contact(enrolment)
    if planned is None or (contact and contact.concerns_on >= planned):
        return ""
    return f"Nästa uppföljning {'är' if planned >= on else 'var'} tänkt till {day(planned)}."


def _sip(case: CaseHistory) -> list[SheetLine]:
    """The latest SIP: from which day, who holds it, and whom to ask; of somebody protected not whom, which may tell
    where the person lives."""
    plan = max(case.current(SipRow), key=lambda row: (row.on, row.fact), default=None)
    if plan is None:
        return []
    holder = PlanHolder(plan.holder).label.lower()
    asked = f"fråga {plan.contact}" if plan.contact and not case.enrolment.participant.is_protected else ""
    return [SheetLine(f"SIP från {day(plan.on)}, planansvarig {holder}", asked)]


def _people(people: Sequence[CaseAssignment]) -> list[SheetLine]:
    """The case's own who answer questions: the responsible first, with number and address."""
    own = [row for row in people if row.user and row.role != CaseRole.CONTACT]
    ordered = sorted(own, key=lambda row: row.role != CaseRole.RESPONSIBLE)
    return [
        SheetLine(f"{row.user}, {row.organisation}", " · ".join(filter(None, (row.user.phone, row.user.email))))
        for row in ordered
        if row.user
    ]
