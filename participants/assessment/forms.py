"""The form that puts a kartläggning right, and the questions about it as a whole."""

from datetime import date
from typing import Any

from django import forms

from core.forms.fields import TextField
from participants.amending.forms import AmendForm
from participants.assessment.shared_facts import assessment_facts
from participants.fields import PastDayField
from participants.models import Assessment


def completed_day(on: date, initial: date | None = None) -> PastDayField:
    """The question when a kartläggning became complete."""
    return PastDayField(
        on=on,
        initial=initial,
        label="Dag då kartläggningen blev klar",
        missing="Fyll i dagen då kartläggningen blev klar.",
    )


def summary_field() -> TextField:
    """The question what was most important."""
    return TextField(
        label="Sammanfattning",
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Det viktigaste som kom fram, för den som inte läser alla områden.",
    )


class AssessmentEditForm(AmendForm):
    """The day and the summary anew, and why they were wrong."""

    field_order = ("token", "seen", "completed_on", "summary", "why")

    def __init__(self, *args: Any, assessment: Assessment, on: date, **kwargs: Any) -> None:
        super().__init__(*args, shared=assessment_facts(assessment), **kwargs)
        self.fields["completed_on"] = completed_day(on)
        self.fields["summary"] = summary_field()
        self.order_fields(self.field_order)
