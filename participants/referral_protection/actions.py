"""Protecting the identity of somebody who only waits: the referral goes on waiting, and names nobody."""

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from participants.enums import ProtectionLevel
from participants.locking import lock_cases_of
from participants.models import Referral
from participants.protection.actions import check_nobody_is_lost, set_level
from participants.referral.locking import lock_waiting

NAMES_NOBODY = "Anvisningen har inte längre någon person."


@action
def protect_referred(*, referral: Referral, level: ProtectionLevel, by: User) -> None:
    """Set the protection of the person of a waiting referral, which then is about nobody who is named. All that tells
    who the person is goes, for good.

    Raises ValidationError for the form where the referral doesn't wait any more or names nobody, and where a case of
    the person's that goes on has nobody who answers for it by name.
    """
    person = lock_waiting(referral).participant
    if person is None:
        raise ValidationError(NAMES_NOBODY)
    lock_cases_of(person)
    check_nobody_is_lost(person)
    set_level(person, level, by)
    log_change(by=by, part="referral_protect", persons=[person.public_id])
