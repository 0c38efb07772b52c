"""A referral's next version."""

from typing import Any, Final

from accounts.models import User
from participants.models import Referral

# What belongs to one version and isn't taken over by the next.
_OF_THE_VERSION: Final = frozenset(
    {"id", "public_id", "recorded_at", "recorded_by", "corrects", "superseded_at", "misplaced_at"}
)


def version_after(before: Referral, by: User, **said: Any) -> Referral:
    """A version, not saved, that says what the one before says, but for `said`; the caller supersedes the other."""
    kept = {
        field.attname: getattr(before, field.attname)
        for field in Referral._meta.concrete_fields
        if not {field.name, field.attname} & {*_OF_THE_VERSION, *said}
    }
    return Referral(**kept, **said, corrects=before, recorded_by=by)
