"""Kartläggning and plan in time, in the safe version."""

from dataclasses import replace

from reports.figures.deadlines import DeadlineFigures, deadline_figures
from reports.safe.beside_own import shown_beside
from reports.safe.ground import SafeGround
from reports.statistics.deadlines import DeadlineResult
from reports.statistics.proportions import is_publishable


def safe_deadlines(safe: SafeGround) -> DeadlineFigures:
    """The two counts, due and within, of each row with a base of at least ten."""
    figures = deadline_figures(safe.ground)
    return replace(
        figures,
        from_application=_if_large(figures.from_application, "ansokan" in safe.released),
        from_enrolment=_if_large(figures.from_enrolment, "inskrivning" in safe.released),
        without_day=None,
    )


def _if_large(result: DeadlineResult | None, is_released: bool) -> DeadlineResult | None:
    if result is None or not (is_publishable(result.due) or (is_released and result.due)):
        return None
    return both_counts(result)


def both_counts(result: DeadlineResult | None) -> DeadlineResult | None:
    """The result with its counts due and within alone. The other numbers (ended, time not out, median) could be
    subtracted."""
    return result and replace(result, enrolled=None, left_before=None, not_yet_due=None, median_days=None)


def first_safe_deadlines(figures: DeadlineFigures) -> DeadlineFigures:
    """The figures as the first release showed them: rows with a small base hidden, all numbers of the others shown."""
    return replace(
        figures,
        from_application=_first_safe(figures.from_application),
        from_enrolment=_first_safe(figures.from_enrolment),
        without_day=None,
    )


def _first_safe(result: DeadlineResult | None) -> DeadlineResult | None:
    return result if result and is_publishable(result.due) else None


def deadlines_beside_own(figures: DeadlineFigures, others: DeadlineFigures) -> DeadlineFigures:
    """Both counts of each row where the base of `others` is empty or large enough by itself."""
    return replace(
        figures,
        from_application=shown_beside(both_counts(figures.from_application), others.from_application),
        from_enrolment=shown_beside(both_counts(figures.from_enrolment), others.from_enrolment),
    )
