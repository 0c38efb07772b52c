"""Writes about persons and enrolments."""

from collections.abc import Callable, Sequence
from datetime import date

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import Organisation, User
from core.actions import action
from core.days.dates import today
from core.facts import supersede
from core.models import TextBody
from participants.enums import CaseRole, ExitReason, ReferralSource, Sex
from participants.models import Assessment, CaseAssignment, CountedOnly, Enrolment, EnrolmentEntry, Exit
from participants.staff import case_workers, present
from projects.models import Project

# Ids in one condition: databases limit how many parameters a statement has.
_CHUNK = 500

TAKEN = "Personen har en annan inskrivning i projektet under den tiden."

# What must be worked out anew when enrolments change (actionplans adds the step clock).
after_enrolment_change: list[Callable[[Sequence[int]], None]] = []

# What the access log calls it when an exit is taken back: the only place that says by whom.
REOPENED = "enrolment_reopen"


def enrolments_changed(enrolment_ids: Sequence[int]) -> None:
    """Work out what is derived from these enrolments; called inside the action that changed them."""
    for refresh in after_enrolment_change:
        refresh(enrolment_ids)


@action
def end_enrolment(*, enrolment: Enrolment, exited_on: date, reason: ExitReason, comment: str = "", by: User) -> Exit:
    """End an enrolment, or correct how it ended: a new exit replaces the one before it."""
    locked = _locked(enrolment)
    _check_exit(locked, exited_on)
    earlier = Exit.objects.filter(enrolment=locked).current().first()
    if earlier:
        supersede(earlier)
    fact = Exit.objects.create(
        enrolment=locked,
        concerns_on=exited_on,
        reason=reason,
        comment=TextBody.objects.write(comment) if comment else None,
        corrects=earlier,
        owner=locked.owner,
        recorded_by=by,
    )
    _save(locked, exited_on=exited_on, exit_reason=reason)
    log_change(by=by, part="enrolment_exit", persons=[locked.participant.public_id])
    return fact


@action
def reopen_enrolment(*, enrolment: Enrolment, by: User) -> None:
    """Take back an exit that was a mistake; the mistaken fact stays as superseded."""
    locked = _locked(enrolment)
    _check_free(locked, locked.enrolled_on, None)
    for fact in Exit.objects.filter(enrolment=locked).current():
        supersede(fact)
    _save(locked, exited_on=None, exit_reason="")
    log_change(by=by, part=REOPENED, persons=[locked.participant.public_id])


@action
def correct_enrolment(
    *,
    enrolment: Enrolment,
    enrolled_on: date,
    source: ReferralSource,
    applied_on: date | None,
    referred_on: date | None,
    is_void: bool | None = None,
    by: User,
) -> EnrolmentEntry:
    """Correct when and how an enrolment began; the earlier entry stays.

    Whether it counts stays as it is: `participants.void` alone says something of it.
    """
    locked = _locked(enrolment)
    is_void = locked.is_void if is_void is None else is_void
    if not is_void:
        _check_free(locked, enrolled_on, locked.exited_on)
        _check_start(locked, enrolled_on)
    earlier = EnrolmentEntry.objects.filter(enrolment=locked).current().get()
    supersede(earlier)
    facts = {"source": source, "applied_on": applied_on, "referred_on": referred_on, "is_void": is_void}
    entry = EnrolmentEntry.objects.create(
        enrolment=locked,
        concerns_on=enrolled_on,
        note=earlier.note,
        corrects=earlier,
        owner=locked.owner,
        recorded_by=by,
        **facts,
    )
    _save(locked, enrolled_on=enrolled_on, **facts)
    log_change(by=by, part="enrolment_correct", persons=[locked.participant.public_id])
    return entry


@action
def assign_case(*, enrolment: Enrolment, user: User, note: str = "", by: User) -> CaseAssignment:
    """Make somebody of the owning organisation responsible from today; the one before ends today."""
    locked = _locked(enrolment)
    assignment = assign_all([locked], user, by, note)[0]
    log_change(by=by, part="enrolment_assign", persons=[locked.participant.public_id])
    return assignment


@action
def assign_cases(*, enrolments: Sequence[Enrolment], user: User, note: str = "", by: User) -> int:
    """Make somebody responsible for many cases in one go. Returns how many changed hands."""
    rows = _locked_all([enrolment.pk for enrolment in enrolments])
    kept = set(
        CaseAssignment.objects.responsible().filter(user=user, valid_until=None).values_list("enrolment", flat=True)
    )
    moved = [row for row in rows if row.pk not in kept]
    for start in range(0, len(moved), _CHUNK):
        assign_all(moved[start : start + _CHUNK], user, by, note)
    log_change(by=by, part="participant_assign", persons=[row.participant.public_id for row in moved])
    return len(moved)


