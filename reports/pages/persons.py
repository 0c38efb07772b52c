"""The persons behind a number of the result page, as far as one may see them."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from core.enums import Category
from participants.http import Request
from participants.models import Enrolment
from participants.querysets.enrolment import EnrolmentQuerySet
from projects.enums import Permission
from projects.guards import require_permission
from reports.datasets import Days, DeadlineRules, Population, Rules
from reports.datasets.persons import DEADLINE_LISTS, STEP_LISTS, beside, deadline_list, step_list, who
from reports.figures.targets import TargetBook
from reports.pages.forms import AsOfForm, proposed_day
from reports.pages.result import FiguresReader

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class PersonList:
    """The persons whom a number counts. `beside` are counted too, but have no enrolment: referrals that led to none."""

    title: str
    aim: str
    enrolments: EnrolmentQuerySet
    columns: tuple[tuple[str, str], ...]
    kinds: tuple[Category, ...]
    beside: int = 0


@require_permission(Permission.SEE_PERSONS)
@require_permission(Permission.SEE_FIGURES)
def result_persons(request: Request) -> HttpResponse:
    """The list behind a number about the own persons; what a number of the whole project counts is nobody's to list.

    Raises Http404 for a day, target or list that doesn't exist.
    """
    form = AsOfForm(request.GET, on=request.scope.on)
    if not form.is_valid():
        raise Http404
    as_of = form.cleaned_data["per"] or proposed_day(request.project, request.scope.on)
    found = _find(FiguresReader.of(request).own, request.GET.get("mal", ""), request.GET.get("vilka", ""), as_of)
    readable = Enrolment.objects.with_kinds(request.scope, Category.IDENTITY, *found.kinds)
    visible = found.enrolments.filter(pk__in=readable)
    page = Paginator(visible.with_person().by_name(), PAGE_SIZE).get_page(request.GET.get("sida"))
    request.access.declare([enrolment.participant for enrolment in page])
    context = {
        "found": found,
        "page": page,
        "rows": [_row(enrolment, found) for enrolment in page],
        "total": page.paginator.count,
        "as_of": as_of,
        "query": _query(request),
    }
    return render(request, "reports/pages/result_persons.html", context)


def _find(population: Population, slug: str, which: str, as_of: date) -> PersonList:
    if slug in ("ansokan", "inskrivning") and which in DEADLINE_LISTS:
        return _deadline(population, as_of, which, is_from_application=slug == "ansokan")
    if which not in STEP_LISTS:
        raise Http404
    return _step(population, as_of, slug, which)


def _step(population: Population, as_of: date, slug: str, which: str) -> PersonList:
    book = TargetBook.load(population.project, as_of, None)
    if slug not in book.slugs:
        raise Http404
    target = book.slugs[slug]
    rules = Rules(as_of, book.targets, book.groups, tuple(population.project.beyond_control))
    clocks = step_list(population, rules, target, which)
    return PersonList(
        title=STEP_LISTS[which],
        aim=f"{book.name(target)}: {target.percent} % på {target.months} mån",
        enrolments=who(clocks, rules, target),
        columns=(("Inskriven", "enrolled_on"), ("Klarat", "cleared_on"), ("Avslutad", "exited_on")),
        kinds=(Category.STEPS,),
    )


def _deadline(population: Population, as_of: date, which: str, *, is_from_application: bool) -> PersonList:
    rules = DeadlineRules.of(as_of, Days.of(population.project))
    enrolments = deadline_list(population, rules, is_from_application=is_from_application, which=which)
    return PersonList(
        title=DEADLINE_LISTS[which],
        aim="Räknat från anvisning eller ansökan" if is_from_application else "Räknat från inskrivning",
        enrolments=enrolments,
        columns=(
            ("Räknat från", "start_on"),
            ("Kartlagd", "assessed_on"),
            ("Plan", "planned_on"),
            ("Avslutad", "exited_on"),
        ),
        kinds=(Category.SUPPORT, Category.ASSESSMENT, Category.PLAN, Category.STEPS),
        beside=beside(population, rules, which) if is_from_application else 0,
    )


def _row(enrolment: Enrolment, found: PersonList) -> dict[str, object]:
    return {
        "enrolment": enrolment,
        "cells": [(label, getattr(enrolment, name)) for label, name in found.columns],
    }


def _query(request: Request) -> str:
    """The other parameters of the address, for the links between pages."""
    kept = request.GET.copy()
    kept.pop("sida", None)
    return f"{kept.urlencode()}&"
