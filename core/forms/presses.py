"""The earlier presses of a form's button, and what is the same press."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, Q, QuerySet, UUIDField
from django.utils.crypto import salted_hmac
from django.utils.datastructures import MultiValueDict

from core.forms.showing import NAME
from core.models import FormToken
from core.prepared.questions import prepared

# What pages add by themselves, anew at each showing.
_NOT_WORDS = frozenset({"csrfmiddlewaretoken", "ticket", "seen", "repeated", NAME})


@prepared(user=BigIntegerField(), token=UUIDField(), content=CharField(), since=DateTimeField())
def presses(*, user: Any, token: Any, content: Any, since: Any) -> QuerySet:
    """The press with this token, and those that sent the same words since then; the latest first."""
    same = Q(token=token) | Q(content=content, used_at__gte=since)
    return FormToken.objects.filter(same, user=user).order_by("-used_at")


def content_of(data: Mapping[str, Any], files: Mapping[str, Any], token_name: str, page: str) -> str:
    """A keyed digest of what was sent from a page, without what the page added by itself."""
    sent = sorted(
        (name, [str(value) for value in values])
        for name, values in _lists(data)
        if name not in {*_NOT_WORDS, token_name}
    )
    kept = sorted((field, [(file.name, file.size) for file in sent_by]) for field, sent_by in _lists(files))
    return salted_hmac("form content", repr((page, sent, kept)), algorithm="sha256").hexdigest()


def _lists(sent: Mapping[str, Any]) -> Iterable[tuple[str, list[Any]]]:
    """All values under each name: a browser sends several files under one."""
    return sent.lists() if isinstance(sent, MultiValueDict) else ((name, [value]) for name, value in sent.items())
