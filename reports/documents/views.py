"""Reports: a list, a draft that is written and changed, its preview, its PDF, and its adoption."""

import logging
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string

from core.days.dates import today
from core.forms.concurrency import NOTHING_SHARED, ChangedMeanwhile
from core.forms.saving import saved
from core.operation.turns import OthersStillWrite
from core.pdf import process as pdf
from core.pdf.signs import undrawn
from participants.http import Request
from projects.enums import Permission
from projects.exports import PDF, export, may_export
from projects.guards import require_permission
from reports.documents.actions import (
    ADOPTED,
    NO_TEXT,
    DayNotReleased,
    ReportHasNoText,
    ReportIsAdopted,
    adopt_report,
    change_report,
    write_report,
)
from reports.documents.document import document, waits_for
from reports.documents.forms import FIRST_DAY, ReportForm
from reports.documents.shared_facts import report_of
from reports.models import Report, ReportQuerySet
from reports.pages.forms import AsOfForm, proposed_day
from reports.pages.result import FiguresReader
from reports.safe.days import SafeDays

logger = logging.getLogger(__name__)


@require_permission(Permission.SEE_REPORTS)
def report_list(request: Request) -> HttpResponse:
    """Adopted reports, and for those who write them also the drafts."""
    may_edit = _may_edit(request)
    asking = Report.objects.to_release(request.scope).filter(project=request.project).prefetch_related("releases")
    context = {"reports": _readable(request), "may_edit": may_edit, "asking": asking}
    return render(request, "reports/documents/report_list.html", context)


@require_permission(Permission.EDIT_REPORTS)
def report_create(request: Request) -> HttpResponse:
    """Write a report."""
    form = ReportForm(request.POST or None, initial=_proposal(request), days=_days(request), shared=NOTHING_SHARED)
    made = saved(request, form, lambda: _write(request, form), "Rapporten är sparad som utkast.")
    if made:
        is_there = _readable(request).filter(public_id=made).exists()
        return redirect("report_detail", made) if is_there else redirect("report_list")
    return render(request, "reports/documents/report_create.html", {"form": form, "report": None})


def _write(request: Request, form: ReportForm) -> UUID:
    return write_report(project=request.project, by=request.user, **form.answers).public_id


@require_permission(Permission.SEE_REPORTS)
def report_detail(request: Request, public_id: UUID) -> HttpResponse:
    """The report as the PDF has it."""
    report = get_object_or_404(_readable(request), public_id=public_id)
    may_edit = not report.is_adopted and _may_edit(request)
    content, may_print = document(report, FiguresReader.of(request), on=today()), may_export(request, PDF)
    context = {
        **content,
        "may_edit": may_edit,
        "may_print": may_print,
        "undrawn": undrawn(_html(content)) if may_print else [],
    }
    return render(request, "reports/documents/report_detail.html", context)


@require_permission(Permission.SEE_REPORTS)
def report_pdf(request: Request, public_id: UUID) -> HttpResponse:
    """The report as a file. Nothing holds the database while the document is made."""
    report = get_object_or_404(_readable(request), public_id=public_id)
    reader = FiguresReader.of(request)
    name = f"{_kind(report)} {report.said_of_project['name']} {report.as_of.isoformat()}"
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
    """Change a draft. Somebody who saves second sees both texts and keeps their own."""
    report = get_object_or_404(_readable(request), public_id=public_id)
    if report.is_adopted and request.method != "POST":
        return _is_adopted(request, report)
    form = _form(request, report, request.POST or None)
    if saved(
        request,
        form,
        lambda: change_report(report=report, by=request.user, **form.answers).public_id,
        "Rapporten är sparad.",
    ):
        return redirect(report)
    return render(request, "reports/documents/report_create.html", {"form": form, "report": report})


@require_permission(Permission.EDIT_REPORTS)
def report_adopt(request: Request, public_id: UUID) -> HttpResponse:
    """Let the report stand: from then on it can't be changed, and the steering group reads it."""
    report = get_object_or_404(_readable(request), public_id=public_id)
    if report.is_adopted:
        return _is_adopted(request, report)
    if not report.has_text:
        messages.warning(request, NO_TEXT)
        return redirect(report)
    if request.method != "POST":
        return render(request, "reports/documents/report_adopt.html", {"report": report})
    try:
        adopt_report(report=report, based_on=_version(request), by=request.user)
    except ReportIsAdopted:
        return _is_adopted(request, report)
    except ChangedMeanwhile:
        messages.warning(request, "Någon ändrade rapporten nyss. Läs den igen innan du antar den.")
        return redirect(report)
    except (ReportHasNoText, OthersStillWrite) as refusal:
        messages.warning(request, refusal.message)
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
    return ReportForm(data, shared=report_of(report), days=_days(request), released=set(released))


def _on_paper(report: Report, reader: FiguresReader) -> bytes:
    return pdf.render(_html(document(report, reader, on=reader.on)))


def _kind(report: Report) -> str:
    """The word for the report that begins the file's name; its title may name somebody."""
    return "Slutrapport" if "slutrapport" in report.title.lower() else "Rapport"


def _html(content: dict[str, Any]) -> str:
    """The page that the PDF is made of; `content` is what `document` gives."""
    return render_to_string("reports/documents/report_pdf.html", content)


def _readable(request: Request) -> ReportQuerySet:
    """Reports of the current project: with drafts for a user who writes reports, else the adopted ones."""
    return Report.objects.visible_to(request.scope).filter(project=request.project).select_related("project")


def _may_edit(request: Request) -> bool:
    return Permission.EDIT_REPORTS in request.roles.permissions(request.project)


def _proposal(request: Request) -> dict[str, Any]:
    """A first answer to each question: the project's period, and figures by a month end."""
    asked, project = AsOfForm(request.GET, on=today()), request.project
    day = (asked.cleaned_data["per"] if asked.is_valid() else None) or proposed_day(project, today())
    as_of = _days(request).nearest(day)
    return {
        "title": f"Slutrapport {project.name}"[:160],
        "period_start": project.starts_on or FIRST_DAY.replace(year=as_of.year),
        "period_end": min(project.ends_on, as_of) if project.ends_on else as_of,
        "as_of": as_of,
    }


def _is_adopted(request: Request, report: Report) -> HttpResponse:
    messages.info(request, ADOPTED)
    return redirect(report)


def _version(request: Request) -> int:
    """The version that was read when the button was pressed."""
    raw = request.POST.get("version", "")
    if not raw.isdecimal():
        raise Http404
    return int(raw)
