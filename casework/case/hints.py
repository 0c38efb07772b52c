"""Hints on the ladder: an employment proposes that a step about self-support can be judged, and sets nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from casework.case.ladder import LadderStep
from casework.words import near
from participants.employment.self_support import SelfSupport, self_support
from participants.employment.timeline import EmploymentRow


def with_hints(
    steps: Sequence[LadderStep], employments: Iterable[EmploymentRow], *, on: date, exited_on: date | None
) -> list[LadderStep]:
    """The steps, each that isn't cleared with the first employment that can show it, of those that go on on the day and
    had begun before the exit. No queries."""
    last = min(on, exited_on) if exited_on else on
    begun = sorted((row for row in employments if row.period.holds(on) and row.on <= last), key=lambda row: row.on)
    hints: dict[int, str] = {}
    for row in begun:
        number, said = _step(row, [step for step in steps if step.self_support])
        hints.setdefault(number, f"{row.form} sedan {near(row.on, on)} {said}")
    return [replace(step, hint=hints.get(step.number, "")) if step.state != "cleared" else step for step in steps]


def _step(row: EmploymentRow, steps: Sequence[LadderStep]) -> tuple[int, str]:
    """The number of the step that the employment can show, and so in words; 0 where it shows none."""
    shows = self_support(row.code, row.other_support)
    if not steps or shows is SelfSupport.NONE:
        return 0, ""
    highest, lowest = steps[-1], steps[0]
    if shows is SelfSupport.FULLY:
        return highest.number, "kan visa steget"
    if shows is SelfSupport.EITHER and lowest != highest:
        return lowest.number, f"kan visa steg {lowest.number} eller {highest.number}"
    # With other support it is a step below the highest, where the ladder has one.
    return lowest.number, "kan visa steget"
