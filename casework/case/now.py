"""What the case page says on top: the ladder, how things stand, and what is missing. Reads, no writes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from actionplans.enums import MeetingKind, MilestoneState
from actionplans.models import StepClock
from actionplans.plans.actions import MilestoneRecord, PlanRecord, missing_parts
from casework.case.history import Kind, Row
from core.days.periods import ONE_DAY
from core.swedish.words import day_short, listed, plural, weekday
from participants.enrolment.deadlines import Awaited, Deadline, open_deadlines
from participants.enums import CaseRole
from participants.models import CaseAssignment, Enrolment
from projects.enums import Permission
from projects.models import Ladder, Step

# So long before its day, and so long after it, a step that isn't cleared is something to see to.
STEP_AHEAD_DAYS, STEP_AFTER_DAYS = 14, 28


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A step in the form that components/step_ladder.html takes."""

    number: int
    name: str
    state: str
    note: str


def clocks_of_case(enrolment: Enrolment) -> list[StepClock]:
    """The clock of each step, lowest first."""
    return list(StepClock.objects.filter(enrolment=enrolment).select_related("target").order_by("step_number"))


def ladder_of(enrolment: Enrolment, clocks: Iterable[StepClock], *, on: date) -> list[LadderStep]:
    """The case's ladder with where each step stands."""
    by_step = {one.step_number: one for one in clocks}
    version = Ladder.objects.filter(project=enrolment.project_id).in_force(enrolment.enrolled_on)
    steps = list(Step.objects.filter(ladder=version.values("pk")[:1]))
    highest = max((number for number, one in by_step.items() if one.holds_now), default=0)
    current = None if enrolment.exited_on else next((one.number for one in steps if one.number > highest), None)
    return [_ladder_step(step, by_step.get(step.number), current, highest, on) for step in steps]


def _ladder_step(step: Step, clock: StepClock | None, current: int | None, highest: int, on: date) -> LadderStep:
    state, note = "now" if step.number == current else "ahead", ""
    if clock and clock.cleared_on:
        day = f"{near(clock.cleared_on, on)} · dag {(clock.cleared_on - clock.enrolled_on).days}"
        state, note = ("cleared", day) if clock.holds_now else ("lost", f"· klarades {day}")
    elif clock and step.number < highest and clock.target and clock.target.counts_higher:
        state, note = "cleared", f"genom steg {highest}"
    elif clock and is_personal(clock) and clock.due_on and step.number > highest and not clock.exited_on:
        note = f"{'senast' if clock.due_on >= on else 'målet var'} {near(clock.due_on, on)}"
    return LadderStep(step.number, step.name, state, note)


def is_personal(clock: StepClock) -> bool:
    """Whether the step's day stands on a person; steps about self-support are targets for the group."""
    return clock.target is not None and not clock.target.exclusive


def near(value: date, on: date) -> str:
    """«12 feb», with its year where that is another than this one."""
    return day_short(value) if value.year == on.year else f"{day_short(value)} {value.year}"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is late or lacking, with where it is done; without an address it can only be known."""

    text: str
    kind: str
    action: str
    url: str


@dataclass(frozen=True, slots=True)
class CaseNow:
    """How a case stands today."""

    facts: list[tuple[str, str]]
    missing: list[Missing]


@dataclass(frozen=True, slots=True)
class Case:
    """An enrolment with all that its page has read about it."""

    enrolment: Enrolment
    rows: Sequence[Row]
    clocks: Sequence[StepClock]
    people: Sequence[CaseAssignment]
    allowed: frozenset[Permission]
    on: date

    def of(self, kind: Kind) -> list[Row]:
        """Current facts of a kind, in the order they were written down."""
        return [row for row in self.rows if row.kind == kind and row.is_current]

    @property
    def is_own(self) -> bool:
        """Whether the case is the reader's own organisation's."""
        return self.enrolment.reading.is_own

    @property
    def is_over(self) -> bool:
        """Whether nothing waits any more: the enrolment or the project has ended."""
        return self.enrolment.exited_on is not None or self.enrolment.project.has_ended(self.on)

    @property
    def plan(self) -> Row | None:
        """The plan as it stands."""
        return max(self.of(Kind.PLAN), key=lambda row: row.number, default=None)

    @property
    def milestones(self) -> list[Row]:
        """The delmål that haven't been dropped."""
        return [row for row in self.of(Kind.MILESTONE) if row.code != MilestoneState.DROPPED]

    @property
    def last_meeting(self) -> Row | None:
        """The latest meeting with the participant."""
        return max(self._held(), key=lambda row: (row.on, row.fact), default=None)

    @property
    def booked(self) -> date | None:
        """The day that was agreed for the next meeting. What was noted in an emergency moves it nowhere."""
        latest = max((row for row in self._held() if row.complete), key=lambda row: (row.on, row.fact), default=None)
        return latest.day if latest else None

    def _held(self) -> list[Row]:
        return [row for row in self.of(Kind.MEETING) if row.flag and row.code != MeetingKind.NO_SHOW]


