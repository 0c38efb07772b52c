"""Forms about the legal ground: noted, and corrected."""

from datetime import date
from typing import Any

from django import forms

from core.forms.concurrency import SharedForm
from core.forms.fields import TextField
from participants.amending.forms import AmendForm
from participants.enums import LegalGroundKind
from participants.fields import PastDayField
from participants.legal_ground.shared_facts import ground_facts, legal_ground_of
from participants.models import Enrolment, LegalGround


class GroundForm(SharedForm):
    """The ground, from when, and in words."""

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

    def __init__(self, *args: Any, on: date, first: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_day"] = PastDayField(on=on, label="Från och med", initial=first, missing="Fyll i dagen.")
        self.order_fields(self.field_order)

    def clean_ground(self) -> LegalGroundKind:
        """The ground as a choice."""
        return LegalGroundKind(self.cleaned_data["ground"])


class LegalGroundForm(GroundForm):
    """Asks for the ground that holds from a day on."""

    def __init__(self, *args: Any, enrolment: Enrolment, on: date, **kwargs: Any) -> None:
        kwargs |= {"shared": legal_ground_of(enrolment, on), "first": on}
        super().__init__(*args, on=on, **kwargs)


class LegalGroundEditForm(AmendForm, GroundForm):
    """Asks for everything that a ground says, and why it was wrong."""

    def __init__(self, *args: Any, fact: LegalGround, on: date, **kwargs: Any) -> None:
        kwargs |= {"shared": ground_facts(fact), "first": fact.concerns_on}
        super().__init__(*args, on=on, **kwargs)
