"""Who is responsible for a case, one or many at a time."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.batches import in_chunks
from core.models import TextBody
from participants.enums import CaseRole
from participants.locking import lock_case, lock_cases
from participants.models import CaseAssignment, Enrolment
from participants.scope.case_workers import case_workers, present


@action
def assign_case(*, enrolment: Enrolment, user: User, note: str = "", by: User) -> CaseAssignment:
    """Make somebody of the owning organisation responsible from today; the one before ends today.

    Raises ValidationError for `responsible` where the user isn't a case worker there today.
    """
    locked = lock_case(enrolment)
    assignment = assign_all([locked], user, by, note)[0]
    log_change(by=by, part="enrolment_assign", persons=[locked.participant.public_id])
    return assignment


@action
def assign_cases(*, enrolments: Sequence[Enrolment], user: User, note: str = "", by: User) -> int:
    """Make somebody responsible for many cases in one go. Returns how many changed hands.

    Raises ValidationError for `responsible` where the user isn't a case worker there today.
    """
    rows = lock_cases([enrolment.pk for enrolment in enrolments])
    kept = set(
        CaseAssignment.objects.responsible().filter(user=user, valid_until=None).values_list("enrolment", flat=True)
    )
    moved = [row for row in rows if row.pk not in kept]
    for chunk in in_chunks(moved):
        assign_all(chunk, user, by, note)
    log_change(by=by, part="participant_assign", persons=[row.participant.public_id for row in moved])
    return len(moved)


def assign_all(enrolments: Sequence[Enrolment], user: User, by: User, note: str = "") -> list[CaseAssignment]:
    """The responsible one for many cases in one go; the caller's action logs it.

    Raises ValidationError where the user isn't a case worker of the owner in the project today.
    """
    day = stamp_day()
    _check_works_there(enrolments, user, day)
    ids = [enrolment.pk for enrolment in enrolments]
    CaseAssignment.objects.of(ids).responsible().filter(valid_until=None).update(valid_until=day)
    body = TextBody.objects.write(note) if note else None
    return CaseAssignment.objects.bulk_create(
        CaseAssignment(
            enrolment=enrolment,
            user=user,
            organisation_id=enrolment.owner_id,
            role=CaseRole.RESPONSIBLE,
            valid_from=day,
            note=body,
            recorded_by=by,
        )
        for enrolment in enrolments
    )


def _check_works_there(enrolments: Sequence[Enrolment], user: User, day: date) -> None:
    each = {(enrolment.project_id, enrolment.owner_id): enrolment for enrolment in enrolments}
    if any(user not in present(case_workers(case.project, case.owner, on=day)) for case in each.values()):
        raise ValidationError(
            {"responsible": f"{user} är inte handläggare hos er i projektet i dag. Välj någon annan."}
        )


def keep_enroller_as_contact(enrolment: Enrolment, user: User) -> CaseAssignment:
    """Let the user follow a case that somebody else answers for; the caller's action logs it."""
    return CaseAssignment.objects.create(
        enrolment=enrolment,
        user=user,
        organisation_id=enrolment.owner_id,
        role=CaseRole.CONTACT,
        valid_from=stamp_day(),
        recorded_by=user,
    )
