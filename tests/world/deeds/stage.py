"""Two cases that deeds are done to, and what all kinds of deeds have in common."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol

from accounts.models import User
from participants.changes import enrolments_changed
from participants.models import Enrolment
from tests.world.cases import days_ago
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory

# When something was first written, counted from 1, and what writes it.
Writing = tuple[int, Callable[[], Any]]


def two_cases(world: Any) -> list[Enrolment]:
    """Cases of the case worker, begun 60 and 80 days ago."""
    cases = [EnrolmentFactory(project=world.project, enrolled_on=days_ago(60 + 20 * extra)) for extra in range(2)]
    for case in cases:
        CaseAssignmentFactory(enrolment=case, user=world.case_worker)
    enrolments_changed([case.pk for case in cases])
    return cases


@dataclass
class Stage:
    """The two cases, who does everything, and the chance that all deeds draw from."""

    world: Any
    cases: list[Enrolment]
    chance: random.Random
    turns: Iterator[int] = field(default_factory=lambda: count(1))
    spoken: int = 0
    # What to tell when the exit of a case goes, by the case's place.
    when_exit_goes: list[Callable[[int], None]] = field(default_factory=list)

    @property
    def by(self) -> User:
        return self.world.case_worker  # type: ignore[no-any-return]

    def words(self) -> str:
        """Words that stand nowhere else."""
        self.spoken += 1
        return f"Kanarie{self.spoken}slut"


class Deeds(Protocol):
    """One kind of facts: deeds done to them, and what should have been written."""

    def deed(self) -> None:
        """Do something by chance: write, correct, take back, move to the other case, or take away."""

    def rightly(self) -> list[Writing]:
        """What writes the right things alone, in the cases of the stage."""

    def state(self, case: Enrolment) -> dict[str, object]:
        """What holds in the case."""

    def present(self, number: int) -> set[str]:
        """Words that stand in the file of that case."""

    def absent(self, number: int) -> set[str]:
        """Words that no answer about that case may hold."""
