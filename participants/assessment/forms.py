"""Forms that note a kartläggning, or put one right."""

from datetime import date
from typing import Any

from django import forms

from core.forms.concurrency import SharedForm
from core.forms.fields import TextField
from participants.amending.forms import AmendForm
from participants.assessment.shared_facts import assessment_facts, assessments_of
from participants.fields import PastDayField
from participants.models import Assessment, Enrolment


def _day(on: date, initial: date | None = None) -> PastDayField:
    return PastDayField(
        on=on,
        initial=initial,
        label="Dag då kartläggningen blev klar",
        missing="Fyll i dagen då kartläggningen blev klar.",
    )


def _summary() -> TextField:
    return TextField(
        label="Sammanfattning",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Det viktigaste som kom fram: behov av anpassning, styrkor, egen syn, drivkrafter, vanor.",
    )


class AssessmentForm(SharedForm):
    """When it was completed, and what came out of it."""

    likeness = "en likadan kartläggning"

    def __init__(self, *args: Any, enrolment: Enrolment, on: date, **kwargs: Any) -> None:
        super().__init__(*args, shared=assessments_of(enrolment), **kwargs)
        self.fields["completed_on"] = _day(on, initial=on)
        self.fields["summary"] = _summary()


class AssessmentEditForm(AmendForm):
    """The day and the summary anew, and why they were wrong."""

    field_order = ("token", "seen", "completed_on", "summary", "why")

    def __init__(self, *args: Any, assessment: Assessment, on: date, **kwargs: Any) -> None:
        super().__init__(*args, shared=assessment_facts(assessment), **kwargs)
        self.fields["completed_on"] = _day(on)
        self.fields["summary"] = _summary()
        self.order_fields(self.field_order)
