"""Correcting what was written: a note gets a new version, a wrong assessment is taken back."""

from django import forms

from core.forms import TokenForm
from participants.forms.enrolment import SeenForm


class CorrectionForm(SeenForm):
    """A new version of a note; `seen` is the version it was begun from."""

    text = forms.CharField(
        label="Anteckningen ska lyda",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Skriv hur anteckningen ska lyda."},
        help_text="Den förra lydelsen finns kvar och kan läsas.",
    )


class WithdrawalForm(TokenForm):
    """Why an assessment was wrong."""

    reason = forms.CharField(
        label="Varför är bedömningen fel?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv varför bedömningen är fel."},
        help_text="Bedömningen räknas inte längre, men den syns i historiken med din förklaring.",
    )
