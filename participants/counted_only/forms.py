"""Counting somebody who isn't to be registered: sex and year, nothing else."""

from datetime import date
from typing import Any

from django import forms

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

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = on.year
        limits = f"Skriv ett år mellan {OLDEST_YEAR} och {this_year}."
        self.fields["year"] = forms.IntegerField(
            label="År då personen kom till projektet",
            initial=this_year,
            min_value=OLDEST_YEAR,
            max_value=this_year,
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), limits),
        )

    def clean_sex(self) -> Sex:
        """The sex as a choice."""
        return Sex(self.cleaned_data["sex"])


class CountedOnlyForm(_SexAndYear):
    """Counts somebody, in a project that goes on unless the user says otherwise."""

    likeness = "en likadan person"

    def __init__(self, *args: Any, project: Project, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)

    def clean_why(self) -> Miscounted:
        """The reason as a choice."""
        return Miscounted(self.cleaned_data["why"])
