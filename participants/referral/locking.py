"""Locks on a referral, for as long as an action changes it. Its person is locked first, as everywhere."""

from typing import Any

from django.core.exceptions import ValidationError

from participants.models import Participant, Referral

ENDED = "Anvisningen väntar inte längre."
WAITS = "Anvisningen väntar redan."


def lock_referral(referral: Referral) -> Any:
    """Lock a referral and its person until the transaction ends; the version that stands now, read anew with both.

    Three queries. Raises Referral.DoesNotExist.
    """
    if referral.participant_id:
        list(Participant.objects.filter(pk=referral.participant_id).select_for_update(no_key=True).values_list("pk"))
    rows = Referral.objects.select_for_update(of=("self",), no_key=True)
    rows = rows.select_related("participant__identity", "participant__organisation", "project", "owner")
    found = rows.latest_version(referral.public_id)
    if found is None:
        raise Referral.DoesNotExist
    return found


def lock_waiting(referral: Referral) -> Any:
    """As `lock_referral`. Raises ValidationError for the form where it doesn't wait any more."""
    found = lock_referral(referral)
    if not found.is_waiting:
        raise ValidationError(ENDED)
    return found
