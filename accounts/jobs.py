"""The regular jobs of accounts, its demands on a database, and the triggers that it adds there."""

from collections.abc import Collection

from django.core.management import CommandError, call_command

from accounts.letters import outbox
from accounts.log.triggers import install_triggers, missing_triggers
from core.operation.jobs import jobs
from core.start.databases import checks, preparations, running_command

# These lay the triggers, or tell of each themselves.
_SEE_TO_TRIGGERS = ("prepare", "migrate", "run_jobs", "verify_log")


def write_log_heads() -> str:
    """Write the ends of the access log's chains. Raises CommandError where a chain has gone back."""
    call_command("write_log_heads")
    return "loggens ändar är skrivna"


def look_for_triggers() -> str:
    """Whether the access log is guarded against changes. Raises CommandError where it isn't."""
    if fault := fault_of_triggers():
        raise CommandError(fault)
    return "loggens skydd mot ändringar är på plats"


def fault_of_triggers() -> str:
    """Which triggers are missing, in a sentence; empty where none is."""
    names = ", ".join(missing_triggers())
    return f"Åtkomstloggens skydd mot ändringar saknas ({names}): kör prepare, och sedan verify_log." if names else ""


def send_mail() -> str:
    """Send what waits. Raises CommandError where some of it can't be."""
    try:
        return outbox.send_waiting()
    except outbox.LettersWait as error:
        raise CommandError(str(error)) from error


def join() -> None:
    """Add the jobs, checks and preparations; called at start."""
    jobs["write_log_heads"] = write_log_heads
    jobs["send_mail"] = send_mail
    jobs["look_for_triggers"] = look_for_triggers
    checks.append(_triggers_at_start)
    preparations.append(install_triggers)


def _triggers_at_start(tables: Collection[str]) -> str:
    return "" if running_command() in _SEE_TO_TRIGGERS else fault_of_triggers()
