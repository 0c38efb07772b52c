"""A referral's next version."""

from typing import Any, Final

from accounts.models import User
from core.facts import supersede
from core.models import TextBody
from participants.models import Participant, Referral

# What belongs to one version and isn't taken over by the next.
_OF_THE_VERSION: Final = frozenset(
    {"id", "public_id", "recorded_at", "recorded_by", "corrects", "superseded_at", "misplaced_at"}
)

# The reason of a referral that named somebody, whose identity has been protected since.
NAMES_NOBODY: Final = "Vem det gäller står inte här. Fråga den som anvisade."


def version_after(before: Referral, by: User, **said: Any) -> Referral:
    """A version, not saved, that says what the one before says, but for `said`; the caller supersedes the other."""
    kept = {
        field.attname: getattr(before, field.attname)
        for field in Referral._meta.concrete_fields
        if not {field.name, field.attname} & {*_OF_THE_VERSION, *said}
    }
    return Referral(**kept, **said, corrects=before, recorded_by=by)


def succeed(before: Referral, by: User, **said: Any) -> Referral:
    """Write the next version, which says what the one before says, but for `said`. Part of an action, which logs it."""
    supersede(before)
    now = version_after(before, by, **said)
    now.save()
    if before.participant_id is None and now.participant:
        give_earlier(before, now.participant)
    return now


def give_earlier(referral: Referral, person: Participant) -> list[TextBody]:
    """Let the words of a referral that named nobody be about who it turned out to be, with the versions before it: they
    stand in that person's registerutdrag, and are found when the identity is protected. Returns the words. One query
    for each version, and two more."""
    unnamed = [row for row in Referral.objects.versions_of(referral) if row.participant_id is None]
    Referral.objects.filter(pk__in=[row.pk for row in unnamed]).update(participant=person)
    bodies = {body for row in unnamed for body in (row.reason_id, row.said_id)} - {None}
    return list(TextBody.objects.filter(pk__in=bodies).exclude(text__in=["", NAMES_NOBODY]).order_by("pk"))


def name_nobody(person: Participant, by: User) -> None:
    """Let what waits for somebody whose identity is protected be about nobody who is named; part of the action that
    protects. The versions before stand in the person's own file, which is open to those alone who are named. One query,
    and four for each that waits."""
    rows = Referral.objects.waiting().filter(participant=person).select_for_update(no_key=True)
    for waiting in rows.order_by("pk"):
        reason = TextBody.objects.write(NAMES_NOBODY)
        succeed(waiting, by, participant=None, is_protected=True, reason=reason, consent_on=None, consent_given="")
