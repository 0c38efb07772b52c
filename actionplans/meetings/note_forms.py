"""Correcting what was written: a note gets a new version, a wrong assessment is taken back."""

from typing import Any

from django import forms

from actionplans.models import MeetingParagraph, StepAssessment
from actionplans.shared_facts import assessment_of_step, note
from core.forms.concurrency import SharedForm
from core.forms.correcting import CorrectingForm
from core.forms.fields import TextField


class CorrectionForm(CorrectingForm):
    """A new version of a note; it opens with the one that stands."""

    text = TextField(
        label="Anteckningen ska lyda",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Skriv hur anteckningen ska lyda."},
        help_text="Den förra lydelsen finns kvar och kan läsas.",
    )

    def __init__(self, *args: Any, paragraph: MeetingParagraph, **kwargs: Any) -> None:
        super().__init__(*args, shared=note(paragraph), **kwargs)

    def clean(self) -> dict[str, Any]:
        """A correction says something else than what stands."""
        data = super().clean()
        self.require_change()
        return data


class WithdrawalForm(SharedForm):
    """Why an assessment was wrong."""

    reason = TextField(
        label="Varför är bedömningen fel?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv varför bedömningen är fel."},
        help_text="Bedömningen räknas inte längre, men den syns i historiken med din förklaring.",
    )

    def __init__(self, *args: Any, assessment: StepAssessment, **kwargs: Any) -> None:
        super().__init__(*args, shared=assessment_of_step(assessment), **kwargs)
