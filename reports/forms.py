"""Forms of figures and reports."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.dates import latest_month_end, month_end, today
from core.forms import BaseForm, DayField, TokenForm
from core.templatetags.swedish import day as said_day
from projects.models import Project
from reports.actions import HEADINGS
from reports.models import Report

_TOO_OLD = {"required": "Sidan är för gammal. Öppna den igen.", "invalid": "Sidan är för gammal. Öppna den igen."}
FIRST_DAY = date(1990, 1, 1)
# Lines decide how long a document gets: a text of single letters, each on a line, would be hundreds of pages.
MOST_LINES = 400


class AsOfForm(BaseForm):
    """The day that figures are asked for."""

    per = DayField(label="Siffror per", required=False)

    def clean_per(self) -> date | None:
        """A day that has been."""
        return _past_day(self.cleaned_data["per"])


def proposed_day(project: Project, on: date) -> date:
    """The day that figures are asked for when nobody says another: today, or the project's last day once it's past."""
    return project.ends_on if project.ends_on and project.has_ended(on) else on


def safe_day(project: Project, asked: date, on: date) -> date:
    """The month end that stands for a day; for the project's last day its own month's end, when that has been."""
    is_last = asked == project.ends_on and month_end(asked) <= on
    return month_end(asked) if is_last else latest_month_end(asked)


def _past_day(day: date | None) -> date | None:
    if day and not FIRST_DAY <= day <= today():
        raise ValidationError("Välj en dag som har varit.")
    return day


def few_lines(text: str) -> None:
    """Raise ValidationError for a text that would fill page after page with next to nothing."""
    lines = text.count("\n") + 1
    if lines > MOST_LINES:
        raise ValidationError(f"Texten har {lines} rader och får ha högst {MOST_LINES}. Slå ihop rader till stycken.")


class ReportForm(TokenForm):
    """Title, period, as-of day and the report's texts."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False, error_messages=_TOO_OLD)
    title = forms.CharField(label="Titel", max_length=160, error_messages={"required": "Skriv rapportens titel."})
    period_start = DayField(label="Perioden från", error_messages={"required": "Skriv periodens första dag."})
    period_end = DayField(label="Perioden till och med", error_messages={"required": "Skriv periodens sista dag."})
    as_of = DayField(
        label="Siffror per",
        help_text="En månads sista dag: så kan ingen räkna ut vad en enskild person har gjort.",
        error_messages={"required": "Skriv dagen som siffrorna gäller."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, heading in enumerate(HEADINGS, start=1):
            self.fields[f"text_{place}"] = forms.CharField(
                label=heading, required=False, widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000,
                validators=[few_lines],
            )  # fmt: skip

    def clean_as_of(self) -> date:
        """The last day of a month that has been."""
        day = self.cleaned_data["as_of"]
        _past_day(day)
        if latest_month_end(day) != day:
            raise ValidationError(f"Välj en månads sista dag, till exempel {said_day(latest_month_end(day))}.")
        return day

    def clean(self) -> dict[str, Any]:
        """The period runs forwards."""
        super().clean()
        start, end = self.cleaned_data.get("period_start"), self.cleaned_data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", "Perioden kan inte sluta innan den börjar.")
        return self.cleaned_data

    @property
    def text_fields(self) -> list[forms.BoundField]:
        """The report's texts, in order."""
        return [self[f"text_{place}"] for place in range(1, len(HEADINGS) + 1)]

    @property
    def answers(self) -> dict[str, Any]:
        """What the actions take."""
        data = self.cleaned_data
        names = ("title", "period_start", "period_end", "as_of")
        texts = [data[f"text_{place}"] for place in range(1, len(HEADINGS) + 1)]
        return {**{name: data[name] for name in names}, "texts": texts}


def stored(report: Report) -> dict[str, Any]:
    """The answers as they are saved."""
    texts = {f"text_{section.position}": section.text for section in report.sections.all()}
    return {
        "version": report.version,
        "title": report.title,
        "period_start": report.period_start,
        "period_end": report.period_end,
        "as_of": report.as_of,
        **texts,
    }
