"""Of which project and day a set of figures is, and how much of them the reader may see."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from projects.models import Project


class Hiding(Enum):
    """The ways to leave numbers out: none; by ADR 24; as the first release did; by what one's own people would give
    away."""

    NOTHING = auto()
    SAFE = auto()
    FIRST_SAFE = auto()
    BESIDE_OWN = auto()


@dataclass(frozen=True, slots=True)
class Edition:
    """A project's figures as of a day, known at a moment (now, without one), with something left out or nothing."""

    project: Project
    as_of: date
    known_at: datetime | None
    hiding: Hiding = Hiding.NOTHING

    @property
    def is_safe(self) -> bool:
        """Whether it is for readers who may not see the persons."""
        return self.hiding is not Hiding.NOTHING

    @property
    def is_first_safe(self) -> bool:
        """Whether it hides what the first release hid."""
        return self.hiding is Hiding.FIRST_SAFE

    @property
    def is_beside_own(self) -> bool:
        """Whether the reader knows some of the persons, and so is shown less of the whole."""
        return self.hiding is Hiding.BESIDE_OWN

    @property
    def is_at_end(self) -> bool:
        """Whether the project has come to its last day by the day of the figures."""
        return self.project.ends_on is not None and self.as_of >= self.project.ends_on

    @property
    def shows_all(self) -> bool:
        """Whether the tables have all their columns; since docs/adr/0024 not those that others can be reckoned by."""
        return self.hiding in (Hiding.NOTHING, Hiding.FIRST_SAFE)
