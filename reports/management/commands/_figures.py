"""The part that the commands of figures share: of which project, as of which day, as known at which moment."""

import json
from argparse import ArgumentParser
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.days.dates import today
from projects.models import Project
from reports.datasets import Population
from reports.figures.figure import ProjectFigures
from reports.figures.project import project_figures


class FiguresCommand(BaseCommand):
    """A command that prints figures of a project as a table, or as JSON that stands alone on standard output."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command's arguments: project, day, moment of what was known, and form of the output."""
        parser.add_argument("--project", required=True, metavar="DNR", help="projektets diarienummer")
        parser.add_argument("--as-of", required=True, type=_day, metavar="DAG", help="siffror per dagen, 2012-06-30")
        parser.add_argument("--known-at", type=_moment, metavar="STUND", help="som det var känt då, 2012-07-01T12:00")
        parser.add_argument("--format", choices=("table", "json"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and print. Warnings go to standard error.

        Raises CommandError for an unknown project, and where the figures of the table are hidden.
        """
        project = Project.objects.filter(register_number=options["project"]).first()
        if project is None:
            raise CommandError(f"Det finns inget projekt med diarienumret {options['project']}.")
        if options["as_of"] > today():
            self.stderr.write("Dagen ligger i framtiden: det som inte har hänt än räknas som inte klarat.")
        figures = self.asked(project, options["as_of"], options)
        if options["format"] == "json":
            edition = figures.edition
            head = {"project": edition.project.register_number, "as_of": edition.as_of.isoformat()}
            self.stdout.write(json.dumps({**head, **self.plain(figures)}, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(self.table(figures))

    def asked(self, project: Project, as_of: date, options: dict[str, Any]) -> ProjectFigures:
        """The project's figures with nothing left out."""
        return project_figures(Population.whole(project), as_of=as_of, known_at=options["known_at"])

    def plain(self, figures: ProjectFigures) -> dict[str, Any]:
        """The JSON besides project and day. Raises NotImplementedError."""
        raise NotImplementedError

    def table(self, figures: ProjectFigures) -> str:
        """The figures for people. Raises NotImplementedError."""
        raise NotImplementedError


def in_columns(lines: list[tuple[str, ...]]) -> str:
    """Lines of cells, each column as wide as its widest."""
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    rows = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "\n".join(row.rstrip() for row in rows)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"«{text}» är ingen dag. Skriv den som 2012-06-30.") from error


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"«{text}» är ingen tidpunkt. Skriv den som 2012-07-01T12:00.") from error
    try:
        # What can't be said in UTC can't be asked of a database.
        return (moment if timezone.is_aware(moment) else timezone.make_aware(moment)).astimezone(UTC)
    except OverflowError as error:
        raise CommandError(f"«{text}» går inte att fråga om. Välj ett år mellan 2 och 9998.") from error
