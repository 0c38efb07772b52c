"""`manage.py step_progression`: the result targets of a project as of a day, for people or for other programs."""

from typing import Any

from django.core.management.base import CommandError

from core.swedish.words import day as said_day
from core.swedish.words import percent
from reports.figures.catalogue import CATALOGUE, STEPS, VOLUMES
from reports.figures.figure import ProjectFigures
from reports.figures.steps import TargetOutcome
from reports.management.commands._figures import FiguresCommand, in_columns
from reports.statistics.proportions import Status
from reports.tables.sentences import unassessed

_VERDICTS = {Status.MET: "nått", Status.NOT_MET: "inte nått", Status.TOO_EARLY: "för tidigt"}
_HEADINGS = ("Steg", "Mål", "Klarat i tid", "Andel", "95 %", "Utfall", "Inte ute", "Slutat", "Obedömda", "Justerad")


class Command(FiguresCommand):
    """Show how many cleared each step in time."""

    help = "Visar resultatmålen för ett projekt per en dag."

    def plain(self, figures: ProjectFigures) -> dict[str, Any]:
        """The figures of each target, together. Shares are fractions, or None where nobody is due."""
        targets: dict[str, dict[str, Any]] = {}
        for figure in CATALOGUE:
            for slug, values in figure.plain(figures[figure]).items():
                targets.setdefault(slug, {}).update(values)
        return {"targets": list(targets.values())}

    def table(self, figures: ProjectFigures) -> str:
        """A line for each target. Raises CommandError where they are hidden."""
        steps, edition = figures[STEPS], figures.edition
        lines = [_HEADINGS, *(_cells(row) for row in (*steps.single, *steps.combined))]
        heading = f"{edition.project.name}, per {said_day(edition.as_of)}: {figures[VOLUMES].enrolled} inskrivna"
        return f"{heading}\n\n{in_columns(lines)}"


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
