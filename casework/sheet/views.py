"""The hand-over sheet: shown before it leaves, and as a file."""

import logging
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from accounts.enums import ExportReason
from casework.case.ladder import clocks_of_case
from casework.case.timeline import read_rows
from casework.sheet.sheet import KINDS, HandOverSheet, sheet_of
from core.days.dates import today
from core.pdf import process as pdf
from core.pdf.signs import undrawn
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from participants.timeline.entries import CaseHistory
from projects.enums import Permission
from projects.export_form import ExportForm
from projects.exports import PDF, export, may_export

logger = logging.getLogger(__name__)
_REASONS: Final = (ExportReason.HAND_OVER, ExportReason.ASKED, ExportReason.OTHER)


@case_page(Permission.SEE_PERSONS)
def case_sheet(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Page that shows the sheet, and asks why it is fetched. Raises PermissionDenied for users who neither write in the
    case nor coordinate it."""
    _require_work(enrolment)
    return _page(request, enrolment, ExportForm(reasons=_REASONS))


@require_POST
@case_page(Permission.SEE_PERSONS)
def case_sheet_pdf(request: Request, enrolment: Enrolment) -> HttpResponse:
    """The sheet as a PDF file. Raises PermissionDenied as `case_sheet`."""
    _require_work(enrolment)
    form = ExportForm(request.POST, reasons=_REASONS)
    if not form.is_valid():
        return _page(request, enrolment, form)
    html = _html(enrolment, _sheet(request, enrolment))
    name = f"Överlämning {today().isoformat()}"
    try:
        return export(request, PDF, name=name, make=lambda: pdf.render(html), **form.cleaned_data)
    except pdf.PdfFailedError:
        logger.exception("a hand-over sheet could not be made into a document")
        messages.error(request, "Bladet gick inte att göra. Försök igen.")
        return redirect("case_sheet", enrolment.public_id)


def _require_work(enrolment: Enrolment) -> None:
    if not enrolment.allowed & {Permission.EDIT_CASE, Permission.ASSIGN}:
        raise PermissionDenied


def _page(request: Request, enrolment: Enrolment, form: ExportForm) -> HttpResponse:
    sheet, may_pdf = _sheet(request, enrolment), may_export(request, PDF)
    context: dict[str, Any] = {
        "enrolment": enrolment,
        "sheet": sheet,
        "form": form,
        "is_protected": enrolment.participant.is_protected,
        "may_pdf": may_pdf,
        "undrawn": undrawn(_html(enrolment, sheet)) if may_pdf else [],
    }
    return render(request, "casework/sheet/case_sheet.html", context)


def _sheet(request: Request, enrolment: Enrolment) -> HandOverSheet:
    case = CaseHistory(enrolment, read_rows(enrolment, KINDS))
    return sheet_of(case, clocks_of_case(enrolment), enrolment.at_work, by=request.user, on=today())


def _html(enrolment: Enrolment, sheet: HandOverSheet) -> str:
    """The page that the PDF is made of."""
    context = {"enrolment": enrolment, "sheet": sheet, "facts": sheet.facts, "on": today()}
    return render_to_string("casework/sheet/case_sheet_pdf.html", context)
