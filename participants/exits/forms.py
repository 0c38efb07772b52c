"""The form that ends an enrolment, or corrects how it ended."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms.correcting import CorrectingForm
from core.forms.fields import TextField
from core.forms.saving import add_missing
from participants.amending.forms import why_field
from participants.enums import ExitReason
from participants.exits.actions import check_ending
from participants.fields import PastDayField
from participants.models import Enrolment
from participants.outcomes.actions import TWICE, Outcomes
from participants.outcomes.forms import main_field, marks_field
from projects.models import Listed


class ExitForm(CorrectingForm):
    """The last day, the reason, and in words; of one that corrects an exit also why, of a new one what has come of it.

    It is one form, so that a second press is known again once there is an exit to correct. A page that was shown before
    a colleague ended the enrolment hasn't asked why: it shows what the colleague wrote first, and asks then.
    """

    beside_the_matter = frozenset({"why"})

    reason = forms.ChoiceField(
        label="Orsak",
        choices=ExitReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj orsak."},
    )
    comment = TextField(
        label="Kommentar",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Läses av den som får läsa ärendet.",
    )
    field_order = ("token", "seen", "exited_on", "reason", "main", "marks", "comment", "why")

    def __init__(
        self,
        *args: Any,
        enrolment: Enrolment,
        on: date,
        corrects: bool,
        offered: Sequence[Listed] = (),
        **kwargs: Any,
    ) -> None:
        """offered: the outcomes that the project's list has, where it is asked what came of it: once, when it ends."""
        super().__init__(*args, **kwargs)
        self.enrolment = enrolment
        self.offered = {str(line.public_id): line for line in offered}
        if offered:
            self.fields["main"] = main_field(offered, help_text="Det som ni kom fram till. Kan skrivas in senare.")
            self.fields["marks"] = marks_field(offered)
        if corrects:
            self.fields["why"] = why_field()
            self.fields["why"].required = not self.is_bound or "exited_on" in self._seen
        self.fields["exited_on"] = PastDayField(on=on, label="Sista dag i projektet", missing="Fyll i sista dagen.")
        self.initial.setdefault("exited_on", on)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """A correction says something else than what stands."""
        data = super().clean()
        if "why" in self.fields:
            self.require_change()
        if data.get("main") and data["main"] in data.get("marks", []):
            self.add_error("marks", TWICE)
        if self.errors and data.get("exited_on"):
            self._add_faults_of_ending(data)
        return data

    def _add_faults_of_ending(self, data: dict[str, Any]) -> None:
        """Say what the action would refuse beside what is wrong already: nobody is told of one fault at a time."""
        main, marks = data.get("main"), data.get("marks", [])
        outcomes = Outcomes(on=data["exited_on"], main=main, marks=marks) if main or marks else None
        try:
            check_ending(self.enrolment, data["exited_on"], outcomes)
        except ValidationError as fault:
            add_missing(self, {name: " ".join(said) for name, said in fault.message_dict.items()})

    def clean_main(self) -> Listed | None:
        """The chosen line; None where none is."""
        return self.offered.get(self.cleaned_data["main"])

    def clean_reason(self) -> ExitReason:
        """The reason as a choice."""
        return ExitReason(self.cleaned_data["reason"])
