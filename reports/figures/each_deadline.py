"""Each deadline by itself, from each day that it runs from: how many had it done in time, late or not at all."""

from dataclasses import dataclass

from reports.datasets import Awaits, Days, Since
from reports.figures.ground import Ground
from reports.statistics.deadlines import DeadlineCounts, one_deadline

# In the order of a case, and of docs/statistics.md#tidsgranser.
DEADLINES = (
    (Awaits.FIRST_MEETING, Since.APPLICATION),
    (Awaits.ASSESSMENT, Since.APPLICATION),
    (Awaits.ASSESSMENT, Since.ENROLMENT),
    (Awaits.PLAN, Since.APPLICATION),
    (Awaits.PLAN, Since.ENROLMENT),
    (Awaits.BOTH, Since.APPLICATION),
    (Awaits.BOTH, Since.ENROLMENT),
    (Awaits.PLACEMENT, Since.ENROLMENT),
    (Awaits.FOLLOW_UP, Since.PLAN),
)


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One deadline from one day; its counts are None where the group is too small."""

    awaits: Awaits
    since: Since
    counts: DeadlineCounts | None


@dataclass(frozen=True, slots=True)
class DeadlineBook:
    """All of them, and the project's numbers of days."""

    days: Days
    rows: tuple[DeadlineRow, ...]


def each_deadline(ground: Ground) -> DeadlineBook:
    """All rows, with all their numbers."""
    tallies = ground.beginnings
    rows = (DeadlineRow(awaits, since, one_deadline(tallies.of(awaits, since))) for awaits, since in DEADLINES)
    return DeadlineBook(ground.deadline.of_each, tuple(rows))
