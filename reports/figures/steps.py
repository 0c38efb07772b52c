"""Who cleared each step in time: the result targets' figure."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.days.dates import quarter_end, quarter_of
from reports.figures.ground import Ground, in_order
from reports.statistics.needed import Needed, needed
from reports.statistics.steps import StepTally, Target, TargetResult, cleared_in_time


@dataclass(frozen=True, slots=True)
class TargetOutcome:
    """One target, or what an exclusive group is to reach together. `result` is None where the group is too small.

    slug: how an address names it.  name: that of its step, as «1 Deltar» or «Steg 4 eller 5».
    """

    target: Target
    slug: str
    name: str
    result: TargetResult | None


@dataclass(frozen=True, slots=True)
class StepFigures:
    """Rows by step: of each target, and of each exclusive group together.

    behind_is_shown: whether the numbers behind the shares may be shown as of this day at all.
    """

    single: tuple[TargetOutcome, ...]
    combined: tuple[TargetOutcome, ...]
    behind_is_shown: bool = True

    @property
    def counts_higher(self) -> bool:
        """Whether a higher step counts for all targets that aren't exclusive."""
        return all(row.target.counts_higher for row in self.single if not row.target.exclusive)


def step_figures(ground: Ground) -> StepFigures:
    """Every target's result, with all its numbers."""
    tallies = ground.steps
    return StepFigures(
        single=tuple(
            target_row(ground, target, cleared_in_time(tallies.single.get(target, []), target))
            for target in ground.targets
        ),
        combined=tuple(
            target_row(ground, target, cleared_in_time(tallies.combined[target], target))
            for target in in_order(tallies.combined)
        ),
    )


def target_row(ground: Ground, target: Target, result: TargetResult | None) -> TargetOutcome:
    """The target's row, by the names that the project gives its steps."""
    return TargetOutcome(target, ground.book.slug(target), ground.book.name(target), result)


@dataclass(frozen=True, slots=True)
class NeededOutcome:
    """The number needed to meet a target that isn't met, by the names of the target's row. is_together: whether it is
    what an exclusive group is to reach together."""

    slug: str
    name: str
    needed: Needed
    is_together: bool = False


def needed_figures(ground: Ground) -> tuple[NeededOutcome, ...]:
    """A row for each target that isn't met. An exclusive group has one row together, since an enrolment that clears the
    higher of its steps doesn't count for the lower."""
    together, last = ground.steps.combined, _last_quarter(ground)
    single = {target: tallies for target, tallies in ground.steps.single.items() if not (together and target.exclusive)}
    return tuple(_needed_rows(ground, single | together, last))


def _needed_rows(
    ground: Ground, tallies: dict[Target, list[StepTally]], last_quarter: int | None
) -> Iterator[NeededOutcome]:
    for target in in_order(tallies):
        if found := needed(tallies[target], cleared_in_time(tallies[target], target), last_quarter):
            is_together = target in ground.steps.combined
            yield NeededOutcome(ground.book.slug(target), ground.book.name(target), found, is_together)


def _last_quarter(ground: Ground) -> int | None:
    """The last quarter that has ended when the project ends; None without such a day."""
    if (last := ground.population.project.ends_on) is None:
        return None
    quarter = quarter_of(last)
    return quarter if quarter_end(quarter) <= last else quarter - 1
