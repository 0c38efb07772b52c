"""Periods: days in a row. People say the first and the last day; columns hold the first day and the first day after."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from core.swedish.words import day

ONE_DAY = timedelta(days=1)
IN_THE_FUTURE = "Dagen kan inte ligga i framtiden."
BACKWARDS = "Sista dagen kan inte ligga före den första."


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day through the last, both counted; without a last day until further notice.

    A period whose last day lies before its first holds no day: a role that was taken back on its first day.
    """

    first: date
    last: date | None = None

    @classmethod
    def of(cls, first: date, until: date | None) -> Self:
        """The period of two columns: the first day, and the first day after it."""
        return cls(first, until and until - ONE_DAY)

    @property
    def until(self) -> date | None:
        """The first day after it, as it is stored; None until further notice."""
        return self.last and self.last + ONE_DAY

    @property
    def in_words(self) -> str:
        """«3 mars 2026 – 31 mars 2026», «3 mars 2026» of a single day, or «från 3 mars 2026»."""
        if self.last == self.first:
            return day(self.first)
        return f"{day(self.first)} – {day(self.last)}" if self.last else f"från {day(self.first)}"

    @property
    def last_begun(self) -> date | None:
        """The last day on which it held for any time: the first day, where it ended before that day was over."""
        return self.last and max(self.first, self.last)

    def holds(self, on: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= on and (self.last is None or on <= self.last)

    def is_over(self, on: date) -> bool:
        """Whether it ended before the day."""
        return self.last is not None and self.last < on

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day."""
        return (self.last is None or other.first <= self.last) and (other.last is None or self.first <= other.last)


def lasts_through(column: str, on: date) -> Q:
    """Condition on a row: the first day after its period, which `column` leads to, is later than the day or isn't set.

    Says nothing of when the period begins.
    """
    return Q((f"{column}__isnull", True)) | Q((f"{column}__gt", on))


class PeriodQuerySet(models.QuerySet):
    """Rows that hold from a day until the first day without them; without that day until further notice."""

    first_column: ClassVar[str] = "valid_from"
    until_column: ClassVar[str] = "valid_until"

    def on(self, on: date) -> Self:
        """Rows that hold on the day."""
        return self.on_or_after(on).filter(**{f"{self.first_column}__lte": on})

    def on_or_after(self, on: date) -> Self:
        """Rows that hold on the day or a later one: also what hasn't begun yet."""
        return self.filter(lasts_through(self.until_column, on))

    def overlapping(self, period: Period) -> Self:
        """Rows that share a day with the period."""
        rows = self.on_or_after(period.first)
        return rows.filter(**{f"{self.first_column}__lte": period.last}) if period.last else rows
