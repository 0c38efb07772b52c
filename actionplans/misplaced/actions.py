"""A meeting that was written on the wrong person: moved to the right one, or taken away."""

from collections.abc import Iterable, Sequence
from typing import Final, cast

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.log.access import log_change
from accounts.models import User
from actionplans.meetings.corrections import may_take_back
from actionplans.models import CriterionResult, Meeting, MeetingParagraph, MeetingParty, StepAssessment
from actionplans.plans.next_contact import refresh_next_contact
from actionplans.steps.actions import rewrite_assessment
from core.actions import action
from core.facts import Fact
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from participants.changes import enrolments_changed
from participants.enums import MisplacedKind
from participants.locking import lock_case, lock_cases
from participants.misplaced.marks import MisplacedThing, hide, leave_marks
from participants.models import Enrolment, Misplacement

# Pages where something of a meeting stands.
_PAGES: Final = frozenset({"meeting_detail", "meeting_create", "meeting_edit", "meeting_correct", "meeting_take_back"})


@action
def put_meeting_right(*, meeting: Meeting, right: Enrolment | None, by: User) -> Misplacement:
    """Move a meeting with its notes, people and judgements to the right case, or take it away where there is none.

    Whose the facts are is the one thing about them that changes, since that is what was wrong. A judgement is written
    anew in the right case: in the figures of the past it was counted in the other. Gives the mark that the wrong file
    keeps. Raises PermissionDenied for others than the meeting's author and the coordinators, ChangedMeanwhile where the
    version is no longer the one that stands, and ValidationError for `right`.
    """
    wrong_id = cast(int, meeting.enrolment_id)
    lock_cases([wrong_id, *([right.pk] if right else [])])
    wrong = lock_case(cast(Enrolment, meeting.enrolment))
    to = lock_case(right) if right else None
    now = Meeting.objects.with_case().get(pk=meeting.pk)
    if now.enrolment_id != wrong_id or now.misplaced_at or (now.superseded_at and not now.taken_back):
        raise ChangedMeanwhile
    if not may_take_back(by, now, wrong):
        raise PermissionDenied
    versions = list(Meeting.objects.versions_of(now))
    notes = list(MeetingParagraph.objects.filter(meeting=now.root_id))
    judged = list(StepAssessment.objects.filter(meeting=now.root_id, enrolment=wrong).select_related("step"))
    found = _found(wrong, versions, notes, judged)
    if to:
        _check(judged, to)
        Meeting.objects.filter(pk__in=[row.pk for row in versions]).update(enrolment=to, project=to.project_id)
        MeetingParagraph.objects.filter(pk__in=[row.pk for row in notes]).update(enrolment=to)
        for assessment in _standing(judged):
            rewrite_assessment(assessment, assessment.recorded_by, enrolment_id=to.pk, owner_id=to.owner_id)
    else:
        MeetingParty.objects.filter(meeting__in=versions).delete()
        hide(Meeting, [row.pk for row in versions])
        hide(MeetingParagraph, [row.pk for row in notes])
    _empty(judged)
    mark = leave_marks(found, to, by)
    for case in (wrong, to) if to else (wrong,):
        enrolments_changed([case.pk])
        refresh_next_contact(case)
        log_change(by=by, part="meeting_misplaced", persons=[case.participant.public_id])
    return mark


def _found(
    wrong: Enrolment, versions: list[Meeting], notes: list[MeetingParagraph], judged: list[StepAssessment]
) -> MisplacedThing:
    first = min(versions, key=lambda row: row.pk)
    facts: list[Fact] = [*versions, *notes, *judged]
    texts = [row.why_id for row in versions] + [row.body_id for row in notes]
    texts += _texts_of(judged)
    return MisplacedThing(
        what=MisplacedKind.MEETING,
        wrong=wrong,
        written_at=first.recorded_at,
        author=first.recorded_by,
        pages=_PAGES,
        texts=[key for key in texts if key],
        addresses=[str(row.public_id) for row in facts],
    )


def _standing(judged: Iterable[StepAssessment]) -> list[StepAssessment]:
    return [row for row in judged if row.superseded_at is None]


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
