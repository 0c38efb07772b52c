"""Reports: a list, a draft that is written and changed, its preview, its PDF, and its adoption."""

import logging
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string

from core import pdf
from core.concurrency import NOTHING_SHARED, save_form
from core.dates import stockholm_day, today
from core.forms import add_faults
from core.templatetags.swedish import day as said_day
from core.templatetags.swedish import moment
from projects.access import require_permission
from projects.enums import Permission
from projects.exports import PDF, export, may_export
from projects.http import Request
from reports.actions import (
    DayNotReleased,
    ReportChangedMeanwhile,
    ReportIsAdopted,
    adopt_report,
    change_report,
    write_report,
)
from reports.datasets import Population
from reports.figures import ProjectFigures, project_figures
from reports.forms import FIRST_DAY, AsOfForm, ReportForm, proposed_day
from reports.models import Release, Report, ReportQuerySet
from reports.presentation import FiguresPage, present
from reports.releases import Released, has_first_rules, shows_figures
from reports.safe.days import SafeDays
from reports.safe.first import first_safe
from reports.safe.version import safe_figures
from reports.shared_facts import report_of

logger = logging.getLogger(__name__)


@require_permission(Permission.SEE_REPORTS)
def report_list(request: Request) -> HttpResponse:
    """Adopted reports, and for those who write them also the drafts."""
    may_edit = _may_edit(request)
    asking = Report.objects.to_release(request.user, on=today()).filter(project=request.project)
    context = {"reports": _readable(request), "may_edit": may_edit, "asking": asking}
    return render(request, "reports/report_list.html", context)


@require_permission(Permission.EDIT_REPORTS)
def report_create(request: Request) -> HttpResponse:
    """Write a report."""
    form = ReportForm(request.POST or None, initial=_proposal(request), days=_days(request), shared=NOTHING_SHARED)
    if form.is_valid():
        made = save_form(
            form=form,
            user=request.user,
            save=lambda: write_report(project=request.project, by=request.user, **form.answers).public_id,
        )
        messages.success(request, "Rapporten är sparad som utkast.")
        return redirect("report_detail", made)
    return render(request, "reports/report_form.html", {"form": form, "report": None})


@require_permission(Permission.SEE_REPORTS)
def report_detail(request: Request, public_id: UUID) -> HttpResponse:
    """The report as the PDF has it."""
    report = get_object_or_404(_readable(request), public_id=public_id)
    may_edit = not report.is_adopted and _may_edit(request)
    context = {**document(report), "may_edit": may_edit, "may_print": may_export(request, PDF)}
    return render(request, "reports/report_detail.html", context)


@require_permission(Permission.SEE_REPORTS)
def report_pdf(request: Request, public_id: UUID) -> HttpResponse:
    """The report as a file. Nothing holds the database while the document is made."""
    report = get_object_or_404(_readable(request), public_id=public_id)
    name = f"rapport-{report.as_of.isoformat()}-{str(report.public_id)[:8]}"
    try:
        return export(request, PDF, name=name, make=lambda: _on_paper(report))
    except pdf.PdfFailedError:
        logger.exception("a report could not be made into a document")
        messages.error(
            request, "Rapporten gick inte att göra till PDF. Försök igen, eller korta texterna om de är långa."
        )
        return redirect(report)


@require_permission(Permission.EDIT_REPORTS)
def report_edit(request: Request, public_id: UUID) -> HttpResponse:
    """Change a draft. Whoever saves second sees both texts and keeps the own one."""
    report = get_object_or_404(_readable(request), public_id=public_id)
    if report.is_adopted and request.method != "POST":
        return _is_adopted(request, report)
    form = _form(request, report, request.POST or None)
    if form.is_valid() and _is_changed(request, report, form):
        messages.success(request, "Rapporten är sparad.")
        return redirect(report)
    return render(request, "reports/report_form.html", {"form": form, "report": report})


@require_permission(Permission.EDIT_REPORTS)
def report_adopt(request: Request, public_id: UUID) -> HttpResponse:
    """Let the report stand: from then on it can't be changed, and the steering group reads it."""
    report = get_object_or_404(_readable(request), public_id=public_id)
    if report.is_adopted:
        return _is_adopted(request, report)
    if request.method != "POST":
        return render(request, "reports/report_adopt.html", {"report": report})
    try:
        adopt_report(report=report, based_on=_version(request), by=request.user)
    except ReportIsAdopted:
        return _is_adopted(request, report)
    except ReportChangedMeanwhile:
        messages.warning(request, "Någon ändrade rapporten nyss. Läs den igen innan du antar den.")
        return redirect(report)
    except DayNotReleased:
        messages.warning(request, f"{_waits_for(report)} Den kan inte antas innan dess.")
        return redirect(report)
    messages.success(request, "Rapporten är antagen. Styrgruppen kan läsa den nu.")
    return redirect(report)


