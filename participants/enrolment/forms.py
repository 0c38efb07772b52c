"""Correcting who somebody is, and how an enrolment began."""

from dataclasses import replace
from typing import Any

from django import forms

from accounts.models import User
from core.forms.concurrency import SharedForm
from core.swedish.personal_numbers import ParsedNumber, parse
from participants.enrolment.person_form import PersonForm
from participants.enrolment.shared_facts import who_and_beginning
from participants.fields import refuse_protected
from participants.identity.corrections import EntryCorrection, PersonCorrection, replaces_number
from participants.models import Enrolment
from participants.shared_facts import IDENTITY


class CorrectForm(SharedForm, PersonForm):
    """Corrects who the person is, and when and how the enrolment began."""

    beside_the_matter = frozenset({"of_another"})

    of_another = forms.BooleanField(
        label="Det som jag ändrar gällde en annan person",
        required=False,
        help_text="Då tas det gamla bort ur historiken och registerutdraget. Kvar står att något har stått fel.",
    )

    def __init__(self, *args: Any, enrolment: Enrolment, user: User, **kwargs: Any) -> None:
        super().__init__(*args, shared=who_and_beginning(enrolment), **kwargs)
        self.user = user
        self.person = PersonCorrection.of(enrolment.participant)
        if enrolment.participant.is_protected:
            for name in (*IDENTITY, "of_another"):
                del self.fields[name]
        elif replaces_number(enrolment.participant, self._typed_number()):
            self.fields["number_is"] = _question_about_number()

    def _typed_number(self) -> ParsedNumber | None:
        try:
            return parse(self.data.get("number", ""), on=self.on)
        except ValueError:
            return None

    def clean_number(self) -> ParsedNumber | None:
        """A number that isn't the person's own already may not be that of somebody protected."""
        number: ParsedNumber | None = self.cleaned_data["number"]
        if number and number.value != self.person.number:
            refuse_protected(number, self.user)
        return number

    def clean(self) -> dict[str, Any]:
        """A number that somebody else has isn't an earlier number of the person's own."""
        data = super().clean()
        if data.get("of_another") and data.get("number_is") == "new":
            self.add_error("of_another", "Ett tidigare nummer är personens eget. Svara att det är felskrivet.")
        return data

    @property
    def has_new_number(self) -> bool:
        """Whether the person has got another number, and the one before wasn't mistyped. The form must be valid."""
        return bool(self.cleaned_data.get("number_is") == "new")

    def person_correction(self) -> PersonCorrection:
        """The person as corrected; of somebody protected nothing but the sex."""
        if "family_name" in self.fields:
            return PersonCorrection.typed(self.cleaned_data)
        return replace(self.person, sex=self.cleaned_data["sex"])

    def entry_correction(self) -> EntryCorrection:
        """When and how the enrolment is now said to have begun."""
        return EntryCorrection.typed(self.cleaned_data)


def _question_about_number() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Var numret felskrivet, eller har personen fått ett nytt?",
        choices=(
            ("mistyped", "Felskrivet. Det tidigare numret hittar inte längre personen, men står i historiken."),
            ("new", "Ett nytt nummer. Det tidigare finns kvar, och personen hittas med båda."),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Numret är ett annat än förut. Svara om det var felskrivet eller är nytt."},
    )
