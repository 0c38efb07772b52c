"""The result page: what the project has reached as of a day."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Min, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property

from core.swedish.words import day as said_day
from participants.http import Request
from participants.models import Enrolment
from projects.enums import Permission, Role
from projects.guards import require_permission
from projects.models import Project
from reports.datasets import Population
from reports.datasets.moment import at_one_moment
from reports.figures.figure import ProjectFigures
from reports.figures.project import project_figures
from reports.pages.forms import AsOfForm, SafeDayForm, proposed_day
from reports.safe.days import SafeDays
from reports.safe.version import safe_figures, without_own
from reports.tables.page import present

WHOLE = "projektet"


@dataclass
class FiguresReader:
    """How much of the figures somebody may see: the own persons exactly, the whole project in the safe version."""

    project: Project
    on: date
    own: Population
    sees_persons: bool
    sees_project: bool
    makes_reports: bool
    wants_whole: bool

    @classmethod
    def of(cls, request: Request) -> Self:
        """By the union of the roles in the current project."""
        allowed = request.roles.permissions(request.project)
        sees_persons = Permission.SEE_PERSONS in allowed
        return cls(
            project=request.project,
            on=request.scope.on,
            # Nobody's for who sees no persons: to put the question about the own together is a fifth of their page.
            own=_own(request) if sees_persons else Population.part(request.project, Enrolment.objects.none()),
            sees_persons=sees_persons,
            sees_project=Permission.SEE_PROJECT_FIGURES in allowed,
            makes_reports=Permission.EDIT_REPORTS in allowed,
            wants_whole=request.GET.get("urval") == WHOLE,
        )

    @cached_property
    def has_own(self) -> bool:
        """Whether there are persons in the project whom they may read about."""
        return self.sees_persons and self.own.enrolments.exists()

    @cached_property
    def has_others(self) -> bool:
        """Whether the project has cases beside the reader's own, of which the reader may see figures."""
        return self.sees_project and self._others().counted_any(None)

    @property
    def may_choose(self) -> bool:
        """Whether the reader can choose between the own cases and the whole project."""
        return self.has_own and self.has_others

    @cached_property
    def is_safe(self) -> bool:
        """Whether the page is the safe version of the whole project."""
        if not self.sees_persons:
            return True
        return self.has_others and (self.wants_whole or not self.has_own)

    @property
    def can_list(self) -> bool:
        """Whether the numbers lead to the persons behind them."""
        return self.sees_persons and not self.is_safe

    def days(self) -> list[date]:
        """The days of the safe version to choose among."""
        return self.safe_days.since(self.project.starts_on or self._first_enrolled_on() or self.on)

    @cached_property
    def safe_days(self) -> SafeDays:
        """The days of the safe version."""
        return SafeDays.of(self.project, self.on)

    def day(self, asked: date) -> date:
        """The day that is shown for the one asked for."""
        return self.safe_days.nearest(asked) if self.is_safe else asked

    def figures(self, as_of: date) -> ProjectFigures:
        """The figures as of the day that this reader may see."""
        with at_one_moment():
            if not self.is_safe:
                return project_figures(self.own, as_of=as_of)
            return self.beside_own(safe_figures(Population.whole(self.project), as_of=as_of))

    def beside_own(self, figures: ProjectFigures) -> ProjectFigures:
        """Figures of the whole project, without what the others could be reckoned from by taking away the own.

        Own and others are those who counted when the figures were known: who has been found wrongly registered since
        is in the figures still.
        """
        edition, others = figures.edition, self._others()
        reads_persons = self.sees_persons and self.own.counted_any(edition.known_at)
        if not reads_persons or not others.counted_any(edition.known_at):
            return figures
        return without_own(figures, project_figures(others, as_of=edition.as_of, known_at=edition.known_at))

    def form(self, as_of: date, asked: AsOfForm) -> AsOfForm:
        """The day to choose; a day that can't be read stands there with why."""
        given = asked.data if asked.is_bound and not asked.is_valid() else None
        if self.is_safe:
            return SafeDayForm(given, initial={"per": as_of}, on=self.on, days=self.days())
        return AsOfForm(given, initial={"per": as_of}, on=self.on)

    def _first_enrolled_on(self) -> date | None:
        """Asked only of a project that doesn't say when it starts: no index leads to the first among all."""
        return Enrolment.objects.in_project(self.project).aggregate(first=Min("enrolled_on"))["first"]

    def _others(self) -> Population:
        everybody = Enrolment.objects.in_project(self.project)
        if not self.sees_persons:
            return Population.part(self.project, everybody, Q())
        return Population.part(
            self.project,
            everybody.exclude(pk__in=self.own.enrolments.values("pk")),
            ~self.own.beside if self.own.beside else Q(),
            members=everybody.exclude(pk__in=self.own.members.values("pk")),
        )


def _own(request: Request) -> Population:
    """Enrolments the user may read about; for a coordinator also the organisation's referrals and persons counted."""
    enrolments = Enrolment.objects.own_to(request.scope)
    coordinates = Role.COORDINATOR in request.roles.by_project.get(request.project.pk, frozenset())
    beside = Q(owner=request.user.organisation_id) if coordinates else None
    return Population.part(
        request.project, enrolments, beside, members=Enrolment.objects.own_with_void_to(request.scope)
    )


@require_permission(Permission.SEE_FIGURES)
def result(request: Request) -> HttpResponse:
    """The targets, the curves and the deadlines, as of a day that can be chosen."""
    reader = FiguresReader.of(request)
    form = AsOfForm(request.GET if "per" in request.GET else None, on=request.scope.on)
    asked = (form.cleaned_data["per"] if form.is_valid() else None) or proposed_day(request.project, request.scope.on)
    as_of = reader.day(asked)
    context = {
        "page": present(reader.figures(as_of)),
        "reader": reader,
        "form": reader.form(as_of, form),
        "nobody_text": _nobody(request.project, as_of, reader),
        "moved_text": _moved(asked, as_of) if form.is_bound and form.is_valid() and asked != as_of else "",
    }
    return render(request, "reports/pages/result.html", context)


def _nobody(project: Project, as_of: date, reader: FiguresReader) -> str:
    """The sentence about a project that came to its end without anybody enrolled; empty before its last day."""
    if project.ends_on is None or as_of < project.ends_on:
        return ""
    who = "Ingen" if reader.sees_project else "Ingen som du arbetar med"
    return f"{who} skrevs in i projektet, som slutade {said_day(project.ends_on)}."


def _moved(asked: date, shown: date) -> str:
    return f"Siffrorna finns bara vissa dagar: här per {said_day(shown)} i stället för {said_day(asked)}."