def document(report: Report) -> dict[str, Any]:
    """What preview and PDF are made of: texts, and the safe figures; an adopted report keeps those known then."""
    released = Released.of(report)
    page = present(_figures(report, released)) if shows_figures(report, released, today()) else None
    return {
        "report": report,
        "project": report.project,
        "sections": list(report.sections.all()),
        "page": page,
        "waits_for": "" if page else _waits_for(report),
        "facts": _facts(report, page, released),
    }


def _figures(report: Report, released: Released) -> ProjectFigures:
    everybody, known_at = Population.whole(report.project), report.figures_known_at
    if has_first_rules(report):
        return first_safe(project_figures(everybody, as_of=report.as_of, known_at=known_at))
    return safe_figures(everybody, as_of=report.as_of, known_at=known_at, released=released.targets)


def _waits_for(report: Report) -> str:
    host = report.project.host
    return f"Siffror per {said_day(report.as_of)} visas när samordnaren hos {host} har släppt dagen."


def _days(request: Request) -> SafeDays:
    return SafeDays.of(request.project, today())


def _form(request: Request, report: Report, data: Any) -> ReportForm:
    released = report.releases.filter(target="").values_list("as_of", flat=True)
    return ReportForm(data, shared=report_of(report), days=_days(request), released=set(released))


def _on_paper(report: Report) -> bytes:
    return pdf.render(render_to_string("reports/report_pdf.html", document(report)))


def _readable(request: Request) -> ReportQuerySet:
    """Those who write reports see drafts too; all others only what has been adopted."""
    return Report.objects.visible_to(request.user, on=today()).filter(project=request.project).select_related("project")


def _may_edit(request: Request) -> bool:
    return Permission.EDIT_REPORTS in request.roles.permissions(request.project)


def _proposal(request: Request) -> dict[str, Any]:
    """A first answer to each question: the project's period, and figures by a month end."""
    asked, project = AsOfForm(request.GET), request.project
    day = (asked.cleaned_data["per"] if asked.is_valid() else None) or proposed_day(project, today())
    as_of = _days(request).nearest(day)
    return {
        "title": f"Slutrapport {project.name}"[:160],
        "period_start": project.starts_on or FIRST_DAY.replace(year=as_of.year),
        "period_end": min(project.ends_on, as_of) if project.ends_on else as_of,
        "as_of": as_of,
    }


def _is_changed(request: Request, report: Report, form: ReportForm) -> bool:
    """Save once; what stands in the way stands on the form."""

    def save() -> UUID:
        return change_report(report=report, by=request.user, **form.answers).public_id

    try:
        save_form(form=form, user=request.user, save=save)
    except ValidationError as error:
        add_faults(form, error)
        return False
    return True


def _is_adopted(request: Request, report: Report) -> HttpResponse:
    messages.info(request, "Rapporten är antagen och kan inte ändras.")
    return redirect(report)


def _version(request: Request) -> int:
    """The version that was read when the button was pressed."""
    raw = request.POST.get("version", "")
    if not raw.isdecimal():
        raise Http404
    return int(raw)


def _facts(report: Report, page: FiguresPage | None, released: Released) -> list[tuple[str, Any]]:
    project = report.project
    rows = [
        ("Projekt", f"{project.name}, {project.register_number}"),
        ("Samordningsförbund", project.association),
        ("Finansiär", project.funder),
        ("Period", f"{said_day(report.period_start)} till {said_day(report.period_end)}"),
        ("Siffror", _known(report)),
        ("Inskrivna", _enrolled(page)),
        ("Läge", f"Antagen {moment(report.adopted_at)}" if report.adopted_at else "Utkast, inte antagen"),
    ]
    rows += [("Släppt", _in_words(release, page)) for release in released.releases]
    return [(term, value) for term, value in rows if value]


def _enrolled(page: FiguresPage | None) -> str:
    if not page:
        return ""
    return "Visas inte, färre än tio" if page.figures.enrolled is None else str(page.figures.enrolled)


def _in_words(release: Release, page: FiguresPage | None) -> str:
    """What was released, by whom, when and why; whoever did it is named by role, as all staff in a report."""
    names = page.names if page else {}
    what = names.get(release.target, release.target) if release.target else f"Siffror per {said_day(release.as_of)}"
    who = f"samordnaren hos {release.released_by.organisation}"
    return f"{what}, av {who} {said_day(stockholm_day(release.released_at))}: {release.reason}"


def _known(report: Report) -> str:
    known = f"de var kända {moment(report.known_at)}" if report.is_adopted else "de är kända nu"
    return f"per {said_day(report.as_of)}, som {known}"
