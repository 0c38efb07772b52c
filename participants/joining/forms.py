"""The form that asks whether two persons with one number are one person, and which of two values to keep."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms.concurrency import ChangedMeanwhile
from core.forms.fields import TextWhenAsked, WhenAsked
from core.forms.sent import with_answers
from core.forms.token import TokenForm
from participants.joining.answers import CHANGED, NO_REASON
from participants.joining.questions import PersonDifference, SamePersonQuestion

HERE, TYPED = "har", "inskrivet"
_CHOOSE = "Välj vad som gäller."


class _ChoiceWhenAsked(WhenAsked, forms.ChoiceField):
    """A field that must be answered if the answer is yes."""


class SamePersonForm(TokenForm):
    """Yes or no; with a yes a choice for each field that differs, with a no the reason.

    It isn't a core.forms.concurrency.SharedForm, since its fields depend on what differs: if that changes, the page
    asks the whole question anew.
    """

    seen = forms.CharField(widget=forms.HiddenInput())
    is_same = forms.ChoiceField(
        label="Är det samma person?",
        choices=(("yes", "Ja, samma person"), ("no", "Nej, två personer")),
        widget=forms.RadioSelect,
        error_messages={"required": "Svara ja eller nej."},
    )
    why = TextWhenAsked(
        label="Varför inte?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bara om du svarar nej. Läses av dem som arbetar med ditt ärende.",
    )

    def __init__(self, *args: Any, question: SamePersonQuestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differences: Sequence[PersonDifference] = question.differences
        self.current = question.fingerprint
        self.fields["seen"].initial = self.current
        for difference in self.differences:
            self.fields[difference.name] = _choice(difference)

    @property
    def choices(self) -> list[forms.BoundField]:
        """The fields that choose between two values."""
        return [self[difference.name] for difference in self.differences]

    def clean(self) -> dict[str, Any]:
        """The answers. A yes needs a choice for each difference, a no needs a reason.

        Raises ChangedMeanwhile where the two differ in other ways than the page showed.
        """
        data = super().clean()
        if data.get("seen") != self.current:
            self.data = with_answers(self.data, {"seen": self.current})
            raise ChangedMeanwhile(CHANGED)
        if data.get("is_same") == "no" and not data.get("why"):
            self.add_error("why", NO_REASON)
        unchosen = [
            difference.name
            for difference in self.differences
            if not data.get(difference.name) and difference.name not in self.errors
        ]
        if data.get("is_same") == "yes":
            for name in unchosen:
                self.add_error(name, ValidationError(_CHOOSE))
        return data

    @property
    def is_no(self) -> bool:
        """Whether the answer is no. The form must be valid."""
        return bool(self.cleaned_data["is_same"] == "no")

    @property
    def typed(self) -> set[str]:
        """Names of the fields whose value is taken from the newcomer. The form must be valid."""
        return {difference.name for difference in self.differences if self.cleaned_data[difference.name] == TYPED}


def _choice(difference: PersonDifference) -> forms.ChoiceField:
    choices = ((HERE, f"{difference.here} (i ditt ärende)"), (TYPED, f"{difference.typed} (inskrivet nu)"))
    return _ChoiceWhenAsked(label=difference.label, choices=choices, widget=forms.RadioSelect)