def case_now(case: Case) -> CaseNow:
    """«Läget nu» of the case page."""
    facts = [(term, value) for term, value in _facts(case) if value]
    return CaseNow(facts, list(_missing(case)) if case.is_own and not case.is_over else [])


def _facts(case: Case) -> list[tuple[str, str]]:
    reached = sum(row.code == MilestoneState.REACHED for row in case.milestones)
    last = case.last_meeting
    return [
        *_next_contact(case),
        ("Senaste mötet", f"{near(last.on, case.on)}, {MeetingKind(last.code).label.lower()}" if last else ""),
        *_people(case),
        ("Aktivitet", case.plan.text if case.plan else ""),
        *(("Placering", _placement(row, case.on)) for row in case.of(Kind.PLACEMENT) if _goes_on(row, case.on)),
        ("Delmål", f"{reached} av {plural(len(case.milestones), 'nått,nådda')}" if case.milestones else ""),
        ("Sjukskriven", _sick(case)),
    ]


def _next_contact(case: Case) -> list[tuple[str, str]]:
    """The meeting that is agreed, else the last day for one."""
    if case.is_over:
        return []
    if case.booked and case.booked >= case.on:
        return [("Nästa möte", "i dag" if case.booked == case.on else _weekday(case.booked, case.on))]
    last_day = case.enrolment.next_contact_on
    if last_day is None and not case.is_own:
        return []
    return [("Nästa kontakt", f"senast {_weekday(last_day, case.on)}" if last_day else "inte bestämd")]


def _weekday(value: date, on: date) -> str:
    return weekday(value) if value.year == on.year else f"{weekday(value)} {value.year}"


def _people(case: Case) -> list[tuple[str, str]]:
    """Who answers for the case, and who else works with it; a guest is told of no other guests."""
    names: dict[str, list[str]] = {role: [] for role in CaseRole}
    own = case.enrolment.reading.organisation_id
    for one in case.people:
        if case.is_own or one.role == CaseRole.RESPONSIBLE or one.organisation_id == own:
            place = f" ({one.organisation})" if one.user and one.role == CaseRole.CONTACT else ""
            names[one.role].append(f"{one.user or one.organisation}{place}")
    return [
        ("Ansvarig", ", ".join(names[CaseRole.RESPONSIBLE]) or "ingen utsedd"),
        ("Ersättare", ", ".join(names[CaseRole.SUBSTITUTE])),
        ("Kontakt", ", ".join(names[CaseRole.CONTACT])),
    ]


def _placement(row: Row, on: date) -> str:
    last = f" till {near(row.day - ONE_DAY, on)}" if row.day else ""
    return f"{row.text}, handledare {row.name}{last}"


def _goes_on(row: Row, on: date) -> bool:
    """Whether a period has begun and isn't over."""
    return row.on <= on and (row.day is None or row.day > on)


