"""The project's own page, its particulars, and the choice of project."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.days.dates import today
from core.forms.saving import fill_in, saved
from core.pages import Page, go_to
from projects.actions import change_project, is_settled
from projects.address import enter
from projects.enums import Permission
from projects.guards import require_permission
from projects.http import ProjectRequest
from projects.models import Project
from projects.project.choices import possible_parties
from projects.project.forms import ProjectForm
from projects.project.overview import overview
from projects.project.page import stored_project


@require_permission(Permission.SEE_PROJECT)
def project_detail(request: ProjectRequest) -> HttpResponse:
    """Page of the project: its period and members, the meaning of its steps, and its targets."""
    may_edit = Permission.EDIT_PROJECT in request.roles.permissions(request.project)
    context = {"overview": overview(request.project, on=today()), "may_edit": may_edit}
    return render(request, "projects/project/project_detail.html", context)


@require_permission(Permission.EDIT_PROJECT)
def project_edit(request: ProjectRequest) -> HttpResponse:
    """Change the particulars."""
    if request.method != "POST":
        form = _stored_form(request.project)
        fill_in(request, form)
        return _show(request, form)
    form = _form(request.project, request.POST)
    if saved(request, form, lambda: _change(request, form), "Projektets uppgifter är sparade."):
        return redirect("project_detail")
    return _show(request, _beside(request, form) if form.is_changed_meanwhile else form)


@require_POST
def project_choose(request: ProjectRequest) -> HttpResponse:
    """Make another of one's own projects the current one. Raises Http404 for anybody else's."""
    chosen = request.POST.get("project")
    project = next((project for project in request.roles.projects if str(project.public_id) == chosen), None)
    if project is None:
        raise Http404
    request.session["project"] = str(project.public_id)
    enter(request, project)
    return go_to(Page.HOME)


def _change(request: ProjectRequest, form: ProjectForm) -> UUID:
    return change_project(
        project=request.project,
        version=form.cleaned_data["version"],
        data=form.particulars,
        organisations=form.chosen_parties,
        by=request.user,
    ).public_id


def _show(request: ProjectRequest, form: ProjectForm) -> HttpResponse:
    return render(request, "projects/project/project_edit.html", {"form": form})


def _beside(request: ProjectRequest, form: ProjectForm) -> ProjectForm:
    """The form with its typed answers, to be saved on top of somebody else's, with the differences."""
    stored = _stored_form(stored_project(request.project))
    mine = _form(request.project, initial={**form.typed(), "version": stored["version"].value()})
    mine.lay_beside(stored)
    return mine


def _stored_form(project: Project) -> ProjectForm:
    initial = ProjectForm.initial_of(project, project.parties.select_related("organisation"))
    return _form(project, initial=initial)


def _form(project: Project, *args: Any, **kwargs: Any) -> ProjectForm:
    settled = project if is_settled(project) else None
    return ProjectForm(*args, organisations=possible_parties(project), settled=settled, **kwargs)
