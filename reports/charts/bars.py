"""Bars: a target's share with its interval."""

from dataclasses import dataclass
from typing import Final

from core.swedish.words import percent
from reports.charts.tones import Tone, step_tone

_TRACK: Final = 360.0
# Where the bar lies in its drawing, and how far apart the lines of a hatched part are.
_TOP, _FOOT, _APART = 9.0, 26.0, 7.0


@dataclass(frozen=True, slots=True)
class ResultBar:
    """One target's bar. Widths are of `width`; without anyone due there is neither bar nor interval.

    most, hatch: where it would end had all the unassessed cleared the step, and the lines drawn from the bar to there;
    None and empty where nobody is left unassessed, or their number is hidden.
    """

    width: float
    bar: float | None
    low: float | None
    high: float | None
    target: float
    most: float | None
    hatch: str
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
    most: float | None = None,
    width: float = _TRACK,
) -> ResultBar:
    """The bar of a share that cleared a step in time. Share, its interval (None: nobody due), target and the most that
    the share could be (None: no more than it is) are 0-1."""
    bar, end = _along(share, width), _along(most, width)
    return ResultBar(
        width=width,
        bar=bar,
        low=_along(low, width),
        high=_along(high, width),
        target=round(target * width, 1),
        most=end,
        hatch=_hatch(bar, end) if bar is not None and end is not None else "",
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


def _hatch(start: float, end: float) -> str:
    """Slanting lines between two places, as a path: a pattern would need an id, and a page has many bars."""
    height, lines = _FOOT - _TOP, []
    foot = start - height + _APART
    while foot < end:
        first, last = max(start - foot, 0.0), min(end - foot, height)
        if last > first:
            lines.append(f"M{foot + first:g},{_FOOT - first:g}L{foot + last:g},{_FOOT - last:g}")
        foot = round(foot + _APART, 1)
    return "".join(lines)
