"""«Saknas» of the case page: late and lacking things of a case on a day, each with the page where it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.urls import reverse

from actionplans.enums import MilestoneState
from actionplans.models import StepClock
from actionplans.plans.actions import MilestoneRecord, PlanRecord, missing_parts
from casework.case.ladder import is_personal
from casework.case.today import CaseToday
from casework.words import near
from core.swedish.words import listed, plural
from participants.areas.page import answered, areas_left
from participants.areas.timeline import WorkRow
from participants.enrolment.deadlines import Awaited, Deadline, open_deadlines
from participants.enums import CaseRole
from participants.livelihood.moments import due_in
from participants.livelihood.timeline import LivelihoodRow
from projects.enums import AssessmentArea, Permission

# A step is to be judged from this long before its day until it is judged.
STEP_AHEAD_DAYS = 14
_LATE, _SOON = "late", "soon"


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is late or lacking, with the page where it is done. The address is empty where the user can't do
    it."""

    text: str
    kind: str
    action: str
    url: str


def missing_in(case: CaseToday) -> list[Missing]:
    """Late things first, then lacking ones; none in another organisation's case, or once the case is over."""
    if not case.is_own or case.is_over:
        return []
    return sorted(_found(case), key=lambda missing: missing.kind != _LATE)


def _found(case: CaseToday) -> Iterable[Missing]:
    deadlines = open_deadlines(case.enrolment, case.enrolment.project, on=case.on)
    found = [
        *(_deadline(case, deadline) for deadline in deadlines),
        _assessment(case),
        _step(case),
        _plan(case),
        _milestones(case),
        _responsible(case),
    ]
    return [missing for missing in found if missing]


# The page where each deadline is met, and the text of the link to it.
_DOING: Final = {
    Awaited.FIRST_MEETING: ("meeting_create", "Skriv in ett möte"),
    Awaited.ASSESSMENT: ("assessment_create", "Skriv in kartläggningen"),
    Awaited.PLAN: ("plan_edit", "Gör planen"),
    Awaited.PLACEMENT: ("placement_create", "Skriv in placeringen"),
    Awaited.FOLLOW_UP: ("meeting_create", "Skriv in ett möte"),
    Awaited.CONTACT: ("meeting_create", "Skriv in ett möte"),
}


def _deadline(case: CaseToday, deadline: Deadline) -> Missing | None:
    is_late = deadline.is_late(case.on)
    if deadline.awaited in (Awaited.FOLLOW_UP, Awaited.CONTACT) and not is_late:
        return None  # what comes next, which the page says beside: nothing is lacking
    kind, text = _LATE if is_late else _SOON, deadline.whole_text(case.on)
    if deadline.awaited == Awaited.ASSESSMENT and _is_under_way(case):
        left = areas_left(case.enrolment)
        return _continued(case, f"{text}; påbörjad, {answered(left)} har svar", left, kind)
    lacks = f"; den saknar {lacking(case)}" if deadline.awaited == Awaited.PLAN and case.plan else ""
    return _missing(case, text + lacks, *_DOING[deadline.awaited], kind=kind)


def _assessment(case: CaseToday) -> Missing | None:
    """The line about a later kartläggning that is under way; None where none is. The first one has its deadline
    instead."""
    if case.enrolment.assessed_on is None or not _is_under_way(case):
        return None
    left = areas_left(case.enrolment)
    return _continued(case, f"En ny kartläggning är påbörjad, {answered(left)} har svar", left, _SOON)


def _is_under_way(case: CaseToday) -> bool:
    return any(not row.taken_back for row in case.history.current(WorkRow))


def _continued(case: CaseToday, text: str, left: Sequence[AssessmentArea], kind: str) -> Missing:
    """The line leads to the first area that is left; to all of them, where it remains to say that it is complete."""
    action = f"Fortsätt med område {left[0].number}" if left else "Gör klar kartläggningen"
    query = f"?omrade={left[0].number}" if left else ""
    return _missing(case, text, "assessment_create", action, kind=kind, query=query)


def _step(case: CaseToday) -> Missing | None:
    """The line about the lowest step that waits to be judged; None where none does. It isn't called late: a target is
    no promise."""
    waiting = [clock for clock in case.clocks if _waits_to_be_judged(clock, case) and is_personal(clock)]
    clock = min(waiting, key=lambda waits: waits.step_number, default=None)
    if clock is None or clock.due_on is None:
        return None
    verb = "Målet är" if clock.due_on >= case.on else "Målet var"
    text = f"{verb} att klara steg {clock.step_number} senast {near(clock.due_on, case.on)}"
    return _missing(case, text, "meeting_create", "Bedöm steget", query=f"?steg={clock.step_number}")


def _waits_to_be_judged(clock: StepClock, case: CaseToday) -> bool:
    """Whether its day is near or has passed, and neither it has been judged nor a higher one been cleared."""
    if clock.due_on is None or clock.reached_on or clock.assessed_on:
        return False
    return clock.due_on <= case.on + timedelta(days=STEP_AHEAD_DAYS)


def _plan(case: CaseToday) -> Missing | None:
    """The line about a plan that was complete and no longer is; else None. A plan that never was has its deadline
    instead."""
    plan = case.plan
    if case.enrolment.planned_on is None or plan is None or plan.is_complete or plan.is_imported:
        return None
    return _missing(case, f"Planen är ett utkast, saknar {lacking(case)}", "plan_edit", "Ändra planen")


def moment_missing(case: CaseToday) -> Missing | None:
    """The line about the moment at which somebody's support is to be asked for, after the exit too; None where none
    waits, and in another organisation's case."""
    if not case.is_own:
        return None
    recorded = [row.moment for row in case.history.current(LivelihoodRow)]
    due = due_in(case.enrolment, recorded, case.on)
    if due is None:
        return None
    text = f"Läget {due.moment.in_sentence} är inte inskrivet"
    return _missing(case, text, "livelihood_create", "Skriv in läget", query=f"?lage={due.moment}")


def lacking(case: CaseToday) -> str:
    """The parts that the plan lacks, in words."""
    plan = case.plan
    record = PlanRecord(
        valid_on=case.on,
        main_activity=plan.main_activity if plan else "",
        next_follow_up_on=plan.next_follow_up_on if plan else None,
        milestones=[MilestoneRecord(text=row.text, state=row.state) for row in case.milestones],
    )
    return listed(missing_parts(record, words=plan.schedule if plan else ""))


def _milestones(case: CaseToday) -> Missing | None:
    waiting = [row for row in case.milestones if row.state != MilestoneState.REACHED]
    late = sum(bool(row.due_on and row.due_on < case.on) for row in waiting)
    if not late:
        return None
    return _missing(
        case, f"{plural(late, 'delmål')} är {'försenat' if late == 1 else 'försenade'}", "plan_edit", "Ändra planen"
    )


def _responsible(case: CaseToday) -> Missing | None:
    if any(person.role == CaseRole.RESPONSIBLE for person in case.people):
        return None
    text = "Ingen är ansvarig"
    return _missing(case, text, "enrolment_assign", "Utse ansvarig", permission=Permission.ASSIGN)


def _missing(
    case: CaseToday,
    text: str,
    url_name: str,
    action: str,
    *,
    kind: str = _SOON,
    query: str = "",
    permission: Permission = Permission.EDIT_CASE,
) -> Missing:
    """A line with its address. Without the permission it has neither address nor text for a link."""
    may = permission in case.allowed
    url = reverse(url_name, args=[case.enrolment.public_id]) + query if may else ""
    return Missing(text, kind, action if may else "", url)
