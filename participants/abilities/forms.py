"""Noting a party's view of the ability to work, and correcting it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundWidget

from core.forms.concurrency import SharedForm
from core.forms.fields import TextField
from participants.abilities.actions import AbilityRecord
from participants.abilities.parties import ANSWERS, AbilityAnswer, AbilityParty
from participants.abilities.words import view_in_words
from participants.amending.forms import AmendForm
from participants.fields import PastDayField

LONGEST_WORDS: Final = 1000


def view_key(party: str, answer: str) -> str:
    """A party with one of its answers, as the form sends it."""
    return f"{party}:{answer}"


_VIEWS: Final = {view_key(party, answer): (party, answer) for party, answers in ANSWERS.items() for answer in answers}


@dataclass(frozen=True, slots=True)
class PressedAnswer:
    """An answer as the page shows it: its button, and the words beside it."""

    widget: BoundWidget
    label: str


@dataclass(frozen=True, slots=True)
class PartyAnswers:
    """A party with its answers to press."""

    party: AbilityParty
    answers: Sequence[PressedAnswer]


class AbilityForm(SharedForm):
    """Asks in one press whose view it is and what it is; from which day, and in which words."""

    likeness = "en likadan uppgift"
    made_page = "ability_edit"

    view = forms.ChoiceField(
        label="Vem bedömer, och vad säger de?",
        # With its party each is clear by itself, where two people's answers stand side by side.
        choices=[(key, view_in_words(*view)) for key, view in _VIEWS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vem som bedömer och vad de säger."},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"] = PastDayField(
            on=on,
            label="Vilken dag?",
            missing="Fyll i dagen.",
            help_text="Dagen då de sade det eller beslutade det. Den kan ligga före inskrivningen.",
        )
        self.initial.setdefault("on", on)
        self.fields["words"] = TextField(
            label="Med deras egna ord",
            required=False,
            max_length=LONGEST_WORDS,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Skriv om hälsa bara när det är Försäkringskassan eller vården som säger det.",
        )

    @property
    def parties(self) -> list[PartyAnswers]:
        """The answers by party, in the order of the table."""
        pressed = {widget.data["value"]: widget for widget in self["view"].subwidgets}
        return [
            PartyAnswers(party, [_button(pressed[view_key(party, answer)], answer) for answer in answers])
            for party, answers in ANSWERS.items()
        ]

    @property
    def record(self) -> AbilityRecord:
        """The answers as the action takes them. The form must be valid."""
        data = self.cleaned_data
        party, answer = _VIEWS[data["view"]]
        return AbilityRecord(party=party, answer=answer, on=data["on"], words=data["words"])


class AbilityEditForm(AmendForm, AbilityForm):
    """Corrects a view; it begins with what is stored."""

    field_order = ("token", "seen", "view", "on", "words", "why")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)


def _button(widget: BoundWidget, answer: AbilityAnswer) -> PressedAnswer:
    return PressedAnswer(widget, answer.beside_its_question)
