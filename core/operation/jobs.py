"""Regular jobs. Each app adds its own at start; `run_jobs` runs all of them, each minute."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils import timezone

from core.drafts.store import clear_drafts
from core.models import FormToken

# A job answers in words what it did. It can be run as often as one likes.
Job = Callable[[], str]
jobs: dict[str, Job] = {}

# Longer than anybody has a form open: a session ends after ten hours, and its drafts are kept for fourteen days.
TOKENS_KEPT = timedelta(days=30)


def clear_sessions() -> str:
    """Remove sessions that have ended: each names whose it was."""
    gone, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return f"{gone} avslutade inloggningar borttagna"


def clear_form_tokens() -> str:
    """Remove the tokens of forms that nobody can have open any more."""
    gone, _ = FormToken.objects.filter(used_at__lt=timezone.now() - TOKENS_KEPT).delete()
    return f"{gone} gamla formulärmärken borttagna"


def clear_cache() -> str:
    """Remove counts of tries, spent codes and other short-lived marks that are past their time: nothing else does."""
    cache = caches["default"]
    if not isinstance(cache, DatabaseCache):
        return "inget att göra"
    table = connection.ops.quote_name(cache._table)  # type: ignore[attr-defined]
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 - the table is a setting's
        return f"{cursor.rowcount} kortlivade märken borttagna"


jobs["clear_sessions"] = clear_sessions
jobs["clear_form_tokens"] = clear_form_tokens
jobs["clear_drafts"] = clear_drafts
jobs["clear_cache"] = clear_cache
