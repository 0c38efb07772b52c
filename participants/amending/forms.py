"""Forms that put a fact right: a new version with why, and the whole fact taken back."""

from collections.abc import Collection, Iterator
from typing import Any, Final, Self

from django import forms

from core.forms.concurrency import NOT_ASKED, Difference, Shared, SharedForm
from core.forms.correcting import CorrectingForm
from core.forms.fields import TextField
from participants.amending.words import Noun

LONGEST_WHY = 500
CORRECTED: Final = "Rättad sedan du öppnade sidan"
# The question whether what is written holds instead of what stands already, in a form.
REPLACES = "replaces"


def why_field() -> TextField:
    """The question why a fact is corrected."""
    return TextField(
        label="Varför rättar du?",
        max_length=LONGEST_WHY,
        says_who=False,
        error_messages={"required": "Skriv varför du rättar."},
        help_text="Den förra versionen och skälet finns kvar i historiken. Skriv inget om någon annan person här.",
    )


def ask_to_replace(form: forms.Form, question: str, yes: str, refusal: str) -> None:
    """Ask before what stands already is replaced; part of the form's clean, which refuses until it is answered."""
    form.fields[REPLACES] = forms.ChoiceField(label=question, choices=(("yes", yes),), widget=forms.RadioSelect)
    if form.data.get(REPLACES) != "yes":
        form.add_error(REPLACES, refusal)


class AmendForm(CorrectingForm):
    """Asks for a fact anew, beginning with what is stored, and why it was wrong: the last question of the page."""

    beside_the_matter = frozenset({"why"})

    def __init__(self, *args: Any, shared: Shared, **kwargs: Any) -> None:
        super().__init__(*args, shared=shared, **kwargs)
        self.fields["why"] = why_field()

    def clean(self) -> dict[str, Any]:
        """A correction says something else than what stands."""
        data = super().clean()
        self.require_change()
        return data


class TakeBackForm(SharedForm):
    """Asks why a whole fact is taken back."""

    # What is stored may be called a reason too, as that of an exit is: it is no answer to this question.
    opens_with_stored = False

    def __init__(self, *args: Any, noun: Noun, shared: Shared, **kwargs: Any) -> None:
        super().__init__(*args, shared=shared, **kwargs)
        self.noun = noun
        self.fields["reason"] = TextField(
            label=f"Varför tar du tillbaka {noun.definite}?",
            max_length=LONGEST_WHY,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": f"Skriv varför du tar tillbaka {noun.definite}."},
            help_text="Skälet syns i historiken. Skriv inget om någon annan person här.",
        )

    def differences(self, now: Self, changed: Collection[str]) -> Iterator[Difference]:
        """Somebody else's correction in one line: the page asks about none of its answers, and shows them below."""
        labelled = {name for name in changed if name in self.fields or not name.isidentifier() or name[0].isupper()}
        if labelled:
            yield from super().differences(now, labelled)
        if labelled != set(changed):
            yield Difference(self.noun.title, CORRECTED, NOT_ASKED)
