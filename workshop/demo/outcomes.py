"""The demo's outcomes: at the exit, and one so far."""

from datetime import date
from typing import Final

from accounts.models import User
from participants.enums import ExitReason
from participants.models import Enrolment
from participants.outcomes.actions import Outcomes, record_outcomes
from projects.enums import ListKind
from projects.models import Listed

# By the reason of the exit: the main outcome and a mark beside it, by their codes in the model's list. Of those who
# have moved nobody has written one.
_CAME_OF: Final = {
    ExitReason.WORK: (("work", ""), ("supported_work", "studies")),
    ExitReason.STUDIES: (("studies", ""), ("studies", "work")),
    ExitReason.OWN_REQUEST: (("job_seeker", ""), ("programme", "job_seeker")),
    ExitReason.ILLNESS: (("rehabilitation", "long_term_support"),),
}


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
