"""Noting a kartläggning."""

from datetime import date
from typing import Any

from django import forms

from core.forms.concurrency import SharedForm
from core.forms.fields import TextField
from participants.assessment.shared_facts import assessments_of
from participants.fields import PastDayField
from participants.models import Enrolment


class AssessmentForm(SharedForm):
    """When it was completed, and what came out of it."""

    likeness = "en likadan kartläggning"

    def __init__(self, *args: Any, enrolment: Enrolment, on: date, **kwargs: Any) -> None:
        super().__init__(*args, shared=assessments_of(enrolment), **kwargs)
        self.fields["completed_on"] = PastDayField(
            on=on,
            label="Dag då kartläggningen blev klar",
            initial=on,
            missing="Fyll i dagen då kartläggningen blev klar.",
        )
        self.fields["summary"] = TextField(
            label="Sammanfattning",
            required=False,
            max_length=8000,
            widget=forms.Textarea(attrs={"rows": 8}),
            help_text="Det viktigaste som kom fram: behov av anpassning, styrkor, egen syn, drivkrafter, vanor.",
        )
