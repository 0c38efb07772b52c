"""Forms that put a fact right: a new version with why, and the whole fact taken back."""

from typing import Any

from django import forms

from core.forms.concurrency import Shared, SharedForm
from core.forms.fields import TextField
from participants.amending.words import Noun

LONGEST_WHY = 500


def why_field() -> TextField:
    """The question why a fact is corrected."""
    return TextField(
        label="Varför rättar du?",
        max_length=LONGEST_WHY,
        error_messages={"required": "Skriv varför du rättar."},
        help_text="Den förra versionen finns kvar i historiken.",
    )


class AmendForm(SharedForm):
    """Asks for a fact anew, beginning with what is stored, and why it was wrong: the last question of the page."""

    beside_the_matter = frozenset({"why"})

    def __init__(self, *args: Any, shared: Shared, **kwargs: Any) -> None:
        super().__init__(*args, shared=shared, **kwargs)
        self.fields["why"] = why_field()


class TakeBackForm(SharedForm):
    """Asks why a whole fact is taken back."""

    # What is stored may be called a reason too, as that of an exit is: it is no answer to this question.
    opens_with_stored = False

    def __init__(self, *args: Any, noun: Noun, shared: Shared, **kwargs: Any) -> None:
        super().__init__(*args, shared=shared, **kwargs)
        self.fields["reason"] = TextField(
            label=f"Varför tar du tillbaka {noun.definite}?",
            max_length=LONGEST_WHY,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": f"Skriv varför du tar tillbaka {noun.definite}."},
            help_text="Skälet syns i historiken. Skriv inget om någon annan person här.",
        )
