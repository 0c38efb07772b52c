"""The first administrator of an organisation, who makes all other accounts."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from accounts.enums import Duty
from accounts.letters.invitations import link_path, origin
from accounts.log.access import log_change
from accounts.models import Organisation, User
from core.actions import action
from core.swedish.keys import clean


class Command(BaseCommand):
    """`create_administrator --email ADDRESS --name NAME --organisation NAME`."""

    help = "Skapar en administratör och skriver ut en länk för att välja lösenord. Organisationen skapas om den saknas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Everything it needs; no password ever stands on a command line."""
        parser.add_argument("--email", required=True, metavar="ADRESS", help="administratörens e-postadress")
        parser.add_argument("--name", required=True, metavar="NAMN", help="administratörens namn")
        parser.add_argument("--organisation", required=True, metavar="NAMN", help="organisationens namn")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create, or say what is wrong and leave everything as it was.

        Raises CommandError where a value is empty or refused.
        """
        values = {name: clean(options[name]) for name in ("email", "name", "organisation")}
        if empty := [name for name, value in values.items() if not value]:
            raise CommandError(f"--{empty[0]} kan inte vara tomt.")
        try:
            validate_email(values["email"])
            user = create_administrator(**values)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user} är administratör för {user.organisation}. Länken gäller i tre dagar:")
        self.stdout.write(origin() + link_path(user))


@action
def create_administrator(*, email: str, name: str, organisation: str) -> User:
    """Create the user and, where it is missing, the organisation.

    Raises ValidationError of no field where the address is in use.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise ValidationError("Adressen används redan.")
    party, _ = Organisation.objects.get_or_create(name=organisation)
    user = User.objects.create_user(email, None, name=name, organisation=party, duty=Duty.ADMINISTRATOR)
    log_change(by=User.objects.system(), part="create_administrator", reason=str(user.public_id))
    return user
