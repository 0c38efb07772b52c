"""Asking for consent, for one meeting too."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, cast

from django import forms

from accounts.models import Organisation, User
from core.days.dates import add_months
from core.days.kinds import DayKind
from core.days.periods import ONE_DAY
from core.enums import Category
from core.forms.fields import DayField, TextField
from core.forms.token import BaseForm, TokenForm
from participants.assignment.choices import Helper
from participants.assignment.with_consent import contact_fields, contact_name
from participants.consent.actions import NO_CATEGORY, ConsentQuestion
from participants.consent.parties import NO_PARTY
from participants.consent.terms import ends_at_latest, written_kinds
from participants.consent.words import Term, read_aloud
from participants.enums import ConsentForm
from participants.fields import PastDayField, PersonChoiceField
from participants.models import Enrolment

OTHER_DAY, PROJECT_END = "dag", "projekt"
_MONTHS = ("3", "6")
# What the text to read aloud is made of.
_SAID = ("parties", "categories", "purpose", "period", "valid_from", "valid_through")
_PURPOSES = (
    "planera praktik",
    "planera insatserna tillsammans",
    "följa upp planen tillsammans",
    "samordna stöd och rehabilitering",
)


class AskForm(TokenForm):
    """Asks the questions of every consent: who may read which kinds of information, and for what."""

    adds_only = "a consent beside the others"

    def __init__(
        self, *args: Any, enrolment: Enrolment, parties: Sequence[Organisation], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.enrolment, self.on = enrolment, on
        self.parties = {str(party.public_id): party for party in parties}
        self.fields["parties"] = forms.MultipleChoiceField(
            label="Vem får läsa?",
            choices=[(key, party.name) for key, party in self.parties.items()],
            widget=forms.CheckboxSelectMultiple(),
            error_messages={"required": NO_PARTY},
        )
        self.fields |= contact_fields(enrolment, parties, on=on)
        self.fields["categories"] = forms.MultipleChoiceField(
            label="Vad får de läsa?",
            choices=[(kind.value, kind.label) for kind in written_kinds()],
            widget=forms.CheckboxSelectMultiple(),
            error_messages={"required": NO_CATEGORY},
        )
        self.fields["purpose"] = TextField(
            label="Varför?",
            max_length=300,
            says_who=False,
            help_text="Skriv klart meningen: de får läsa för att … till exempel planera praktik.",
            error_messages={"required": "Skriv vad parterna ska använda uppgifterna till."},
            widget=forms.TextInput(attrs={"list": "consent-purposes", "autocomplete": "off"}),
        )

    @property
    def purposes(self) -> Sequence[str]:
        """Purposes to choose from while one types."""
        return _PURPOSES

    @property
    def contact_fields(self) -> list[forms.BoundField]:
        """The fields that ask for a contact, one for each party."""
        return [self[contact_name(party)] for party in self.parties.values()]

    @property
    def contacts(self) -> list[Helper]:
        """The contacts that were chosen. The form must be valid."""
        chosen = (self.cleaned_data[contact_name(party)] for party in self.parties.values())
        return [helper for helper in chosen if helper]

    def clean(self) -> dict[str, Any]:
        """A contact belongs to a party that may read."""
        data = super().clean() or {}
        ticked = data.get("parties")
        for party in self.parties.values():
            if ticked is not None and party not in ticked and data.get(contact_name(party)):
                self.add_error(contact_name(party), f"Kryssa för {party} ovan, eller välj ingen kontakt där.")
        return data

    def clean_parties(self) -> list[Organisation]:
        """The organisations that were ticked."""
        return [self.parties[key] for key in self.cleaned_data["parties"]]

    def clean_categories(self) -> list[Category]:
        """The kinds of information that were ticked."""
        return [Category(value) for value in self.cleaned_data["categories"]]


class GiveForm(AskForm):
    """A consent for a time: also until when, how the answer came, and who took it."""

    period = forms.ChoiceField(label="Hur länge?", widget=forms.RadioSelect, initial=_MONTHS[0])
    valid_through = DayField(DayKind.CONSENT_THROUGH, label="Till och med")
    form = forms.ChoiceField(
        label="Hur lämnades svaret?",
        choices=ConsentForm.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj skriftligt eller muntligt."},
    )
    field_order = (
        "token", "parties", "categories", "purpose", "period", "valid_through", "valid_from", "form", "received_by"
    )  # fmt: skip

    def __init__(
        self, *args: Any, workers: Sequence[User], user: User, on: date, is_asking: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, on=on, **kwargs)
        # The question is read or printed before there is an answer, and a no has no last day.
        self.is_asking, self.is_refusal = is_asking, self.data.get("do") == "refuse"
        period = cast(forms.ChoiceField, self.fields["period"])
        period.choices, period.required = list(self._periods()), not self.is_refusal
        self.fields["valid_from"] = DayField(DayKind.CONSENT_FROM, label="Från och med", required=False, initial=on)
        self.fields["received_by"] = PersonChoiceField(
            workers,
            label="Vem tog emot svaret?",
            initial=str(user.public_id),
            error_messages={"required": "Välj vem som tog emot svaret."},
        )
        self.fields["valid_through"].error_messages["required"] = "Välj den sista dagen."
        self.order_fields(self.field_order)

    @property
    def asked(self) -> ConsentQuestion:
        """The question that was answered, as the action takes it. The form must be valid."""
        data = self.cleaned_data
        form = ConsentForm(data["form"])
        return ConsentQuestion(data["parties"], data["categories"], data["purpose"], form, data["received_by"])

    @property
    def aloud(self) -> list[str]:
        """The text to read aloud, from the answers so far; nothing while something that it says is lacking."""
        if not self.is_bound or not self.errors.keys().isdisjoint(_SAID) or self.is_refusal:
            return []
        # Nobody has looked at the answers of a draft yet.
        if not (data := self.cleaned_data):
            return []
        names = [party.name for party in data["parties"]]
        term = Term(data["purpose"], data["valid_from"], data["valid_through"])
        return read_aloud(names, data["categories"], term, project=str(self.enrolment.project), on=self.on)

    def clean(self) -> dict[str, Any]:
        """Work out the last day from the length that was chosen."""
        self.leave_out(self._not_asked())
        data = super().clean()
        if "valid_from" not in self.errors:
            data["valid_from"] = data.get("valid_from") or self.on
            data["valid_through"] = self._last_day(data["valid_from"])
        return data

    def _last_day(self, first: date) -> date | None:
        chosen = self.cleaned_data.get("period", "")
        if chosen in _MONTHS:
            return add_months(first, int(chosen)) - ONE_DAY
        if chosen == PROJECT_END:
            return self.enrolment.project.ends_on
        return self.cleaned_data.get("valid_through")

    def _not_asked(self) -> Iterator[str]:
        """Names of fields on the page that need no answer now."""
        if self.is_asking:
            yield from ("form", "received_by")
        if self.is_refusal or self.cleaned_data.get("period") != OTHER_DAY:
            yield "valid_through"

    def _periods(self) -> Iterator[tuple[str, str]]:
        for months in _MONTHS:
            yield months, f"{months} månader"
        end = self.enrolment.project.ends_on
        if end and self.on <= end <= ends_at_latest(self.on):
            yield PROJECT_END, "Tills projektet slutar"
        yield OTHER_DAY, "Till en annan dag"


class MeetingConsentForm(AskForm):
    """A consent for one meeting: who and what, on that day only, given orally."""

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.user = user
        self.fields["categories"].initial = [Category.MEETINGS]
        self.fields["purpose"].initial = "planera tillsammans på mötet"
        self.fields["parties"].initial = list(self.parties) if len(self.parties) == 1 else []
        self.fields["held_on"] = DayField(
            DayKind.CONSENT_FROM, label="Mötets dag", initial=on, error_messages={"required": "Fyll i mötets dag."}
        )

    @property
    def asked(self) -> ConsentQuestion:
        """The question that was answered, as the action takes it. The form must be valid."""
        data = self.cleaned_data
        return ConsentQuestion(data["parties"], data["categories"], data["purpose"], ConsentForm.ORAL, self.user)


class StateForm(BaseForm):
    """The day that one asks about."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["per"] = PastDayField(on=on, label="Dag", missing="Välj dag.")
