"""A kartläggning that was written on the wrong person: written anew for the right one, or taken away."""

from typing import Final

from django.core.exceptions import ValidationError

from accounts.models import User
from core.actions import action
from participants.amending.moving import Move, leave_marks_of, lock_move, write_earlier
from participants.amending.wordings import Earlier, Wording, earlier_wordings
from participants.areas.whose import carry_areas, earlier_answers
from participants.assessment.actions import refresh_assessed
from participants.enums import MisplacedKind
from participants.misplaced.marks import empty, texts_of
from participants.models import Assessment, Enrolment, Misplacement
from participants.scope.scope import Scope

# Pages where something of a kartläggning stands.
_PAGES: Final = frozenset(
    {"assessment_create", "assessment_complete", "assessment_detail", "assessment_edit", "assessment_take_back"}
    | {"area_edit", "assessment_own_words", "assessment_compare"}
)


def _earlier(assessment: Assessment, scope: Scope) -> list[Wording]:
    """Earlier words of the summary, and of the areas."""
    answers = earlier_answers(assessment.work, scope) if assessment.work else []
    return [*earlier_wordings(assessment, scope), *answers]


EARLIER: Final = Earlier(MisplacedKind.ASSESSMENT, _PAGES, "assessment_misplaced", _earlier)


@action
def put_assessment_right(*, assessment: Assessment, right: Enrolment | None, by: User) -> Misplacement:
    """Write a kartläggning anew in the right case, or take it away where there is none.

    The rows stay in the wrong file, emptied, since figures of the past have counted them there; what was said in the
    areas, which nothing counts, is moved. Gives the mark that the wrong file keeps. Raises as `lock_move`, and
    ValidationError for `right` where that enrolment began later.
    """
    move = lock_move(assessment, right, by)
    now = move.fact
    if move.to and now.concerns_on < move.to.enrolled_on:
        raise ValidationError({"right": "Kartläggningen blev klar före den personens inskrivning. Rätta dagen först."})
    beside = carry_areas(move, now.work_id) if now.work_id else []
    # What stays doesn't name what was moved.
    Assessment.objects.filter(pk__in=[row.pk for row in move.versions]).update(work=None)
    if move.to:
        _write_anew(move, move.to)
    empty(move.versions)
    for case in move.cases:
        refresh_assessed(case)
    return leave_marks_of(
        move,
        MisplacedKind.ASSESSMENT,
        pages=_PAGES,
        texts=texts_of(move.versions) | texts_of(beside),
        by=by,
        part="assessment_misplaced",
        beside=beside,
    )


def _write_anew(move: Move[Assessment], to: Enrolment) -> None:
    """The kartläggning in the right case, after its earlier versions; of one that was taken back these alone."""
    now = move.fact
    own = {"enrolment": to, "owner": to.owner}
    earlier = write_earlier(move.versions, **own)
    if now.taken_back:
        return
    Assessment.objects.create(
        **own,
        concerns_on=now.concerns_on,
        work=now.work,
        summary=now.summary,
        is_imported=now.is_imported,
        first=earlier[0] if earlier else None,
        corrects=earlier[-1] if earlier else None,
        recorded_by=now.recorded_by,
    )
