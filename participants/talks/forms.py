"""Noting a talk with a psychologist or social worker, and correcting it."""

from datetime import date
from typing import Any

from django import forms

from core.forms.concurrency import SharedForm
from core.forms.numbers import NumberField
from participants.amending.forms import AmendForm
from participants.enums import TalkHolder
from participants.fields import PastDayField
from participants.models import SupportTalk
from participants.talks.actions import LONGEST, SHORTEST, TalkRecord

_BOUNDS = f"Skriv ett tal från {SHORTEST} till {LONGEST}."


class TalkForm(SharedForm):
    """Asks with whom, which day (today unless it is changed) and how long: no question for what was said."""

    likeness = "ett likadant stödsamtal"
    made_page = "talk_edit"

    held_by = forms.ChoiceField(
        label="Vem var samtalet med?",
        choices=TalkHolder.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vem samtalet var med."},
    )
    minutes = NumberField(
        label="Hur många minuter?",
        min_value=SHORTEST,
        max_value=LONGEST,
        error_messages={
            "required": "Skriv hur länge det varade.",
            "invalid": "Skriv minuterna som ett heltal, till exempel 45.",
            "min_value": _BOUNDS,
            "max_value": _BOUNDS,
        },
    )
    field_order = ("token", "seen", "held_by", "on", "minutes", "why")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        """on: today."""
        super().__init__(*args, **kwargs)
        self.fields["on"] = PastDayField(on=on, label="Dag", missing="Fyll i dagen.")
        self.initial.setdefault("on", on)
        self.order_fields(self.field_order)

    @property
    def record(self) -> TalkRecord:
        """The answers as the actions take them. The form must be valid."""
        said = self.cleaned_data
        return TalkRecord(held_by=TalkHolder(said["held_by"]), minutes=said["minutes"], on=said["on"])


class TalkEditForm(AmendForm, TalkForm):
    """Corrects a talk; it begins with what is stored."""


def answers(talk: SupportTalk) -> dict[str, Any]:
    """A talk as its form asks for it."""
    return {"held_by": talk.held_by, "minutes": talk.minutes, "on": talk.concerns_on}
