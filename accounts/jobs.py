"""What accounts does regularly."""

from django.core.management import call_command

from core.jobs import jobs


def write_log_heads() -> str:
    """Write the ends of the access log's chains. Raises CommandError where a chain has gone back."""
    call_command("write_log_heads")
    return "loggens ändar är skrivna"


def join() -> None:
    """Add the jobs; called at start."""
    jobs["write_log_heads"] = write_log_heads
