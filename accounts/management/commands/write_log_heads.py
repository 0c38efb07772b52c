"""`manage.py write_log_heads`: keep the ends of the access log's chains outside the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.log.heads import HeadsFileError, write_heads
from accounts.models import User


class Command(BaseCommand):
    """Safe to run as often as one likes; says nothing when all is well."""

    help = "Skriver åtkomstloggens kedjeändar till filen LOG_HEADS_FILE."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and fail aloud when a chain has gone back.

        Raises CommandError then, and where the file can't be read or written.
        """
        try:
            lost = write_heads()
        except HeadsFileError as error:
            raise CommandError(f"{error} Filen är inte rörd. Spara den, och kör verify_log.") from error
        if lost:
            who = ", ".join(User.objects.filter(pk__in=lost).values_list("email", flat=True))
            raise CommandError(f"Åtkomstloggen saknar händelser som har funnits: {who}. Kör verify_log.")
