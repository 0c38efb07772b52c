"""Figures as plain data for other programs. Every number is shown: for those who may read the database itself."""

from collections.abc import Sequence
from typing import Any

from reports.figures.curves import TargetCurve
from reports.figures.steps import StepFigures, TargetOutcome
from reports.statistics.curves import CurvePoint


def plain_steps(figures: StepFigures) -> dict[str, dict[str, Any]]:
    """Each target's numbers; shares are fractions or None. Raises ValueError for the safe version."""
    return {row.slug: _target(row) for row in figures.single}


def plain_curves(curves: Sequence[TargetCurve]) -> dict[str, dict[str, Any]]:
    """Each target's curve, a point for each day on which it rises."""
    return {curve.slug: {"kaplan_meier": [_point(point) for point in curve.points]} for curve in curves}


def _target(row: TargetOutcome) -> dict[str, Any]:
    result, target = row.result, row.target
    if result is None or result.adjusted is None:
        raise ValueError("the safe version is not for other programs")
    return {
        "step": target.step,
        "months": target.months,
        "target_percent": target.percent,
        "enrolled": result.enrolled,
        "due": result.due,
        "cleared_in_time": result.cleared_in_time,
        "share": result.share,
        "wilson_low": result.interval.low if result.interval else None,
        "wilson_high": result.interval.high if result.interval else None,
        "status": result.status.value,
        "not_yet_due": result.not_yet_due,
        "left_before_due": result.left_before_due,
        "not_assessed": result.not_assessed,
        "adjusted": {
            "due": result.adjusted.whole,
            "cleared_in_time": result.adjusted.part,
            "share": result.adjusted.share,
        },
    }


def _point(point: CurvePoint) -> dict[str, Any]:
    return {
        "day": point.day,
        "share": point.share,
        "low": point.low,
        "high": point.high,
        "at_risk": point.at_risk,
    }
