"""The earlier presses of a form's button."""

from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, Q, QuerySet, UUIDField

from core.models import FormToken
from core.prepared.questions import prepared


@prepared(user=BigIntegerField(), token=UUIDField(), content=CharField(), since=DateTimeField())
def presses(*, user: Any, token: Any, content: Any, since: Any) -> QuerySet:
    """The press with this token, and those that sent the same words since then; the latest first."""
    same = Q(token=token) | Q(content=content, used_at__gte=since)
    return FormToken.objects.filter(same, user=user).order_by("-used_at")
