"""Fields about persons, and errors from actions put where they belong."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from core.days.kinds import DayKind
from core.forms.fields import CodeField, DayField, PlainSelect, TextField
from core.swedish.personal_numbers import ParsedNumber, parse
from core.swedish.typed import clean_name
from participants.protected_number.numbers import refusals

YES_NO = (("yes", "Ja"), ("no", "Nej"), ("unknown", "Vet inte"))
_ANSWERS = {"yes": True, "no": False}


class NameField(TextField):
    """A name, in one spelling however it was typed: composed letters, single blanks, no invisible signs."""

    says_who = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=80, **kwargs)
        self.widget.attrs.update({"autocomplete": "off", "spellcheck": "false"})

    def to_python(self, value: Any) -> str:
        """The cleaned name."""
        return clean_name(super().to_python(value))

    def validate(self, value: str) -> None:
        """A name has letters. Raises ValidationError for the field otherwise."""
        super().validate(value)
        if value and not any(char.isalpha() for char in value):
            raise ValidationError("Skriv namnet med bokstäver.")


class PersonalNumberField(CodeField):
    """A personal or coordination number; gives core.swedish.personal_numbers.ParsedNumber or None."""

    says_who = True

    def __init__(self, *, on: date, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.on = on
        self.widget.attrs.update({"autocomplete": "off", "inputmode": "numeric"})

    def clean(self, value: Any) -> ParsedNumber | None:
        """The parsed number. Raises ValidationError for the field where it is no personal number."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse(text, on=self.on)
        except ValueError as error:
            raise ValidationError(str(error)) from None


def refuse_protected(number: ParsedNumber | None, by: User) -> None:
    """Raises ValidationError where the number is of somebody with a protected identity, whom the user may not see."""
    if number:
        answers = refusals(numbers=[number.value], organisation=by.own_organisation, by=by)
        if fault := answers.get(number.value):
            raise ValidationError(fault)


class PastDayField(DayField):
    """A day that has been, and not so long ago that the year must be wrong.

    Optional, unless `missing` says what to answer when it is left out.
    """

    def __init__(self, *, on: date, kind: DayKind = DayKind.HAPPENED, missing: str = "", **kwargs: Any) -> None:
        super().__init__(kind, on=on, required=bool(missing), **kwargs)
        self.error_messages["required"] = missing


class YesNoField(forms.ChoiceField):
    """Yes, no or not known: True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, widget=forms.RadioSelect, initial="unknown", **kwargs)

    def clean(self, value: Any) -> bool | None:
        """The answer; none given is not known."""
        return _ANSWERS.get(super().clean(value or "unknown"))


class PersonChoiceField(forms.ChoiceField):
    """One of some users, by public id; gives the user or None."""

    widget = PlainSelect

    def __init__(self, users: Sequence[User] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.users = {str(user.public_id): user for user in users}
        empty = "Välj" if self.required else "Ingen än"
        self.choices = [("", empty), *((key, str(user)) for key, user in self.users.items())]

    def clean(self, value: Any) -> User | None:
        """The chosen user."""
        return self.users.get(super().clean(value))
