"""The form that corrects what an answer about consent says."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.models import Organisation, User
from core.days.kinds import DayKind
from core.enums import Category
from core.forms.fields import DayField, TextField
from participants.amending.forms import AmendForm
from participants.assignment.choices import Helper
from participants.assignment.with_consent import contact_fields, contact_name
from participants.consent.actions import NO_CATEGORY
from participants.consent.terms import written_kinds
from participants.consent_mistakes.correction_facts import correction_facts, kinds_name
from participants.consent_mistakes.corrections import NO_DAY, ConsentCorrection, day_faults
from participants.enums import ConsentAnswer, ConsentForm
from participants.fields import PersonChoiceField
from participants.models import Consent


class ConsentEditForm(AmendForm):
    """Asks for everything that an answer says, who may read which kinds one party at a time, and why it was wrong.

    What is withdrawn can't be chosen: it is kept as it is.
    """

    answer = forms.ChoiceField(
        label="Vad svarade deltagaren?",
        choices=[(ConsentAnswer.GIVEN, "Ja"), (ConsentAnswer.REFUSED, "Nej")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj ja eller nej."},
    )
    purpose = TextField(
        label="Till vad?",
        max_length=300,
        says_who=False,
        help_text="Skriv klart meningen: de får läsa för att … till exempel planera praktik.",
        error_messages={"required": "Skriv vad parterna ska använda uppgifterna till."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    valid_from = DayField(DayKind.CONSENT_FROM, label="Från och med", error_messages={"required": NO_DAY["valid_from"]})
    valid_through = DayField(
        DayKind.CONSENT_THROUGH, label="Till och med", error_messages={"required": NO_DAY["valid_through"]}
    )
    form = forms.ChoiceField(
        label="Hur lämnades svaret?",
        choices=ConsentForm.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj skriftligt eller muntligt."},
    )

    def __init__(
        self,
        *args: Any,
        consent: Consent,
        parties: Sequence[Organisation],
        workers: Sequence[User],
        on: date,
        **kwargs: Any,
    ) -> None:
        self.consent, self.parties, self.on = consent, parties, on
        super().__init__(*args, shared=correction_facts(consent), **kwargs)
        self.withdrawn = set(consent.grants.exclude(withdrawal=None).values_list("organisation", "category"))
        for party in parties:
            closed = {kind for key, kind in self.withdrawn if key == party.pk}
            self.fields[kinds_name(party)] = _kinds_field(party, closed)
        self.fields["received_by"] = PersonChoiceField(
            workers,
            label="Vem tog emot svaret?",
            error_messages={"required": "Välj vem som tog emot svaret."},
        )
        self.fields |= contact_fields(consent.enrolment, parties, on=on)
        self.order_fields(["token", "seen", "answer"])
        self.fields["why"] = self.fields.pop("why")

    def by_party(self) -> Iterator[tuple[Organisation, forms.BoundField, forms.BoundField, bool]]:
        """For the page: each party with the fields of its kinds and its contact, and whether it is in the answer."""
        for party in self.parties:
            kinds, contact = self[kinds_name(party)], self[contact_name(party)]
            is_open = bool(kinds.value() or kinds.errors or contact.errors or contact.value())
            yield party, kinds, contact, is_open

    @property
    def contacts(self) -> list[Helper]:
        """The contacts that were chosen. The form must be valid."""
        chosen = (self.cleaned_data[contact_name(party)] for party in self.parties)
        return [helper for helper in chosen if helper]

    def clean(self) -> dict[str, Any]:
        """A yes has days and something to read; a contact belongs to a party that may read."""
        if self.cleaned_data.get("answer") == ConsentAnswer.REFUSED:
            # They show all the same: what is typed there and can't be a day is said.
            self.leave_out(name for name in NO_DAY if not self[name].value())
        data = super().clean()
        if data.get("answer") == ConsentAnswer.GIVEN:
            self._check_days(data)
        elif data.get("answer"):
            data |= dict.fromkeys(NO_DAY)
        ticked = [party for party in self.parties if data.get(kinds_name(party))]
        if not ticked and not (self.withdrawn and data.get("answer") == ConsentAnswer.GIVEN):
            self.add_error(None, NO_CATEGORY)
        for party in self.parties:
            if data.get(contact_name(party)) and (party not in ticked or data.get("answer") != ConsentAnswer.GIVEN):
                self.add_error(contact_name(party), f"Kryssa för vad {party} får läsa, eller välj ingen kontakt där.")
        return data

    def correction(self) -> ConsentCorrection:
        """The answers as the action takes them. The form must be valid."""
        data = self.cleaned_data
        return ConsentCorrection(
            answer=ConsentAnswer(data["answer"]),
            cells=[(party, Category(kind)) for party in self.parties for kind in data[kinds_name(party)]],
            purpose=data["purpose"],
            form=ConsentForm(data["form"]),
            received_by=data["received_by"],
            why=data["why"],
            **{name: data[name] for name in NO_DAY},
        )

    def _check_days(self, data: dict[str, Any]) -> None:
        first, last = data.get("valid_from"), data.get("valid_through")
        if first and last:
            for name, fault in day_faults(first, last, self.consent, self.on).items():
                self.add_error(name, fault)


def _kinds_field(party: Organisation, withdrawn: set[str]) -> forms.MultipleChoiceField:
    kinds = [kind for kind in written_kinds() if kind.value not in withdrawn]
    return forms.MultipleChoiceField(
        label=f"Vad får {party} läsa?",
        required=False,
        choices=[(kind.value, kind.label) for kind in kinds],
        widget=forms.CheckboxSelectMultiple(),
    )
