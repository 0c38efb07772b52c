"""Invented results of the gallery, counted and drawn as those of a project."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, Final

from core.days.dates import quarter_of
from projects.enums import ExitReason
from projects.models import Project
from reports.charts import CurveFigure, DrawnPoint, DrawnTarget, curve_figure
from reports.figures.curves import MonthLine, TargetCurve
from reports.figures.edition import Edition, Hiding
from reports.figures.steps import NeededOutcome, StepFigures, TargetOutcome
from reports.safe.behind import headline
from reports.statistics.counting import people
from reports.statistics.curves import DurationTally, by_month, followed_days, kaplan_meier, median_days
from reports.statistics.needed import needed
from reports.statistics.steps import StepTally, Target, cleared_in_time
from reports.tables.curves import curves_chapter
from reports.tables.needed import needed_chapter
from reports.tables.steps import steps_chapter

_AS_OF: Final = date(2026, 11, 30)
_PROJECT: Final = Project(name="Vägar till arbete", beyond_control=[ExitReason.DECEASED, ExitReason.MOVED])
_EDITION: Final = Edition(_PROJECT, _AS_OF, None)

# Step, name, per cent, months; and of how many: cleared, not cleared, not assessed, still to come.
_ROWS = (
    (1, "1 Deltar", 75, 3, 83, 48, 6, 9),
    (2, "2 Tar ansvar", 60, 6, 96, 21, 0, 20),
    (3, "3 Prövar arbetsliv", 35, 9, 31, 53, 20, 30),
    (4, "4 Delvis egen försörjning", 10, 12, 9, 33, 40, 41),
    (5, "5 Egen försörjning", 10, 12, 3, 39, 40, 41),
)
_TOGETHER = (4, "Steg 4 eller 5", 20, 12, 12, 30, 40, 41)
# With few in them, with a base that isn't shown, and before anybody's day.
_SMALL, _HIDDEN, _EARLY = (
    (1, "1 Deltar", 75, 3, 7, 2, 0, 0),
    (2, "2 Tar ansvar", 60, 6, 0, 0, 0, 0),
    (3, "3 Prövar arbetsliv", 35, 9, 0, 0, 0, 9),
)


def figures() -> dict[str, Any]:
    """The chapters of a project's results, and a curve in the size that fits the place."""
    rows, together = tuple(_outcome(*row) for row in _ROWS), (_outcome(*_TOGETHER),)
    return {
        "targets": steps_chapter(StepFigures(rows, together), _EDITION),
        "few": steps_chapter(StepFigures(tuple(_few()), ()), _EDITION),
        "needs": needed_chapter(tuple(_needs()), _EDITION),
        "curves": curves_chapter(tuple(_curves()), _EDITION),
        "figure": _curve(),
        "edition": SimpleNamespace(edition=_EDITION),
        "safe_edition": SimpleNamespace(edition=Edition(_PROJECT, _AS_OF, None, Hiding.SAFE)),
        "reader": SimpleNamespace(is_safe=False),
    }


def _target(step: int, percent: int, months: int) -> Target:
    return Target(step, months, percent, counts_higher=step < 4, exclusive=step >= 4)


def _outcome(step: int, name: str, percent: int, months: int, *counts: int) -> TargetOutcome:
    target = _target(step, percent, months)
    return TargetOutcome(target, str(step), name, cleared_in_time(_tallies(*counts), target))


def _few() -> Iterator[TargetOutcome]:
    yield _outcome(*_SMALL)
    yield TargetOutcome(_target(*_HIDDEN[:1], *_HIDDEN[2:4]), "2", _HIDDEN[1], None)
    yield _outcome(*_EARLY)
    untold = _outcome(*_ROWS[3])
    yield replace(untold, result=untold.result and headline(untold.result))


def _needs() -> Iterator[NeededOutcome]:
    for step, name, percent, months, *counts in (*_ROWS[:3], _TOGETHER):
        target, tallies = _target(step, percent, months), _tallies(*counts)
        if found := needed(tallies, cleared_in_time(tallies, target), None):
            yield NeededOutcome(str(step), name, found, is_together=step == 4)


def _tallies(cleared: int, missed: int, unassessed: int, coming: int) -> list[StepTally]:
    plain = {"never_due": False, "left_before_due": False, "beyond_control": False}
    return [
        StepTally(cleared, due=True, cleared_in_time=True, assessed=True, held=True, **plain),
        StepTally(missed, due=True, cleared_in_time=False, assessed=True, held=False, **plain),
        StepTally(unassessed, due=True, cleared_in_time=False, assessed=False, held=False, **plain),
        StepTally(
            coming, due=False, cleared_in_time=False, assessed=False, held=False,
            due_quarter=quarter_of(date(2027, 6, 30)), **plain,
        ),
    ]  # fmt: skip


def _curves() -> Iterator[TargetCurve]:
    for step, _, percent, months, cleared, *rest in _ROWS:
        target = _target(step, percent, months)
        tallies = _durations(months, cleared, sum(rest)) if step < 5 else []
        yield TargetCurve(
            target=target,
            slug=str(step),
            name="steg 4 eller 5" if step == 4 else f"steg {step}",
            drawn_target=_target(4, 20, 12) if step == 4 else target,
            enrolled=people(tallies),
            points=tuple(kaplan_meier(tallies)),
            months=tuple(_months(tallies)),
            followed_days=followed_days(tallies),
            median_days=median_days(tallies),
        )


def _durations(months: int, cleared: int, others: int) -> list[DurationTally]:
    """Cleared one after another until the target's day, the others followed for more than a year."""
    days = [months * (15 + 15 * place // cleared) for place in range(cleared)]
    return [*(DurationTally(1, day, cleared=True) for day in days), DurationTally(others, 400, cleared=False)]


def _months(tallies: list[DurationTally]) -> Iterator[MonthLine]:
    if not tallies:
        return
    for point in by_month(kaplan_meier(tallies), 12, followed_days(tallies)):
        yield MonthLine(point.month, point.share, at_risk=people(t for t in tallies if t.days > point.day))


def _curve() -> CurveFigure:
    days = range(12, 360, 12)
    shares = [(day, 0.72 * (1 - 0.9 ** (day / 14))) for day in days]
    points = [DrawnPoint(day, share, share * 0.86, min(share * 1.13, 1.0)) for day, share in shares]
    return curve_figure(
        points, name="Andel som klarat steg 1", followed_days=400, target=DrawnTarget(share=0.75, months=3)
    )
