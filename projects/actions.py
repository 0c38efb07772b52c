"""Writes about projects. Ladders and targets are decided again, never overwritten."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from accounts.access_log import log_change
from accounts.models import Organisation, User
from core.actions import action, stamp
from core.dates import today
from projects.ladders import load_template
from projects.models import (
    Ladder,
    Project,
    ProjectOrganisation,
    ResultTarget,
    Step,
    StepCriterion,
    TargetVersion,
    Version,
)

# What must be worked out anew when a project's targets or ladder change (actionplans adds the step clock).
after_project_change: list[Callable[[Project], None]] = []

# The first version holds for everybody, also those enrolled before the project was set up here.
FROM_THE_START = date(1900, 1, 1)


@action
def create_project(
    *, name: str, register_number: str, host: Organisation, by: User, template: str = "model", **fields: Any
) -> Project:
    """A project with its host as party, and ladder and targets copied from a template."""
    project = Project(name=name, register_number=register_number, host=host, **fields)
    project.full_clean()
    project.save()
    ProjectOrganisation.objects.create(project=project, organisation=host)
    data = load_template(template)
    _write_ladder(project, FROM_THE_START, data["steps"], by)
    _write_targets(project, FROM_THE_START, data["targets"], by)
    log_change(by=by, part="project_create")
    return project


@action
def change_ladder(*, project: Project, valid_from: date, steps: Sequence[dict[str, Any]], by: User) -> Ladder:
    """Decide the ladder anew from a day; assessments keep the version they were made by."""
    Project.objects.select_for_update().get(pk=project.pk)
    ladder = _write_ladder(project, valid_from, steps, by)
    _changed(project, "ladder_edit", by)
    return ladder


@action
def change_targets(
    *, project: Project, valid_from: date, targets: Sequence[dict[str, Any]], by: User
) -> TargetVersion:
    """Decide the result targets anew, for those enrolled from a day."""
    Project.objects.select_for_update().get(pk=project.pk)
    version = _write_targets(project, valid_from, targets, by)
    _changed(project, "targets_edit", by)
    return version


def ladder_on(project: Project, day: date | None = None) -> Ladder:
    """The ladder in force on the day, with steps and criteria."""
    return Ladder.objects.filter(project=project).in_force(day or today()).prefetch_related("steps__criteria")[0]


def _changed(project: Project, part: str, by: User) -> None:
    for refresh in after_project_change:
        refresh(project)
    log_change(by=by, part=part)


def _replace(model: type[Version], project: Project, valid_from: date) -> None:
    model.objects.filter(project=project, valid_from=valid_from).current().update(superseded_at=stamp())


def _write_ladder(project: Project, valid_from: date, steps: Sequence[dict[str, Any]], by: User) -> Ladder:
    _replace(Ladder, project, valid_from)
    ladder = Ladder.objects.create(project=project, valid_from=valid_from, recorded_by=by)
    for data in steps:
        fields = {key: value for key, value in data.items() if key != "criteria"}
        step = Step.objects.create(ladder=ladder, **fields)
        StepCriterion.objects.bulk_create(
            StepCriterion(step=step, position=place, **criterion)
            for place, criterion in enumerate(data["criteria"], start=1)
        )
    return ladder


def _write_targets(
    project: Project, valid_from: date, targets: Sequence[dict[str, Any]], by: User
) -> TargetVersion:
    _replace(TargetVersion, project, valid_from)
    version = TargetVersion.objects.create(project=project, valid_from=valid_from, recorded_by=by)
    ResultTarget.objects.bulk_create(ResultTarget(version=version, **target) for target in targets)
    return version
