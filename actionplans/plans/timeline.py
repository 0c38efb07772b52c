"""Plans and delmål on the timeline."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from actionplans.enums import MilestoneState
from actionplans.models import MilestoneStatus, PlanRevision
from core.enums import Category
from core.swedish.words import day as in_words
from participants.models import Enrolment
from participants.timeline.entries import CaseHistory, FactEntries, TimelineEntry, from_register, paragraphs
from participants.timeline.rows import FactRow, part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow(FactRow):
    """A revision of the plan."""

    number: int
    main_activity: str
    schedule: str
    next_follow_up_on: date | None
    is_complete: bool
    is_imported: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRow(FactRow):
    """The text and the state of a delmål, from the row's day on."""

    text: str
    state: MilestoneState
    due_on: date | None


class PlanEntries(FactEntries[PlanRow]):
    """Every revision of the plan."""

    row = PlanRow
    glyph = "plan"
    category = Category.PLAN

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            PlanRow,
            PlanRevision.objects.filter(readable(enrolment)),
            number=F("number"),
            main_activity=F("main_activity__text"),
            schedule=F("schedule__text"),
            next_follow_up_on=F("next_follow_up_on"),
            is_complete=F("is_complete"),
            is_imported=F("is_imported"),
        )

    def entry(self, row: PlanRow, case: CaseHistory) -> TimelineEntry:
        follow_up = f"Nästa uppföljning {in_words(row.next_follow_up_on)}." if row.next_follow_up_on else ""
        return self.line(
            row,
            case,
            f"Handlingsplan {row.number}" + ("" if row.is_complete else ", utkast"),
            paragraphs(row.main_activity, follow_up),
            when=from_register(row.on) if row.is_imported else "",
            url=reverse("plan_detail", args=[case.enrolment.public_id]) + f"#plan-{row.number}",
        )


class MilestoneEntries(FactEntries[MilestoneRow]):
    """Delmål that were reached. Of the others only where they stand now is read, for the top of the page."""

    row = MilestoneRow
    glyph = "milestone"
    category = Category.PLAN

    def facts(self, enrolment: Enrolment) -> QuerySet:
        wanted = Q(superseded_at__isnull=True) | Q(state=MilestoneState.REACHED)
        return part(
            MilestoneRow,
            MilestoneStatus.objects.filter(readable(enrolment) & wanted),
            text=F("text__text"),
            state=F("state"),
            due_on=F("due_on"),
        )

    def entry(self, row: MilestoneRow, case: CaseHistory) -> TimelineEntry | None:
        return self.line(row, case, "Delmål nått", row.text) if row.state == MilestoneState.REACHED else None
