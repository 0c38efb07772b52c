"""The demo's employments, from the day that a step of self-support is cleared, one that has just begun, and what came
of the cases, at their end or so far."""

from datetime import date, timedelta
from typing import Final

from accounts.models import User
from core.days.periods import Period
from participants.employment.actions import EmploymentRecord, record_employment
from participants.employment.page import standing
from participants.enums import ExitReason
from participants.models import Enrolment
from participants.outcomes.actions import Outcomes, record_outcomes
from participants.scope.scope import Scope
from projects.enums import ListKind
from projects.models import Listed

# By step: forms by their codes in the model's list, whether there is other support beside, and the share.
_WORK: Final = {
    4: (("hourly", "part_time_studies"), True, 50),
    5: (("security_employment", "new_start_job", "development_employment", "permanent"), False, None),
}
_EMPLOYERS: Final = ("Byggvaruhuset", "Solgårdens kök", "Kommunens förråd", "Återbruket")
_SCHOOL: Final = "Komvux"
# So many days ago it began.
_BEGUN: Final = 20
# By the reason of the exit: the main outcome and a mark beside it, by their codes in the model's list. Of those who
# have moved nobody has written one.
_CAME_OF: Final = {
    ExitReason.WORK: (("work", ""), ("supported_work", "studies")),
    ExitReason.STUDIES: (("studies", ""), ("studies", "work")),
    ExitReason.OWN_REQUEST: (("job_seeker", ""), ("programme", "job_seeker")),
    ExitReason.ILLNESS: (("rehabilitation", "long_term_support"),),
}


def works_from(case: Enrolment, step: int, first: date, by: User) -> None:
    """Write that the person works since the day a step of self-support was cleared; the work before that ends. Nothing
    for other steps."""
    if step not in _WORK:
        return
    codes, other_support, percent = _WORK[step]
    code = codes[case.pk % len(codes)]
    employer = _SCHOOL if "studies" in code else _EMPLOYERS[case.pk % len(_EMPLOYERS)]
    _record(case, code, employer, percent, other_support=other_support, first=first, by=by)


def begin_work(users: dict[str, User], day: date) -> None:
    """One of hanna's persons has an employment that can show a step that nobody has judged."""
    hanna = users["hanna"]
    cases = Enrolment.objects.assigned_to(Scope.of(hanna, day)).on_or_after(day).filter(employments=None)
    planned = cases.filter(owner=hanna.organisation_id).exclude(planned_on=None)
    if case := planned.order_by("-enrolled_on", "-pk").first():
        first = max(case.enrolled_on, day - timedelta(days=_BEGUN))
        _record(case, "development_employment", "Återbruket", 75, other_support=False, first=first, by=hanna)
        so_far(case, "supported_work", first, hanna)


def _record(
    case: Enrolment, code: str, employer: str, percent: int | None, *, other_support: bool, first: date, by: User
) -> None:
    form = Listed.objects.get(project=case.project_id, kind=ListKind.EMPLOYMENT, code=code)
    record = EmploymentRecord(
        form=form, employer=employer, percent=percent, other_support=other_support, period=Period(first)
    )
    record_employment(enrolment=case, record=record, ends=standing(case), by=by)


def came_of(case: Enrolment, reason: ExitReason) -> tuple[Listed | None, list[Listed]]:
    """The main outcome of a case that ends so, and marks; None and no marks where nobody has written one."""
    found = _CAME_OF.get(reason)
    if found is None:
        return None, []
    main, mark = found[case.pk % len(found)]
    return _line(case, main), [_line(case, mark)] if mark else []


def so_far(case: Enrolment, code: str, on: date, by: User) -> None:
    """Write the main outcome of a case that goes on."""
    record_outcomes(enrolment=case, outcomes=Outcomes(on=on, main=_line(case, code)), by=by)


def _line(case: Enrolment, code: str) -> Listed:
    return Listed.objects.get(project=case.project_id, kind=ListKind.OUTCOME, code=code)
