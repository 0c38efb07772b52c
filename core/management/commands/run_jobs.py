"""`manage.py run_jobs`: everything periodic. Each job can be run as often as one likes."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.operation.jobs import Job, jobs

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Meant to be started each minute; one job that fails doesn't hold up the next."""

    help = "Kör allt som ska göras regelbundet. Startas varje minut."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run them all, say what each did, then which failed. Raises CommandError where a job failed."""
        failed = [name for name, job in jobs.items() if not self._ran(name, job)]
        if failed:
            raise CommandError(f"Det här gick inte: {', '.join(failed)}.")

    def _ran(self, name: str, job: Job) -> bool:
        try:
            self.stdout.write(f"{name}: {job()}")
        except CommandError as error:
            self.stderr.write(f"{name}: {error}")
            return False
        except Exception:
            logger.exception("the job %s failed", name)
            self.stderr.write(f"{name}: något gick fel, se programmets logg")
            return False
        return True
