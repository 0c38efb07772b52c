"""The pages of referrals: the queue, one of them, and what is done to it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.forms.saving import NothingToSave, saved
from participants.enrolment.enrol_form import ReferredEnrolForm
from participants.enrolment.enrol_views import enrol_by
from participants.http import Request
from participants.identity.corrections import PersonCorrection
from participants.models import Referral
from participants.referral.actions import (
    ReferralRecord,
    correct_referral,
    end_referral,
    receive_referral,
    reopen_referral,
)
from participants.referral.forms import (
    ReferralCorrectForm,
    ReferralEndForm,
    ReferralForm,
    ReferralReopenForm,
)
from participants.referral.guards import referral_page
from participants.referral.queue import ReferralLine, queue_of
from participants.referral.shared_facts import carried_over, shared_of
from participants.referral.shown import consent_in_words, versions_of
from projects.enums import Permission
from projects.guards import require_permission


@require_permission(Permission.RECEIVE)
def referral_list(request: Request) -> HttpResponse:
    """The queue, and what became of the others."""
    queue = queue_of(request.scope, request.project)
    people = (line.referral.participant for line in (*queue.waiting, *queue.ended))
    request.access.declare(person for person in people if person)
    return render(request, "participants/referral/referral_list.html", {"queue": queue})


@require_permission(Permission.RECEIVE)
def referral_create(request: Request) -> HttpResponse:
    """Put a referral in the queue."""
    form = ReferralForm(request.POST or None, project=request.project, scope=request.scope)
    if made := saved(request, form, lambda: _receive(request, form), "Anvisningen väntar i kön."):
        is_there = Referral.objects.visible_to(request.scope).filter(public_id=made).exists()
        return redirect("referral_detail", made) if is_there else redirect("referral_list")
    request.access.declare(form.shown_people)
    return render(request, "participants/referral/referral_create.html", {"form": form, "known": form.known})


def _receive(request: Request, form: ReferralForm) -> UUID:
    return receive_referral(
        record=form.record(),
        person=form.person(),
        project=request.project,
        owner=request.user.own_organisation,
        by=request.user,
    ).public_id


@referral_page()
def referral_detail(request: Request, referral: Referral) -> HttpResponse:
    """One referral with all that has been said of it."""
    who = PersonCorrection.of(referral.participant).shown() if referral.participant else None
    context = {
        "referral": referral,
        "line": ReferralLine(referral, request.scope.on),
        "who": who,
        "consent": consent_in_words(referral),
        "versions": versions_of(referral, request.scope),
    }
    return render(request, "participants/referral/referral_detail.html", context)


@referral_page(waiting=True)
def referral_edit(request: Request, referral: Referral) -> HttpResponse:
    """Correct a waiting referral, or say whom it is about."""
    form = ReferralCorrectForm(request.POST or None, referral=referral, project=referral.project, scope=request.scope)
    if saved(request, form, lambda: _correct(request, referral, form), "Ändringen är sparad."):
        return redirect("referral_detail", referral.public_id)
    request.access.declare(form.shown_people)
    context = {"form": form, "known": form.known, "referral": referral}
    return render(request, "participants/referral/referral_edit.html", context)


def _correct(request: Request, referral: Referral, form: ReferralCorrectForm) -> UUID:
    record, who, person = form.record(), form.who(), None if form.who() else form.person()
    stood = PersonCorrection.of(referral.participant) if referral.participant else None
    if (record, who, person) == (ReferralRecord.of(referral), stood, None):
        raise NothingToSave(referral.public_id, "Du ändrade ingenting, så anvisningen står kvar som den var.")
    return correct_referral(referral=referral, record=record, who=who, person=person, by=request.user).public_id


@referral_page()
def referral_end(request: Request, referral: Referral) -> HttpResponse:
    """End a referral without an enrolment, or say anew how it ended."""
    form = ReferralEndForm(request.POST or None, referral=referral, on=request.scope.on)
    if saved(request, form, lambda: _end(request, referral, form), "Anvisningen är avslutad."):
        return redirect("referral_list")
    line = ReferralLine(referral, request.scope.on)
    return render(request, "participants/referral/referral_end.html", {"form": form, "line": line})


def _end(request: Request, referral: Referral, form: ReferralEndForm) -> UUID:
    answers = {name: form.cleaned_data[name] for name in ("state", "ended_on", "said")}
    return end_referral(referral=referral, by=request.user, **answers).public_id


@referral_page(waiting=False)
def referral_reopen(request: Request, referral: Referral) -> HttpResponse:
    """Take up again a referral that has ended."""
    form = ReferralReopenForm(request.POST or None)
    if saved(request, form, lambda: _reopen(request, referral), "Anvisningen väntar i kön igen."):
        return redirect("referral_detail", referral.public_id)
    line = ReferralLine(referral, request.scope.on)
    return render(request, "participants/referral/referral_reopen.html", {"form": form, "line": line})


def _reopen(request: Request, referral: Referral) -> UUID:
    return reopen_referral(referral=referral, by=request.user).public_id


@referral_page(waiting=True)
def referral_enrol(request: Request, referral: Referral) -> HttpResponse:
    """Enrol from a referral, with all that it says carried over. Where the identity is protected, another page does."""
    if referral.is_protected and request.method != "POST":
        return redirect("referral_enrol_protected", referral.public_id)
    form = ReferredEnrolForm(
        request.POST or None,
        project=referral.project,
        scope=request.scope,
        referral=referral,
        shared=shared_of(referral),
        initial=carried_over(referral),
    )
    return enrol_by(request, form, "participants/referral/referral_enrol.html")
