"""`generate_population --enrolments N --seed S`: invented enrolments for measuring."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.enums import Use
from core.start.databases import mark
from projects.models import Project
from workshop.demo.cast import may_hold_real_data
from workshop.demo.population import generate


class Command(BaseCommand):
    """Writes into a project that exists; refuses any database where real data may be."""

    help = "Fyller ett projekt med påhittade inskrivningar."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--enrolments", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument("--project", required=True, metavar="DNR")
        parser.add_argument("--from", dest="start", type=date.fromisoformat, default=date(2024, 1, 1))
        parser.add_argument("--to", dest="end", type=date.fromisoformat, default=date(2026, 6, 30))

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the enrolments.

        Raises CommandError where the database may hold real data, for an unknown project, and for one with
        participants.
        """
        if may_hold_real_data():
            raise CommandError(
                "Påhittade inskrivningar kan bara skrivas med DEBUG=1, i en databas som är tom eller är demons egen."
            )
        project = Project.objects.select_related("host").filter(register_number=options["project"]).first()
        if project is None:
            raise CommandError(f"Det finns inget projekt med diarienummer {options['project']}.")
        if project.enrolments.exists():
            raise CommandError("Projektet har redan deltagare. Välj ett tomt projekt.")
        mark(Use.DEMO)
        written = generate(
            project=project,
            owner=project.host,
            enrolments=options["enrolments"],
            seed=options["seed"],
            start=options["start"],
            end=options["end"],
        )
        self.stdout.write(f"{written} påhittade inskrivningar finns nu i {project}.")
