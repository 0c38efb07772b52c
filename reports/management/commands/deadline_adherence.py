"""`manage.py deadline_adherence`: each deadline of a project as of a day, for people or for other programs."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import CommandError

from core.days.dates import today
from core.swedish.words import NOTHING, percent
from core.swedish.words import day as said_day
from projects.models import Project
from reports.datasets import Population
from reports.figures.catalogue import EACH_DEADLINE
from reports.figures.figure import ProjectFigures
from reports.management.commands._figures import FiguresCommand, in_columns
from reports.safe.days import SafeDays
from reports.safe.version import safe_figures
from reports.tables.deadlines import ALL
from reports.tables.each_deadline import EachDeadlineLine, lines, median, plain_rows

_HEADINGS = ("Tidsgräns", "I tid", "Andel", "För sent", "Inte gjort", "Inte dags än", "Slutade före", "Median")


class Command(FiguresCommand):
    """Show how many had each thing done by its last day, later, and not at all."""

    help = "Visar hur tidsgränserna har hållits i ett projekt per en dag."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The arguments of figures, and whether to print the table of the safe version."""
        super().add_arguments(parser)
        parser.add_argument("--safe", action="store_true", help="som den visas för den som inte får se personer")

    def asked(self, project: Project, as_of: date, options: dict[str, Any]) -> ProjectFigures:
        """All figures, or those of the safe version.

        Raises CommandError for a day that the safe version doesn't have, and for its JSON.
        """
        if not options["safe"]:
            return super().asked(project, as_of, options)
        if options["format"] == "json":
            raise CommandError("Den säkra versionen finns bara som tabell.")
        if as_of not in SafeDays.of(project, today()):
            raise CommandError(
                "Den säkra versionen finns per kvartalsslut, antagna rapporters dagar och projektets slut."
            )
        return safe_figures(Population.whole(project), as_of=as_of, known_at=options["known_at"])

    def plain(self, figures: ProjectFigures) -> dict[str, Any]:
        """The rows in the order of a case."""
        return {"deadlines": plain_rows(figures[EACH_DEADLINE])}

    def table(self, figures: ProjectFigures) -> str:
        """A line for each deadline."""
        edition = figures.edition
        rows = [_HEADINGS, *(_cells(line) for line in lines(figures[EACH_DEADLINE]))]
        return f"{edition.project.name}, per {said_day(edition.as_of)}\n\n{in_columns(rows)}"


def _cells(line: EachDeadlineLine) -> tuple[str, ...]:
    counts = line.counts
    if not line.is_set:
        return (line.in_words, *[NOTHING] * (len(_HEADINGS) - 1))
    if counts is None:
        return (line.in_words, *["dolt"] * (len(_HEADINGS) - 1))
    hidden = (counts.done_late, counts.not_done, counts.not_yet_due, counts.left_before)
    return (
        line.in_words,
        f"{counts.in_time} av {counts.due}",
        percent(counts.share, aim=ALL),
        *("dolt" if number is None else str(number) for number in hidden),
        "dolt" if counts.done_late is None else median(counts),
    )
