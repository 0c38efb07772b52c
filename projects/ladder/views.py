"""Change the ladder."""

from typing import Any

from django.http import HttpResponse

from core.days.dates import today
from projects.actions import change_ladder
from projects.enums import Permission
from projects.guards import require_permission
from projects.http import ProjectRequest
from projects.ladder.editing import Editing, VersionKind
from projects.ladder.forms import LadderForm
from projects.models import Ladder, Project


def _load(project: Project) -> list[Ladder]:
    return list(project.ladders.current().prefetch_related("steps__criteria"))


def _form(_: Project, **kwargs: Any) -> LadderForm:
    return LadderForm(kwargs.pop("data", None), **kwargs)


LADDER = VersionKind(
    model=Ladder,
    template="projects/ladder/ladder_edit.html",
    receipt="Stegen är sparad.",
    load=_load,
    form=_form,
    initial_of=LadderForm.initial_of,
    decide=change_ladder,
    reshape=LadderForm.reshaped,
)


@require_permission(Permission.EDIT_PROJECT)
def ladder_edit(request: ProjectRequest) -> HttpResponse:
    """Correct the ladder, or decide another one from a day."""
    return Editing(LADDER, request, today()).answer()
