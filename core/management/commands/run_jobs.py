"""`manage.py run_jobs`: everything periodic. Each job can be run as often as one likes."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

JOBS = ("write_log_heads",)


class Command(BaseCommand):
    """Meant to be started each minute; one job that fails doesn't hold up the next."""

    help = "Kör allt som ska göras regelbundet. Startas varje minut."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run them all, then say which failed."""
        failed = [name for name in JOBS if not self._ran(name)]
        if failed:
            raise CommandError(f"Det här gick inte: {', '.join(failed)}.")

    def _ran(self, name: str) -> bool:
        try:
            call_command(name, stdout=self.stdout, stderr=self.stderr)
        except CommandError as error:
            self.stderr.write(f"{name}: {error}")
            return False
        return True
