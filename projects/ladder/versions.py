"""Versions of ladders and targets read together: which holds when, and that they fit each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError

from core.days.periods import Period
from core.swedish.words import day as said_day
from projects.models import Ladder, Project, TargetVersion

V = TypeVar("V", Ladder, TargetVersion)

# The first version holds for everybody, also those enrolled before the project was set up here.
FROM_THE_START = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class StepsInForce:
    """The step numbers that a version knows, and when it holds."""

    period: Period
    steps: frozenset[int]


def since(start: date) -> str:
    """«från början» or «från och med 1 mars 2026»."""
    return "från början" if start <= FROM_THE_START else f"från och med {said_day(start)}"


def in_force(versions: Sequence[V], on: date) -> V | None:
    """The version that holds on the day, else the first there is; `versions` are the current ones by day."""
    begun = [version for version in versions if version.valid_from <= on]
    return begun[-1] if begun else next(iter(versions), None)


def check_steps_of_targets(project: Project) -> None:
    """Raises ValidationError for a target whose step the ladder lacks while it holds: nobody could ever clear it."""
    ladders = list(Ladder.objects.filter(project=project).current().prefetch_related("steps"))
    versions = list(TargetVersion.objects.filter(project=project).current().prefetch_related("targets"))
    ladder_steps = _steps_in_force(ladders, lambda ladder: {step.number for step in ladder.steps.all()})
    target_steps = _steps_in_force(versions, lambda version: {row.step_number for row in version.targets.all()})
    for ladder in ladder_steps:
        for targets in target_steps:
            missing = sorted(targets.steps - ladder.steps)
            if missing and ladder.period.overlaps(targets.period):
                raise ValidationError(
                    f"Steg {missing[0]} har ett resultatmål {since(targets.period.first)}, men finns inte i stegen "
                    f"{since(ladder.period.first)}. Ta bort målet först, eller behåll steget."
                )


def step_numbers(project: Project) -> list[tuple[date, set[int]]]:
    """From which day the ladder has which steps: all that a step clock knows of the ladder, which asks for no names."""
    found: list[tuple[date, set[int]]] = []
    for ladder in Ladder.objects.filter(project=project).current().order_by("valid_from").prefetch_related("steps"):
        numbers = {step.number for step in ladder.steps.all()}
        if not found or found[-1][1] != numbers:
            found.append((ladder.valid_from if found else date.min, numbers))
    return found


def _steps_in_force(versions: Sequence[V], steps: Callable[[V], set[int]]) -> list[StepsInForce]:
    """The steps of each version; the first version also holds before its day, as the step clock has it."""
    later: list[date] = [version.valid_from for version in versions[1:]]
    periods = map(Period.of, [date.min, *later], [*later, None])
    return [StepsInForce(days, frozenset(steps(version))) for days, version in zip(periods, versions, strict=False)]
