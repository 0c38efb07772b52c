"""Bars: a target's share with its interval."""

from dataclasses import dataclass
from typing import Final

from core.swedish.words import percent
from reports.charts.tones import Tone, step_tone

_TRACK: Final = 360.0


@dataclass(frozen=True, slots=True)
class ResultBar:
    """One target's bar. Widths are of `width`; without anyone due there is neither bar nor interval."""

    width: float
    bar: float | None
    low: float | None
    high: float | None
    target: float
    tone: Tone
    description: str

    @property
    def drawing_width(self) -> float:
        """Room for half a target mark on either side."""
        return self.width + 12


def result_bar(
    *,
    step: int,
    name: str,
    share: float | None,
    low: float | None,
    high: float | None,
    target: float,
    width: float = _TRACK,
) -> ResultBar:
    """The bar of a share that cleared a step in time. Share, its interval (None: nobody due) and target are 0-1."""
    return ResultBar(
        width=width,
        bar=_along(share, width),
        low=_along(low, width),
        high=_along(high, width),
        target=round(target * width, 1),
        tone=step_tone(step),
        description=_result_words(name, share, low, high, target),
    )


def _result_words(name: str, share: float | None, low: float | None, high: float | None, target: float) -> str:
    goal = round(target * 100)
    aim = f"Målet är {percent(target, 0)}."
    if share is None or low is None or high is None:
        return f"{name}: för tidigt att säga. {aim}"
    shown, first, last = percent(share, aim=goal), percent(low, 0, aim=goal), percent(high, 0, aim=goal)
    return f"{name}: {shown}, 95 % konfidensintervall {first} till {last}. {aim}"


def _along(share: float | None, width: float) -> float | None:
    return None if share is None else round(min(max(share, 0.0), 1.0) * width, 1)
