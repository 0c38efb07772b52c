"""The project's own page, its particulars, and the choice of project."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.models import Organisation
from core.days.dates import today
from core.forms.concurrency import save_form
from projects.actions import ChangedMeanwhileError, change_project, is_settled
from projects.enums import Permission
from projects.forms import ProjectForm
from projects.guards import require_permission
from projects.http import ProjectRequest
from projects.models import Project, ProjectOrganisation
from projects.overview import overview
from projects.views.conflicts import Conflict, conflict


@require_permission(Permission.SEE_PROJECT)
def project_detail(request: ProjectRequest) -> HttpResponse:
    """What the project is, what its steps mean and what it has promised."""
    may_edit = Permission.EDIT_PROJECT in request.roles.permissions(request.project)
    context = {"overview": overview(request.project, on=today()), "may_edit": may_edit}
    return render(request, "projects/project/project_detail.html", context)


@require_permission(Permission.EDIT_PROJECT)
def project_edit(request: ProjectRequest) -> HttpResponse:
    """Change the particulars."""
    if request.method != "POST":
        return _show(request, _stored_form(request.project))
    form = _form(request.project, request.POST)
    if form.already_made(request.user):
        return _saved(request)
    if not form.is_valid():
        return _show(request, form)
    try:
        save_form(form=form, user=request.user, save=lambda: _save(request, form).public_id)
    except ChangedMeanwhileError:
        return _show_conflict(request, form)
    except ValidationError as error:
        form.add_error(None, error)
        return _show(request, form)
    return _saved(request)


@require_POST
def project_choose(request: ProjectRequest) -> HttpResponse:
    """Make another of one's own projects the current one; anybody else's doesn't exist."""
    chosen = request.POST.get("project")
    project = next((one for one in request.roles.projects if str(one.public_id) == chosen), None)
    if project is None:
        raise Http404
    request.session["project"] = str(project.public_id)
    return redirect("home")


def _save(request: ProjectRequest, form: ProjectForm) -> Project:
    return change_project(
        project=request.project,
        version=form.cleaned_data["version"],
        data=form.particulars,
        organisations=form.chosen_parties,
        by=request.user,
    )


def _saved(request: ProjectRequest) -> HttpResponse:
    messages.success(request, "Projektets uppgifter är sparade.")
    return redirect("project_detail")


def _show(request: ProjectRequest, form: ProjectForm, clash: Conflict | None = None) -> HttpResponse:
    return render(request, "projects/project/project_edit.html", {"form": form, "conflict": clash})


def _show_conflict(request: ProjectRequest, form: ProjectForm) -> HttpResponse:
    stored = _stored_form(Project.objects.get(pk=request.project.pk))
    initial = {**form.typed(), "version": stored["version"].value()}
    mine = _form(request.project, initial=initial)
    return _show(request, mine, conflict(mine=mine, stored=stored))


def _stored_form(project: Project) -> ProjectForm:
    parties = ProjectOrganisation.objects.filter(project=project).select_related("organisation")
    initial = ProjectForm.initial_of(project, parties)
    return _form(project, initial=initial)


def _form(project: Project, *args: Any, **kwargs: Any) -> ProjectForm:
    settled = project if is_settled(project) else None
    return ProjectForm(*args, organisations=_possible_parties(project), settled=settled, **kwargs)


def _possible_parties(project: Project) -> list[Organisation]:
    return list(Organisation.objects.exclude(pk=project.host_id))
