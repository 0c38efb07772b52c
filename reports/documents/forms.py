"""Forms of figures and reports."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.days.kinds import DayKind
from core.forms.concurrency import ChangedMeanwhile, SharedForm
from core.forms.fields import DayField, TextField
from core.swedish.words import day as said_day
from reports.documents.actions import HEADINGS
from reports.models import ENDS_FIRST
from reports.safe.days import SafeDays

FIRST_DAY = date(1990, 1, 1)
# Lines decide how long a document gets: a text of single letters, each on a line, would be hundreds of pages.
MOST_LINES = 400


def past_day(day: date | None, on: date) -> date | None:
    """The day, or None. Raises ValidationError for one after `on`, or too long ago for anybody to have meant it."""
    if day and not FIRST_DAY <= day <= on:
        raise ValidationError("Välj en dag som har varit.")
    return day


def few_lines(text: str) -> None:
    """Raises ValidationError for a text that would fill page after page with next to nothing."""
    lines = len(text.splitlines())
    if lines > MOST_LINES:
        raise ValidationError(f"Texten har {lines} rader och får ha högst {MOST_LINES}. Slå ihop rader till stycken.")


class ReportForm(SharedForm):
    """Title, period, as-of day and the report's texts."""

    likeness = "en likadan rapport"
    made_page = "report_detail"

    title = TextField(label="Titel", max_length=160, error_messages={"required": "Skriv rapportens titel."})
    period_start = DayField(
        DayKind.REPORT, label="Perioden från", error_messages={"required": "Skriv periodens första dag."}
    )
    period_end = DayField(
        DayKind.REPORT, label="Perioden till och med", error_messages={"required": "Skriv periodens sista dag."}
    )
    as_of = DayField(
        DayKind.HAPPENED,
        label="Siffror per",
        help_text="Ett kvartals sista dag eller projektets sista: så kan ingen räkna ut vad en person har gjort.",
        error_messages={"required": "Skriv dagen som siffrorna gäller."},
    )

    release_asked = TextField(
        label="Det du vill visa som annars är dolt, och varför",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, days: SafeDays, released: Collection[date] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days, self.released = days, released
        self.fields["release_asked"].help_text = (
            "En annan dag än ett kvartals sista, eller ett resultatmål med färre än tio i underlaget. Samordnaren hos "
            f"{days.project.host} tar ställning innan det visas. Skriv inget om enskilda personer."
        )
        for place, heading in enumerate(HEADINGS, start=1):
            self.fields[f"text_{place}"] = TextField(
                label=heading, required=False, widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000,
                validators=[few_lines],
            )  # fmt: skip

    def clean_as_of(self) -> date:
        """A day that has been."""
        day = self.cleaned_data["as_of"]
        past_day(day, self.days.on)
        return day

    def clean(self) -> dict[str, Any]:
        """The period runs forwards, and another day than the safe version has is asked for with why."""
        super().clean()
        day = self.cleaned_data.get("as_of")
        if day and not self._may_have(day):
            self.add_error("as_of", self._other_day(day))
        start, end = self.cleaned_data.get("period_start"), self.cleaned_data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", ENDS_FIRST)
        return self.cleaned_data

    def _may_have(self, day: date) -> bool:
        return day in self.days or day in self.released or bool(self.cleaned_data.get("release_asked"))

    def _other_day(self, day: date) -> str:
        return (
            f"Välj ett kvartals sista dag, till exempel {said_day(self.days.nearest(day))}. Måste det vara just den "
            f"här dagen skriver du varför längre ner, så tar samordnaren hos {self.days.project.host} ställning."
        )

    @property
    def text_fields(self) -> list[forms.BoundField]:
        """The report's texts, in order."""
        return [self[f"text_{place}"] for place in range(1, len(HEADINGS) + 1)]

    @property
    def answers(self) -> dict[str, Any]:
        """The answers as the actions take them. The form must be valid."""
        data = self.cleaned_data
        names = ("title", "period_start", "period_end", "as_of", "release_asked")
        texts = [data[f"text_{place}"] for place in range(1, len(HEADINGS) + 1)]
        return {**{name: data[name] for name in names}, "texts": texts}


class ReleaseForm(SharedForm):
    """Asks the host's coordinator which hidden figures a report may show, and how the confidentiality was weighed."""

    wanted = forms.MultipleChoiceField(
        label="Släpp",
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Välj vad som släpps."},
    )
    reason = TextField(
        label="Så har du prövat sekretessen",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Vem kan kännas igen, och varför går det ändå bra att visa? Texten står i rapporten: skriv inget om "
        "enskilda personer.",
        error_messages={"required": "Skriv hur du har prövat sekretessen."},
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(choices)

    def clean(self) -> dict[str, Any]:
        """The answers. A choice that the page offered and that is gone by now is no fault: the page tells of the
        change."""
        data = super().clean()
        try:
            self.compare()
        except ChangedMeanwhile:
            self.leave_out(["wanted"])
            raise
        return data

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Let these be chosen."""
        self.fields["wanted"].choices = list(choices)  # type: ignore[attr-defined]
