"""The versions of a referral, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from core.swedish.words import day
from participants.enums import ConsentForm, FirstContact, ReferralSource, ReferralState
from participants.identity.history import changes
from participants.models import Referral
from participants.scope.scope import Scope

_NOTHING: Final = "saknas"
_CHANGED: Final = "Ändrad"


@dataclass(frozen=True, slots=True)
class ReferralVersion:
    """A version: when it was written, by whom, what it did («Registrerad», «Ändrad»), and a line for each answer that
    became another."""

    at: datetime
    by: str
    did: str
    lines: Sequence[str]


def versions_of(referral: Referral, scope: Scope) -> list[ReferralVersion]:
    """The versions, and corrections of who it is about, the newest first. One query for each version, and one more."""
    rows = Referral.objects.visible_to(scope).select_related("recorded_by", "reason", "said")
    versions = rows.versions_of(referral)
    said = [_version(now, before) for now, before in zip(versions, [*versions[1:], None], strict=True)]
    people = changes(referral.participant) if referral.participant else []
    corrected = [ReferralVersion(change.at, change.by, "Vem det gäller rättat", change.lines) for change in people]
    shown = [version for version in said if version.lines or version.did != _CHANGED] + corrected
    return sorted(shown, key=lambda version: version.at, reverse=True)


def _version(now: Referral, before: Referral | None) -> ReferralVersion:
    by = str(now.recorded_by)
    if before is None:
        return ReferralVersion(now.recorded_at, by, "Registrerad", ())
    said, was = _answers(now), _answers(before)
    lines = [
        f"{label}: {was[label] or _NOTHING} → {said[label] or _NOTHING}" for label in said if said[label] != was[label]
    ]
    return ReferralVersion(now.recorded_at, by, _deed(now, before), lines)


def _deed(now: Referral, before: Referral) -> str:
    if now.state == before.state:
        return _CHANGED
    return "Öppnad igen" if now.is_waiting else ReferralState(now.state).label


def _answers(referral: Referral) -> dict[str, str]:
    """The answers by label, in words."""
    return {
        "Anvisad från": ReferralSource(referral.source).label,
        "Anvisningsdag": _day(referral.concerns_on),
        "Ansökningsdag": _day(referral.applied_on),
        "Vad det gäller": referral.reason.text if referral.reason else "",
        "Första kontakten": FirstContact(referral.first_contact_by).label if referral.first_contact_by else "",
        "Person": "angiven" if referral.participant_id else "",
        "Samtycke till anvisningen": consent_in_words(referral),
        "Avslutad": _day(referral.ended_on),
        "Varför, eller till vem": referral.said.text if referral.said else "",
    }


def consent_in_words(referral: Referral) -> str:
    """«skriftligt, 2 december 2026»; empty where the referral rests on none."""
    how = ConsentForm(referral.consent_given).label.lower() if referral.consent_given else ""
    return ", ".join(said for said in (how, _day(referral.consent_on)) if said)


def _day(value: date | None) -> str:
    return day(value) if value else ""
