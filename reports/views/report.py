"""Reports: a list, a draft that is written and changed, its preview, its PDF, and its adoption."""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string

from core import pdf
from core.concurrency import save_form
from core.dates import today
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
from reports.forms import FIRST_DAY, AsOfForm, ReportForm, proposed_day, stored
from reports.models import Report, ReportQuerySet
from reports.safe.days import SafeDays
from reports.views.document import document, waits_for
from reports.views.result import Reader

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
    form = ReportForm(request.POST or None, initial=_proposal(request), days=_days(request))
    if form.is_valid():
        made = save_form(
            form=form,
            user=request.user,
            save=lambda: write_report(project=request.project, by=request.user, **form.answers).public_id,
        )
        messages.success(request, "Rapporten är sparad som utkast.")
        return redirect("report_detail", made)
    return render(request, "reports/report_form.html", {"form": form, "report": None, "theirs": None})


@require_permission(Permission.SEE_REPORTS)
def report_detail(request: Request, public_id: UUID) -> HttpResponse:
    """The report as the PDF has it."""
    report = get_object_or_404(_readable(request), public_id=public_id)
    may_edit = not report.is_adopted and _may_edit(request)
    context = {**document(report, Reader.of(request)), "may_edit": may_edit, "may_print": may_export(request, PDF)}
    return render(request, "reports/report_detail.html", context)


@require_permission(Permission.SEE_REPORTS)
def report_pdf(request: Request, public_id: UUID) -> HttpResponse:
    """The report as a file. Nothing holds the database while the document is made."""
    report = get_object_or_404(_readable(request), public_id=public_id)
    reader = Reader.of(request)
    name = f"rapport-{report.as_of.isoformat()}-{str(report.public_id)[:8]}"
    try:
        return export(request, PDF, name=name, make=lambda: _on_paper(report, reader))
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
    if report.is_adopted:
        return _is_adopted(request, report)
    form = _form(request, report, request.POST or None)
    if not form.is_valid():
        return render(request, "reports/report_form.html", {"form": form, "report": report, "theirs": None})
    try:
        save_form(form=form, user=request.user, save=lambda: _change(request, report, form))
    except ReportIsAdopted:
        return _is_adopted(request, report)
    except ReportChangedMeanwhile:
        return _conflict(request, report, form)
    messages.success(request, "Rapporten är sparad.")
    return redirect(report)


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
        messages.warning(request, f"{waits_for(report)} Den kan inte antas innan dess.")
        return redirect(report)
    messages.success(request, "Rapporten är antagen. Styrgruppen kan läsa den nu.")
    return redirect(report)


def _days(request: Request) -> SafeDays:
    return SafeDays.of(request.project, today())


def _form(request: Request, report: Report, data: Any) -> ReportForm:
    released = report.releases.filter(target="").values_list("as_of", flat=True)
    return ReportForm(data, initial=stored(report), days=_days(request), released=set(released))


def _on_paper(report: Report, reader: Reader) -> bytes:
    return pdf.render(render_to_string("reports/report_pdf.html", document(report, reader)))


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


def _change(request: Request, report: Report, form: ReportForm) -> UUID:
    based_on = form.cleaned_data["version"] or 0
    return change_report(report=report, based_on=based_on, by=request.user, **form.answers).public_id


def _conflict(request: Request, report: Report, form: ReportForm) -> HttpResponse:
    """Both texts side by side; saving again, from the stored version, makes the own one hold."""
    theirs = get_object_or_404(_readable(request), pk=report.pk)
    data = request.POST.copy()
    data["version"] = str(theirs.version)
    again = _form(request, theirs, data)
    pairs = _differences(stored(theirs), form)
    context = {"form": again, "report": theirs, "theirs": pairs}
    return render(request, "reports/report_form.html", context, status=409)


def _differences(saved: Mapping[str, Any], form: ReportForm) -> list[tuple[str, Any, Any]]:
    """Question, what is saved and what was typed, where they differ."""
    return [
        (str(form.fields[name].label), saved.get(name, ""), form.cleaned_data[name])
        for name in form.fields
        if name not in ("token", "version") and _text(saved.get(name, "")) != _text(form.cleaned_data[name])
    ]


def _text(value: Any) -> str:
    return str(value or "").replace("\r\n", "\n").strip()


def _is_adopted(request: Request, report: Report) -> HttpResponse:
    messages.info(request, "Rapporten är antagen och kan inte ändras.")
    return redirect(report)


def _version(request: Request) -> int:
    """The version that was read when the button was pressed."""
    raw = request.POST.get("version", "")
    if not raw.isdecimal():
        raise Http404
    return int(raw)
