"""Sheets for workplaces: written with the participant, printed, corrected, taken back, moved to the right person."""

import logging
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from accounts.enums import ExportReason
from actionplans.models import WorkplaceSheet
from actionplans.workplace_sheets.actions import SHEETS
from actionplans.workplace_sheets.forms import SheetEditForm, SheetForm, answers
from actionplans.workplace_sheets.page import begins_with, paper_of
from core.days.dates import today
from core.pdf import process as pdf
from core.pdf.signs import Undrawn, undrawn
from participants.amending.kind_pages import create_page, kind_pages
from participants.amending.shared_facts import facts_of, lines_of
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from projects.enums import Permission
from projects.exports import PDF, export

logger = logging.getLogger(__name__)

TAKEN_BACK: Final = "Bladet är återtaget och går inte att hämta. Deltagaren behöver säga ja till ett nytt."
_shared: Final = facts_of(SHEETS, answers)


def _new(request: Request, enrolment: Enrolment) -> SheetForm:
    on = today()
    shared, initial = lines_of(SHEETS, enrolment), begins_with(enrolment, on=on)
    return SheetForm(request.POST or None, shared=shared, initial=initial, on=on)


def _corrected(request: Request, sheet: WorkplaceSheet) -> SheetEditForm:
    return SheetEditForm(request.POST or None, shared=_shared(sheet), on=today())


workplace_sheet_create = create_page(
    SHEETS,
    "actionplans/workplace_sheets/workplace_sheet_create.html",
    form=_new,
    receipt=lambda form: f"Bladet till {form.record.place} är sparat. Nu kan du hämta det som PDF.",
    submit="Spara bladet",
    stays=True,
)
workplace_sheet_edit, workplace_sheet_take_back, workplace_sheet_misplaced = kind_pages(
    SHEETS,
    "actionplans/workplace_sheets/workplace_sheet",
    form=_corrected,
    shared=_shared,
    context=lambda sheet: {"undrawn": _undrawn(sheet)},
)


@require_POST
@case_page(Permission.EDIT_CASE, of=WorkplaceSheet)
def workplace_sheet_pdf(request: Request, sheet: WorkplaceSheet) -> HttpResponse:
    """The sheet as a PDF file; one that was taken back leads to what is said of it."""
    if not sheet.stands:
        messages.error(request, TAKEN_BACK)
        return redirect(sheet)
    html = _html(sheet)
    name = f"Till arbetsplatsen {today().isoformat()}"
    try:
        return export(request, PDF, name=name, make=lambda: pdf.render(html), reason=ExportReason.WORKPLACE)
    except pdf.PdfFailedError:
        logger.exception("a sheet for a workplace could not be made into a document")
        messages.error(request, "Bladet gick inte att göra. Försök igen.")
        return redirect(sheet)


def _undrawn(sheet: WorkplaceSheet) -> list[Undrawn]:
    """Signs of its words that no typeface of ours has."""
    return undrawn(_html(sheet))


def _html(sheet: WorkplaceSheet) -> str:
    """The page that the document is made of."""
    context = {"paper": paper_of(sheet, on=today())}
    return render_to_string("actionplans/workplace_sheets/workplace_sheet_pdf.html", context)
