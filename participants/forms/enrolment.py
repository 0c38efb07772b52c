"""Ending, correcting and handing over an enrolment."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import User
from core.forms import TokenForm
from core.personal_numbers import PersonalNumber
from participants.corrections import EntryCorrection, PersonCorrection
from participants.enums import ExitReason
from participants.forms.fields import PastDayField, PersonChoiceField, refuse_protected
from participants.forms.person import PersonForm
from participants.models import Enrolment, Exit

IDENTITY = ("given_name", "family_name", "number", "birth_date", "phone", "email")
CHANGED_MEANWHILE = "Någon annan har ändrat uppgifterna sedan du öppnade sidan. Jämför och spara igen."


class SeenForm(TokenForm):
    """A form that knows which version it was opened on: somebody else's change in between isn't run over."""

    seen = forms.CharField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, current: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = str(current.public_id) if current else ""
        self.fields["seen"].initial = self.current

    def clean(self) -> dict[str, Any]:
        """Refuse once, then let the user decide with open eyes."""
        data = super().clean() or self.cleaned_data
        if data.get("seen", "") != self.current:
            again = QueryDict(mutable=True)
            again.update(self.data)
            again["seen"] = self.current
            self.data = again
            raise ValidationError(CHANGED_MEANWHILE)
        return data


class ExitForm(SeenForm):
    """The last day, the reason, and in words."""

    reason = forms.ChoiceField(
        label="Orsak",
        choices=ExitReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj orsak."},
    )
    comment = forms.CharField(
        label="Kommentar",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Läses av den som får läsa ärendet.",
    )
    field_order = ("token", "seen", "exited_on", "reason", "comment")

    def __init__(self, *args: Any, current: Exit | None, on: date, **kwargs: Any) -> None:
        super().__init__(*args, current=current, **kwargs)
        self.fields["exited_on"] = PastDayField(on=on, label="Sista dag i projektet", missing="Fyll i sista dagen.")
        self.initial.update(_exit_values(current) if current else {"exited_on": on})
        self.order_fields(self.field_order)

    def clean_reason(self) -> ExitReason:
        """The reason as a choice."""
        return ExitReason(self.cleaned_data["reason"])


def _exit_values(current: Exit) -> dict[str, Any]:
    comment = current.comment.text if current.comment else ""
    return {"exited_on": current.concerns_on, "reason": current.reason, "comment": comment}


class AssignForm(TokenForm):
    """Who takes the case over, and a word on the way."""

    def __init__(self, *args: Any, workers: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"] = PersonChoiceField(
            workers, label="Ny ansvarig", error_messages={"required": "Välj vem som ska vara ansvarig."}
        )
        self.fields["note"] = forms.CharField(
            label="Att veta vid överlämningen",
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Står på ärendets sida Vilka arbetar med ärendet.",
        )


class CorrectForm(SeenForm, PersonForm):
    """Who the person is, and when and how the enrolment began."""

    is_void = forms.BooleanField(
        label="Inskrivningen är felregistrerad",
        required=False,
        help_text="Den försvinner ur listor och resultat, och kan inte öppnas igen. Historiken finns kvar.",
    )

    def __init__(self, *args: Any, enrolment: Enrolment, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        person, entry = PersonCorrection.of(enrolment.participant), EntryCorrection.of(enrolment)
        self.initial.update(person.shown(), **entry.shown())
        self.person = person
        if enrolment.participant.is_protected:
            for name in IDENTITY:
                del self.fields[name]

    def clean_number(self) -> PersonalNumber | None:
        """A number that isn't the person's own already may not be that of somebody protected."""
        number: PersonalNumber | None = self.cleaned_data["number"]
        if number and number.value != self.person.number:
            refuse_protected(number, self.user)
        return number

    def person_correction(self) -> PersonCorrection:
        """Who the person is now said to be; of somebody protected nothing but the sex."""
        if "family_name" in self.fields:
            return PersonCorrection.typed(self.cleaned_data)
        return replace(self.person, sex=self.cleaned_data["sex"])

    def entry_correction(self) -> EntryCorrection:
        """When and how the enrolment is now said to have begun."""
        return EntryCorrection.typed(self.cleaned_data)
