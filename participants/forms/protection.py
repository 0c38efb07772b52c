"""Protected identity: setting the level, enrolling under an alias, and going through what is left in texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from core.forms import TokenForm
from participants.enrol import NewEnrolment
from participants.enums import ProtectionLevel
from participants.forms.fields import PersonChoiceField, YesNoField
from participants.forms.person import EntryForm
from participants.models import Participant, TextToCheck

_LEVELS = [choice for choice in ProtectionLevel.choices if choice[0] != ProtectionLevel.NONE]
_OVER = (ProtectionLevel.NONE.value, "Skyddet har upphört")
# So many letters stand on each side of what was found.
_AROUND = 60


def _level_field(choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Skydd", choices=choices, widget=forms.RadioSelect, error_messages={"required": "Välj vilket skydd."}
    )


class ProtectForm(TokenForm):
    """Which protection, who is to see the case, and that the name is kept elsewhere."""

    def __init__(self, *args: Any, participant: Participant, workers: Sequence[User] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.participant = participant
        is_new = not participant.is_protected
        self.fields["level"] = _level_field(_LEVELS if is_new else [*_LEVELS, _OVER])
        self.fields["level"].initial = None if is_new else participant.protection
        if workers is not None:
            self.fields["responsible"] = PersonChoiceField(
                workers,
                label="Ansvarig handläggare",
                error_messages={"required": "Välj vem som ska vara ansvarig. Ingen annan ser ärendet."},
            )
        if is_new:
            self.fields["is_kept"] = forms.BooleanField(
                label="Namn, personnummer och kontaktuppgifter finns i vår egen akt utanför Samverkan",
                error_messages={"required": "Spara uppgifterna i er egen akt först. De går inte att få tillbaka här."},
            )

    def clean_level(self) -> ProtectionLevel:
        """The level as a choice."""
        return ProtectionLevel(self.cleaned_data["level"])


class ProtectedEnrolForm(EntryForm):
    """Enrolling somebody without a name: how they came, when they began, and who alone sees the case."""

    full_time_sick = YesNoField(label="Sjukskriven på heltid")
    is_known_before = YesNoField(label="Känd hos er sedan tidigare")

    def __init__(self, *args: Any, workers: Sequence[User], user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.fields["enrolled_on"].initial = on
        self.fields["protection"] = _level_field(_LEVELS)
        self.fields["responsible"] = PersonChoiceField(
            workers,
            label="Ansvarig handläggare",
            initial=str(user.public_id) if user in workers else "",
            help_text="Den enda som ser ärendet.",
            error_messages={"required": "Välj vem som ska vara ansvarig. Ingen annan ser ärendet."},
        )
        self.order_fields(["token", "protection", "sex", "source"])

    def clean_protection(self) -> ProtectionLevel:
        """The level as a choice."""
        return ProtectionLevel(self.cleaned_data["protection"])

    def new_enrolment(self) -> NewEnrolment:
        """What the action wants; the form has been validated."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("token", "responsible")}
        return NewEnrolment(**data)


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text, with what stands around it."""

    value: str
    before: str
    word: str
    after: str
    is_chosen: bool


class RedactForm(TokenForm):
    """The places that may still tell who the person is: ticked ones are replaced."""

    def __init__(self, *args: Any, texts: Sequence[TextToCheck], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        places = [(f"{text.pk}-{number}", "") for text in texts for number in range(len(text.spans))]
        self.fields["places"] = forms.MultipleChoiceField(
            label="Ersätt", choices=places, required=False, widget=forms.CheckboxSelectMultiple
        )

    def groups(self) -> list[list[Found]]:
        """The places of each text."""
        chosen = set(self["places"].value() or ())
        return [[_found(text, number, chosen) for number in range(len(text.spans))] for text in self.texts]

    def clean(self) -> dict[str, Any]:
        """Nobody else has gone through the texts since the page was opened."""
        data = super().clean()
        if "places" in self.errors:
            raise ValidationError("Någon annan har gått igenom texterna sedan du öppnade sidan.")
        return data

    def chosen(self) -> dict[int, list[int]]:
        """Numbers of the places that were ticked, by text."""
        found: dict[int, list[int]] = {}
        for place in self.cleaned_data["places"]:
            text, _, number = place.partition("-")
            found.setdefault(int(text), []).append(int(number))
        return found


def _found(text: TextToCheck, number: int, chosen: set[str]) -> Found:
    start, end = text.spans[number]
    whole, value = text.body.text, f"{text.pk}-{number}"
    before, after = whole[max(0, start - _AROUND) : start], whole[end : end + _AROUND]
    return Found(
        value,
        ("…" if start > _AROUND else "") + before,
        whole[start:end],
        after + ("…" if end + _AROUND < len(whole) else ""),
        value in chosen,
    )
