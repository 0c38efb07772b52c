"""Writes about projects. Ladders and targets are decided again, never overwritten."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import Organisation, User
from core.actions import action, action_alone, stamp, stamp_day
from core.forms.concurrency import ChangedMeanwhile
from projects.ladder.ladders import load_template
from projects.ladder.versions import FROM_THE_START, check_steps_of_targets, step_numbers
from projects.lists.model_lists import write_model_lists
from projects.models import (
    Ladder,
    Membership,
    Project,
    ProjectOrganisation,
    ResultTarget,
    Step,
    StepCriterion,
    TargetVersion,
)

V = TypeVar("V", Ladder, TargetVersion)

# What must be worked out anew when a project's targets or ladder change (actionplans adds the step clock).
after_project_change: list[Callable[[Project], None]] = []
# And when the days do that first things are to be done within (participants adds what is due first).
after_change_of_days: list[Callable[[Project], None]] = []

# Whether figures that must stand rest on the project's particulars (reports tells of its adopted ones).
holds_figures: list[Callable[[Project], bool]] = []

FIRST_DAYS = ("first_meeting_days", "assessment_days", "plan_days", "placement_days", "first_follow_up_days")

# The particulars that figures are counted by and that have no days of their own: they hold for all time.
COUNTED_BY = ("assessment_days", "plan_days", "beyond_control")
SETTLED = "Det här ligger fast sedan projektets första rapport antogs, så att antagna rapporter behåller sina siffror."


@action
def create_project(
    *, name: str, register_number: str, host: Organisation, by: User, template: str = "model", **fields: Any
) -> Project:
    """A project with its host as party, and ladder and targets copied from a template.

    Raises ValidationError by column, as for `register_number` that another project has.
    """
    project = Project(name=name, register_number=register_number, host=host, **fields)
    project.full_clean()
    project.save()
    ProjectOrganisation.objects.create(project=project, organisation=host)
    data = load_template(template)
    _write_ladder(project, FROM_THE_START, data["steps"], by)
    _write_targets(project, FROM_THE_START, data["targets"], by)
    write_model_lists(project)
    log_change(by=by, part="project_create")
    return project


@action_alone
def change_project(
    *, project: Project, version: int, data: Mapping[str, Any], organisations: Iterable[Organisation], by: User
) -> Project:
    """Change a project's own particulars and its parties. `version` is the one that the change was made from.

    Raises ChangedMeanwhile where somebody has saved another version since; ValidationError by column, for what figures
    are counted by once a report has been adopted, and for `parties` where one that is left out has members.
    """
    row = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    if row.version != version:
        raise ChangedMeanwhile
    _check_counted_by(row, data)
    days = _first_days(row)
    if row.ends_on and row.ends_on <= stamp_day():
        row.first_ended_on = row.first_ended_on or row.ends_on
    for name, value in data.items():
        setattr(row, name, value)
    row.version += 1
    row.full_clean(exclude=["beyond_control"])  # no reason at all is an answer too, which JSONField calls blank
    row.save()
    for work_out in after_change_of_days if _first_days(row) != days else ():
        work_out(row)
    _set_parties(row, organisations)
    log_change(by=by, part="project_edit")
    return row


@action_alone
def change_ladder(
    *, project: Project, valid_from: date, steps: Sequence[dict[str, Any]], by: User, seen: UUID | None = None
) -> Ladder:
    """Decide the ladder anew from a day; assessments keep the version they were made by.

    `seen` is the newest version when the change was begun; without it nobody is asked. Raises ChangedMeanwhile where
    another has come since, ValidationError for the form where a step with a target is left out.
    """
    _begin(project, Ladder, seen)
    before = step_numbers(project)
    ladder = _write_ladder(project, valid_from, steps, by)
    _changed(project, "ladder_edit", by, refresh=step_numbers(project) != before)
    return ladder


@action_alone
def change_targets(
    *, project: Project, valid_from: date, targets: Sequence[dict[str, Any]], by: User, seen: UUID | None = None
) -> TargetVersion:
    """Decide the result targets anew, for those enrolled from a day.

    `seen` is the newest version when the change was begun; without it nobody is asked. Raises ChangedMeanwhile where
    another has come since, ValidationError for the form where a target's step isn't in the ladder.
    """
    _begin(project, TargetVersion, seen)
    version = _write_targets(project, valid_from, targets, by)
    _changed(project, "targets_edit", by, refresh=True)
    return version


def ladder_on(project: Project, day: date) -> Ladder:
    """The ladder in force on the day, with steps and criteria."""
    return Ladder.objects.filter(project=project).in_force(day).prefetch_related("steps__criteria")[0]


def newest(model: type[V], project: Project) -> V | None:
    """The version that was written last, on whichever day it begins."""
    return model._default_manager.filter(project=project).select_related("recorded_by").order_by("-pk").first()


def is_settled(project: Project) -> bool:
    """Whether what the project's figures are counted by has been settled for good."""
    return any(holds(project) for holds in holds_figures)


def _first_days(project: Project) -> list[int | None]:
    return [getattr(project, name) for name in FIRST_DAYS]


def _check_counted_by(project: Project, data: Mapping[str, Any]) -> None:
    changed = [name for name in COUNTED_BY if name in data and data[name] != getattr(project, name)]
    if changed and is_settled(project):
        raise ValidationError(dict.fromkeys(changed, SETTLED))


def _begin(project: Project, model: type[V], seen: UUID | None) -> None:
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    latest = newest(model, project)
    if seen is not None and latest is not None and latest.public_id != seen:
        raise ChangedMeanwhile


def _set_parties(project: Project, organisations: Iterable[Organisation]) -> None:
    wanted = {project.host_id, *(organisation.pk for organisation in organisations)}
    gone = project.parties.exclude(organisation__in=wanted)
    working = Membership.objects.filter(project=project).on(stamp_day())
    held = gone.filter(organisation__in=working.values("user__organisation")).select_related("organisation")
    if names := [str(party.organisation) for party in held]:
        raise ValidationError(
            {"parties": f"{', '.join(names)} har medlemmar i projektet. Avsluta deras medlemskap först."}
        )
    gone.delete()
    present = set(project.parties.values_list("organisation", flat=True))
    ProjectOrganisation.objects.bulk_create(
        ProjectOrganisation(project=project, organisation_id=pk) for pk in sorted(wanted - present)
    )


def _changed(project: Project, part: str, by: User, *, refresh: bool) -> None:
    check_steps_of_targets(project)
    for work_out in after_project_change if refresh else ():
        work_out(project)
    log_change(by=by, part=part)


def _replace(model: type[V], project: Project, valid_from: date) -> None:
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


def _write_targets(project: Project, valid_from: date, targets: Sequence[dict[str, Any]], by: User) -> TargetVersion:
    _replace(TargetVersion, project, valid_from)
    version = TargetVersion.objects.create(project=project, valid_from=valid_from, recorded_by=by)
    ResultTarget.objects.bulk_create(ResultTarget(version=version, **target) for target in targets)
    return version
