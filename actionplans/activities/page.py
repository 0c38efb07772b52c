"""Reads and lines of the pages about activities, and of the participant's sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Case, F, Value, When

from actionplans.models import CaseActivity
from actionplans.models.activity import activity_in_words
from core.days.periods import Period
from core.enums import Category
from core.swedish.words import weekday_near
from participants.models import Enrolment
from participants.timeline.rows import is_told_which, readable
from projects.enums import LISTS_OF_ACTIVITIES, ListKind
from projects.models import Listed, Project

# The code of «Annat» in the model list.
OTHER: Final = "other"
# On a paper that hangs where others see it no authority is named: by the code of the model's line.
_ON_PAPER: Final = {"employment_service_visit": "Besök"}


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity as its page says it: what is done, its days, and the addresses where it is ended and corrected."""

    activity: CaseActivity
    done: str
    note: str
    days: str
    is_over: bool


def lines(enrolment: Enrolment, activities: Sequence[CaseActivity], on: date) -> list[ActivityLine]:
    """Activities in words, the latest first; none goes on longer than the enrolment."""
    return [
        ActivityLine(
            row, row.done, str(row.note or ""), _days(enrolment, row.period), _is_over(enrolment, row.period, on)
        )
        for row in reversed(activities)
    ]


def _days(enrolment: Enrolment, period: Period) -> str:
    never = ", blev inte av" if never_began(enrolment, period.first) else ""
    return f"{period.in_words}{never}"


def _is_over(enrolment: Enrolment, period: Period, on: date) -> bool:
    return never_began(enrolment, period.first) or within(enrolment, period).is_over(on)


def never_began(enrolment: Enrolment, first: date) -> bool:
    """Whether an activity that was to begin on the day `first` can't have: the enrolment ended before."""
    return enrolment.exited_on is not None and first > enrolment.exited_on


def within(enrolment: Enrolment, period: Period) -> Period:
    """The days of an activity, no longer than the enrolment."""
    return Period(period.first, min((day for day in (period.last, enrolment.exited_on) if day), default=None))


def kinds_of(enrolment: Enrolment, kept: Listed | None = None) -> list[Listed]:
    """The kinds that the project's lists have offered since the enrolment, those of groups after the others, by name
    with «Annat» last, and `kept`. One query."""
    rows = Listed.objects.filter(project=enrolment.project_id, kind__in=LISTS_OF_ACTIVITIES)
    offered = list(rows.on_or_after(enrolment.enrolled_on))
    offered += [kept] if kept and kept not in offered else []
    return sorted(offered, key=lambda line: (line.kind == ListKind.GROUP_ACTIVITY, line.code == OTHER))


def group_kinds(project: Project, on: date) -> list[Listed]:
    """Group activities on the project's list on the day or later, by name with «Annat i grupp» last. One query."""
    rows = Listed.objects.filter(project=project, kind=ListKind.GROUP_ACTIVITY).on_or_after(on)
    return sorted(rows, key=lambda line: line.code == OTHER)


@dataclass(frozen=True, slots=True)
class ActivityOfPlan:
    """An activity as the page of the plan says it: what is done and when, its days, and the address where it is
    corrected ("" for who doesn't write in the case)."""

    done: str
    days: str
    url: str


def beside_plan(enrolment: Enrolment, *, on: date, may_edit: bool) -> list[ActivityOfPlan]:
    """The activities that aren't over, by their days; one query. `enrolment` is read as the user reads it."""
    told = Case(When(is_told_which(enrolment, "helper"), then=F("helper__name")), default=Value(""))
    rows = CaseActivity.objects.filter(readable(enrolment)).current().on_or_after(on).annotate(told=told)
    found = rows.select_related("kind", "rhythm").order_by("concerns_on", "pk")
    return [
        ActivityOfPlan(
            activity_in_words(str(row.kind), str(row.rhythm or ""), row.told or "", row.attendance),
            row.period.in_words,
            row.get_absolute_url() if may_edit else "",
        )
        for row in found
        if not _is_over(enrolment, row.period, on)
    ]


def on_paper(enrolment: Enrolment, on: date) -> list[str]:
    """«Fysisk aktivitet, tisdagar 10–11» of each activity that isn't over, by their days, for the participant's own
    sheet: none that is about health, and not which organisation helps. One query."""
    rows = CaseActivity.objects.placed().current().on_or_after(on).filter(enrolment=enrolment, category=Category.PLAN)
    found = rows.select_related("kind", "rhythm").order_by("concerns_on", "pk")
    lasting = (row for row in found if not never_began(enrolment, row.concerns_on))
    return [_paper_line(row, on) for row in lasting if not within(enrolment, row.period).is_over(on)]


def _paper_line(activity: CaseActivity, on: date) -> str:
    """The kind, and when: in the words that were written, else the day that it is on or begins."""
    first, kind = activity.concerns_on, _ON_PAPER.get(activity.kind.code, activity.kind.name)
    begins = weekday_near(first, on) if activity.period.last == first else f"från {weekday_near(first, on)}"
    rhythm = str(activity.rhythm or "")
    return ", ".join(part for part in (kind, rhythm, begins if first > on or not rhythm else "") if part)
