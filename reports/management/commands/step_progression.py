"""`manage.py step_progression`: the result targets of a project as of a day, for people or for other programs."""

import json
from argparse import ArgumentParser
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.days.dates import today
from core.swedish.words import day as said_day
from core.swedish.words import percent
from projects.models import Project
from reports.datasets import Population
from reports.figures.catalogue import CATALOGUE, STEPS, VOLUMES
from reports.figures.figure import ProjectFigures
from reports.figures.project import project_figures
from reports.figures.steps import TargetOutcome
from reports.statistics.proportions import Status
from reports.tables.sentences import unassessed

_VERDICTS = {Status.MET: "nått", Status.NOT_MET: "inte nått", Status.TOO_EARLY: "för tidigt"}
_HEADINGS = ("Steg", "Mål", "Klarat i tid", "Andel", "95 %", "Utfall", "Inte ute", "Slutat", "Obedömda", "Justerad")


class Command(BaseCommand):
    """Show how many cleared each step in time."""

    help = "Visar resultatmålen för ett projekt per en dag."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command's arguments: project, day, moment of what was known, and form of the output."""
        parser.add_argument("--project", required=True, metavar="DNR", help="projektets diarienummer")
        parser.add_argument("--as-of", required=True, type=_day, metavar="DAG", help="siffror per dagen, 2012-06-30")
        parser.add_argument("--known-at", type=_moment, metavar="STUND", help="som det var känt då, 2012-07-01T12:00")
        parser.add_argument("--format", choices=("table", "json"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and print. Warnings go to standard error, so that the JSON stands alone.

        Raises CommandError for an unknown project, and where the figures of the table are hidden.
        """
        project = Project.objects.filter(register_number=options["project"]).first()
        if project is None:
            raise CommandError(f"Det finns inget projekt med diarienumret {options['project']}.")
        if options["as_of"] > today():
            self.stderr.write("Dagen ligger i framtiden: det som inte har hänt än räknas som inte klarat.")
        figures = project_figures(Population.whole(project), as_of=options["as_of"], known_at=options["known_at"])
        if options["format"] == "json":
            self.stdout.write(json.dumps(_plain(figures), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_table(figures))


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


def _plain(figures: ProjectFigures) -> dict[str, Any]:
    """The figures of each target, together. Shares are fractions, or None where nobody is due."""
    targets: dict[str, dict[str, Any]] = {}
    for figure in CATALOGUE:
        for slug, values in figure.plain(figures[figure]).items():
            targets.setdefault(slug, {}).update(values)
    edition = figures.edition
    return {
        "project": edition.project.register_number,
        "as_of": edition.as_of.isoformat(),
        "targets": list(targets.values()),
    }


def _table(figures: ProjectFigures) -> str:
    steps, edition = figures[STEPS], figures.edition
    lines = [_HEADINGS, *(_cells(row) for row in (*steps.single, *steps.combined))]
    widths = [max(len(line[place]) for line in lines) for place in range(len(_HEADINGS))]
    rows = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    heading = f"{edition.project.name}, per {said_day(edition.as_of)}: {figures[VOLUMES].enrolled} inskrivna"
    return "\n".join([heading, "", *(row.rstrip() for row in rows)])


def _cells(row: TargetOutcome) -> tuple[str, ...]:
    result = row.result
    if result is None or result.adjusted is None:
        raise CommandError("Siffrorna är dolda.")
    aim, ends = row.target.percent, result.interval
    interval = f"{percent(ends.low, aim=aim)}–{percent(ends.high, aim=aim)}" if ends else "–"
    verdict = _VERDICTS[result.status] + (", litet underlag" if result.small_base else "")
    return (
        row.name,
        f"{row.target.percent} % på {row.target.months} mån",
        f"{result.cleared_in_time} av {result.due}",
        percent(result.share, aim=aim),
        interval,
        verdict,
        str(result.not_yet_due),
        str(result.left_before_due),
        unassessed(result).replace(" inte bedömda", "") or "0",
        f"{percent(result.adjusted.share, aim=aim)} ({result.adjusted.part} av {result.adjusted.whole})",
    )
