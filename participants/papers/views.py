"""Signed papers: kept, fetched, corrected, taken back, moved to the right person."""

import logging
from collections.abc import Sequence
from typing import Final

from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.enums import ExportReason
from core.days.dates import today
from core.operation.places import NoPlaceError, Places
from core.pdf import process as pdf
from core.pdf.received import NotTakenError, Refusal
from core.swedish.words import day, plural
from participants.amending.kind_pages import create_page, kind_pages
from participants.amending.shared_facts import facts_of
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment, SignedPaper
from participants.papers.actions import PAPERS, plans_of
from participants.papers.forms import PaperEditForm, PaperForm, answers
from participants.papers.page import pages_in
from projects.enums import Permission
from projects.exports import PDF, export

logger = logging.getLogger(__name__)

# Papers that are looked through at the same moment, however many processes serve the pages.
PLACES: Final = Places("papers", 2)
_BUSY: Final = "Andra papper tas emot just nu. Vänta en stund, välj filen igen och försök."
_TOO_HEAVY: Final = "Filen gick inte att gå igenom. Fotografera pappret, eller skanna det på nytt."
GONE: Final = "Sidorna finns inte kvar här. Pappret får ni ta fram där det förvaras."
_FAULTS: Final = {
    Refusal.KIND: "Filen är varken en PDF eller en bild. Välj en PDF, JPG eller PNG.",
    Refusal.HEIC: "Bilden är sparad som HEIC, och det kan inte alla datorer läsa. Spara den som JPG och välj den igen.",
    Refusal.MIXED: "Välj en enda PDF, eller bara bilder.",
    Refusal.DAMAGED: "Filen är trasig eller inte hel. Skanna eller fotografera pappret på nytt.",
    Refusal.LOCKED: "Filen är låst med ett lösenord. Spara den utan och välj den igen.",
    Refusal.ACTIVE: (
        "I filen finns mer än sidor: bifogade filer, eller något som körs när den öppnas. "
        "Skriv ut den till en ny PDF och välj den i stället."
    ),
    Refusal.PAGES: "Pappret har fler än 30 sidor, eller inga alls. Lägg in sidorna med underskriften.",
    Refusal.PIXELS: "Bilden är för stor. Fotografera i lägre upplösning.",
}
_shared: Final = facts_of(PAPERS, answers)


def _read(request: Request, files: Sequence[bytes]) -> tuple[bytes, int]:
    """The document and its pages. Raises ValidationError for files that aren't taken."""
    try:
        with PLACES.hold(str(request.user.pk)):
            return pdf.received(files)
    except NoPlaceError:
        raise ValidationError(_BUSY) from None
    except NotTakenError as refused:
        raise ValidationError(_FAULTS[refused.why]) from None
    except pdf.PdfFailedError:
        logger.exception("a signed paper could not be looked through")
        raise ValidationError(_TOO_HEAVY) from None


def _new(request: Request, enrolment: Enrolment) -> PaperForm:
    is_sent = request.method == "POST"
    data = (request.POST, request.FILES) if is_sent else ()
    plans = plans_of(enrolment)
    asked = request.GET.get("om", "")
    return PaperForm(
        *data,
        initial={"matter": asked},
        read=lambda files: _read(request, files),
        on=today(),
        plans=plans,
    )


def _corrected(request: Request, paper: SignedPaper) -> PaperEditForm:
    plans = plans_of(paper.enrolment)
    return PaperEditForm(request.POST or None, shared=_shared(paper), on=today(), plans=plans)


paper_create = create_page(
    PAPERS,
    "participants/papers/paper_create.html",
    form=_new,
    receipt=lambda form: f"Pappret från {day(form.record.on)} är sparat, {plural(form.record.pages, 'sida,sidor')}.",
    submit="Spara pappret",
    stays=True,
)
paper_edit, paper_take_back, paper_misplaced = kind_pages(
    PAPERS,
    "participants/papers/paper",
    form=_corrected,
    shared=_shared,
    receipt=lambda form: f"från {day(form.record.on)}",
)


# Others have made it: whatever it holds, a browser that shows it instead of keeping it runs nothing.
@csp_update({"sandbox": True})
@require_POST
@case_page(Permission.EXPORT_PDF, of=SignedPaper)
def paper_file(request: Request, paper: SignedPaper) -> HttpResponse:
    """The pages as a file; a paper that was taken back, or of which nothing is kept, leads back to what is said of
    it."""
    content = pages_in(paper)
    if content is None:
        messages.error(request, GONE)
        return redirect(paper)
    name = f"Underskrivet papper {paper.concerns_on.isoformat()}"
    return export(request, PDF, name=name, make=lambda: content, reason=ExportReason.SIGNED)
