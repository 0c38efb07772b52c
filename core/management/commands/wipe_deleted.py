"""`manage.py wipe_deleted`: write the tables about persons anew, so that the files hold nothing that was deleted."""

from typing import Any

from django.core.management.base import BaseCommand

from core.operation.erasure import wipe_thoroughly


class Command(BaseCommand):
    """For when the service is stopped: after an upgrade from a version that left deleted rows in the files."""

    help = "Skriver om databasens filer utan det som har tagits bort. Kör när tjänsten är stoppad."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what came of it."""
        self.stdout.write(wipe_thoroughly())
