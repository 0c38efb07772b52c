"""Noting what has come of an enrolment, and correcting it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from core.forms.concurrency import SharedForm
from core.forms.fields import PlainSelect, RowsField
from core.forms.saving import add_missing
from participants.amending.forms import AmendForm
from participants.fields import PastDayField
from participants.models import CaseOutcome, Enrolment
from participants.outcomes.actions import (
    NOTHING,
    TWICE,
    OutcomeRecord,
    Outcomes,
    correction_faults,
    outcome_faults,
)
from projects.models import Listed


def main_field(offered: Sequence[Listed], **more: Any) -> forms.ChoiceField:
    """The question of the main outcome, among lines of the project's list; it may be left."""
    return forms.ChoiceField(
        label="Huvudsakligt utfall",
        required=False,
        choices=[("", "Inget valt"), *((str(line.public_id), line.name) for line in offered)],
        # One press, where a list takes two.
        widget=forms.RadioSelect,
        **more,
    )


def marks_field(offered: Sequence[Listed], **more: Any) -> RowsField:
    """The question of what else has come of it."""
    field = RowsField(label="Gäller också", required=False, **more)
    field.offer(offered, offered)
    return field


class OutcomesForm(SharedForm):
    """Asks what has come of an enrolment by a day: the main outcome, and others beside it."""

    likeness = "ett likadant utfall"

    def __init__(self, *args: Any, enrolment: Enrolment, offered: Sequence[Listed], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enrolment = enrolment
        self.offered = {str(line.public_id): line for line in offered}
        self.fields["main"] = main_field(
            offered, help_text="Ett nytt ersätter det förra som huvudsakligt. Det förra står kvar i historiken."
        )
        self.fields["marks"] = marks_field(offered, help_text="Vid sidan av det huvudsakliga.")
        self.fields["on"] = PastDayField(on=on, label="Dag", missing="Fyll i dagen.")
        self.initial.setdefault("on", on)

    def clean(self) -> dict[str, Any]:
        """Something is chosen, and nothing twice. Where there is a fault, those that the action would find stand beside
        it: nobody is told of one at a time."""
        data = super().clean()
        main, marks = self.offered.get(data.get("main", "")), data.get("marks", [])
        if not main and not marks and not self.errors.keys() & {"main", "marks"}:
            self.add_error("main", NOTHING)
        if main in marks:
            self.add_error("marks", TWICE)
        if self.errors and data.get("on"):
            add_missing(self, outcome_faults(self.enrolment, Outcomes(on=data["on"], main=main, marks=marks)))
        return data

    @property
    def outcomes(self) -> Outcomes:
        """The answers as the action takes them. The form must be valid."""
        data = self.cleaned_data
        return Outcomes(on=data["on"], main=self.offered.get(data["main"]), marks=data["marks"])


class OutcomeEditForm(AmendForm):
    """Corrects one outcome; it begins with what is stored."""

    def __init__(self, *args: Any, fact: CaseOutcome, offered: Sequence[Listed], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact = fact
        self.offered = {str(line.public_id): line for line in offered}
        self.fields["outcome"] = forms.ChoiceField(
            label="Utfall",
            choices=[(key, line.name) for key, line in self.offered.items()],
            widget=PlainSelect,
            error_messages={"required": "Välj utfall."},
        )
        self.fields["is_main"] = forms.ChoiceField(
            label="Är det det huvudsakliga utfallet?",
            choices=[("yes", "Ja"), ("no", "Nej, det gäller också")],
            widget=forms.RadioSelect,
            error_messages={"required": "Svara om det är det huvudsakliga utfallet."},
        )
        self.fields["on"] = PastDayField(on=on, label="Dag", missing="Fyll i dagen.")
        self.order_fields(["token", "seen", "outcome", "is_main", "on", "why"])

    def clean_outcome(self) -> Listed:
        """The chosen line."""
        return self.offered[self.cleaned_data["outcome"]]

    def clean_is_main(self) -> bool:
        """Whether it is the main one."""
        return self.cleaned_data["is_main"] == "yes"

    def clean(self) -> dict[str, Any]:
        """Where there is a fault, those that the action would find stand beside it."""
        data = super().clean()
        if self.errors and data.get("on") and data.get("outcome"):
            record = OutcomeRecord(outcome=data["outcome"], on=data["on"], is_main=False)
            add_missing(self, correction_faults(self.fact.enrolment, record, self.fact))
        return data

    @property
    def record(self) -> OutcomeRecord:
        """The answers as the action takes them. The form must be valid."""
        return OutcomeRecord(**{name: self.cleaned_data[name] for name in ("outcome", "on", "is_main")})
