"""Enrolling somebody."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import render

from core.forms.saving import saved
from core.pages import Page, go_to
from participants.enrolment.enrol import enrol_participant
from participants.enrolment.enrol_form import EnrolForm
from participants.http import Request
from participants.models import Enrolment
from participants.referral.actions import PROTECTED
from participants.referral.locking import ENDED
from projects.enums import Permission
from projects.guards import require_permission


@require_permission(Permission.ENROL)
def participant_create(request: Request) -> HttpResponse:
    """Register somebody and enrol them, or enrol again somebody whom the organisation knows."""
    form = EnrolForm(request.POST or None, project=request.project, scope=request.scope)
    return enrol_by(request, form, "participants/enrolment/participant_create.html")


def enrol_by(request: Request, form: EnrolForm, template: str) -> HttpResponse:
    """A page that enrols somebody; where a referral leads there, with a form of its own."""
    try:
        made = saved(request, form, lambda: _enrol(request, form), "Personen är inskriven.")
    except IntegrityError:
        # A colleague enrolled the same person in the same moment: now the form finds that.
        form.full_clean()
        if form.is_valid():
            raise
        made = None
    if made:
        is_open = Enrolment.objects.visible_to(request.scope).filter(participant__public_id=made).exists()
        return go_to(Page.PERSON, made) if is_open else go_to(Page.CASE_LIST)
    request.access.declare(form.shown_people)
    may_open = request.scope.may(Permission.EDIT_CASE, request.project)
    return render(request, template, {"form": form, "known": form.known, "may_open": may_open})


def _enrol(request: Request, form: EnrolForm) -> UUID:
    try:
        enrolment = enrol_participant(
            new=form.new_enrolment(),
            project=request.project,
            owner=request.user.own_organisation,
            responsible=form.cleaned_data["responsible"],
            by=request.user,
        )
    except ValidationError as error:
        if hasattr(error, "error_dict") or {ENDED, PROTECTED} & set(error.messages):
            raise
        # What names no field is two enrolments of one person that overlap: the day is what can be changed.
        raise ValidationError({"enrolled_on": error.messages}) from None
    return enrolment.participant.public_id
