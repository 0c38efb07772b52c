"""The legal ground: noted, corrected, taken back, moved to the right person."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from core.swedish.words import day
from participants.amending.pages import amend_pages, gone, is_theirs
from participants.guards import case_page
from participants.http import Request
from participants.legal_ground.actions import (
    EARLIER,
    GROUND,
    correct_ground,
    put_ground_right,
    record_legal_ground,
    take_back_ground,
)
from participants.legal_ground.forms import LegalGroundEditForm, LegalGroundForm
from participants.legal_ground.shared_facts import ground_facts, legal_ground_of
from participants.legal_ground.standing import told_grounds
from participants.models import Enrolment, LegalGround
from projects.enums import Permission


@case_page(Permission.EDIT_CASE)
def consent_ground(request: Request, enrolment: Enrolment) -> HttpResponse:
    """On which ground the organisation handles the data: a record apart from consent."""
    on = today()
    form = LegalGroundForm(request.POST or None, shared=legal_ground_of(enrolment, on), on=on)
    if saved(request, form, lambda: _record(request, enrolment, form), lambda _: _receipt(form)):
        return redirect("consent_list", enrolment.public_id)
    context = {"form": form, "enrolment": enrolment, "grounds": told_grounds(request, enrolment)}
    return render(request, "participants/legal_ground/consent_ground.html", context)


@case_page(Permission.EDIT_CASE, of=LegalGround)
def ground_edit(request: Request, ground: LegalGround) -> HttpResponse:
    """Page that corrects everything that a ground says."""
    if ground.taken_back and request.method != "POST":
        return gone(request, ground, GROUND)
    form = LegalGroundEditForm(request.POST or None, shared=ground_facts(ground), on=today())
    if saved(request, form, lambda: _correct(request, ground, form), GROUND.is_corrected):
        return redirect("consent_list", ground.enrolment.public_id)
    if ground.taken_back and form.is_changed_meanwhile:
        # What was typed is a draft by now, and can't be saved here any more.
        return gone(request, ground, GROUND)
    context = {
        "form": form,
        "fact": ground,
        "enrolment": ground.enrolment,
        "noun": GROUND,
        "is_theirs": is_theirs(request, ground),
    }
    return render(request, "participants/legal_ground/ground_edit.html", context)


ground_take_back, ground_misplaced = amend_pages(
    LegalGround,
    GROUND,
    ground_facts,
    "participants/legal_ground/ground",
    take_back=lambda ground, **asked: take_back_ground(legal_ground=ground, **asked),
    earlier=EARLIER,
    put_right=lambda ground, **asked: put_ground_right(legal_ground=ground, **asked),
)


def _receipt(form: LegalGroundForm) -> str:
    """Says the day too: the ground may begin to hold another day than today."""
    return f"Den rättsliga grunden är sparad. Den gäller från {day(form.cleaned_data['from_day'])}."


def _record(request: Request, enrolment: Enrolment, form: LegalGroundForm) -> UUID:
    return record_legal_ground(enrolment=enrolment, by=request.user, **form.answers).public_id


def _correct(request: Request, ground: LegalGround, form: LegalGroundEditForm) -> UUID:
    return correct_ground(legal_ground=ground, by=request.user, **form.answers).public_id
