"""Versions of ladders and targets read together: which holds when, and that they fit each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError

from core.swedish.words import day as said_day
from projects.models import Ladder, Project, TargetVersion

V = TypeVar("V", Ladder, TargetVersion)

# The first version holds for everybody, also those enrolled before the project was set up here.
FROM_THE_START = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """The step numbers that a version knows, and when it holds (half-open)."""

    start: date
    end: date
    steps: frozenset[int]


def since(start: date) -> str:
    """«från början» or «från och med 1 mars 2026»."""
    return "från början" if start <= FROM_THE_START else f"från och med {said_day(start)}"


def in_force(versions: Sequence[V], on: date) -> V | None:
    """The version that holds on the day, else the first there is; `versions` are the current ones by day."""
    begun = [version for version in versions if version.valid_from <= on]
    return begun[-1] if begun else next(iter(versions), None)


def check_steps_of_targets(project: Project) -> None:
    """Refuse targets for steps that the ladder lacks while the targets hold: nobody could ever clear them."""
    ladders = list(Ladder.objects.filter(project=project).current().prefetch_related("steps"))
    versions = list(TargetVersion.objects.filter(project=project).current().prefetch_related("targets"))
    ladder_periods = _periods(ladders, lambda one: {step.number for step in one.steps.all()})
    target_periods = _periods(versions, lambda one: {target.step_number for target in one.targets.all()})
    for ladder in ladder_periods:
        for targets in target_periods:
            missing = sorted(targets.steps - ladder.steps)
            if missing and max(ladder.start, targets.start) < min(ladder.end, targets.end):
                raise ValidationError(
                    f"Steg {missing[0]} har ett resultatmål {since(targets.start)}, men finns inte i stegen "
                    f"{since(ladder.start)}. Ta bort målet först, eller behåll steget."
                )


def step_numbers(project: Project) -> list[tuple[date, set[int]]]:
    """From which day the ladder has which steps: all that a step clock knows of it, whatever the steps are called."""
    found: list[tuple[date, set[int]]] = []
    for ladder in Ladder.objects.filter(project=project).current().order_by("valid_from").prefetch_related("steps"):
        numbers = {step.number for step in ladder.steps.all()}
        if not found or found[-1][1] != numbers:
            found.append((ladder.valid_from if found else date.min, numbers))
    return found


def _periods(versions: Sequence[V], steps: Callable[[V], set[int]]) -> list[Period]:
    """The first version also holds before its day, as the step clock has it."""
    starts: list[date] = [version.valid_from for version in versions]
    begins, ends = [date.min, *starts[1:]], [*starts[1:], date.max]
    return [Period(start, end, frozenset(steps(one))) for start, end, one in zip(begins, ends, versions, strict=True)]
