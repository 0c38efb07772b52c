"""The participant's copy of the plan: what it will say, and the sheet as a file."""

import logging
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from accounts.enums import ExportReason
from actionplans.own_copy.page import OwnCopy, own_copy
from actionplans.plans.revisions import plan_versions
from core.days.dates import today
from core.enums import Category
from core.pdf import process as pdf
from core.pdf.signs import undrawn
from participants.enums import ProtectionLevel
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from projects.enums import Permission
from projects.exports import PDF, export, may_export

logger = logging.getLogger(__name__)
# As many delmål, and whether the week says what and where: the first that is one sheet is taken.
_SIZES: Final = ((10, True), (6, True), (3, True), (3, False), (0, False))


@case_page(Permission.EDIT_CASE, category=Category.PLAN)
def plan_copy(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Page that says what the participant's sheet will hold, with the button that makes it."""
    copy = _copy(enrolment)
    may_print = may_export(request, PDF)
    context = {
        "enrolment": enrolment,
        "copy": copy,
        "is_protected": enrolment.participant.protection != ProtectionLevel.NONE,
        "may_print": may_print,
        "undrawn": undrawn(_html(copy)) if may_print else [],
    }
    return render(request, "actionplans/own_copy/plan_copy.html", context)


@require_POST
@case_page(Permission.EDIT_CASE, category=Category.PLAN)
def plan_copy_pdf(request: Request, enrolment: Enrolment) -> HttpResponse:
    """The sheet as a PDF file."""
    copy = _copy(enrolment)
    name = f"Min plan {today().isoformat()}"
    try:
        return export(request, PDF, name=name, make=lambda: _on_paper(copy), reason=ExportReason.PARTICIPANT)
    except pdf.PdfFailedError:
        logger.exception("a participant's plan could not be made into a document")
        messages.error(request, "Pappret gick inte att göra. Försök igen.")
        return redirect("plan_copy", enrolment.public_id)


def _copy(enrolment: Enrolment) -> OwnCopy:
    """The sheet of the plan that stands. Raises Http404 where there is none."""
    versions = plan_versions(enrolment)
    if not versions:
        raise Http404
    return own_copy(enrolment, versions[0], on=today())


def _on_paper(copy: OwnCopy) -> bytes:
    """The document: one sheet, with as much of the plan as it holds. No transaction is open while it is made."""
    content = b""
    for goals, tells_what in _SIZES:
        content = pdf.render(_html(copy.sized(goals, tells_what=tells_what)))
        if pdf.page_count(content) == 1:
            break
    return content


def _html(copy: OwnCopy) -> str:
    """The page that the document is made of."""
    context: dict[str, Any] = {"copy": copy}
    return render_to_string("actionplans/own_copy/plan_copy_pdf.html", context)
