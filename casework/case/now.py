"""«Läget nu» and «Saknas» of the case page, from a case that is read already. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from actionplans.activities.page import never_began, within
from actionplans.activities.timeline import ActivityRow
from actionplans.enums import MilestoneState
from casework.case.missing import Missing, missing_in
from casework.case.today import CaseToday
from casework.words import near
from core.days.periods import Period
from core.swedish.words import in_sentence, listed, plural, weekday_near
from participants.employment.timeline import EmploymentRow
from participants.enrolment.deadlines import Awaited, Deadline, open_deadlines
from participants.enums import CaseRole, ExitReason
from participants.grouping.timeline import grouping_on, groups_of
from participants.outcomes.timeline import outcomes_now
from participants.placement.timeline import PlacementRow
from participants.sick_listing.timeline import SickListingRow

Facts = list[tuple[str, str]]
_NOBODY = ("Ansvarig", "ingen utsedd")


@dataclass(frozen=True, slots=True)
class CaseNow:
    """The state of a case: what comes next in words, pairs of term and value about the rest of it and about who works
    with it, each in the order of the page, those whom one reaches about it, and the things that are missing."""

    next: str
    contact: Facts
    state: Facts
    people: Facts
    reached: Sequence[User]
    missing: list[Missing]

    @property
    def has_responsible(self) -> bool:
        """Whether somebody answers for the case."""
        return _NOBODY not in self.people

    @property
    def facts(self) -> Facts:
        """All pairs."""
        return [*self.contact, *self.state, *self.people]


def case_now(case: CaseToday) -> CaseNow:
    """The state of a case on its day. No queries."""
    return CaseNow(
        _next(case), _next_contact(case), _said(_state(case)), _said(_people(case)), _reached(case), missing_in(case)
    )


def _said(facts: Facts) -> Facts:
    return [(term, value) for term, value in facts if value]


def _next(case: CaseToday) -> str:
    """«Nästa möte torsdag 31 december», or that none is agreed; empty once the case is over, and for those who may not
    read its meetings."""
    if case.is_over or not case.reads_meetings:
        return ""
    booked = case.booked
    if booked is None:
        return "Inget möte är bokat"
    return f"Nästa möte {'i dag' if booked == case.on else weekday_near(booked, case.on)}"


def _state(case: CaseToday) -> Facts:
    reached = sum(row.state == MilestoneState.REACHED for row in case.milestones)
    last = case.last_meeting
    return [
        ("Senaste mötet", f"{near(last.on, case.on)}, {last.kind.label.lower()}" if last else ""),
        ("Aktivitet", case.plan.main_activity if case.plan else ""),
        *(("Aktivitet", _activity(row, case)) for row in _activities(case)),
        *(("Anställning", _employment(row, case.on)) for row in _employments(case)),
        *(("Placering", _placement(row, case)) for row in _placements(case)),
        ("Delmål", f"{reached} av {plural(len(case.milestones), 'nått,nådda')}" if case.milestones else ""),
        ("Sjukskriven", _sick(case)),
        *_groups(case),
        ("Utfall", _outcome(case)),
    ]


def _next_contact(case: CaseToday) -> Facts:
    """Terms and values of the next contact: the agreed meeting, the first follow-up that is due, and the last day for a
    contact where that is another, which the plan may have set; empty when there is neither. Who may not read the
    meetings is told of no day that they have set."""
    if case.is_over:
        return []
    booked, last_day = case.booked, case.enrolment.next_contact_on
    if not case.reads_meetings and last_day not in case.follow_ups:
        last_day = None
    said = [("Nästa möte", "i dag" if booked == case.on else weekday_near(booked, case.on))] if booked else []
    if first := _first_follow_up(case):
        said.append((str(first.awaited), f"{first.within}, senast {weekday_near(first.due_on, case.on)}"))
        if last_day is None or last_day >= first.due_on:
            return said
    if booked and (last_day is None or last_day >= booked):
        return said
    if last_day is None and not case.is_own:
        return said
    is_of_plan = last_day is not None and last_day in case.follow_ups
    term = "Uppföljning av planen" if is_of_plan else "Uppföljning"
    return [*said, (term, f"senast {weekday_near(last_day, case.on)}" if last_day else "inte bestämd")]


def _first_follow_up(case: CaseToday) -> Deadline | None:
    """The deadline of the first follow-up, while the case waits for it; of the own organisation's cases, since others
    may not know of the meetings."""
    found = open_deadlines(case.enrolment, case.enrolment.project, on=case.on) if case.is_own else []
    return next((deadline for deadline in found if deadline.awaited == Awaited.FOLLOW_UP), None)


def _people(case: CaseToday) -> Facts:
    """Terms and values of who answers for the case and who else works with it. Another organisation's user isn't told
    of further organisations."""
    names: dict[str, list[str]] = {role: [] for role in CaseRole}
    own = case.enrolment.reading.organisation_id
    for person in case.people:
        if case.is_own or person.role == CaseRole.RESPONSIBLE or person.organisation_id == own:
            place = f" ({person.organisation})" if person.user and person.role == CaseRole.CONTACT else ""
            names[person.role].append(f"{person.user or person.organisation}{place}")
    return [
        ("Ansvarig", ", ".join(names[CaseRole.RESPONSIBLE])) if names[CaseRole.RESPONSIBLE] else _NOBODY,
        ("Ersättare", ", ".join(names[CaseRole.SUBSTITUTE])),
        ("Kontakt", ", ".join(names[CaseRole.CONTACT])),
    ]


def _employments(case: CaseToday) -> list[EmploymentRow]:
    """Employments that aren't over, in the order of their days: also one that is agreed for later."""
    lasting = [row for row in case.history.current(EmploymentRow) if not row.period.is_over(case.on)]
    return sorted(lasting, key=lambda row: (row.on, row.work))


