"""The pages of the register of workplaces."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.drafts.store import as_uuid
from core.forms.saving import saved
from participants.http import Request
from participants.workplaces.actions import add_workplace, change_workplace, remove_workplace
from participants.workplaces.forms import WorkplaceEditForm, WorkplaceForm, workplace_facts
from participants.workplaces.page import named_by, own_workplace, register_of, units_of
from projects.enums import Permission
from projects.guards import require_permission
from projects.models import Workplace


@require_permission(Permission.SEE_PERSONS)
def place_list(request: Request) -> HttpResponse:
    """All workplaces, and who is at each."""
    register = register_of(request.scope, request.project)
    request.access.declare(register.participants)
    return render(request, "participants/workplaces/place_list.html", {"register": register})


@require_permission(Permission.SEE_PERSONS)
def place_create(request: Request) -> HttpResponse:
    """A new workplace; the link to the page may name a placement that names it."""
    name = named_by(request.scope, request.project, as_uuid(request.GET.get("placering", "")))
    units = units_of(request.project, request.scope.on)
    form = WorkplaceForm(request.POST or None, units=units, initial={"name": name})
    if saved(request, form, lambda: _add(request, form), lambda _: f"«{form.line.name}» står i registret."):
        return redirect("place_list")
    return render(request, "participants/workplaces/place_create.html", {"form": form})


@require_permission(Permission.SEE_PERSONS)
def place_edit(request: Request, public_id: UUID) -> HttpResponse:
    """Say anew what a workplace is, or take it out of the register."""
    workplace = own_workplace(request.project, public_id)
    units = units_of(request.project, request.scope.on, chosen=workplace.unit)
    form = WorkplaceEditForm(request.POST or None, units=units, shared=workplace_facts(workplace))
    if saved(request, form, lambda: _change(request, workplace, form), lambda _: _receipt(form)):
        return redirect("place_list")
    context = {"form": form, "workplace": workplace}
    return render(request, "participants/workplaces/place_create.html", context)


def _add(request: Request, form: WorkplaceForm) -> UUID:
    return add_workplace(project=request.project, line=form.line, by=request.user).public_id


def _change(request: Request, workplace: Workplace, form: WorkplaceEditForm) -> UUID:
    if form.is_removing:
        remove_workplace(workplace=workplace, by=request.user)
    else:
        change_workplace(workplace=workplace, line=form.line, by=request.user)
    return workplace.public_id


def _receipt(form: WorkplaceEditForm) -> str:
    return f"«{form.line.name}» är {'borttagen ur registret' if form.is_removing else 'ändrad'}."
