"""The pages where a project keeps its lists."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from core.days.dates import today
from core.forms.saving import saved
from core.forms.token import TokenForm
from projects.enums import ListKind, Permission
from projects.guards import require_permission
from projects.http import ProjectRequest
from projects.lists.actions import add_to_list, change_listed, is_used, remove_listed
from projects.lists.forms import ListedEditForm, ListedForm, listed_facts
from projects.lists.page import lines_of, own_line
from projects.models import Listed


@require_permission(Permission.SEE_PROJECT)
def listed_list(request: ProjectRequest) -> HttpResponse:
    """All lists of the project, those that are empty too."""
    on, lines = today(), lines_of(request.project)
    lists = [(kind, [line for line in lines if line.kind == kind]) for kind in ListKind]
    context = {
        "lists": lists,
        "over": {line.pk for line in lines if line.is_over(on)},
        "may_edit": Permission.EDIT_PROJECT in request.roles.permissions(request.project),
    }
    return render(request, "projects/lists/listed_list.html", context)


@require_permission(Permission.EDIT_PROJECT)
def listed_create(request: ProjectRequest) -> HttpResponse:
    """A new line in one of the lists; the link to the page names which."""
    form = ListedForm(request.POST or None, initial={"kind_of_list": request.GET.get("lista")})
    if saved(request, form, lambda: _add(request, form), lambda _: f"«{form.line.name}» står i listan."):
        return redirect(_address_of(request.POST.get("kind_of_list", "")))
    return _page(request, form)


@require_permission(Permission.EDIT_PROJECT)
def listed_edit(request: ProjectRequest, public_id: UUID) -> HttpResponse:
    """Change a line of the project's own, or take it away while nothing speaks of it."""
    listed = own_line(request.project, public_id)
    form = ListedEditForm(
        request.POST or None,
        kind=ListKind(listed.kind),
        is_own=not listed.code,
        is_used=is_used(listed),
        shared=listed_facts(listed),
    )
    if saved(request, form, lambda: _change(request, listed, form), lambda _: _receipt(form)):
        return redirect(_address_of(listed.kind))
    return _page(request, form, listed)


def _address_of(kind: str) -> str:
    """The list on the page of all; a press that comes again may name none."""
    return reverse("listed_list") + (f"#{kind}" if kind in ListKind else "")


def _page(request: ProjectRequest, form: TokenForm, listed: Listed | None = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "listed": listed}
    return render(request, "projects/lists/listed_create.html", context)


def _add(request: ProjectRequest, form: ListedForm) -> UUID:
    return add_to_list(project=request.project, kind=form.kind, line=form.line, by=request.user).public_id


def _change(request: ProjectRequest, listed: Listed, form: ListedEditForm) -> UUID:
    if form.removes:
        remove_listed(listed=listed, by=request.user)
    else:
        change_listed(listed=listed, line=form.line, by=request.user)
    return listed.public_id


def _receipt(form: ListedEditForm) -> str:
    return f"«{form.line.name}» är {'borttaget ur listan' if form.removes else 'ändrat'}."
