"""The answers of a referral as its forms show and replace them, to notice two who save at once."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from core.forms.concurrency import Shared
from participants.enums import ReferralState
from participants.identity.corrections import PersonCorrection
from participants.models import Participant, Referral
from participants.referral.actions import ReferralRecord
from participants.shared_facts import written


def shared_of(referral: Referral) -> Shared:
    """The answers of a referral, and of who it is about."""

    def read(now: Referral) -> Mapping[str, Any]:
        who = PersonCorrection.of(now.participant).shown() if now.participant else {}
        told = {"state": ReferralState(now.state).label, **_protection_of(now)}
        return {**who, **asdict(ReferralRecord.of(now)), **told}

    return _shared(referral, read)


def end_of(referral: Referral) -> Shared:
    """The answers about how a referral ended."""

    def read(now: Referral) -> Mapping[str, Any]:
        said = now.said.text if now.said else ""
        return {"state": now.state, "ended_on": now.ended_on, "said": said, **_protection_of(now)}

    return _shared(referral, read)


def _protection_of(now: Referral) -> dict[str, str]:
    """By its label, since no form asks about it."""
    return {"Vem det gäller": "Identiteten är skyddad"} if now.is_protected else {}


def _shared(referral: Referral, read: Callable[[Referral], Mapping[str, Any]]) -> Shared:
    def now() -> Any:
        rows = Referral.objects.select_related("participant__identity", "reason", "said", "recorded_by")
        return rows.latest_version(referral.public_id)

    people = Participant.objects.filter(referrals=referral.pk)
    return Shared([people, Referral.objects.filter(pk=referral.pk)], lambda: read(now()), lambda: written(now()))


def carried_over(referral: Referral) -> dict[str, Any]:
    """The answers that an enrolment takes over from a referral, as the initial values of its form."""
    who = PersonCorrection.of(referral.participant).shown() if referral.participant else {}
    said = ReferralRecord.of(referral)
    return {**who, "source": said.source, "referred_on": said.referred_on, "applied_on": said.applied_on}
