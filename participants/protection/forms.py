"""Protected identity: setting the level, enrolling under an alias, and going through what is left in texts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.models import User
from core.forms.concurrency import SharedForm
from core.swedish.personal_numbers import ParsedNumber
from participants.enrolment.enrol import NOBODY_CHOSEN
from participants.enrolment.new import NewEnrolment
from participants.enrolment.person_form import EntryForm
from participants.enums import ProtectionLevel
from participants.fields import PersonalNumberField, PersonChoiceField, YesNoField, refuse_protected
from participants.models import Enrolment, Referral
from participants.protection.shared_facts import protection_of
from projects.models import Project
from projects.project.ended import NAME, ask_if_ended

LEVELS = [choice for choice in ProtectionLevel.choices if choice[0] != ProtectionLevel.NONE]
# Questions whose answers are nothing that is stored of the enrolment.
_ASKED_BESIDE = frozenset({"token", "seen", "responsible", NAME})
_OVER = (ProtectionLevel.NONE.value, "Skyddet har upphört")


def level_field(choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    """Which protection the person has."""
    return forms.ChoiceField(
        label="Skydd", choices=choices, widget=forms.RadioSelect, error_messages={"required": "Välj vilket skydd."}
    )


def is_kept_field() -> forms.BooleanField:
    """A yes to that the name is kept elsewhere, since it goes here for good."""
    return forms.BooleanField(
        label="Namn, personnummer och kontaktuppgifter finns i vår egen akt utanför Samverkan",
        error_messages={"required": "Spara uppgifterna i er egen akt först. De går inte att få tillbaka här."},
    )


def _barred_field(on: date) -> PersonalNumberField:
    return PersonalNumberField(
        on=on,
        label="Personnummer att känna igen",
        required=False,
        help_text="Sparas inte. Ett kontrollvärde stoppar den som försöker skriva in personen med namn igen.",
    )


class ProtectForm(SharedForm):
    """Asks for the level of protection, who is to see the case, and a yes to that the name is kept elsewhere."""

    def __init__(
        self, *args: Any, enrolment: Enrolment, workers: Sequence[User] | None, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, shared=protection_of(enrolment, on=on), **kwargs)
        participant = enrolment.participant
        self.participant = participant
        is_new = not participant.is_protected
        self.fields["level"] = level_field(LEVELS if is_new else [*LEVELS, _OVER])
        self.fields["level"].initial = None if is_new else participant.protection
        if workers is not None:
            self.fields["responsible"] = PersonChoiceField(
                workers,
                label="Ansvarig handläggare",
                error_messages={"required": NOBODY_CHOSEN},
            )
        if not is_new:
            self.fields["barred_number"] = _barred_field(on)
        if is_new:
            self.fields["is_kept"] = is_kept_field()

    def clean_level(self) -> ProtectionLevel:
        """The chosen level of protection."""
        return ProtectionLevel(self.cleaned_data["level"])


class ProtectedEnrolForm(EntryForm):
    """Enrols somebody without a name: how the person came, when the enrolment begins, and who alone sees the case."""

    # The referral that leads here, where one does.
    referral: Referral | None = None

    full_time_sick = YesNoField(label="Sjukskriven på heltid")
    is_known_before = YesNoField(label="Känd hos er sedan tidigare")

    def __init__(
        self, *args: Any, project: Project, workers: Sequence[User], user: User, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.fields["enrolled_on"].initial = on
        self.user = user
        self.fields["protection"] = level_field(LEVELS)
        self.fields["barred_number"] = _barred_field(on)
        self.fields["responsible"] = PersonChoiceField(
            workers,
            label="Ansvarig handläggare",
            initial=str(user.public_id) if user in workers else "",
            help_text="Ärendet syns bara för den ansvariga, och för dem som ni sedan utser vid namn.",
            error_messages={"required": NOBODY_CHOSEN},
        )
        self.order_fields(["token", "protection", "barred_number", "sex", "source"])
        ask_if_ended(self, project, on)

    def clean_barred_number(self) -> ParsedNumber | None:
        """The parsed number; a fault of the field if it is the number of somebody protected."""
        number: ParsedNumber | None = self.cleaned_data["barred_number"]
        refuse_protected(number, self.user)
        return number

    def clean_protection(self) -> ProtectionLevel:
        """The chosen level of protection."""
        return ProtectionLevel(self.cleaned_data["protection"])

    def new_enrolment(self) -> NewEnrolment:
        """The answers as the action takes them. The form must be valid."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in _ASKED_BESIDE}
        return NewEnrolment(**data, referral=self.referral)
