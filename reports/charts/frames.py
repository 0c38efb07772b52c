"""The sizes that a curve is drawn in."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a drawing and of its margins, and the size of its letters."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    letters: float

    def x(self, day: float, last_day: float) -> float:
        """The distance of a day from the left."""
        return round(self.left + day / last_day * (self.width - self.left - self.right), 1)

    def y(self, share: float, highest: float) -> float:
        """The distance of a share from the top; 0 lies at the bottom of the plot."""
        return round(self.baseline - share / highest * (self.baseline - self.top), 1)

    @property
    def baseline(self) -> float:
        """The distance of 0 % from the top."""
        return self.height - self.bottom

    @property
    def edge(self) -> float:
        """The distance of the plot's right edge from the left."""
        return self.width - self.right

    @property
    def words_x(self) -> float:
        """The distance from the left at which the words of the upright axis end."""
        return self.left - 8

    @property
    def words_y(self) -> float:
        """The distance from the top at which the words of the lying axis stand."""
        return self.height - 10


WIDE: Final = Frame(width=640, height=270, left=58, right=58, top=18, bottom=34, letters=15)
NARROW: Final = Frame(width=340, height=230, left=48, right=46, top=16, bottom=32, letters=14)
# Several side by side on one scale: the words stand over the drawing, and three months along its foot.
SMALL: Final = Frame(width=206, height=164, left=2, right=8, top=22, bottom=24, letters=14)
