"""Ladder and targets are changed alike: a new version, by somebody who saw the newest one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date

from core.forms.saver import Saver
from core.forms.saving import fill_in, saved
from projects.actions import newest
from projects.http import ProjectRequest
from projects.ladder.version_form import VersionForm
from projects.ladder.versions import in_force, since
from projects.models import Ladder, Project, TargetVersion, Version

V = TypeVar("V", Ladder, TargetVersion)
F = TypeVar("F", bound=VersionForm)


@dataclass(frozen=True, slots=True)
class VersionKind(Generic[V, F]):
    """The model, template, texts and functions by which the ladder's page and the targets' page differ."""

    model: type[V]
    template: str
    receipt: str
    load: Callable[[Project], list[V]]
    form: Callable[..., F]
    initial_of: Callable[[V], dict[str, Any]]
    decide: Callable[..., Version]
    reshape: Callable[[F, str], F] | None = None


class Editing(Generic[V, F]):
    """One request to change a version. Raises Http404 where the version to start from isn't there."""

    def __init__(self, kind: VersionKind[V, F], request: ProjectRequest, on: date) -> None:
        self.kind: VersionKind[V, F] = kind
        self.request: ProjectRequest = request
        self.versions: list[V] = kind.load(request.project)
        self.base: V = _base(self.versions, request, on)

    def answer(self) -> HttpResponse:
        """The page, or a redirect once the version is saved."""
        if self.request.method != "POST":
            return self.show(self.opened_form())
        form = self.form(data=self.request.POST)
        wish = self.request.POST.get("do", "")
        if wish and self.kind.reshape:
            return self.show(self.kind.reshape(form, wish))
        if saved(self.request, form, lambda: self.decide(form), self.kind.receipt):
            return redirect("project_detail")
        return self.show(self.beside(form) if form.is_changed_meanwhile else form)

    def decide(self, form: F) -> UUID:
        """The public id of the version that the form's answers become. Raises what the kind's action raises."""
        version = self.kind.decide(project=self.request.project, by=self.request.user, **form.answers)
        return version.public_id

    def beside(self, form: F) -> F:
        """The form with its typed answers, to be saved on top of the newest version, with the differences and the name
        of its author."""
        stored = self.stored_form()
        mine = self.form(initial={**form.typed(), "seen": stored["seen"].value()})
        theirs = newest(self.kind.model, self.request.project)
        mine.lay_beside(stored, Saver(theirs.recorded_by, theirs.recorded_at) if theirs else "")
        return mine

    def opened_form(self) -> F:
        """The form as the page opens: with what the user had typed in it, where that was begun from this version."""
        form = self.stored_form()
        fill_in(self.request, form)
        return form if str(form["base"].value()) == str(self.base.valid_from) else self.stored_form()

    def stored_form(self) -> F:
        """The form as the base version would fill it in."""
        latest = newest(self.kind.model, self.request.project)
        about = {"seen": latest.public_id if latest else None, "base": self.base.valid_from}
        return self.form(initial={**self.kind.initial_of(self.base), **about})

    def form(self, **kwargs: Any) -> F:
        """A form of this kind that knows which days are taken."""
        return self.kind.form(self.request.project, days=_days(self.versions), **kwargs)

    def show(self, form: F) -> HttpResponse:
        """The page with the form."""
        base = self.base.valid_from
        context = {"form": form, "base_since": since(base), "base": base}
        return render(self.request, self.kind.template, context)


def _base(versions: list[V], request: ProjectRequest, on: date) -> V:
    """The version to start from: the form's own, else the one asked for, else the one in force on the day."""
    asked = request.POST.get("base") or request.GET.get("fran")
    if not asked:
        found = in_force(versions, on)
    else:
        day = _day(asked)
        found = next((version for version in versions if version.valid_from == day), None)
    if found is None:
        raise Http404
    return found


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _days(versions: Iterable[Version]) -> list[date]:
    return [version.valid_from for version in versions]
