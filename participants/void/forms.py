"""Asking that an enrolment is wrongly registered, answering, and letting it count again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from accounts.models import User
from core.forms.concurrency import SharedForm
from core.forms.fields import TextField, TextWhenAsked
from participants.enrolment.enrol import NOBODY_CHOSEN
from participants.fields import PersonChoiceField
from participants.models import Enrolment
from participants.protection.actions import is_nobodys
from participants.void.chain import WHY
from participants.void.shared_facts import voiding_of

_OF_PROTECTED = (
    "Läses av samordnaren som bekräftar, och som inte ska veta vem personen är: skriv inga namn, nummer eller "
    "kontaktuppgifter."
)
CONFIRM, DECLINE = "confirm", "decline"


def _why(label: str, help_text: str, field: type[TextField] = TextField) -> TextField:
    return field(
        label=label,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=help_text,
        error_messages={"required": WHY},
    )


class VoidAskForm(SharedForm):
    """Why the enrolment should never have been made."""

    why = _why("Varför är inskrivningen fel?", "Läses av samordnaren som bekräftar.")

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, shared=voiding_of(enrolment), **kwargs)
        if enrolment.participant.is_protected:
            self.fields["why"].help_text = _OF_PROTECTED


class VoidDropForm(SharedForm):
    """Nothing to answer: the own question is taken back, or the answer has been seen."""

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, shared=voiding_of(enrolment), auto_id=False, **kwargs)


class VoidAnswerForm(SharedForm):
    """Yes or no from somebody else than the one who asked."""

    answer = forms.ChoiceField(
        label="Är inskrivningen felregistrerad?",
        choices=((CONFIRM, "Ja, den räknas inte längre"), (DECLINE, "Nej, den gäller")),
        widget=forms.RadioSelect,
        error_messages={"required": "Svara ja eller nej."},
    )
    why = _why("Varför inte?", "Bara om du svarar nej. Läses av den som bad om det.", TextWhenAsked)

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, shared=voiding_of(enrolment), **kwargs)

    def clean(self) -> dict[str, Any]:
        """A no says why."""
        data = super().clean()
        if data.get("answer") == DECLINE and not data.get("why"):
            self.add_error("why", WHY)
        return data

    @property
    def is_yes(self) -> bool:
        """Whether the answer is that it is wrongly registered; the form has been validated."""
        return bool(self.cleaned_data["answer"] == CONFIRM)


class VoidOwnAnswerForm(SharedForm):
    """A yes to the own question, with why nobody else gives it."""

    why = _why(
        "Varför bekräftar du själv?",
        "Ingen annan samordnare finns hos er i projektet. Det du skriver står kvar för den som granskar.",
    )
    is_yes = True

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, shared=voiding_of(enrolment), **kwargs)


class VoidUndoForm(SharedForm):
    """Why it counts after all; and who answers for it, where nobody would see it else."""

    why = _why("Varför ska inskrivningen räknas igen?", "Läses av dem som arbetar med ärendet.")

    def __init__(self, *args: Any, enrolment: Enrolment, workers: Sequence[User], on: date, **kwargs: Any) -> None:
        super().__init__(*args, shared=voiding_of(enrolment), **kwargs)
        if is_nobodys(enrolment, on=on):
            self.fields["responsible"] = PersonChoiceField(
                workers,
                label="Ansvarig handläggare",
                help_text="Personen har skyddade personuppgifter. Ärendet syns bara för den ansvariga.",
                error_messages={"required": NOBODY_CHOSEN},
            )