def _employment(row: EmploymentRow, on: date) -> str:
    """«Utvecklingsanställning på Återbruket, 75 %, sedan 1 feb, till och med 30 nov»."""
    last = f", till och med {near(row.period.last, on)}" if row.period.last else ""
    return f"{row.work}, {'sedan' if row.on <= on else 'från'} {near(row.on, on)}{last}"


def _activities(case: CaseToday) -> list[ActivityRow]:
    """Activities that aren't over, in the order of their days: also one that is to come. None lasts longer than the
    enrolment."""
    rows = [row for row in case.history.current(ActivityRow) if not never_began(case.enrolment, row.on)]
    lasting = [row for row in rows if not within(case.enrolment, row.period).is_over(case.on)]
    return sorted(lasting, key=lambda row: (row.on, row.done))


def _activity(row: ActivityRow, case: CaseToday) -> str:
    """«Fysisk aktivitet, tisdagar 10–11, med Region Sol, från 3 mar, till och med 31 mar»; from when only where it is
    to come, and the day alone where it is on one day."""
    first, last = near(row.on, case.on), within(case.enrolment, row.period).last
    if last == row.on:
        return f"{row.done}, {first}"
    begins = f", från {first}" if row.on > case.on else ""
    return f"{row.done}{begins}{f', till och med {near(last, case.on)}' if last else ''}"


def _reached(case: CaseToday) -> list[User]:
    """Who answers for the case, to every party: by telephone and mail."""
    return [person.user for person in case.people if person.role == CaseRole.RESPONSIBLE and person.user]


def _placements(case: CaseToday) -> list[PlacementRow]:
    """In the order of their days: one that is corrected keeps its place. None lasts longer than the enrolment."""
    held = [row for row in case.history.current(PlacementRow) if _held(row, case).holds(case.on)]
    return sorted(held, key=lambda row: (row.on, row.place))


def _placement(row: PlacementRow, case: CaseToday) -> str:
    last = _held(row, case).last
    return f"{row.place}, handledare {row.led_by}{f' till {near(last, case.on)}' if last else ''}"


def _held(row: PlacementRow, case: CaseToday) -> Period:
    """The days of the placement within the enrolment."""
    ends = [day for day in (row.period.last, case.enrolment.exited_on) if day]
    return Period(row.on, min(ends, default=None))


def _groups(case: CaseToday) -> Facts:
    """Target group, method, unit and obstacle that hold today. Another organisation reads since when: a later one may
    be closed to it."""
    row = grouping_on(case.history, case.on)
    facts = groups_of(row, case.history).facts if row else []
    since = f", från {near(row.on, case.on)}" if row and not case.is_own else ""
    return [(term, f"{said}{since}") for term, said in facts]


def lacks_outcome(case: CaseToday) -> bool:
    """Whether the own case has ended without a word of what came of it, but for those who have died."""
    ended = case.is_own and case.enrolment.exited_on and case.enrolment.exit_reason != ExitReason.DECEASED
    return bool(ended) and outcomes_now(case.history)[0] is None


def _outcome(case: CaseToday) -> str:
    """«Arbete med stöd; också studier»."""
    main, marks = outcomes_now(case.history)
    beside = f"också {listed([in_sentence(row.outcome) for row in marks])}" if marks else ""
    return "; ".join(part for part in (main.outcome if main else "", beside) if part)


def _sick(case: CaseToday) -> str:
    current = [row for row in case.history.current(SickListingRow) if row.percent and row.period.holds(case.on)]
    if not current:
        return ""
    latest = current[-1]
    much = "på heltid" if latest.percent == 100 else f"till {latest.percent} %"
    return f"{much} till och med {near(latest.period.last, case.on)}" if latest.period.last else much
