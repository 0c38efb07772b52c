"""Change the result targets."""

from typing import Any

from django.http import HttpResponse

from core.days.dates import today
from projects.actions import change_targets
from projects.enums import Permission
from projects.guards import require_permission
from projects.http import ProjectRequest
from projects.ladder.editing import Editing, VersionKind
from projects.models import Project, TargetVersion
from projects.targets.choices import names_of_steps
from projects.targets.forms import TargetsForm


def _load(project: Project) -> list[TargetVersion]:
    return list(project.target_versions.current().prefetch_related("targets"))


def _form(project: Project, **kwargs: Any) -> TargetsForm:
    return TargetsForm(kwargs.pop("data", None), steps=names_of_steps(project), **kwargs)


TARGETS = VersionKind(
    model=TargetVersion,
    template="projects/targets/targets_edit.html",
    receipt="Resultatmålen är sparade.",
    load=_load,
    form=_form,
    initial_of=TargetsForm.initial_of,
    decide=change_targets,
)


@require_permission(Permission.EDIT_PROJECT)
def targets_edit(request: ProjectRequest) -> HttpResponse:
    """Correct the targets, or decide others for those enrolled from a day."""
    return Editing(TARGETS, request, today()).answer()
