"""Where words stand in a drawing, beside the point that they name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from reports.charts.frames import Frame

Corner = tuple[float, float]
# From the point to the words beside it, and the room that its ring takes.
_BESIDE: Final = 12
_RING: Final = 8
_STEP: Final = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Words by their left edge, their foot, and their size."""

    left: float
    foot: float
    width: float
    height: float
    is_before: bool = False

    @property
    def x(self) -> float:
        """Where the words are anchored: at their end, where they stand before the point."""
        return self.left + self.width if self.is_before else self.left

    @property
    def anchor(self) -> str:
        """The name of that in a drawing."""
        return "end" if self.is_before else "start"

    def is_struck(self, line: Sequence[Corner]) -> bool:
        """Whether a line of upright and lying pieces goes through the words, or just under them."""
        right, top = self.left + self.width, self.foot - self.height
        return any(
            min(x1, x2) <= right and self.left <= max(x1, x2) and min(y1, y2) <= self.foot + 3 and top <= max(y1, y2)
            for (x1, y1), (x2, y2) in pairwise(line)
        )


def width_of(words: str, letters: float) -> float:
    """How wide words are: a letter is half as wide as it is high, on the average of words."""
    return len(words) * letters / 2


def place_at(
    point: Corner, words: str, frame: Frame, *, above: bool, line: Sequence[Corner], others: Sequence[Place]
) -> Place:
    """Where words that name a point stand: beside it, over it or under it, as near as nothing goes through them and
    they cover neither the point nor other words. Never outside the plot, or on its axis."""
    places = list(_places(point, width_of(words, frame.letters), frame, above))
    boxes = [_box(other) for other in others] + [_box(_ring(point))]
    clear = (place for place in places if not place.is_struck(line) and not any(map(place.is_struck, boxes)))
    return next(clear, places[0])


def _places(point: Corner, width: float, frame: Frame, above: bool) -> Iterator[Place]:
    """The places inside the drawing, the nearest first."""
    x, y = point
    after, before = (x + _BESIDE, False), (x - _BESIDE - width, True)
    sides = (after, before) if x < frame.left + (frame.edge - frame.left) * 0.55 else (before, after)
    over = (max(frame.left, min(x - width / 2, frame.width - width)), False)
    for away in range(0, round(frame.height), _STEP):
        feet = max(y - 6 - away, frame.letters), min(y + frame.letters + 4 + away, frame.baseline - 6)
        for left, is_before in (*sides, over):
            for foot in feet if above else feet[::-1]:
                if frame.left <= left and left + width <= frame.width:
                    yield Place(left, foot, width, frame.letters, is_before)


def _ring(point: Corner) -> Place:
    return Place(point[0] - _RING, point[1] + _RING, 2 * _RING, 2 * _RING)


def _box(place: Place) -> list[Corner]:
    """Both diagonals' corners of a place, as upright and lying lines."""
    left, right, top = place.left, place.left + place.width, place.foot - place.height
    middle = (top + place.foot) / 2
    return [(left, top), (right, top), (right, middle), (left, middle), (left, place.foot), (right, place.foot)]
