"""Change the result targets."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from core.days.dates import today
from projects.actions import change_targets
from projects.enums import Permission
from projects.guards import require_permission
from projects.http import ProjectRequest
from projects.ladder.editing import Editing, VersionKind
from projects.models import Project, Step, TargetVersion
from projects.targets.forms import TargetsForm


def _load(project: Project) -> list[TargetVersion]:
    return list(TargetVersion.objects.filter(project=project).current().prefetch_related("targets"))


def _form(project: Project, **kwargs: Any) -> TargetsForm:
    return TargetsForm(kwargs.pop("data", None), steps=_steps(project), **kwargs)


def _steps(project: Project) -> dict[int, str]:
    """Steps of the project's ladders by number, named as in the latest ladder that has them."""
    steps = Step.objects.filter(ladder__project=project, ladder__superseded_at__isnull=True)
    names = dict(steps.order_by("ladder__valid_from").values_list("number", "name"))
    return dict(sorted(names.items()))


def _save(request: ProjectRequest, form: TargetsForm) -> UUID:
    return change_targets(
        project=request.project,
        valid_from=form.valid_from,
        targets=form.targets,
        by=request.user,
        seen=form.cleaned_data["seen"],
    ).public_id


TARGETS = VersionKind(
    model=TargetVersion,
    template="projects/targets/targets_edit.html",
    receipt="Resultatmålen är sparade.",
    load=_load,
    form=_form,
    initial_of=TargetsForm.initial_of,
    save=_save,
)


@require_permission(Permission.EDIT_PROJECT)
def targets_edit(request: ProjectRequest) -> HttpResponse:
    """Correct the targets, or decide others for those enrolled from a day."""
    return Editing(TARGETS, request, today()).answer()
