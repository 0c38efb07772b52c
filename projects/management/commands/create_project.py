"""Set up a project with the model ladder and the model targets, and its first coordinator."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Organisation, User
from core.actions import action
from core.swedish.keys import clean
from projects.actions import create_project
from projects.models import Project
from projects.users.coordinators import appoint_first

_TEXTS = ("project", "name", "organisation", "coordinator", "reason")


class Command(BaseCommand):
    """`create_project --project DNR --name NAME --organisation NAME [--coordinator EMAIL [--reason WORDS]]`."""

    help = (
        "Skapar ett projekt med modellstegen och dess resultatmål. Organisationen skapas om den inte finns. Med "
        "--coordinator utses projektets första samordnare, också i ett projekt som finns men saknar en."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The three that a new project can't do without, and its first coordinator."""
        parser.add_argument("--project", required=True, metavar="DNR", help="projektets diarienummer")
        parser.add_argument("--name", default="", metavar="NAMN", help="projektets namn")
        parser.add_argument("--organisation", default="", metavar="NAMN", help="värdorganisationens namn")
        parser.add_argument("--coordinator", default="", metavar="ADRESS", help="den första samordnarens e-postadress")
        parser.add_argument("--reason", default="", metavar="SKÄL", help="varför, om projektet har haft en samordnare")

    def handle(self, *args: Any, **options: Any) -> None:
        """Create, or say what is wrong and leave everything as it was.

        Raises CommandError where an option is empty, differs from what is stored, or is refused.
        """
        given = {name: clean(options[name] or "") for name in _TEXTS}
        if not given["project"]:
            raise CommandError("--project kan inte vara tomt.")
        there = Project.objects.filter(register_number=given["project"]).select_related("host").first()
        try:
            project, coordinator = self._appoint(there, given) if there and given["coordinator"] else self._make(given)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if not there:
            self.stdout.write(
                f"Projektet {project.name} ({project.register_number}) är skapat hos {project.host}, "
                "med modellstegen och dess resultatmål."
            )
        if coordinator:
            self.stdout.write(f"{coordinator.name} är samordnare i {project.name}.")

    def _make(self, given: dict[str, str]) -> tuple[Project, User | None]:
        if empty := [name for name in ("name", "organisation") if not given[name]]:
            raise CommandError(f"--{empty[0]} kan inte vara tomt.")
        return set_up(
            name=given["name"],
            register_number=given["project"],
            organisation=given["organisation"],
            coordinator=given["coordinator"],
            words=given["reason"],
        )

    def _appoint(self, project: Project, given: dict[str, str]) -> tuple[Project, User]:
        """To a project that is there; what is said of it besides must be so."""
        for name, known in (("name", project.name), ("organisation", project.host.name)):
            if given[name] and given[name] != known:
                raise CommandError(f"--{name} stämmer inte: projektet har {known}.")
        return project, appoint_first(project=project, email=given["coordinator"], words=given["reason"])


@action
def set_up(
    *, name: str, register_number: str, organisation: str, coordinator: str = "", words: str = ""
) -> tuple[Project, User | None]:
    """Create the project, its host where it is missing, and its first coordinator where an address is given.

    Raises ValidationError as `create_project` and `appoint_first` do; then nothing is created.
    """
    host = Organisation.objects.filter(name=organisation).first() or _new_organisation(organisation)
    project = create_project(name=name, register_number=register_number, host=host, by=User.objects.system())
    return project, appoint_first(project=project, email=coordinator, words=words) if coordinator else None


def _new_organisation(name: str) -> Organisation:
    host = Organisation(name=name)
    host.full_clean()
    host.save()
    return host
