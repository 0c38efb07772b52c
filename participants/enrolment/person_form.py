"""Fields about who somebody is and how the enrolment began, shared by enrolling and correcting."""

from datetime import date
from typing import Any

from django import forms

from core.days.kinds import DayKind
from core.forms.fields import CodeField, MailField
from core.forms.token import TokenForm
from participants.enums import ReferralSource, Sex
from participants.fields import NameField, PastDayField, PersonalNumberField

# As the pages have them; faults are listed in the same order.
_ORDER = (
    "token",
    "seen",
    "given_name",
    "family_name",
    "number",
    "birth_date",
    "number_is",
    "sex",
    "phone",
    "email",
    "source",
)


class EntryForm(TokenForm):
    """Sex, source and the first days: all that is asked about somebody whose identity is protected."""

    likeness = "en likadan registrering"

    adds_only = "an enrolment beside the others"

    sex = forms.ChoiceField(label="Kön", choices=Sex.choices, widget=forms.RadioSelect, required=False)
    source = forms.ChoiceField(
        label="Anvisad från",
        choices=ReferralSource.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj varifrån personen är anvisad."},
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields |= {
            "applied_on": PastDayField(on=on, label="Ansökningsdag"),
            "referred_on": PastDayField(on=on, label="Anvisningsdag"),
            "enrolled_on": PastDayField(on=on, label="Inskrivningsdag", missing="Fyll i inskrivningsdagen."),
        }

    def clean_sex(self) -> Sex:
        """Not stated is not known."""
        return Sex(self.cleaned_data["sex"] or Sex.UNKNOWN)

    def clean_source(self) -> ReferralSource:
        """The source as a choice."""
        return ReferralSource(self.cleaned_data["source"])


class PersonForm(EntryForm):
    """Name, number and contact too."""

    given_name = NameField(label="Förnamn", required=False)
    family_name = NameField(label="Efternamn", required=False)
    phone = CodeField(label="Telefon", required=False, max_length=40)
    email = MailField(label="E-post", required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.fields["sex"].help_text = "Lämna tomt så tas det från personnumret."
        self.fields |= {
            "number": PersonalNumberField(
                on=on,
                label="Personnummer",
                required=False,
                help_text="Tio eller tolv siffror. Lämna tomt om det saknas.",
            ),
            "birth_date": PastDayField(
                on=on, kind=DayKind.BORN, label="Född", help_text="Bara om personnummer saknas."
            ),
        }
        self.order_fields(_ORDER)

    def clean(self) -> dict[str, Any]:
        """One name is enough. The number decides birth date and, unless stated, sex; nobody is enrolled before
        birth."""
        data = super().clean() or self.cleaned_data
        if {"given_name", "family_name"} <= data.keys() and not (data["given_name"] or data["family_name"]):
            self.add_error("given_name", "Skriv förnamnet eller efternamnet. Ett av dem räcker.")
        number, typed = data.get("number"), data.get("birth_date")
        if number:
            if typed not in (None, number.birth_date, self.initial.get("birth_date")):
                self.add_error("birth_date", "Födelsedagen stämmer inte med personnumret. Rätta den eller töm den.")
            data["birth_date"] = number.birth_date
            # Unknown is an answer of its own; left empty is none.
            if not self.data.get(self.add_prefix("sex")):
                data["sex"] = Sex(number.sex)
        born, enrolled = data.get("birth_date"), data.get("enrolled_on")
        if born and enrolled and enrolled < born:
            self.add_error("enrolled_on", "Inskrivningen kan inte ligga före födelsen.")
        return data
