"""Set up a project with the model ladder and the model targets."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Organisation, User
from core.actions import action
from core.swedish import clean
from projects.actions import create_project
from projects.models import Project


class Command(BaseCommand):
    """`create_project --project DNR --name NAME --organisation NAME`."""

    help = "Skapar ett projekt med modellstegen och dess resultatmål. Organisationen skapas om den inte finns."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The three that a project can't do without."""
        parser.add_argument("--project", required=True, metavar="DNR", help="projektets diarienummer")
        parser.add_argument("--name", required=True, metavar="NAMN", help="projektets namn")
        parser.add_argument("--organisation", required=True, metavar="NAMN", help="värdorganisationens namn")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create, or say what is wrong and leave everything as it was."""
        if empty := [name for name in ("project", "name", "organisation") if not clean(options[name])]:
            raise CommandError(f"--{empty[0]} kan inte vara tomt.")
        try:
            project = set_up(
                name=clean(options["name"]),
                register_number=clean(options["project"]),
                organisation=clean(options["organisation"]),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"Projektet {project.name} ({project.register_number}) är skapat hos {project.host}, "
            "med modellstegen och dess resultatmål."
        )


@action
def set_up(*, name: str, register_number: str, organisation: str) -> Project:
    """The project and, where it is missing, its host."""
    host = Organisation.objects.filter(name=organisation).first() or _new_organisation(organisation)
    return create_project(name=name, register_number=register_number, host=host, by=User.objects.system())


def _new_organisation(name: str) -> Organisation:
    host = Organisation(name=name)
    host.full_clean()
    host.save()
    return host
