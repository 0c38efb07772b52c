"""Kartläggning and plan in time: the deadlines' figure."""

from dataclasses import dataclass

from reports.datasets import DeadlineRules
from reports.figures.ground import Ground
from reports.statistics.deadlines import DeadlineResult, deadline_adherence


@dataclass(frozen=True, slots=True)
class DeadlineFigures:
    """Two rows, by the day that the days run from. A result is None where the group is too small.

    without_day: how many enrolments from the three agencies say neither when somebody applied nor was referred, and so
    are in no row from_application; None where it isn't shown.
    """

    rules: DeadlineRules
    from_application: DeadlineResult | None
    from_enrolment: DeadlineResult | None
    without_day: int | None


def deadline_figures(ground: Ground) -> DeadlineFigures:
    """Both rows, with all their numbers."""
    tallies = ground.beginnings
    return DeadlineFigures(
        rules=ground.deadline,
        from_application=deadline_adherence(tallies.from_application),
        from_enrolment=deadline_adherence(tallies.from_enrolment),
        without_day=tallies.without_day,
    )
