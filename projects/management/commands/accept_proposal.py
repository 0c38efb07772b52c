"""`manage.py accept_proposal`: say yes where an organisation has nobody else who can."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.letters.invitations import origin
from projects.proposals.actions import accept_at_server
from projects.proposals.models import Proposal


class Command(BaseCommand):
    """`accept_proposal --email ADDRESS --reason WORDS`; without an address it lists what waits."""

    help = "Godkänner det som väntar för en användare, när ingen annan i organisationen eller projektet kan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose, and why; the reason is kept in the log."""
        parser.add_argument("--email", default="", metavar="ADRESS", help="användarens e-postadress")
        parser.add_argument("--reason", default="", metavar="SKÄL", help="varför det godkänns härifrån")

    def handle(self, *args: Any, **options: Any) -> None:
        """Accept, or say who can, and leave everything as it was.

        Raises CommandError where nothing waits for the address or it can't be accepted.
        """
        waiting = Proposal.objects.waiting().select_related("user__organisation", "project__host")
        if not options["email"]:
            for proposal in waiting:
                self.stdout.write(f"{proposal.user.email}: {proposal}")
            return
        found = list(waiting.filter(user__email=options["email"].strip().lower()))
        if not found:
            raise CommandError("Ingenting väntar för den adressen.")
        for proposal in found:
            self._accept(proposal, options["reason"])

    def _accept(self, proposal: Proposal, words: str) -> None:
        try:
            link = accept_at_server(proposal=proposal, words=words)
        except ValidationError as error:
            raise CommandError(f"{proposal}: {' '.join(error.messages)}") from error
        self.stdout.write(f"{proposal} gäller nu för {proposal.user}.")
        if link:
            self.stdout.write(f"Länken gäller i tre dagar: {origin()}{link}")
