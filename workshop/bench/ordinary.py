"""The floor of a save: an ordinary Django view that writes the rows which the program writes for a meeting with a step.

A plain form, `create()` of each row in one transaction, nothing else asked and nothing checked. Rows of one kind go
together, as the program's do. `tests/workshop/test_floors.py` holds that the rows are as many, in the same tables.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from accounts.enums import AccessKind
from accounts.models import AccessEvent, AccessHead, AccessSubject, User
from actionplans.enums import CriterionOutcome, MeetingKind, Outcome
from actionplans.models import CriterionResult, Meeting, MeetingParagraph, MeetingParty, StepAssessment, StepClock
from actionplans.steps.clock import DERIVED
from core.models import FormToken, TextBody
from participants.models import Enrolment
from projects.models import StepCriterion


class PlainForm(forms.Form):
    """Asks what the program's form about a meeting asks, and checks that it is answered."""

    kind = forms.ChoiceField(choices=MeetingKind.choices)
    held_on = forms.DateField()
    participant_present = forms.BooleanField(required=False)
    text = forms.CharField(max_length=20_000, widget=forms.Textarea)
    token = forms.UUIDField()

    def __init__(self, *args: Any, criteria: Sequence[StepCriterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in criteria:
            self.fields[f"criterion_{criterion.pk}"] = forms.ChoiceField(choices=CriterionOutcome.choices)
            if criterion.supervisor_required:
                self.fields[f"supervisor_{criterion.pk}"] = forms.CharField(max_length=200)


def save(request: HttpRequest, public_id: str) -> HttpResponse:
    """Save the form's answers as a meeting of the case, with its first step judged."""
    cases = Enrolment.objects.select_related("participant")
    case = get_object_or_404(cases, public_id=public_id)
    asked = StepCriterion.objects.filter(step__ladder__project=case.project_id, step__number=1)
    criteria = list(asked.select_related("step").order_by("position"))
    form = PlainForm(request.POST, criteria=criteria)
    if not form.is_valid():
        return HttpResponse(str(form.errors), status=400)
    with transaction.atomic():
        meeting = _meeting(case, form.cleaned_data, request.user)
        _judgement(case, meeting, criteria, form.cleaned_data)
        _log(case, meeting.recorded_by)
    return redirect("/")


def _meeting(case: Enrolment, answers: dict[str, Any], user: Any) -> Meeting:
    facts = {"concerns_on": answers["held_on"], "owner_id": case.owner_id, "recorded_by": user}
    meeting = Meeting.objects.create(
        enrolment=case,
        project_id=case.project_id,
        kind=answers["kind"],
        participant_present=answers["participant_present"],
        **facts,
    )
    FormToken.objects.create(token=answers["token"], user=user, made=meeting.public_id, content="0" * 64)
    MeetingParty.objects.create(meeting=meeting, user=user, organisation_id=case.owner_id)
    body = _text(answers["text"])
    MeetingParagraph.objects.create(enrolment=case, meeting=meeting, author=user, body=body, **facts)
    return meeting


def _judgement(case: Enrolment, meeting: Meeting, criteria: Sequence[StepCriterion], answers: dict[str, Any]) -> None:
    fact = StepAssessment.objects.create(
        enrolment=case,
        meeting=meeting,
        step=criteria[0].step,
        outcome=Outcome.CLEARED,
        cleared_on=meeting.concerns_on,
        proposal=Outcome.CLEARED,
        concerns_on=meeting.concerns_on,
        owner_id=case.owner_id,
        recorded_by=meeting.recorded_by,
    )
    CriterionResult.objects.bulk_create(
        CriterionResult(
            assessment=fact,
            criterion=criterion,
            outcome=answers[f"criterion_{criterion.pk}"],
            supervisor=_text(answers[f"supervisor_{criterion.pk}"]) if criterion.supervisor_required else None,
        )
        for criterion in criteria
    )
    clocks = [StepClock(**_values(clock)) for clock in StepClock.objects.filter(enrolment=case)]
    keys = ["enrolment", "step_number"]
    StepClock.objects.bulk_create(clocks, update_conflicts=True, unique_fields=keys, update_fields=DERIVED)
    case.save(update_fields=["next_contact_on"])


def _values(clock: StepClock) -> dict[str, Any]:
    """The columns of a clock without its key, so that it is written as a new row over the one that is there."""
    fields = StepClock._meta.concrete_fields
    return {field.attname: getattr(clock, field.attname) for field in fields if not field.primary_key}


def _log(case: Enrolment, user: User) -> None:
    head = AccessHead.objects.select_for_update().get(user=user)
    head.number += 1
    event = AccessEvent.objects.create(
        user=user,
        number=head.number,
        organisation_id=case.owner_id,
        at=timezone.now(),
        kind=AccessKind.CHANGE,
        part="meeting_create",
        subjects_count=1,
        hash="0" * 64,
    )
    AccessSubject.objects.create(event=event, person=case.participant.public_id)
    head.hash = event.hash
    head.save()


def _text(text: str) -> TextBody:
    body = TextBody.of(text)
    body.save()
    return body
