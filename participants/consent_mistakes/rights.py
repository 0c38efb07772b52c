"""The answers of a case that the user may take back as written by mistake."""

from participants.amending.rights import may_take_back_of
from participants.consent.record import Records
from participants.http import Request
from participants.models import Enrolment
from participants.scope.ways import Way


def theirs(request: Request, found: Records, enrolment: Enrolment) -> set[int]:
    """Keys of the answers that the user wrote, or coordinates; none in an emergency, or in a wrongly registered
    case. At most one query."""
    if enrolment.is_void or enrolment.way is Way.EMERGENCY:
        return set()
    answers = [record.consent for record in found.rows]
    return {answer.pk for answer in may_take_back_of(request.user, answers, enrolment)}
