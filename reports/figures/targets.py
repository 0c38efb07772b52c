"""A project's result targets as the figures read them: versions that say the same are one target."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Self

from projects.models import Ladder, Project, ResultTarget, Step, TargetVersion
from projects.models.target import lowest_of_group
from reports.figures.past import versions_at
from reports.statistics.steps import Target, combine


@dataclass(frozen=True, slots=True)
class TargetBook:
    """`targets` and `groups` by the key of their row (a group by that of its lowest step), and the steps' names.

    `slugs` is how an address names a target: «1», or «1.2» for the second of two targets for the same step.
    `in_force` are those that hold on the as-of day: shown when nobody is enrolled yet.
    """

    targets: Mapping[int, Target]
    groups: Mapping[int, Target]
    slugs: Mapping[str, Target]
    names: Mapping[int, str]
    in_force: tuple[Target, ...]

    @classmethod
    def load(cls, project: Project, as_of: date, known_at: datetime | None) -> Self:
        """The targets decided by the moment (now, without one); two statements."""
        rows = list(
            ResultTarget.objects.filter(
                version__in=versions_at(TargetVersion.objects.filter(project=project), known_at)
            )
            .select_related("version")
            .order_by("version__valid_from", "version_id", "step_number")
        )
        versions = [list(group) for _, group in groupby(rows, key=lambda row: row.version_id)]
        targets = {row.pk: target_of(row) for row in rows}
        groups = dict(_groups(versions))
        return cls(
            targets=targets,
            groups=groups,
            slugs=_slugs(targets.values(), groups.values()),
            names=_names(project, as_of, known_at),
            in_force=tuple(target_of(row) for row in _in_force(versions, as_of)),
        )

    def slug(self, target: Target) -> str:
        """How an address names the target."""
        return next(slug for slug, named in self.slugs.items() if named == target)

    def name(self, target: Target) -> str:
        """The name of the target's step; the names of all steps of a group, joined."""
        if target in self.groups.values():
            return f"Steg {' eller '.join(str(step) for step in self.steps_of(target))}"
        return f"{target.step} {self.names.get(target.step, '')}".strip()

    def of_curve(self, target: Target) -> Target:
        """The target whose curve is drawn: the lowest step of an exclusive group stands for the whole group."""
        groups = (self.groups[key] for key, drawn in self.targets.items() if drawn == target and key in self.groups)
        return next(groups, target)

    def curve_name(self, target: Target) -> str:
        """«steg 1», or «steg 4 eller 5»."""
        drawn = self.of_curve(target)
        return self.name(drawn).lower() if drawn is not target else f"steg {target.step}"

    def steps_of(self, group: Target) -> list[int]:
        """The steps that a group's target is about."""
        return sorted(
            {target.step for target in self.targets.values() if target.exclusive and target.months == group.months}
        )


def target_of(row: ResultTarget) -> Target:
    """The target that a row describes; `counts_higher` says nothing about one of an exclusive group."""
    return Target(row.step_number, row.months, row.percent, row.counts_higher and not row.exclusive, row.exclusive)


def _groups(versions: Iterable[Sequence[ResultTarget]]) -> Iterable[tuple[int, Target]]:
    for version in versions:
        lowest = lowest_of_group(version)
        group = combine([target_of(row) for row in version if row.exclusive])
        if lowest and group:
            yield lowest.pk, group


def _slugs(targets: Iterable[Target], groups: Iterable[Target]) -> dict[str, Target]:
    slugs: dict[str, Target] = {}
    for target in dict.fromkeys(targets):
        _add(slugs, str(target.step), target)
    for group in dict.fromkeys(groups):
        _add(slugs, "tillsammans", group)
    return slugs


def _add(slugs: dict[str, Target], name: str, target: Target) -> None:
    taken = sum(1 for slug in slugs if slug.partition(".")[0] == name)
    slugs[f"{name}.{taken + 1}" if taken else name] = target


def _in_force(versions: Sequence[Sequence[ResultTarget]], day: date) -> Sequence[ResultTarget]:
    """As the step clock has it: the latest version begun by the day, else the first there is."""
    begun = [version for version in versions if version[0].version.valid_from <= day]
    return begun[-1] if begun else next(iter(versions), [])


def _names(project: Project, as_of: date, known_at: datetime | None) -> dict[int, str]:
    """The steps' names, by the latest ladder begun by the day; steps that only another ladder has keep theirs."""
    ladders = versions_at(Ladder.objects.filter(project=project), known_at)
    steps = Step.objects.filter(ladder__in=ladders).select_related("ladder")
    by_age = sorted(steps, key=lambda step: (step.ladder.valid_from <= as_of, step.ladder.valid_from))
    return {step.number: step.name for step in by_age}
