"""Noting who has signed a plan on paper, and correcting it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms

from accounts.models import Organisation
from actionplans.models import PlanSignature
from actionplans.signatures.actions import SignatureRecord
from core.forms.concurrency import SharedForm
from core.forms.fields import PlainSelect
from participants.amending.forms import AmendForm
from participants.fields import PastDayField

# The key of the participant among those who sign.
PARTICIPANT: Final = "participant"
_NOBODY: Final = "Välj vem som har skrivit på."


class SignatureForm(SharedForm):
    """Asks which plan was signed, by whom, and when."""

    likeness = "likadana underskrifter"
    made_page = "signature_edit"
    field_order = ("token", "seen", "number", "signers", "on", "why")

    def __init__(
        self, *args: Any, on: date, plans: Sequence[tuple[int, str]], signers: Sequence[Organisation], **kwargs: Any
    ) -> None:
        """on: today.  plans: those that can have been signed, by number and in words, the newest first."""
        super().__init__(*args, **kwargs)
        self.plans, self.signers = plans, {str(party.public_id): party for party in signers}
        self.fields["number"] = forms.TypedChoiceField(
            label="Vilken plan?",
            choices=[(str(number), words) for number, words in plans],
            coerce=int,
            initial=str(plans[0][0]) if plans else "",
            widget=PlainSelect,
            error_messages={"required": "Välj plan."},
        )
        self.fields["signers"] = self.ask_who([(PARTICIPANT, "Deltagaren"), *self._parties()])
        self.fields["on"] = PastDayField(on=on, label="Vilken dag?", missing="Fyll i dagen.")
        self.order_fields(self.field_order)

    def _parties(self) -> list[tuple[str, str]]:
        return [(key, party.name) for key, party in self.signers.items()]

    def ask_who(self, choices: list[tuple[str, str]]) -> forms.Field:
        """The question who has signed: several the same day."""
        return forms.MultipleChoiceField(
            label="Vem har skrivit på?",
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _NOBODY},
            help_text="Alla som skrev på samma dag.",
        )

    @property
    def who(self) -> list[Organisation | None]:
        """The organisations that have signed, and None for the participant. The form must be valid."""
        return [self.signers.get(key) for key in self.cleaned_data["signers"]]


class SignatureEditForm(AmendForm, SignatureForm):
    """Corrects one signature; it begins with what is stored."""

    def ask_who(self, choices: list[tuple[str, str]]) -> forms.Field:
        """The question whose signature it is: one alone."""
        return forms.ChoiceField(
            label="Vem har skrivit på?",
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": _NOBODY},
        )

    @property
    def record(self) -> SignatureRecord:
        """The answers as the action takes them. The form must be valid."""
        said = self.cleaned_data
        return SignatureRecord(number=said["number"], signer=self.signers.get(said["signers"]), on=said["on"])


def answers(signature: PlanSignature) -> dict[str, Any]:
    """A signature as its form asks for it."""
    signer = str(signature.signer.public_id) if signature.signer else PARTICIPANT
    return {"number": str(signature.number), "signers": signer, "on": signature.concerns_on}