def assign_all(enrolments: Sequence[Enrolment], user: User, by: User, note: str = "") -> list[CaseAssignment]:
    """The responsible one for many cases in one go; the caller's action logs it.

    Raises ValidationError where the user isn't a case worker of the owner in the project today.
    """
    day = today()
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
    each = {(one.project_id, one.owner_id): one for one in enrolments}
    if any(user not in present(case_workers(one.project, one.owner, on=day)) for one in each.values()):
        raise ValidationError(
            {"responsible": f"{user} är inte handläggare hos er i projektet i dag. Välj någon annan."}
        )


def add_contact(enrolment: Enrolment, user: User) -> CaseAssignment:
    """Let the user follow a case that somebody else answers for; the caller's action logs it."""
    return CaseAssignment.objects.create(
        enrolment=enrolment,
        user=user,
        organisation_id=enrolment.owner_id,
        role=CaseRole.CONTACT,
        valid_from=today(),
        recorded_by=user,
    )


@action
def record_assessment(*, enrolment: Enrolment, completed_on: date, summary: str = "", by: User) -> Assessment:
    """Note that a kartläggning was completed. A later one is added; the deadline looks at the first."""
    locked = _locked(enrolment)
    if completed_on < locked.enrolled_on:
        raise ValidationError({"completed_on": "Kartläggningen kan inte vara klar före inskrivningen."})
    fact = Assessment.objects.create(
        enrolment=locked,
        concerns_on=completed_on,
        summary=TextBody.objects.write(summary) if summary else None,
        owner=locked.owner,
        recorded_by=by,
    )
    _save(locked, assessed_on=min(filter(None, (locked.assessed_on, completed_on))))
    log_change(by=by, part="assessment_create", persons=[locked.participant.public_id])
    return fact


@action
def count_only(*, project: Project, owner: Organisation, sex: Sex, year: int, by: User) -> CountedOnly:
    """Add somebody to the volumes who isn't registered."""
    counted = CountedOnly.objects.create(project=project, owner=owner, sex=sex, year=year, recorded_by=by)
    log_change(by=by, part="counted_only_create")
    return counted


def _locked(enrolment: Enrolment) -> Enrolment:
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("participant", "project")
    return rows.get(pk=enrolment.pk)


def _locked_all(ids: Sequence[int]) -> list[Enrolment]:
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("participant").order_by("pk")
    return [row for start in range(0, len(ids), _CHUNK) for row in rows.filter(pk__in=ids[start : start + _CHUNK])]


def _save(enrolment: Enrolment, **fields: object) -> None:
    Enrolment.objects.filter(pk=enrolment.pk).update(**fields)
    enrolments_changed([enrolment.pk])


def _check_exit(enrolment: Enrolment, exited_on: date) -> None:
    if exited_on < enrolment.enrolled_on:
        raise ValidationError({"exited_on": "Avslutet kan inte ligga före inskrivningen."})
    if exited_on > today():
        raise ValidationError({"exited_on": "Avslutet kan inte ligga i framtiden."})
    if enrolment.step_assessments.current().filter(cleared_on__gt=exited_on).exists():
        raise ValidationError(
            {"exited_on": "Ett steg är klarat efter den dagen. Rätta steget eller välj en senare dag."}
        )
    _check_free(enrolment, enrolment.enrolled_on, exited_on)


def _check_start(enrolment: Enrolment, enrolled_on: date) -> None:
    if enrolled_on > today():
        raise ValidationError({"enrolled_on": "Inskrivningen kan inte ligga i framtiden."})
    if enrolment.exited_on and enrolled_on > enrolment.exited_on:
        raise ValidationError({"enrolled_on": "Inskrivningen kan inte ligga efter avslutet."})
    if enrolment.step_assessments.current().filter(cleared_on__lt=enrolled_on).exists():
        raise ValidationError(
            {"enrolled_on": "Ett steg är klarat före den dagen. Rätta steget eller välj en tidigare dag."}
        )


def _check_free(enrolment: Enrolment, start: date, end: date | None) -> None:
    others = Enrolment.objects.counted().filter(
        participant_id=enrolment.participant_id, project_id=enrolment.project_id
    )
    for other in others.exclude(pk=enrolment.pk):
        if overlaps(start, end, other.enrolled_on, other.exited_on):
            raise ValidationError(TAKEN)


def overlaps(start: date, end: date | None, other_start: date, other_end: date | None) -> bool:
    """Whether two half-open periods share a day; an open end is still running."""
    return (end is None or other_start < end) and (other_end is None or start < other_end)
