"""Blank protected identities anew: for a database that has been restored from before they were blanked."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import User
from participants.protection.actions import reapply_protection


class Command(BaseCommand):
    """See the module."""

    help = "Blanks name, numbers and contact of everybody whose identity is protected; harmless to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many had something left."""
        count = reapply_protection(by=User.objects.system())
        self.stdout.write(f"{count} protected identities blanked.")
