"""The texts that users have searched the participant list for, kept in their sessions.

A name or a number never stands in an address: the text lies in the session, and the address carries its key.
"""

import secrets
from collections.abc import Callable, MutableMapping
from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone

_NAME = "searches"
_KEPT = 20


def remember(session: MutableMapping[str, Any], text: str) -> str:
    """Keep the text and return the key that the address carries instead; old searches give way."""
    searches = dict(session.get(_NAME, {}))
    found = next((key for key, kept in searches.items() if kept == text), None)
    key = found or secrets.token_urlsafe(8)
    searches[key] = text
    session[_NAME] = dict(list(searches.items())[-_KEPT:])
    return key


def recall(session: MutableMapping[str, Any], key: str) -> str | None:
    """The text of a key; None when the session no longer has it."""
    return session.get(_NAME, {}).get(key)


def forget(session: MutableMapping[str, Any], is_told: Callable[[str], bool]) -> bool:
    """Delete from a session the texts of which `is_told` is true. Returns whether there were any."""
    searches = session.get(_NAME, {})
    kept = {key: text for key, text in searches.items() if not is_told(text)}
    if len(kept) == len(searches):
        return False
    session[_NAME] = kept
    return True


def forget_everywhere(is_told: Callable[[str], bool]) -> None:
    """Delete from every user's session the searched texts of which `is_told` is true."""
    for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        data = row.get_decoded()
        if forget(data, is_told):
            Session.objects.filter(pk=row.pk).update(session_data=Session.objects.encode(data))
