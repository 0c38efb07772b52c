"""Result targets as those who may not see the persons are shown them."""

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
    """Headlines from a base of ten, and by the ends of quarters what may be shown behind them."""
    single, combined = safe.ground.steps
    tells_left = last_target((*single, *combined))
    return StepFigures(
        single=tuple(_row(safe, target, single.get(target, []), tells_left) for target in safe.ground.targets),
        combined=tuple(_row(safe, target, combined[target], tells_left) for target in in_order(combined)),
        behind_is_shown=safe.is_quarter_end,
    )


def last_target(targets: Iterable[Target]) -> Target | None:
    """The target whose day comes last: all who left before the day of another left before its day, too."""
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
    # Steps that exclude each other overlap: what stands behind them is told of the group alone.
    if result.target.exclusive or not safe.is_quarter_end:
        return headline(result)
    return with_behind(result, tallies, len(safe.ends), safe.exited, tells_left=tells_left)


def first_safe_steps(figures: StepFigures) -> StepFigures:
    """As the first release: small bases hidden, all numbers behind the others shown."""
    return replace(
        figures,
        single=tuple(_first_safe_row(row) for row in figures.single),
        combined=tuple(_first_safe_row(row) for row in figures.combined),
    )


def _first_safe_row(row: TargetOutcome) -> TargetOutcome:
    return replace(row, result=row.result if row.result and is_publishable(row.result.due) else None)


def steps_beside_own(figures: StepFigures, others: StepFigures) -> StepFigures:
    """Headlines alone, where the base of the others is large enough by itself, or nobody."""
    return StepFigures(
        single=tuple(_rows_beside(figures.single, others.single)),
        combined=tuple(_rows_beside(figures.combined, others.combined)),
        behind_is_shown=False,
    )


def _rows_beside(rows: Iterable[TargetOutcome], others: Iterable[TargetOutcome]) -> Iterable[TargetOutcome]:
    results = {row.target: row.result for row in others}
    for row in rows:
        yield replace(row, result=shown_beside(row.result and headline(row.result), results.get(row.target)))
