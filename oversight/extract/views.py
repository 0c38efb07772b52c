"""Pages of the registerutdrag and «Vem har läst om dig», for users who work with the person."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from accounts.enums import ExportReason
from core.days.dates import today
from core.pdf import process as pdf
from core.pdf.signs import undrawn
from core.swedish.words import moment
from oversight.extract.document import Extract, as_json, extract_of
from oversight.extract.rows import same_person
from oversight.extract.who import hands_out, own_cases, who_can_hand_out
from oversight.log.has_read import readers_of
from participants.http import Request
from participants.models import Enrolment, Participant, Referral
from projects.address import enter
from projects.export_form import ExportForm
from projects.exports import JSON, PDF, Format, export, may_export

logger = logging.getLogger(__name__)
_DAYS_A_PAGE = 30
_REASONS = (ExportReason.ASKED, ExportReason.DEPUTY, ExportReason.SUPERVISION, ExportReason.OTHER)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The person whom the page is about, the address of the page to go back to, and the organisation's cases of the
    person that the user doesn't work with."""

    person: Participant
    back: str
    others: Sequence[Enrolment] = ()


def participant_readers(request: Request, public_id: UUID) -> HttpResponse:
    """Page of everybody who has read something about the person, day by day."""
    asked = _asked(request, public_id)
    if asked.others:
        return _not_alone(request, asked)
    page = Paginator(readers_of(asked.person.public_id), _DAYS_A_PAGE).get_page(request.GET.get("sida"))
    context = {"person": asked.person, "page": page, "back": asked.back}
    return render(request, "oversight/extract/participant_readers.html", context)


def participant_extract(request: Request, public_id: UUID) -> HttpResponse:
    """Page that says what the registerutdrag will hold, and asks why it is fetched."""
    asked = _asked(request, public_id)
    return _not_alone(request, asked) if asked.others else _page(request, asked, ExportForm(reasons=_REASONS))


@require_POST
def participant_extract_pdf(request: Request, public_id: UUID) -> HttpResponse:
    """The registerutdrag as a PDF file."""
    return _file(request, public_id, PDF, _on_paper)


@require_POST
def participant_extract_json(request: Request, public_id: UUID) -> HttpResponse:
    """The registerutdrag as a JSON file, for another program."""
    return _file(request, public_id, JSON, _for_programs)


def _file(request: Request, public_id: UUID, wanted: Format, make: Callable[[Extract], bytes]) -> HttpResponse:
    """The file as the answer to the posted form, so that no address opens it without a reason."""
    asked = _asked(request, public_id)
    if asked.others:
        raise PermissionDenied
    form = ExportForm(request.POST, reasons=_REASONS)
    if not form.is_valid():
        return _page(request, asked, form)
    try:
        return export(
            request,
            wanted,
            name=f"Registerutdrag {today().isoformat()}",
            make=lambda: make(_extract(request, asked.person)),
            **form.cleaned_data,
        )
    except pdf.PdfFailedError:
        logger.exception("an extract could not be made into a document")
        messages.error(request, "Utdraget gick inte att göra till PDF. Försök igen, eller hämta det som JSON.")
        return redirect("participant_extract", public_id)


def _on_paper(extract: Extract) -> bytes:
    """The PDF file. No transaction is open while it is made."""
    return pdf.render(_html(extract))


def _html(extract: Extract) -> str:
    """The page that the PDF is made of."""
    context = {"extract": extract, "facts": _facts(extract)}
    return render_to_string("oversight/extract/participant_extract_pdf.html", context)


def _for_programs(extract: Extract) -> bytes:
    return json.dumps(as_json(extract), ensure_ascii=False, indent=2).encode()


def _page(request: Request, asked: _Asked, form: ExportForm) -> HttpResponse:
    extract, may_pdf = _extract(request, asked.person), may_export(request, PDF)
    context = {
        "extract": extract,
        "person": asked.person,
        "back": asked.back,
        "form": form,
        "may_pdf": may_pdf,
        "undrawn": undrawn(_html(extract)) if may_pdf else [],
        "may_json": may_export(request, JSON),
    }
    return render(request, "oversight/extract/participant_extract.html", context)


def _extract(request: Request, person: Participant) -> Extract:
    """The registerutdrag of the person. Logs the reading, also of the person's row in another organisation."""
    organisation = request.user.own_organisation
    request.access.declare(same_person(person, organisation, on=request.scope.on))
    return extract_of(person, organisation, on=request.scope.on)


def _not_alone(request: Request, asked: _Asked) -> HttpResponse:
    """Page that says that the person has cases which this user doesn't work with, and who can hand out everything."""
    organisation = request.user.own_organisation
    names = who_can_hand_out(own_cases(asked.person, organisation), organisation, on=request.scope.on)
    context = {"person": asked.person, "names": names, "back": asked.back}
    return render(request, "oversight/extract/not_alone.html", context)


def _asked(request: Request, public_id: UUID) -> "_Asked":
    """The person whom the page is about, and the cases.

    Raises Http404 where the user may not see the person, PermissionDenied where the user works with none of the own
    organisation's cases of the person.
    """
    visible = Enrolment.objects.with_void_to(request.scope).with_person().with_numbers()
    shown = visible.filter(participant__public_id=public_id).order_by("is_void", "-enrolled_on", "-pk").first()
    if shown is None:
        return _asked_of_referral(request, public_id)
    cases = own_cases(shown.participant, request.user.own_organisation)
    mine = hands_out(request.user, cases, request.roles, on=request.scope.on)
    if not mine:
        raise PermissionDenied
    request.project = shown.project
    request.access.declare([shown.participant])
    # A wrongly registered person has no page, so the page before is the list.
    back = (shown if shown.is_void else shown.participant).get_absolute_url()
    return _Asked(shown.participant, back, [case for case in cases if case.pk not in mine])


def _asked_of_referral(request: Request, public_id: UUID) -> "_Asked":
    """Somebody whom the user knows by a referral alone. Raises Http404 where there is none."""
    rows = Referral.objects.visible_to(request.scope).current().with_person()
    referral = rows.filter(participant__public_id=public_id).order_by("-pk").first()
    person = referral.participant if referral else None
    if referral is None or person is None:
        raise Http404
    enter(request, referral.project)
    request.project = referral.project
    request.access.declare([person])
    others = own_cases(person, request.user.own_organisation)
    return _Asked(person, referral.get_absolute_url(), list(others))


def _facts(extract: Extract) -> list[tuple[str, str]]:
    numbers = ", ".join(number.formatted for number in extract.person.numbers.all())
    rows = [
        ("Om", extract.person.identity.name),
        ("Personnummer", numbers),
        ("Från", extract.organisation.name),
        ("Gjort", moment(extract.made_at)),
    ]
    return [(term, value) for term, value in rows if value]
