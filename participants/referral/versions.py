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


def name_nobody(person: Participant, by: User) -> None:
    """Let what waits for somebody whose identity is protected be about nobody who is named; part of the action that
    protects. The versions before stand in the person's own file, which is open to those alone who are named. One query,
    and four for each that waits."""
    rows = Referral.objects.waiting().filter(participant=person).select_for_update(no_key=True)
    for waiting in rows.order_by("pk"):
        supersede(waiting)
        reason = TextBody.objects.write(NAMES_NOBODY)
        version_after(waiting, by, participant=None, reason=reason, consent_on=None, consent_given="").save()
