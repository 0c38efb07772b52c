"""Small groups as the first release hid them: for reports that were adopted by it, since they stand as they were."""

from dataclasses import replace

from reports.figures.project import MonthLine, ProjectFigures, TargetFigures
from reports.statistics.deadlines import DeadlineResult
from reports.statistics.proportions import is_publishable


def first_safe(figures: ProjectFigures) -> ProjectFigures:
    """Small bases hidden and curves by month alone; nothing else."""
    is_shown = figures.enrolled is not None and is_publishable(figures.enrolled)
    return replace(
        figures,
        is_safe=True,
        is_first_safe=True,
        rows=tuple(_row(row) for row in figures.rows),
        combined=tuple(_row(row) for row in figures.combined),
        from_enrolment=_deadline(figures.from_enrolment),
        from_application=_deadline(figures.from_application),
        enrolled=figures.enrolled if is_shown else None,
        exited=figures.exited if is_shown else None,
        counted_only=None,
        without_day=None,
    )


def _row(row: TargetFigures) -> TargetFigures:
    enrolled = (row.result.enrolled if row.result else 0) or 0
    due = row.result.due if row.result else 0
    return replace(
        row,
        result=row.result if is_publishable(due) else None,
        points=(),
        months=tuple(_month(line) for line in row.months) if is_publishable(enrolled) else (),
        followed_days=None,
        median_days=None,
    )


def _month(line: MonthLine) -> MonthLine:
    return MonthLine(line.month, line.share if is_publishable(line.base or 0) else None)


def _deadline(result: DeadlineResult | None) -> DeadlineResult | None:
    return result if result and is_publishable(result.due) else None
