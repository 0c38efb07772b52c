"""Protected identity: setting the level, enrolling under an alias, and going through what is left in texts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from accounts.models import User
from core.concurrency import CHANGED, ChangedMeanwhile, Difference, SharedForm
from core.personal_numbers import PersonalNumber
from participants.enrol import NewEnrolment
from participants.enums import ProtectionLevel
from participants.forms.fields import PersonalNumberField, PersonChoiceField, YesNoField, refuse_protected
from participants.forms.person import EntryForm
from participants.models import Enrolment, TextToCheck
from participants.places import Span
from participants.shared_facts import protection_of, texts_to_check

_LEVELS = [choice for choice in ProtectionLevel.choices if choice[0] != ProtectionLevel.NONE]
_OVER = (ProtectionLevel.NONE.value, "Skyddet har upphört")
NOBODY_CHOSEN = "Välj vem som ska vara ansvarig. Bara den som är utsedd vid namn ser ärendet."
# So many letters stand on each side of what was found.
_AROUND = 60


def _level_field(choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Skydd", choices=choices, widget=forms.RadioSelect, error_messages={"required": "Välj vilket skydd."}
    )


def _barred_field(on: date) -> PersonalNumberField:
    return PersonalNumberField(
        on=on,
        label="Personnummer att känna igen",
        required=False,
        help_text="Sparas inte. Ett kontrollvärde stoppar den som försöker skriva in personen med namn igen.",
    )


class ProtectForm(SharedForm):
    """Which protection, who is to see the case, and that the name is kept elsewhere."""

    def __init__(
        self, *args: Any, enrolment: Enrolment, workers: Sequence[User] | None, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, shared=protection_of(enrolment), **kwargs)
        participant = enrolment.participant
        self.participant = participant
        is_new = not participant.is_protected
        self.fields["level"] = _level_field(_LEVELS if is_new else [*_LEVELS, _OVER])
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
        self.user = user
        self.fields["protection"] = _level_field(_LEVELS)
        self.fields["barred_number"] = _barred_field(on)
        self.fields["responsible"] = PersonChoiceField(
            workers,
            label="Ansvarig handläggare",
            initial=str(user.public_id) if user in workers else "",
            help_text="Ärendet syns bara för den ansvariga, och för dem som ni sedan utser vid namn.",
            error_messages={"required": NOBODY_CHOSEN},
        )
        self.order_fields(["token", "protection", "barred_number", "sex", "source"])

    def clean_barred_number(self) -> PersonalNumber | None:
        """The number, unless somebody protected has it already."""
        number: PersonalNumber | None = self.cleaned_data["barred_number"]
        refuse_protected(number, self.user)
        return number

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


class RedactForm(SharedForm):
    """The places that may still tell who the person is: ticked ones are replaced.

    Texts that aren't those of the page that was opened are shown first: nobody decides about what wasn't there to read.
    """

    def __init__(self, *args: Any, texts: Sequence[TextToCheck], **kwargs: Any) -> None:
        super().__init__(*args, shared=texts_to_check(texts), **kwargs)
        self.texts = texts
        self.spans = {_value(text, span): (text, tuple(span)) for text in texts for span in text.spans}
        self.fields["places"] = forms.MultipleChoiceField(
            label="Ersätt",
            choices=[(value, "") for value in self.spans],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": CHANGED},
        )

    def clean(self) -> dict[str, Any]:
        """Boxes of an earlier page are no fault of their own."""
        data = super().clean()
        try:
            self.compare()
        except ChangedMeanwhile:
            self.errors.pop("places", None)
            raise
        return data

    def differences(self, *_: Any) -> Iterator[Difference]:
        """The texts stand on the page as they are now."""
        return iter(())

    def groups(self) -> list[list[Found]]:
        """The places of each text."""
        chosen = set(self["places"].value() or ())
        return [[_found(text, span, chosen) for span in text.spans] for text in self.texts]

    def chosen(self) -> dict[int, list[Span]]:
        """The places that were ticked, by text."""
        found: dict[int, list[Span]] = {}
        for value in self.cleaned_data["places"]:
            text, span = self.spans[value]
            found.setdefault(text.pk, []).append(span)
        return found


def _value(text: TextToCheck, span: Sequence[int]) -> str:
    """What a box sends: which letters of which wording, so that a tick never lands on other words."""
    return f"{text.body.digest[:16]}-{span[0]}-{span[1]}"


def _found(text: TextToCheck, span: Sequence[int], chosen: set[str]) -> Found:
    start, end = span
    whole, value = text.body.text, _value(text, span)
    before, after = whole[max(0, start - _AROUND) : start], whole[end : end + _AROUND]
    return Found(
        value,
        ("…" if start > _AROUND else "") + before,
        whole[start:end],
        after + ("…" if end + _AROUND < len(whole) else ""),
        value in chosen,
    )
