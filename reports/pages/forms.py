"""The day that figures are asked for."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from core.days.kinds import DayKind
from core.forms.fields import DayField, PlainSelect
from core.forms.token import BaseForm
from core.swedish.words import day as said_day
from projects.models import Project
from reports.documents.forms import past_day


class AsOfForm(BaseForm):
    """The day that figures are asked for."""

    per = DayField(DayKind.HAPPENED, label="Siffror per", required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_per(self) -> date | None:
        """A day that has been by the day `on`."""
        return past_day(self.cleaned_data["per"], self.on)


def proposed_day(project: Project, on: date) -> date:
    """The day that figures are asked for when nobody says another: today, or the project's last day once it's past."""
    return project.ends_on if project.ends_on and project.has_ended(on) else on


class SafeDayForm(AsOfForm):
    """The day that figures are asked for, among the days that the safe version has."""

    def __init__(self, *args: Any, days: Iterable[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(day.isoformat(), said_day(day)) for day in days]
        self.fields["per"].widget = PlainSelect(choices=choices, attrs=self.fields["per"].widget.attrs)
