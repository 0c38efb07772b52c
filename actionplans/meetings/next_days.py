"""The days that the form of a meeting proposes for the next one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from actionplans.steps import forms as step_part
from core.days.dates import workday, workday_before
from core.swedish.words import weekday_near
from projects.models import Project

OTHER_DAY, CANCELLED = "other", "cancelled"
OVER = "Inskrivningen är avslutad, och då bokas inget mer möte. Välj Inte bestämt."


@dataclass(frozen=True, slots=True)
class NextDay:
    """A day that is proposed for the next meeting. `key` says how it was counted, from the day `counted_from`."""

    key: str
    day: date
    name: str
    counted_from: date

    @property
    def label(self) -> str:
        """«Om 4 veckor, måndag 21 december»; with its year in another year than it is counted from."""
        return f"{self.name}, {weekday_near(self.day, self.counted_from)}"


def next_days(project: Project, situation: step_part.Situation, on: date) -> list[NextDay]:
    """Days to propose for the meeting after one held `on`: within the project's interval, and no later than the day
    of the nearest step that isn't reached."""
    last = on + timedelta(days=project.follow_up_max_days)
    weeks = range(-(-project.follow_up_min_days // 7), project.follow_up_max_days // 7 + 1)
    days = [NextDay(f"{week}v", _workday(on + timedelta(weeks=week), last), f"Om {week} veckor", on) for week in weeks]
    due_on = situation.next_step_on
    if due_on and due_on <= last:
        days = [day for day in days if day.day < due_on]
        step_day = workday_before(due_on)
        if step_day > on:
            days = [day for day in days if day.day != step_day]
            days.append(NextDay("steg", step_day, f"För att bedöma steg {situation.next_step}", on))
    return days


def to_come(days: Iterable[NextDay], on: date) -> dict[str, NextDay]:
    """The days that haven't passed, by how they are counted."""
    return {day.key: day for day in days if day.day >= on}


def choices(days: Iterable[NextDay], booked: date | None, on: date, sent: str = "") -> list[tuple[str, str]]:
    """The choices of a form about the next meeting: the proposed days, another, and that the `booked` one is cancelled.

    The last one says nothing, and changes nothing: so the booked day isn't proposed, unless it was `sent` by a page
    from before it was booked.
    """
    proposed = [(day.key, day.label) for day in days if day.day != booked or day.key == sent]
    cancelled = [(CANCELLED, f"Mötet {weekday_near(booked, on)} är inställt")] if booked else []
    return [*proposed, (OTHER_DAY, "Annan dag"), *cancelled, ("", unsaid(booked, on))]


def unsaid(booked: date | None, on: date) -> str:
    """Words for a meeting that says nothing of the next one."""
    return f"Inget ändras: ni ses {weekday_near(booked, on)}" if booked else "Inte bestämt"


def _workday(day: date, last: date) -> date:
    """The day itself or the first workday after it; the last one before it where that would be too late."""
    later = workday(day)
    return later if later <= last else workday_before(day)
