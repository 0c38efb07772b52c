"""A text of a form that couldn't be saved, found on the wrong person: moved to the right one, or taken away."""

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from core.forms.concurrency import ChangedMeanwhile
from participants.amending.versions import require_author
from participants.enums import MisplacedKind
from participants.locking import lock_case, lock_cases
from participants.misplaced.marks import MisplacedThing, hide, leave_marks
from participants.models import Enrolment, KeptNote, Misplacement


@action
def put_note_right(*, note: KeptNote, right: Enrolment | None, by: User) -> Misplacement:
    """Let the text stand in the right case, or nowhere where there is none. Gives the mark that the wrong file keeps.

    Raises ChangedMeanwhile where it no longer stands there, and PermissionDenied for others than its author and the
    coordinators.
    """
    lock_cases([note.enrolment_id, *([right.pk] if right else [])])
    wrong, to = lock_case(note.enrolment), lock_case(right) if right else None
    now = KeptNote.objects.placed().filter(pk=note.pk, enrolment=wrong).first()
    if now is None:
        raise ChangedMeanwhile
    require_author(now, wrong, by)
    if to:
        KeptNote.objects.filter(pk=now.pk).update(enrolment=to)
    else:
        hide(KeptNote, [now.pk])
    mark = leave_marks(_found(now, wrong), to, by)
    persons = [case.participant.public_id for case in (wrong, to) if case]
    log_change(by=by, part="kept_note_misplaced", persons=persons)
    return mark


def _found(note: KeptNote, wrong: Enrolment) -> MisplacedThing:
    return MisplacedThing(
        what=MisplacedKind.KEPT_NOTE,
        wrong=wrong,
        written_at=note.recorded_at,
        author=note.recorded_by,
        pages=("kept_note_misplaced",),
        texts=[note.body_id],
        addresses=[str(note.public_id)],
    )
