"""A kartläggning that was written on the wrong person: written anew for the right one, or taken away."""

from typing import Final

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp
from core.forms.concurrency import ChangedMeanwhile
from participants.amending.who import may_take_back
from participants.assessment.actions import refresh_assessed
from participants.enums import MisplacedKind
from participants.locking import lock_case, lock_cases
from participants.misplaced.marks import MisplacedThing, empty, leave_marks, texts_of
from participants.models import Assessment, Enrolment, Misplacement

# Pages where something of a kartläggning stands.
_PAGES: Final = frozenset({"assessment_create", "assessment_detail", "assessment_edit", "assessment_take_back"})


@action
def put_assessment_right(*, assessment: Assessment, right: Enrolment | None, by: User) -> Misplacement:
    """Write a kartläggning anew in the right case, or take it away where there is none.

    The rows stay in the wrong file, emptied, since figures of the past have counted them there. Gives the mark that the
    wrong file keeps. Raises PermissionDenied for others than its author and the coordinators, ChangedMeanwhile where
    the version is no longer the last one, and ValidationError for `right` where that enrolment began later.
    """
    lock_cases([assessment.enrolment_id, *([right.pk] if right else [])])
    wrong, to = lock_case(assessment.enrolment), lock_case(right) if right else None
    now = Assessment.objects.with_case().get(pk=assessment.pk)
    if now.misplaced_at or (now.superseded_at and not now.taken_back):
        raise ChangedMeanwhile
    if not may_take_back(by, now, wrong):
        raise PermissionDenied
    if to and now.concerns_on < to.enrolled_on:
        raise ValidationError({"right": "Kartläggningen blev klar före den personens inskrivning. Rätta dagen först."})
    versions = list(Assessment.objects.placed().filter(enrolment=wrong).versions_of(now).order_by("pk"))
    if to:
        _write_anew(now, to)
    mark = _leave(versions, now, wrong, to, by)
    for case in (wrong, to) if to else (wrong,):
        refresh_assessed(case)
        log_change(by=by, part="assessment_misplaced", persons=[case.participant.public_id])
    return mark


def _write_anew(now: Assessment, to: Enrolment) -> None:
    Assessment.objects.create(
        enrolment=to,
        owner_id=to.owner_id,
        concerns_on=now.concerns_on,
        summary=now.summary,
        why=now.why,
        taken_back=now.taken_back,
        superseded_at=stamp() if now.taken_back else None,
        first_id=now.root_id,
        is_imported=now.is_imported,
        recorded_by=now.first.recorded_by if now.first else now.recorded_by,
    )


def _leave(
    versions: list[Assessment], now: Assessment, wrong: Enrolment, to: Enrolment | None, by: User
) -> Misplacement:
    """Empty the rows in the wrong file and mark both files."""
    first = versions[0]
    found = MisplacedThing(
        what=MisplacedKind.ASSESSMENT,
        wrong=wrong,
        written_at=first.recorded_at,
        author=first.recorded_by,
        pages=_PAGES,
        texts=texts_of(versions),
        addresses=[str(row.public_id) for row in versions],
    )
    empty(versions, kept=texts_of([now]) if to else ())
    return leave_marks(found, to, by)
