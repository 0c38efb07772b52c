"""Result targets in the safe version."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reports.figures.ground import in_order
from reports.figures.steps import StepFigures, TargetOutcome, target_row
from reports.safe.behind import headline, with_behind
from reports.safe.beside_own import shown_beside
from reports.safe.ground import SafeGround
from reports.statistics.proportions import is_publishable
from reports.statistics.steps import StepTally, Target, TargetResult, cleared_in_time


def safe_steps(safe: SafeGround) -> StepFigures:
    """The headlines of targets with a base of at least ten, with the numbers behind them that may be shown as of a
    quarter's end."""
    single, combined = safe.ground.steps
    tells_left = last_target((*single, *combined))
    return StepFigures(
        single=tuple(_row(safe, target, single.get(target, []), tells_left) for target in safe.ground.targets),
        combined=tuple(_row(safe, target, combined[target], tells_left) for target in in_order(combined)),
        behind_is_shown=safe.is_quarter_end,
    )


def last_target(targets: Iterable[Target]) -> Target | None:
    """The target with the latest day: an enrolment that ended before the day of any target ended before that day too.
    None where there is no target."""
    lone = [target for target in targets if not target.exclusive]
    return max(lone, key=lambda target: (target.months, target.step, target.percent), default=None)


def _row(safe: SafeGround, target: Target, tallies: Sequence[StepTally], tells_left: Target | None) -> TargetOutcome:
    row = target_row(safe.ground, target, cleared_in_time(tallies, target))
    return replace(row, result=_result(safe, row, tallies, tells_left=target == tells_left))


def _result(
    safe: SafeGround, row: TargetOutcome, tallies: Sequence[StepTally], *, tells_left: bool
) -> TargetResult | None:
    result = row.result
    if result is None or not is_publishable(result.due):
        return headline(result) if result and result.due and row.slug in safe.released else None
    # The targets of an exclusive group overlap, so the numbers behind them are shown for the group alone.
    if result.target.exclusive or not safe.is_quarter_end:
        return headline(result)
    return with_behind(result, tallies, len(safe.ends), safe.exited, tells_left=tells_left)


def first_safe_steps(figures: StepFigures) -> StepFigures:
    """The figures as the first release showed them: targets with a small base hidden, all numbers behind the others
    shown."""
    return replace(
        figures,
        single=tuple(_first_safe_row(row) for row in figures.single),
        combined=tuple(_first_safe_row(row) for row in figures.combined),
    )


def _first_safe_row(row: TargetOutcome) -> TargetOutcome:
    return replace(row, result=row.result if row.result and is_publishable(row.result.due) else None)


def steps_beside_own(figures: StepFigures, others: StepFigures) -> StepFigures:
    """The headline of each target where the base of `others` is empty or large enough by itself."""
    return StepFigures(
        single=tuple(_rows_beside(figures.single, others.single)),
        combined=tuple(_rows_beside(figures.combined, others.combined)),
        behind_is_shown=False,
    )


def _rows_beside(rows: Iterable[TargetOutcome], others: Iterable[TargetOutcome]) -> Iterable[TargetOutcome]:
    results = {row.target: row.result for row in others}
    for row in rows:
        yield replace(row, result=shown_beside(row.result and headline(row.result), results.get(row.target)))
