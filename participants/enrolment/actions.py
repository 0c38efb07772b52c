"""Correcting how an enrolment began."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.days.periods import Period
from core.facts import supersede
from participants.changes import checks_of_start, save_projection
from participants.enums import ReferralSource, ReferralState
from participants.livelihood.counted_from import check_start_day
from participants.locking import lock_case
from participants.models import Enrolment, EnrolmentEntry, Referral
from participants.referral.versions import version_after

TAKEN = "Personen har en annan inskrivning i projektet under den tiden."


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

    Raises ValidationError for `enrolled_on` in the future, after the exit, after the day of a cleared step or beside a
    record of means of support that counts from it, and for the form where the days overlap another enrolment.
    """
    locked = lock_case(enrolment)
    is_void = locked.is_void if is_void is None else is_void
    if not is_void:
        check_free(locked, Period.of(enrolled_on, locked.exited_on))
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
    _correct_referral(earlier, entry)
    save_projection(locked, enrolled_on=enrolled_on, **facts)
    log_change(by=by, part="enrolment_correct", persons=[locked.participant.public_id])
    return entry


def _correct_referral(before: EnrolmentEntry, now: EnrolmentEntry) -> None:
    """Let the referral that the enrolment began with say what the corrected beginning says."""
    case = now.enrolment
    standing = Referral.objects.filter(project=case.project_id, participant=case.participant_id).current()
    unnamed = standing.filter(enrolment=None, state=ReferralState.ACCEPTED, **_of_referral(before))
    referral, said = standing.filter(enrolment=case).first() or unnamed.first(), _of_referral(now)
    if referral is None or said == {name: getattr(referral, name) for name in said}:
        return
    supersede(referral)
    version_after(referral, now.recorded_by, **said).save()


def _of_referral(entry: EnrolmentEntry) -> dict[str, Any]:
    day = entry.referred_on or entry.applied_on or entry.concerns_on
    return {"source": entry.source, "applied_on": entry.applied_on, "concerns_on": day}


def _check_start(enrolment: Enrolment, enrolled_on: date) -> None:
    if enrolled_on > stamp_day():
        raise ValidationError({"enrolled_on": "Inskrivningen kan inte ligga i framtiden."})
    if enrolment.exited_on and enrolled_on > enrolment.exited_on:
        raise ValidationError({"enrolled_on": "Inskrivningen kan inte ligga efter avslutet."})
    check_start_day(enrolment, enrolled_on)
    for check in checks_of_start:
        check(enrolment, enrolled_on)


def check_free(enrolment: Enrolment, period: Period) -> None:
    """Raises ValidationError for the form where the person has another enrolment in the project in that period."""
    others = Enrolment.objects.counted().filter(
        participant_id=enrolment.participant_id, project_id=enrolment.project_id
    )
    if any(other.period.overlaps(period) for other in others.exclude(pk=enrolment.pk)):
        raise ValidationError(TAKEN)
