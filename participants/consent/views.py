"""Consent: what stands, and asking for it."""

import logging
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from accounts.enums import ExportReason
from core.days.dates import today
from core.days.periods import Period
from core.forms.saving import saved
from core.http import by_script
from core.pdf import process as pdf
from core.pdf.signs import Undrawn, undrawn
from core.swedish.words import day as in_words
from participants.assignment.with_consent import answer_with_contacts
from participants.consent.actions import give_consent, refuse_consent
from participants.consent.end_forms import RenewForm
from participants.consent.forms import GiveForm, MeetingConsentForm, StateForm
from participants.consent.parties import parties_of
from participants.consent.readers import at_work
from participants.consent.record import Record, Records, records
from participants.consent.words import kinds, parties, period
from participants.consent_mistakes.rights import theirs
from participants.enums import PaperAbout, ProtectionLevel
from participants.guards import case_page
from participants.http import Request
from participants.legal_ground.standing import told_grounds
from participants.models import Enrolment
from participants.papers.page import papers_of
from participants.placement.page import nobody_reads, supervising
from participants.scope.case_workers import case_workers, present
from participants.scope.scope import SUPERVISED, Scope
from projects.enums import Permission
from projects.exports import PDF, export, may_export

logger = logging.getLogger(__name__)


@case_page(Permission.SEE_PERSONS, cases=Scope.with_void)
def consent_list(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Page of a case's consents: those that hold, earlier ones, how things were on a chosen day, and the legal
    ground."""
    found = records(enrolment, request.scope)
    asked = StateForm(request.GET if "per" in request.GET else None, on=today())
    may_edit = Permission.EDIT_CASE in enrolment.allowed
    # What was consented to in a case that is wrongly registered can be taken back, and nothing more.
    may_ask = may_edit and not enrolment.is_void
    context = {
        "enrolment": enrolment,
        "open": _with_people(found, enrolment, may_ask),
        "past": [(record, _renewal(record, may_ask)) for record in found.past],
        "may_ask": may_ask,
        "form": asked,
        "told": found.told(asked.cleaned_data["per"]) if asked.is_valid() else [],
        "papers": papers_of(request, enrolment, PaperAbout.CONSENT),
        "grounds": told_grounds(request, enrolment),
        "may_edit": may_edit,
        "theirs": theirs(request, found, enrolment),
    }
    return render(request, "participants/consent/consent_list.html", context)


@case_page(Permission.EDIT_CASE)
def consent_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Ask: who, what, for what, how long. The answer is a yes or a no; both are kept."""
    is_asking = request.POST.get("do") == "read"
    form = _give_form(request, enrolment, is_asking=is_asking)
    if is_asking:
        return _read_aloud(request, enrolment, form)
    save = _refuse if form.is_refusal else _give
    if saved(request, form, lambda: save(request, enrolment, form), lambda made: _receipt(form)):
        return redirect("consent_list", enrolment.public_id)
    return _asked(request, enrolment, form)


@require_POST
@case_page(Permission.EDIT_CASE)
def consent_paper(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Page with the answers of the consent form, to be printed and signed before they are saved. Stores nothing."""
    form = _give_form(request, enrolment, is_asking=True)
    if not (form.is_valid() and form.aloud):
        return _asked(request, enrolment, form)
    html = render_to_string("participants/consent/consent_paper.html", _paper(enrolment, form))
    missing = undrawn(html)
    if missing and not _knows(request, missing):
        return _asked(request, enrolment, form, missing)
    name = f"Samtycke {today().isoformat()}"
    try:
        return export(request, PDF, name=name, make=lambda: pdf.render(html), reason=ExportReason.SIGNATURE)
    except pdf.PdfFailedError:
        logger.exception("a consent could not be made into a document")
        messages.error(request, "Blanketten gick inte att göra. Försök igen.")
        return _asked(request, enrolment, form)


@case_page(Permission.EDIT_CASE)
def consent_meeting(request: Request, enrolment: Enrolment) -> HttpResponse:
    """A consent for one meeting: filled in beforehand, so that a party and the button are enough."""
    form = MeetingConsentForm(
        request.POST or None, enrolment=enrolment, parties=parties_of(enrolment), user=request.user, on=today()
    )
    if saved(request, form, lambda: _give_for_meeting(request, enrolment, form), lambda _: _receipt_of_meeting(form)):
        return redirect("consent_list", enrolment.public_id)
    return render(request, "participants/consent/consent_meeting.html", {"form": form, "enrolment": enrolment})


# --- Saving ---------------------------------------------------------------------------------------------------------


def _give(request: Request, enrolment: Enrolment, form: GiveForm) -> UUID:
    days = {name: form.cleaned_data[name] for name in ("valid_from", "valid_through")}
    return answer_with_contacts(
        answer=lambda: give_consent(enrolment=enrolment, asked=form.asked, by=request.user, **days),
        contacts=form.contacts,
        period=Period(days["valid_from"]),
        by=request.user,
    ).public_id


def _refuse(request: Request, enrolment: Enrolment, form: GiveForm) -> UUID:
    return refuse_consent(enrolment=enrolment, asked=form.asked, by=request.user).public_id


def _receipt(form: GiveForm) -> str:
    if form.is_refusal:
        return "Svaret är sparat: nej. Inget har öppnats, och deltagaren är med i projektet som förut."
    data = form.cleaned_data
    return _now_can_read(form, data["valid_from"], period(data["valid_from"], data["valid_through"], on=today()))


def _give_for_meeting(request: Request, enrolment: Enrolment, form: MeetingConsentForm) -> UUID:
    day, asked = form.cleaned_data["held_on"], form.asked
    try:
        return answer_with_contacts(
            answer=lambda: give_consent(
                enrolment=enrolment, asked=asked, valid_from=day, valid_through=day, by=request.user
            ),
            contacts=form.contacts,
            period=Period(day, day),
            by=request.user,
        ).public_id
    except ValidationError as error:
        faults = error.message_dict
        faults["held_on"] = faults.pop("valid_from", []) + faults.pop("valid_through", [])
        raise ValidationError({field: texts for field, texts in faults.items() if texts}) from None


def _receipt_of_meeting(form: MeetingConsentForm) -> str:
    day = form.cleaned_data["held_on"]
    return _now_can_read(form, day, period(day, day, on=today()))


def _now_can_read(form: GiveForm | MeetingConsentForm, first: date, when: str) -> str:
    """The receipt: whom the consent lets read, and the parties where nobody can read by it yet."""
    categories = form.cleaned_data["categories"]
    without = nobody_reads(form.enrolment, form.cleaned_data["parties"], categories, on=first)
    who = parties(party.name for party in form.cleaned_data["parties"] if party not in without)
    told = [f"Samtycket från {in_words(first)} är sparat."]
    if who:
        told.append(f"{who} får läsa {kinds(categories)} {when}.")
    told += [
        f"Ingen hos {party} arbetar med ärendet än, så ingen där kan läsa. Bjud in en kontakt." for party in without
    ]
    return " ".join(told)


# --- What the pages say ---------------------------------------------------------------------------------------------


def _give_form(request: Request, enrolment: Enrolment, *, is_asking: bool = False) -> GiveForm:
    on = today()
    return GiveForm(
        request.POST or None,
        enrolment=enrolment,
        parties=parties_of(enrolment),
        workers=present(case_workers(enrolment.project, enrolment.owner, on=on)),
        user=request.user,
        on=on,
        is_asking=is_asking,
    )


def _asked(request: Request, enrolment: Enrolment, form: GiveForm, missing: Sequence[Undrawn] = ()) -> HttpResponse:
    """The page with the form; `missing` are signs that the paper can't show, said before it is handed out."""
    context = {"form": form, "enrolment": enrolment, "may_print": may_export(request, PDF), "undrawn": missing}
    return render(request, "participants/consent/consent_create.html", context)


def _read_aloud(request: Request, enrolment: Enrolment, form: GiveForm) -> HttpResponse:
    """The text to read aloud: the piece alone for the script, the whole page for who has none."""
    if by_script(request):
        return render(request, "participants/consent/aloud.html", {"form": form})
    return _asked(request, enrolment, form)


def _knows(request: Request, missing: Sequence[Undrawn]) -> bool:
    """Whether the user has pressed the button on a page that said just these signs."""
    return request.POST.get("undrawn", "").split() == " ".join(place.codes for place in missing).split()


def _paper(enrolment: Enrolment, form: GiveForm) -> dict[str, Any]:
    """Context of the paper. A protected identity is written on it by hand, if at all."""
    person = enrolment.participant
    is_protected = person.protection != ProtectionLevel.NONE
    identity = person.identity
    facts = [
        ("Deltagare", person.alias if is_protected else identity.name),
        ("Projekt", enrolment.project.name),
        ("Den som frågar", str(enrolment.owner)),
    ]
    return {"facts": facts, "aloud": form.aloud, "enrolment": enrolment, "on": today()}


def _with_people(
    found: Records, enrolment: Enrolment, may_edit: bool
) -> list[tuple[Record, list[tuple[str, str]], RenewForm | None]]:
    """Each open consent with who reads by it at each party, and its button."""
    rows = []
    days = {max(record.consent.concerns_on, today()) for record in found.open}
    people = {on: at_work(enrolment, found.parties(), on=on) for on in days}
    supervisors = {on: supervising(enrolment, found.parties(), on=on) for on in days}
    for record in found.open:
        on = max(record.consent.concerns_on, today())
        by_party = {grant.organisation_id: grant.organisation.name for grant in record.open}
        told = {grant.organisation_id for grant in record.open if grant.category in SUPERVISED}
        looking = {key: [f"{name} (handledare)" for name in supervisors[on][key]] for key in told}
        who = [(name, ", ".join([*people[on][key], *looking.get(key, [])])) for key, name in by_party.items()]
        rows.append((record, who, _renewal(record, may_edit)))
    return rows


def _renewal(one: Record, may_edit: bool) -> RenewForm | None:
    return RenewForm(prefix=str(one.consent.public_id)) if may_edit and one.renewal else None