def _sick(case: Case) -> str:
    now = [row for row in case.of(Kind.SICK) if _goes_on(row, case.on)]
    if not now:
        return ""
    return f"på heltid till {near(now[-1].day, case.on)}" if now[-1].day else "på heltid"


def _missing(case: Case) -> Iterable[Missing]:
    """What is late first, then what is lacking."""
    found = [
        *(_deadline(case, one) for one in open_deadlines(case.enrolment, case.enrolment.project, on=case.on)),
        *(_step(case, clock) for clock in case.clocks),
        _plan(case),
        _milestones_late(case),
        _responsible(case),
    ]
    return sorted((one for one in found if one), key=lambda one: one.kind != "late")


_DOING = {
    Awaited.ASSESSMENT: ("assessment_create", "Skriv in kartläggningen"),
    Awaited.PLAN: ("plan_edit", "Gör planen"),
    Awaited.CONTACT: ("meeting_create", "Skriv in ett möte"),
}


def _deadline(case: Case, deadline: Deadline) -> Missing | None:
    is_late = deadline.is_late(case.on)
    if deadline.awaited == Awaited.CONTACT and not is_late:
        return None
    lacks = f", saknar {lacking(case)}" if deadline.awaited == Awaited.PLAN and case.plan else ""
    return _item(case, deadline.text(case.on) + lacks, "late" if is_late else "soon", *_DOING[deadline.awaited])


def _step(case: Case, clock: StepClock) -> Missing | None:
    """A step whose day is near or has just passed; a target is no promise, so it isn't called late."""
    if clock.due_on is None or clock.reached_on or not is_personal(clock):
        return None
    first, last = clock.due_on - timedelta(days=STEP_AHEAD_DAYS), clock.due_on + timedelta(days=STEP_AFTER_DAYS)
    if not first <= case.on <= last:
        return None
    verb = "Målet är" if clock.due_on >= case.on else "Målet var"
    text = f"{verb} steg {clock.step_number} senast {near(clock.due_on, case.on)}"
    step = f"?steg={clock.step_number}"
    return _item(case, text, "soon", "meeting_create", "Bedöm steget", query=step)


def _plan(case: Case) -> Missing | None:
    """A plan that was complete once and no longer is; before that the deadline says so."""
    if case.enrolment.planned_on is None or case.plan is None or case.plan.complete or case.plan.flag:
        return None
    return _item(case, f"Planen är ett utkast, saknar {lacking(case)}", "soon", "plan_edit", "Ändra planen")


def lacking(case: Case) -> str:
    """The parts that the plan lacks, in words."""
    plan = case.plan
    record = PlanRecord(
        valid_on=case.on,
        main_activity=plan.text if plan else "",
        schedule=plan.detail if plan else "",
        next_follow_up_on=plan.day if plan else None,
        milestones=[MilestoneRecord(text=row.text, state=MilestoneState(row.code)) for row in case.milestones],
    )
    return listed(missing_parts(record))


def _milestones_late(case: Case) -> Missing | None:
    waiting = [row for row in case.milestones if row.code != MilestoneState.REACHED]
    late = sum(bool(row.day and row.day < case.on) for row in waiting)
    if not late:
        return None
    return _item(case, f"{plural(late, 'delmål')} har passerat sin dag", "soon", "plan_edit", "Ändra planen")


def _responsible(case: Case) -> Missing | None:
    if any(one.role == "responsible" for one in case.people):
        return None
    asked = (Permission.ASSIGN, "enrolment_assign")
    return _item(case, "Ingen är ansvarig", "soon", asked[1], "Utse ansvarig", permission=asked[0])


def _item(
    case: Case,
    text: str,
    kind: str,
    url_name: str,
    action: str,
    *,
    query: str = "",
    permission: Permission = Permission.EDIT_CASE,
) -> Missing:
    may = permission in case.allowed
    url = reverse(url_name, args=[case.enrolment.public_id]) + query if may else ""
    return Missing(text, kind, action if may else "", url)
