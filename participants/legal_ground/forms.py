"""Forms about the legal ground: noted, and corrected."""

from datetime import date
from typing import Any

from django import forms

from core.forms.concurrency import Shared, SharedForm
from core.forms.fields import TextField
from participants.amending.forms import AmendForm
from participants.enums import LegalGroundKind
from participants.fields import PastDayField


class LegalGroundForm(SharedForm):
    """Asks for the ground that holds from a day on, and for the decision or law in words."""

    ground = forms.ChoiceField(
        label="Rättslig grund",
        choices=LegalGroundKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj rättslig grund."},
    )
    note = TextField(
        label="Beslut eller lagrum",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Till exempel vilken uppgift i lag eller vilket beslut det gäller.",
    )
    field_order = ("token", "seen", "ground", "from_day", "note")

    def __init__(self, *args: Any, shared: Shared, on: date, **kwargs: Any) -> None:
        super().__init__(*args, shared=shared, **kwargs)
        self.fields["from_day"] = PastDayField(on=on, label="Från och med", initial=on, missing="Fyll i dagen.")
        self.order_fields(self.field_order)

    def clean_ground(self) -> LegalGroundKind:
        """The ground as a choice."""
        return LegalGroundKind(self.cleaned_data["ground"])


class LegalGroundEditForm(AmendForm, LegalGroundForm):
    """Asks for everything that a ground says, beginning with what is stored, and why it was wrong."""
