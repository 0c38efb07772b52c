"""Opening a case in an emergency: who, and why."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms.fields import TextField, WhenAsked
from core.forms.token import TokenForm
from participants.emergency.actions import SHORTEST_REASON, fault_of_reason
from participants.emergency.finding import Wanted
from participants.fields import NameField, PersonalNumberField

BY_NAME = ("given_name", "family_name", "birth_year")


class _NameWhenAsked(WhenAsked, NameField):
    """A name that is asked for where there is no number."""


class _NumberWhenAsked(WhenAsked, PersonalNumberField):
    """A number that is asked for where there is no name."""


class _YearWhenAsked(WhenAsked, forms.IntegerField):
    """A year that is asked for where there is no number."""


class EmergencyForm(TokenForm):
    """A number, or a whole name with the year of birth; and the reason. Who has one name alone is sought by that."""

    adds_only = "an opening for some hours"

    given_name = _NameWhenAsked(label="Förnamn")
    family_name = _NameWhenAsked(label="Efternamn")
    reason = TextField(
        label="Varför behöver du öppna ärendet nu?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=(
            f"Minst tre ord och {SHORTEST_REASON} tecken. "
            "Läses av den ansvariga, samordnaren, loggranskaren och deltagaren."
        ),
        error_messages={"required": "Skriv varför du behöver öppna ärendet nu."},
    )
    field_order = ("token", "number", "given_name", "family_name", "birth_year", "reason")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = _NumberWhenAsked(label="Personnummer", on=on)
        self.fields["birth_year"] = _YearWhenAsked(
            label="Födelseår",
            min_value=on.year - 120,
            max_value=on.year,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 4}),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "Skriv året med fyra siffror."),
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """A number, or the whole name with the year."""
        data = super().clean() or {}
        has_name = any(self.data.get(name) for name in ("given_name", "family_name"))
        is_asked = not data.get("number") and not (has_name and self.data.get("birth_year"))
        if is_asked and "number" not in self.errors:
            self.add_error("number", "Skriv personnumret, eller hela namnet och födelseåret.")
        return data

    def clean_reason(self) -> str:
        """The reason. Raises ValidationError for `reason` where it says too little."""
        reason = self.cleaned_data["reason"]
        if fault := fault_of_reason(reason):
            raise ValidationError(fault)
        return reason

    @property
    def by_name(self) -> bool:
        """Whether any of the name has been written."""
        return any(self.data.get(name) for name in BY_NAME)

    @property
    def wanted(self) -> Wanted:
        """The person who is looked for. The form must be valid."""
        data = self.cleaned_data
        if data["number"]:
            return Wanted(number=data["number"].value)
        return Wanted("", data["given_name"], data["family_name"], data["birth_year"])
