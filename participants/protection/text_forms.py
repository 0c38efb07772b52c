"""The form by which somebody goes through texts about a person who is protected."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError

from core.forms.concurrency import CHANGED, ChangedMeanwhile, Difference, SharedForm
from core.forms.fields import TextField
from core.swedish.keys import clean
from core.swedish.words import listed
from participants.models import TextToCheck
from participants.protection.actions import GONE_THROUGH
from participants.protection.shared_facts import texts_to_check
from participants.protection.spans import Span, composed

# This many letters are shown on each side of a place.
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A likely place in a text, with the words around it."""

    value: str
    before: str
    word: str
    after: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class TextShown:
    """A text to go through: all of it in pieces, each marked as a likely place or not, and its places to tick."""

    alias: str
    pieces: list[tuple[str, bool]]
    places: list[Found]

    @classmethod
    def of(cls, text: TextToCheck, chosen: set[str]) -> Self:
        """A waiting text as the page shows it; `chosen` are the values of ticked boxes."""
        places = [_found(text, span, chosen) for span in text.spans]
        return cls(text.participant.alias, list(_pieces(text.body.text, text.spans)), places)


def _pieces(text: str, spans: Sequence[Sequence[int]]) -> Iterator[tuple[str, bool]]:
    done = 0
    for start, end in spans:
        yield text[done:start], False
        yield text[start:end], True
        done = end
    yield text[done:], False


class RedactForm(SharedForm):
    """Goes through texts: the user ticks likely places, and writes down other words that tell who the person is.

    If the texts have changed since the page was opened, they are shown anew before anything is replaced.
    """

    more = TextField(
        label="Annat som ska bytas ut",
        required=False,
        max_length=1000,
        says_who=True,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text="Smeknamn, adress eller annat som röjer personen. Ett på varje rad, som det står i texten.",
    )

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

    def clean_more(self) -> list[str]:
        """Words to replace besides the ticked places, one a line; each stands somewhere in the texts.

        Raises ValidationError for `more` where a word stands in none of them.
        """
        words = [clean(line) for line in composed(self.cleaned_data["more"]).splitlines() if line.strip()]
        missing = [word for word in words if not any(_places(word, text) for text in self.texts)]
        if missing:
            said = listed([f"«{word}»" for word in missing])
            raise ValidationError(f"{said} står inte i någon av texterna här. Skriv som det står i texten.")
        return words

    def clean(self) -> dict[str, Any]:
        """The answers; a ticked box that an earlier page had and this one hasn't is no fault.

        Raises ValidationError for the form where no text is left to go through, and ChangedMeanwhile where the texts
        have changed.
        """
        data = super().clean()
        try:
            self.compare()
        except ChangedMeanwhile:
            self.leave_out(["places"])
            raise
        if not self.texts:
            raise ValidationError(GONE_THROUGH)
        return data

    def differences(self, *_: Any) -> Iterator[Difference]:
        """Nothing: the page shows the texts in their present wording anyway."""
        return iter(())

    def shown(self) -> list[TextShown]:
        """The texts to go through, in the order of the page."""
        chosen = set(self["places"].value() or ())
        return [TextShown.of(text, chosen) for text in self.texts]

    def groups(self) -> list[list[Found]]:
        """The likely places, one list for each text."""
        return [text.places for text in self.shown()]

    def chosen(self) -> dict[int, list[Span]]:
        """The spans to replace, by the text's id: ticked places, and every occurrence of the written words."""
        found: dict[int, list[Span]] = {}
        for value in self.cleaned_data["places"]:
            text, span = self.spans[value]
            found.setdefault(text.pk, []).append(span)
        for text in self.texts:
            found.setdefault(text.pk, []).extend(
                span for word in self.cleaned_data["more"] for span in _places(word, text)
            )
        return found


def _places(word: str, text: TextToCheck) -> list[Span]:
    """Spans of the text that hold these words, in capitals or not, with any blanks between them."""
    pattern = r"\s+".join(re.escape(part) for part in word.split())
    return [found.span() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text.body.text, re.IGNORECASE)]


def _value(text: TextToCheck, span: Sequence[int]) -> str:
    """The value of a box: a span together with a digest of the wording, so that a tick never applies to another
    text."""
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
