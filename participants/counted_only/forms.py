"""Counting somebody who isn't to be registered: sex and year, nothing else."""

from datetime import date
from typing import Any

from django import forms

from core.forms.token import TokenForm
from participants.enums import Sex
from projects.models import Project
from projects.project.ended import ask_if_ended

OLDEST_YEAR = 1990


class CountedOnlyForm(TokenForm):
    """Nothing here tells who it is about."""

    likeness = "en likadan person"

    adds_only = "somebody to the count"

    sex = forms.ChoiceField(
        label="Kön", choices=Sex.choices, widget=forms.RadioSelect, error_messages={"required": "Välj kön."}
    )

    def __init__(self, *args: Any, project: Project, on: date, **kwargs: Any) -> None:
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
        ask_if_ended(self, project, on)

    def clean_sex(self) -> Sex:
        """The sex as a choice."""
        return Sex(self.cleaned_data["sex"])
