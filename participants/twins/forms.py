"""The form that joins two persons, and the form that undoes it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms.concurrency import ChangedMeanwhile, SharedForm
from core.forms.fields import TextField
from core.forms.sent import with_answers
from core.forms.token import TokenForm
from participants.joining.answers import CHANGED
from participants.joining.questions import PersonDifference
from participants.models import Participant
from participants.twins.actions import WHY, overlap_in_words
from participants.twins.pairs import Pair
from participants.twins.shared_facts import join_of

_FIRST, _SECOND = "first", "second"
_MISTYPED = "mistyped"
_CHOOSE = "Välj vad som gäller."


def _why(label: str) -> TextField:
    return TextField(
        label=label,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Läses av dem som arbetar med ärendena, och står i registerutdraget.",
        error_messages={"required": WHY},
    )


class TwinsForm(TokenForm):
    """A choice for each field in which the two differ, and why they are one person.

    It isn't a core.forms.concurrency.SharedForm, since its fields depend on what differs: if that changes, the page
    asks anew.
    """

    seen = forms.CharField(widget=forms.HiddenInput())
    why = _why("Varför är det samma person?")

    def __init__(self, *args: Any, pair: Pair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair, self.current = pair, pair.fingerprint
        self.fields["seen"].initial = self.current
        for difference in pair.differences:
            self.fields[difference.name] = _choice(difference)
        if pair.has_two_numbers:
            self.fields["number_is"] = forms.ChoiceField(
                label="Det andra personnumret",
                choices=(
                    (_MISTYPED, "är felskrivet och ska bort"),
                    ("earlier", "är ett tidigare nummer, och hittar personen även i fortsättningen"),
                ),
                widget=forms.RadioSelect,
                error_messages={"required": "Säg om det andra numret är felskrivet."},
            )
            self.order_fields(["number", "number_is"])

    @property
    def choices(self) -> list[forms.BoundField]:
        """The fields about what differs, in the order of the page."""
        return [field for field in self.visible_fields() if field.name not in ("why", "token")]

    def clean(self) -> dict[str, Any]:
        """The answers.

        Raises ChangedMeanwhile where the two differ in other ways than the page showed.
        """
        data = super().clean()
        if data.get("seen") != self.current:
            self.data = with_answers(self.data, {"seen": self.current})
            raise ChangedMeanwhile(CHANGED)
        if self.pair.overlaps:
            raise ValidationError(overlap_in_words(self.pair))
        return data

    @property
    def second(self) -> set[str]:
        """Names of the fields whose value is the second person's. The form must be valid."""
        chosen = self.cleaned_data
        return {row.name for row in self.pair.differences if chosen[row.name] == _SECOND}

    @property
    def is_mistyped(self) -> bool:
        """Whether the number that isn't chosen was mistyped. The form must be valid."""
        return bool(self.cleaned_data.get("number_is") == _MISTYPED)


def _choice(difference: PersonDifference) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=difference.label,
        choices=((_FIRST, difference.here), (_SECOND, difference.typed)),
        widget=forms.RadioSelect,
        error_messages={"required": _CHOOSE},
    )


class PartForm(SharedForm):
    """The reason why they are two persons after all."""

    why = _why("Varför är det inte samma person?")

    def __init__(self, *args: Any, person: Participant, **kwargs: Any) -> None:
        super().__init__(*args, shared=join_of(person), **kwargs)
