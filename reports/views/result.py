"""The result page: what the project has reached as of a day."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.http import HttpResponse
from django.shortcuts import render

from core.dates import today
from core.templatetags.swedish import day as said_day
from participants.models import Enrolment
from projects.access import require_permission
from projects.enums import Permission
from projects.http import Request
from projects.models import Project
from reports.datasets import Population
from reports.figures import project_figures
from reports.forms import AsOfForm, proposed_day, safe_day
from reports.presentation import present


@dataclass(frozen=True, slots=True)
class Reader:
    """How much of the figures somebody may see."""

    project: Project
    population: Population
    sees_persons: bool
    makes_reports: bool

    @classmethod
    def of(cls, request: Request) -> Self:
        """By the union of the roles in the current project."""
        allowed = request.roles.permissions(request.project)
        project = request.project
        if Permission.SEE_PROJECT_FIGURES in allowed:
            population = Population.whole(project)
        else:
            population = Population.part(project, Enrolment.objects.own_to(request.user, on=today()))
        return cls(project, population, Permission.SEE_PERSONS in allowed, Permission.EDIT_REPORTS in allowed)

    def day(self, asked: date) -> date:
        """Whoever sees no persons gets a month end, so that two days can't be compared."""
        return asked if self.sees_persons else safe_day(self.project, asked, today())


@require_permission(Permission.SEE_FIGURES)
def result(request: Request) -> HttpResponse:
    """The targets, the curves and the deadlines, as of a day that can be chosen."""
    reader = Reader.of(request)
    form = AsOfForm(request.GET if "per" in request.GET else None)
    asked = (form.cleaned_data["per"] if form.is_valid() else None) or proposed_day(request.project, today())
    as_of = reader.day(asked)
    figures = project_figures(reader.population, as_of=as_of)
    context = {
        "page": present(figures if reader.sees_persons else figures.safe()),
        "reader": reader,
        "form": form if form.is_bound else AsOfForm(initial={"per": as_of}),
        "moved_text": _moved(asked, as_of) if form.is_bound and form.is_valid() and asked != as_of else "",
    }
    return render(request, "reports/result.html", context)


def _moved(asked: date, shown: date) -> str:
    return f"Siffrorna visas bara per månadsskifte: här per {said_day(shown)} i stället för {said_day(asked)}."
