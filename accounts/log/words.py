"""Reasons in own words beside the log: they can be blanked, and put under an alias, but not changed unseen."""

from accounts.models import AccessEvent, AccessNote
from core.facts import digest
from core.models import TextBody


def has_its_words(event: AccessEvent) -> bool:
    """Whether the words of an event are those that were logged, or blank, or what a later event vouches for."""
    if not event.note_digest:
        return True
    note: AccessNote | None = getattr(event, "note", None)
    return note is not None and (not note.body.text or is_vouched_for(note.body))


def is_vouched_for(body: TextBody) -> bool:
    """Whether an event's hash covers the text that is stored now. One query."""
    is_whole = body.digest == digest(body.text, body.salt)
    return is_whole and AccessEvent.objects.filter(note__body=body, note_digest=body.digest).exists()
