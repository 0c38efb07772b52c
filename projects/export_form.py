"""Why a file about persons is taken out: asked on the page where its button stands."""

from collections.abc import Collection
from typing import Any

from django import forms

from accounts.enums import ExportReason
from core.forms.fields import TextField
from core.forms.token import BaseForm


class ExportForm(BaseForm):
    """One of the reasons that suit the file, or another one in words."""

    reason = forms.TypedChoiceField(
        label="Varför hämtar du filen?",
        coerce=ExportReason,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj varför du hämtar filen."},
    )
    words = TextField(
        label="Vilket annat skäl?",
        min_length=10,
        max_length=300,
        says_who=False,
        help_text="Läses av loggranskaren. Skriv inga namn.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "min_length"), "Skriv vilket skäl du har, med minst 10 tecken."),
    )

    def __init__(self, *args: Any, reasons: Collection[ExportReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(reason.value, reason.label) for reason in reasons]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Only another reason has words."""
        if self.cleaned_data.get("reason") != ExportReason.OTHER:
            self.leave_out(["words"])
        return super().clean()
