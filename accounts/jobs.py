"""What accounts does regularly."""

from django.core.management import CommandError, call_command

from accounts import outbox
from core.jobs import jobs


def write_log_heads() -> str:
    """Write the ends of the access log's chains. Raises CommandError where a chain has gone back."""
    call_command("write_log_heads")
    return "loggens ändar är skrivna"


def send_mail() -> str:
    """Send what waits. Raises CommandError where some of it can't be."""
    try:
        return outbox.send_waiting()
    except outbox.LettersWait as error:
        raise CommandError(str(error)) from error


def join() -> None:
    """Add the jobs; called at start."""
    jobs["write_log_heads"] = write_log_heads
    jobs["send_mail"] = send_mail
