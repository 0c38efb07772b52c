"""Certificates of placements: written, printed, corrected, taken back, moved to the right person."""

import logging
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from accounts.enums import ExportReason
from core.days.dates import today
from core.pdf import process as pdf
from core.pdf.signs import Undrawn, undrawn
from participants.amending.kind_pages import create_page, kind_pages
from participants.amending.shared_facts import facts_of, lines_of
from participants.certificates.actions import CERTIFICATES
from participants.certificates.forms import CertificateEditForm, CertificateForm, answers
from participants.certificates.page import begins_with, paper_of
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment, PlacementCertificate
from projects.enums import Permission
from projects.exports import PDF, export

logger = logging.getLogger(__name__)

TAKEN_BACK: Final = "Praktikintyget är återtaget och går inte att hämta."
_shared: Final = facts_of(CERTIFICATES, answers)


def _new(request: Request, enrolment: Enrolment) -> CertificateForm:
    on = today()
    shared = lines_of(CERTIFICATES, enrolment)
    initial = begins_with(enrolment, request.GET.get("placering", ""), on=on)
    return CertificateForm(request.POST or None, shared=shared, initial=initial, on=on)


def _corrected(request: Request, certificate: PlacementCertificate) -> CertificateEditForm:
    return CertificateEditForm(request.POST or None, shared=_shared(certificate), on=today())


certificate_create = create_page(
    CERTIFICATES,
    "participants/certificates/certificate_create.html",
    form=_new,
    receipt=lambda form: f"Praktikintyget för {form.record.place} är sparat. Nu kan du hämta det som PDF.",
    submit="Spara praktikintyget",
    stays=True,
)
certificate_edit, certificate_take_back, certificate_misplaced = kind_pages(
    CERTIFICATES,
    "participants/certificates/certificate",
    form=_corrected,
    shared=_shared,
    context=lambda certificate: {"undrawn": _undrawn(certificate)},
)


@require_POST
@case_page(Permission.EXPORT_PDF, of=PlacementCertificate)
def certificate_pdf(request: Request, certificate: PlacementCertificate) -> HttpResponse:
    """The certificate as a PDF file, to be signed by hand; one that was taken back leads to what is said of it."""
    if not certificate.stands:
        messages.error(request, TAKEN_BACK)
        return redirect(certificate)
    html = _html(certificate)
    name = f"Praktikintyg {certificate.concerns_on.isoformat()}"
    try:
        return export(request, PDF, name=name, make=lambda: pdf.render(html), reason=ExportReason.PARTICIPANT)
    except pdf.PdfFailedError:
        logger.exception("a certificate could not be made into a document")
        messages.error(request, "Praktikintyget gick inte att göra. Försök igen.")
        return redirect(certificate)


def _undrawn(certificate: PlacementCertificate) -> list[Undrawn]:
    """Signs of its words that no typeface of ours has."""
    return undrawn(_html(certificate))


def _html(certificate: PlacementCertificate) -> str:
    """The page that the document is made of."""
    return render_to_string("participants/certificates/certificate_pdf.html", {"paper": paper_of(certificate)})
