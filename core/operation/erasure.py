"""Making what has been blanked unreadable in the database's files too, as far as the database lets a program do it."""

from django.core.cache import cache
from django.db import connection, transaction

from core.privacy import models_dropped_whole, personal_models

_WANTED = "erasure-wanted"
LATER = "prövas igen"
_PATIENCE_MS = 500


def wipe_after_commit() -> None:
    """Let go of old copies of rows as soon as the running transaction stands; part of the action that blanks.

    On PostgreSQL the job does it: to go through a large table takes longer than a page may.
    """
    transaction.on_commit(_empty_log if connection.vendor == "sqlite" else lambda: cache.set(_WANTED, True, None))


def wipe() -> str:
    """Take what was overwritten or deleted out of the files, where there is something. Says what came of it.

    SQLite overwrites freed space by itself (`secure_delete`), but old pages lie in the write-ahead log until it is
    emptied; while somebody reads, that is tried again. PostgreSQL keeps dead rows until they are vacuumed.
    """
    if connection.vendor == "sqlite":
        return _empty_log()
    if not cache.get(_WANTED):
        return "inget att göra"
    cache.delete(_WANTED)
    return _vacuum("")


def wipe_thoroughly() -> str:
    """Write everything about persons anew, so that the files hold nothing that was deleted; others wait meanwhile."""
    if connection.vendor != "sqlite":
        return _vacuum("FULL")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    return _empty_log()


def _empty_log() -> str:
    if connection.in_atomic_block:
        return LATER
    with connection.cursor() as cursor:
        # Not as long as a writer waits for its turn: a reader holds this up, and there is a next time.
        (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy = bool(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {patience}")
    return LATER if is_busy else "databasens logg är tömd"


def _vacuum(how: str) -> str:
    if connection.in_atomic_block:
        return LATER
    tables = ", ".join(
        connection.ops.quote_name(model._meta.db_table) for model in [*personal_models(), *models_dropped_whole()]
    )
    with connection.cursor() as cursor:
        # A large table takes longer than a page's question may.
        cursor.execute("SET statement_timeout = 0")
        try:
            cursor.execute(f"VACUUM {how} {tables}")
        finally:
            cursor.execute("RESET statement_timeout")
    return "döda rader är borttagna"
