"""Registerutdrag and «Vem har läst om dig», for those who work with the person."""

import json
import logging
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from core import pdf
from core.dates import today
from core.templatetags.swedish import moment
from participants.extract import Extract, as_json, extract_of, may_hand_out
from participants.log_readers import readers_of
from participants.models import Enrolment, Participant
from projects.http import Request

logger = logging.getLogger(__name__)
_DAYS_A_PAGE = 30


def participant_readers(request: Request, public_id: UUID) -> HttpResponse:
    """Everybody who has read something about the person, day by day."""
    person = _person(request, public_id)
    page = Paginator(readers_of(person.public_id), _DAYS_A_PAGE).get_page(request.GET.get("sida"))
    return render(request, "participants/participant_readers.html", {"person": person, "page": page})


def participant_extract(request: Request, public_id: UUID) -> HttpResponse:
    """What the registerutdrag will hold, before it is fetched."""
    extract = extract_of(_person(request, public_id), request.user.own_organisation)
    return render(request, "participants/participant_extract.html", {"extract": extract, "person": extract.person})


def participant_extract_pdf(request: Request, public_id: UUID) -> HttpResponse:
    """The registerutdrag on paper. Nothing holds the database while the document is made."""
    extract = extract_of(_person(request, public_id), request.user.own_organisation)
    html = render_to_string("participants/extract_pdf.html", {"extract": extract, "facts": _facts(extract)})
    try:
        content = pdf.render(html)
    except pdf.PdfFailedError:
        logger.exception("an extract could not be made into a document")
        messages.error(request, "Utdraget gick inte att göra till PDF. Försök igen, eller hämta det som JSON.")
        return redirect("participant_extract", public_id)
    return _file(request, content, "application/pdf", "pdf")


def participant_extract_json(request: Request, public_id: UUID) -> HttpResponse:
    """The registerutdrag for another program."""
    extract = extract_of(_person(request, public_id), request.user.own_organisation)
    content = json.dumps(as_json(extract), ensure_ascii=False, indent=2)
    return _file(request, content.encode(), "application/json; charset=utf-8", "json")


def _person(request: Request, public_id: UUID) -> Participant:
    """The person, if the user works with a case that the own organisation has."""
    visible = Enrolment.objects.visible_to(request.user, on=today()).with_person().with_numbers()
    cases = list(visible.filter(participant__public_id=public_id).order_by("-enrolled_on", "-pk"))
    if not cases:
        raise Http404
    if not may_hand_out(request.user, cases, request.roles):
        raise PermissionDenied
    request.project = cases[0].project
    request.access.shown([cases[0].participant])
    return cases[0].participant


def _facts(extract: Extract) -> list[tuple[str, str]]:
    numbers = ", ".join(number.formatted for number in extract.person.numbers.all())
    rows = [
        ("Om", extract.person.identity.full_name),
        ("Personnummer", numbers),
        ("Från", extract.organisation.name),
        ("Gjort", moment(extract.made_at)),
    ]
    return [(term, value) for term, value in rows if value]


def _file(request: Request, content: bytes, content_type: str, ending: str) -> HttpResponse:
    request.access.exported()
    name = f"registerutdrag-{today().isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
