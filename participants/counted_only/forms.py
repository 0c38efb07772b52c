"""Counting somebody who isn't to be registered: sex and year, nothing else."""

from datetime import date
from typing import Any

from django import forms

from core.forms.numbers import NumberField
from core.forms.token import TokenForm
from participants.enums import Miscounted, Sex
from projects.models import Project
from projects.project.ended import ask_if_ended

OLDEST_YEAR = 1990


class _SexAndYear(TokenForm):
    """Nothing here tells who it is about."""

    adds_only = "somebody to the count, or that one was a mistake"

    sex = forms.ChoiceField(
        label="Kön", choices=Sex.choices, widget=forms.RadioSelect, error_messages={"required": "Välj kön."}
    )

    def __init__(self, *args: Any, first: int, last: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = f"Skriv ett år mellan {first} och {last}." if first < last else f"Året kan bara vara {last}."
        self.fields["year"] = NumberField(
            label="År då personen kom till projektet",
            initial=last,
            min_value=first,
            max_value=last,
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), limits),
        )

    def clean_sex(self) -> Sex:
        """The sex as a choice."""
        return Sex(self.cleaned_data["sex"])


class CountedOnlyForm(_SexAndYear):
    """Counts somebody, in a year of the project, and in one that goes on unless the user says otherwise."""

    likeness = "en likadan person"

    def __init__(self, *args: Any, project: Project, on: date, **kwargs: Any) -> None:
        first = project.starts_on.year if project.starts_on else OLDEST_YEAR
        last = min(on.year, project.ends_on.year if project.ends_on else on.year)
        super().__init__(*args, first=min(first, last), last=last, **kwargs)
        ask_if_ended(self, project, on)


class MiscountedForm(_SexAndYear):
    """Takes back a count that was a mistake, with why."""

    likeness = "en likadan rättelse"

    why = forms.ChoiceField(
        label="Varför?",
        choices=Miscounted.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj varför det var fel."},
    )
    field_order = ("token", "sex", "year", "why")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, first=OLDEST_YEAR, last=on.year, **kwargs)
        self.order_fields(self.field_order)

    def clean_why(self) -> Miscounted:
        """The reason as a choice."""
        return Miscounted(self.cleaned_data["why"])
