"""Who works with a case besides the responsible one: substitutes, contacts of other parties, and when that ends."""

from datetime import date

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.days.dates import add_months
from core.days.kinds import CHECK_YEAR
from core.days.periods import Period
from participants.assignment.choices import Helper
from participants.consent.parties import parties_with_consent
from participants.enums import CaseRole
from participants.locking import lock_case, lock_person
from participants.models import CaseAssignment, Enrolment, Participant
from participants.scope.case_workers import case_workers, present

# Further ahead than this a year has been mistyped.
LONGEST_MONTHS = 36
NO_LAST_DAY = "Fyll i den sista dagen som ersättaren behövs."


@action
def add_substitute(*, enrolment: Enrolment, helper: Helper, period: Period, by: User) -> CaseAssignment:
    """Let a colleague, or the own whole unit, work with the case for a time.

    Raises ValidationError for `who` where the helper is of another organisation, isn't a case worker, works with the
    case already, or is a whole unit and the person is protected; for `valid_from` in the past or too far ahead; for
    `last_day` where it is missing, before the first day or too far ahead.
    """
    person, locked = lock_person(enrolment), lock_case(enrolment)
    if helper.organisation.pk != locked.owner_id:
        raise ValidationError({"who": "Välj någon i den egna organisationen."})
    if period.last is None:
        raise ValidationError({"last_day": NO_LAST_DAY})
    _check(locked, person, helper, period)
    return _assign(locked, helper, period, CaseRole.SUBSTITUTE, by, "case_substitute")


@action
def add_contact_of_party(*, enrolment: Enrolment, helper: Helper, period: Period, by: User) -> CaseAssignment:
    """Ask somebody of another party in, by name or with the whole unit. What they read is what consent opens.

    Raises ValidationError for `who` where the helper is of the own organisation or of one without consent, isn't a case
    worker, works with the case already, or is a whole unit and the person is protected; for `valid_from` in the past or
    too far ahead; for `last_day` before the first day or too far ahead.
    """
    person, locked = lock_person(enrolment), lock_case(enrolment)
    if helper.organisation.pk == locked.owner_id:
        raise ValidationError({"who": "Välj någon hos en annan part."})
    if helper.organisation not in parties_with_consent(locked, max(period.first, stamp_day())):
        fault = f"Det behövs ett samtycke först: {helper.organisation} får inte läsa något i ärendet då."
        raise ValidationError({"who": fault})
    _check(locked, person, helper, period)
    return _assign(locked, helper, period, CaseRole.CONTACT, by, "case_contact")


@action
def end_assignment(*, assignment: CaseAssignment, last_day: date | None = None, by: User) -> None:
    """End an assignment at once, or after a last day. The responsible one is handed over instead.

    Raises ValidationError for `who` where it is the responsible one or has ended, and for `last_day` where it is before
    today or the first day, or not earlier than the end.
    """
    locked = CaseAssignment.objects.select_for_update(of=("self",), no_key=True).get(pk=assignment.pk)
    _check_end(locked, last_day)
    until = Period(locked.valid_from, last_day).until or max(stamp_day(), locked.valid_from)
    CaseAssignment.objects.filter(pk=locked.pk).update(valid_until=until)
    log_change(by=by, part="case_person_end", persons=[locked.enrolment.participant.public_id])


def _assign(
    enrolment: Enrolment, helper: Helper, period: Period, role: CaseRole, by: User, part: str
) -> CaseAssignment:
    made = CaseAssignment.objects.create(
        enrolment=enrolment,
        organisation=helper.organisation,
        user=helper.user,
        role=role,
        valid_from=period.first,
        valid_until=period.until,
        recorded_by=by,
    )
    log_change(by=by, part=part, persons=[enrolment.participant.public_id])
    return made


def _check(enrolment: Enrolment, person: Participant, helper: Helper, period: Period) -> None:
    _check_period(period)
    if helper.user is None and person.is_protected:
        raise ValidationError({"who": "Personen har skyddade personuppgifter. Välj någon vid namn."})
    if helper.user and helper.user not in present(case_workers(enrolment.project, helper.organisation, on=stamp_day())):
        raise ValidationError({"who": f"{helper.user} är inte handläggare i projektet i dag. Välj någon annan."})
    same = enrolment.assignments.filter(organisation=helper.organisation, user=helper.user)
    if same.overlapping(period).exists():
        raise ValidationError({"who": f"{helper.name} arbetar redan med ärendet under den tiden."})


def _check_period(period: Period) -> None:
    latest = add_months(stamp_day(), LONGEST_MONTHS)
    if period.first < stamp_day():
        raise ValidationError({"valid_from": "Det kan börja tidigast i dag."})
    if period.first > latest:
        raise ValidationError({"valid_from": CHECK_YEAR})
    if period.last and period.last < period.first:
        raise ValidationError({"last_day": "Den sista dagen kan inte ligga före den första."})
    if period.last and period.last > latest:
        raise ValidationError({"last_day": CHECK_YEAR})


def _check_end(assignment: CaseAssignment, last_day: date | None) -> None:
    until = assignment.valid_until
    if assignment.role == CaseRole.RESPONSIBLE:
        raise ValidationError({"who": "Ansvaret avslutas inte utan lämnas över till någon annan: byt ansvarig."})
    if until and until <= max(stamp_day(), assignment.valid_from):
        raise ValidationError({"who": "Det har redan tagit slut."})
    if last_day is None:
        return
    if last_day < max(stamp_day(), assignment.valid_from):
        raise ValidationError({"last_day": "Den sista dagen kan inte ligga före i dag eller före den första dagen."})
    if until and last_day >= until:
        raise ValidationError({"last_day": "Det slutar redan tidigare. Lägg till en ny tid i stället."})
