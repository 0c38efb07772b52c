"""Forms of the log review: choosing a month, and signing off the sample."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField

from accounts.enums import LogVerdict
from accounts.log.reviews import Verdict
from accounts.models import LogReview, LogReviewItem
from core.forms.concurrency import SharedForm
from core.forms.fields import PlainSelect, TextField
from core.forms.token import TokenForm
from core.swedish.words import MONTHS
from oversight.log.sample import Sample, months_to_review

BEGUN = "Ett urval ur den månaden är redan framtaget. Gör klart det först."


def month_in_words(month: date) -> str:
    """«oktober 2026»."""
    return f"{MONTHS[month.month - 1]} {month.year}"


class LogMonthForm(TokenForm):
    """Asks for a month. Once valid, `sample` holds the readings drawn from it; if its review has been begun, `earlier`
    holds that review.

    The sample is drawn here, before the form is saved, so that no transaction waits for it.
    """

    adds_only = "a review"
    sample: Sample
    earlier: LogReview | None = None

    def __init__(
        self, *args: Any, on: date, begun: QuerySet[LogReview], draw: Callable[..., Sample], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._begun, self._draw = begun, draw
        this, months = on.replace(day=1), months_to_review(on)
        choices = [
            (month.isoformat(), month_in_words(month) + (", hittills" if month == this else ""))
            for month in sorted(months, reverse=True)
        ]
        self.fields["month"] = forms.TypedChoiceField(
            label="Vilken månad?",
            choices=choices,
            initial=months[0].isoformat(),
            coerce=date.fromisoformat,
            widget=PlainSelect,
        )

    def clean(self) -> dict[str, Any]:
        """The answers, with a sample drawn. A month is drawn only once, or the reviewer could choose what to look at.

        Raises ValidationError for the form where the month's review has been begun.
        """
        data = super().clean()
        if month := data.get("month"):
            self.earlier = self._begun.filter(month=month).first()
            if self.earlier:
                raise forms.ValidationError(BEGUN)
            self.sample = self._draw(month=month)
        return data


class LogReviewForm(SharedForm):
    """Asks for a verdict on each reading, and for a note where the reader is to be asked."""

    def __init__(self, *args: Any, items: Sequence[LogReviewItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"verdict_{item.position}"] = forms.ChoiceField(
                label="Är det i sin ordning?",
                choices=LogVerdict.choices,
                widget=forms.RadioSelect,
                error_messages={"required": f"Svara på läsning {item.position}."},
            )
            self.fields[f"note_{item.position}"] = TextField(
                label="Vad vill du fråga om?", required=False, max_length=2000
            )

    def label_of(self, name: str) -> str:
        """The label of an answer with its reading's number, since all readings have equal questions."""
        kind, _, place = name.partition("_")
        return {"verdict": f"Läsning {place}", "note": f"Att fråga om läsning {place}"}.get(kind, name)

    def clean(self) -> dict[str, Any]:
        """The answers. A reading with the verdict that its reader be asked needs a note."""
        places = [item.position for item in self.items]
        asked = {place for place in places if self.cleaned_data.get(f"verdict_{place}") == LogVerdict.ASK}
        self.leave_out(f"note_{place}" for place in places if place not in asked)
        data = super().clean()
        for item in self.items:
            if item.position in asked and not data.get(f"note_{item.position}", "").strip():
                self.add_error(f"note_{item.position}", f"Skriv vad du vill fråga om läsning {item.position}.")
        return data

    def fields_of(self, item: LogReviewItem) -> tuple[BoundField, BoundField]:
        """The fields for verdict and note of a reading."""
        return self[f"verdict_{item.position}"], self[f"note_{item.position}"]

    @property
    def verdicts(self) -> dict[int, Verdict]:
        """The verdicts, by the item's primary key."""
        data = self.cleaned_data
        return {
            item.pk: Verdict(LogVerdict(data[f"verdict_{item.position}"]), data[f"note_{item.position}"])
            for item in self.items
        }
