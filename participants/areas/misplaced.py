"""A begun kartläggning on the wrong person: moved to the right one, or taken away."""

from typing import Final

from django.core.exceptions import ValidationError

from accounts.models import User
from core.actions import action
from participants.amending.moving import carry, leave_marks_of, lock_move
from participants.amending.wordings import Earlier
from participants.areas.page import work_under_way
from participants.areas.whose import carry_areas, earlier_answers
from participants.enums import MisplacedKind
from participants.misplaced.marks import texts_of
from participants.models import AssessmentWork, Enrolment, Misplacement

# Pages where something of a begun kartläggning stands.
_PAGES: Final = frozenset({"assessment_create", "assessment_complete", "assessment_work_take_back"})
EARLIER: Final = Earlier(MisplacedKind.ASSESSMENT, _PAGES, "assessment_work_misplaced", earlier_answers)
UNDER_WAY: Final = "Där pågår redan en kartläggning. Gör klar den först, eller ta tillbaka den."


@action
def put_work_right(*, work: AssessmentWork, right: Enrolment | None, by: User) -> Misplacement:
    """Move a kartläggning that was begun to the right case, with all that was answered, or take it away where there is
    none.

    Gives the mark that the wrong file keeps. Raises as `lock_move`, and ValidationError for `right` where one is under
    way there.
    """
    move = lock_move(work, right, by)
    if move.to and move.fact.stands and work_under_way(move.to):
        raise ValidationError({"right": UNDER_WAY})
    beside = carry_areas(move, move.fact.root_id)
    carry(move)
    return leave_marks_of(
        move,
        MisplacedKind.ASSESSMENT,
        pages=_PAGES,
        texts=texts_of([*move.versions, *beside]),
        by=by,
        part="assessment_work_misplaced",
        beside=beside,
    )
