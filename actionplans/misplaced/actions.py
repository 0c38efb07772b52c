"""A meeting that was written on the wrong person: moved to the right one, or taken away."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.core.exceptions import ValidationError

from accounts.models import User
from actionplans.meetings.actions import day_faults
from actionplans.models import CriterionResult, Meeting, MeetingParagraph, MeetingParty, StepAssessment
from actionplans.plans.next_contact import refresh_next_contact
from actionplans.steps.actions import rewrite_assessment
from core.actions import action, stamp, stamp_day
from core.models import TextBody
from participants.amending.moving import Move, carry, leave_marks_of, lock_move, stay
from participants.amending.wordings import Earlier, Wording, in_words
from participants.enums import MisplacedKind
from participants.misplaced.marks import hide
from participants.models import Enrolment, Misplacement
from participants.scope.scope import Scope

# Pages where something of a meeting stands.
_PAGES: Final = frozenset(
    {"meeting_detail", "meeting_create", "meeting_edit", "meeting_correct", "meeting_take_back", "step_withdraw"}
)


def _earlier(meeting: Meeting, scope: Scope) -> list[Wording]:
    """Earlier words of the note."""
    notes = MeetingParagraph.objects.visible_to(scope).filter(meeting=meeting.root_id)
    return in_words(notes, list(notes.current()), scope)


EARLIER: Final = Earlier(MisplacedKind.MEETING, _PAGES, "meeting_misplaced", _earlier)


@action
def put_meeting_right(*, meeting: Meeting, right: Enrolment | None, by: User) -> Misplacement:
    """Move a meeting with its notes, people and judgements to the right case, or take it away where there is none.

    Whose the facts are is the one thing about them that changes, since that is what was wrong. A judgement is written
    anew in the right case: in the figures of the past it was counted in the other. Gives the mark that the wrong file
    keeps. Raises PermissionDenied for others than the meeting's author and the coordinators, ChangedMeanwhile where the
    version is no longer the one that stands, and ValidationError for `right`.
    """
    move = lock_move(meeting, right, by)
    root, wrong, to = move.fact.root_id, move.wrong, move.to
    notes = list(MeetingParagraph.objects.placed().filter(meeting=root))
    judged = list(StepAssessment.objects.filter(meeting=root, enrolment=wrong).select_related("step"))
    texts = [row.why_id for row in move.versions] + [row.body_id for row in notes] + _texts_of(judged)
    TextBody.objects.lock(key for key in texts if key)
    if to:
        _check_day(move.fact, to)
        _check(judged, to)
        _keep_for_the_past(move)
        # One who works with the right case has put it there, so there it is a meeting like others.
        carry(move, project=to.project_id, in_emergency=False, here_since=stamp())
        for assessment in _standing(judged):
            rewrite_assessment(assessment, assessment.recorded_by, enrolment_id=to.pk, owner_id=to.owner_id)
    else:
        MeetingParty.objects.filter(meeting__in=move.versions).delete()
        carry(move)
    carry(move, notes)
    _empty(judged)
    mark = leave_marks_of(
        move,
        MisplacedKind.MEETING,
        pages=_PAGES,
        texts=texts,
        by=by,
        part="meeting_misplaced",
        beside=[*notes, *judged],
    )
    for case in move.cases:
        refresh_next_contact(case)
    return mark


def _keep_for_the_past(move: Move[Meeting]) -> None:
    """Leave in the wrong file that there was a meeting, and of which sort: figures of the past have counted it there.
    It is shown nowhere."""
    for row in move.versions:
        Meeting.objects.create(
            enrolment=move.wrong,
            project_id=row.project_id,
            kind=row.kind,
            participant_present=row.participant_present,
            in_emergency=row.in_emergency,
            concerns_on=row.concerns_on,
            owner_id=row.owner_id,
            recorded_by=row.recorded_by,
            misplaced_at=stamp(),
            **stay(row),
        )


def _standing(judged: Iterable[StepAssessment]) -> list[StepAssessment]:
    return [row for row in judged if row.superseded_at is None]


def _check_day(meeting: Meeting, to: Enrolment) -> None:
    """Raises ValidationError for `right` where nobody can have met that person on the meeting's day."""
    faults = day_faults(meeting.concerns_on, None, to, stamp_day())
    if meeting.stands and (fault := faults.get("held_on")):
        raise ValidationError({"right": f"{fault} Rätta mötets dag först."})


def _check(judged: Iterable[StepAssessment], to: Enrolment) -> None:
    """Raises ValidationError for `right` where a judgement can't be one of that case."""
    for row in _standing(judged):
        if row.step.ladder.project_id != to.project_id:
            raise ValidationError(
                {"right": "Mötet har en bedömning av ett steg i ett annat projekt. Ta tillbaka den först."}
            )
        since = row.cleared_on or row.concerns_on
        if since < to.enrolled_on or (to.exited_on and row.cleared_on and row.cleared_on > to.exited_on):
            raise ValidationError({"right": "Steget som bedömdes på mötet ligger utanför den personens inskrivning."})


def _empty(judged: Sequence[StepAssessment]) -> None:
    """Leave of the judgements in the wrong file what the figures of the past counted, and nothing that is shown."""
    keys = [row.pk for row in judged]
    gone = set(_texts_of(judged)) - set(_texts_of(_standing(judged)))
    hide(StepAssessment, keys)
    CriterionResult.objects.filter(assessment__in=keys).delete()
    StepAssessment.objects.filter(pk__in=keys).update(departure=None, late_reason=None)
    TextBody.objects.filter(pk__in=gone).update(text="")


def _texts_of(judged: Iterable[StepAssessment]) -> list[int]:
    """Keys of all texts of these judgements and of their answers to the criteria. One query for each judgement."""
    results = [result for row in judged for result in row.results.all()]
    keys = [key for row in judged for key in (row.departure_id, row.late_reason_id)]
    keys += [key for result in results for key in (result.why_id, result.supervisor_id)]
    return [key for key in keys if key]
