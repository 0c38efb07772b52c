"""Plans and delmål on the timeline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, F, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from actionplans.enums import MilestoneState
from actionplans.models import MilestoneStatus, PlanRevision
from core.prepared.questions import prepared
from core.swedish.words import day as in_words
from participants.amending.timeline import AmendedRow, amended
from participants.models import Enrolment
from participants.scope.opened import WHO, scope_of, who
from participants.scope.scope import Scope
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, from_register, paragraphs
from participants.timeline.rows import FactRow, part, readable
from projects.access import RolesShape


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow(AmendedRow):
    """A revision of the plan."""

    number: int
    main_activity: str
    schedule: str
    next_follow_up_on: date | None
    is_complete: bool
    is_imported: bool
    # Key of the version that was written first.
    root: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRow(FactRow):
    """The text and the state of a delmål, from the row's day on."""

    text: str
    state: MilestoneState
    due_on: date | None
    milestone: int = 0
    # Key of the first version of the plan that says this.
    revision: int = 0
    public_id: UUID | None = None
    taken_back: bool = False


class PlanEntries(FactEntries[PlanRow]):
    """Every revision of the plan."""

    row = PlanRow
    glyph = "plan"
    names_readers = True

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
            root=Coalesce("first_id", "pk"),
            **amended(enrolment),
        )

    def entry(self, row: PlanRow, case: CaseHistory) -> TimelineEntry | None:
        page = reverse("plan_detail", args=[case.enrolment.public_id])
        if row.taken_back and case.enrolment.reading.is_own:
            title = f"Handlingsplan {row.number} (återtagen)"
            return self.line(row, case, title, row.told_why("Återtagen"), kind=QUIET, url=f"{page}#rattat")
        if not row.is_current:
            return None
        follow_up = f"Nästa uppföljning {in_words(row.next_follow_up_on)}." if row.next_follow_up_on else ""
        return self.line(
            row,
            case,
            f"Handlingsplan {row.number}" + ("" if row.is_complete else ", utkast"),
            paragraphs(row.main_activity, follow_up, row.told_why("Rättad") if row.why else ""),
            when=from_register(row.on) if row.is_imported and not row.why else "",
            url=f"{page}?plan={row.number}#plan-{row.number}",
        )


class MilestoneEntries(FactEntries[MilestoneRow]):
    """Delmål that were reached, by the plans that stand. Of the others only where they stand now is read, for the top
    of the page."""

    row = MilestoneRow
    glyph = "milestone"
    names_readers = True

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            MilestoneRow,
            MilestoneStatus.objects.filter(readable(enrolment)),
            text=F("text__text"),
            state=F("state"),
            due_on=F("due_on"),
            milestone=F("milestone_id"),
            revision=Coalesce("revision_id", 0),
            public_id=F("public_id"),
            taken_back=F("taken_back"),
        )

    def entries(self, case: CaseHistory) -> Iterable[TimelineEntry]:
        rows = case.of(MilestoneRow)
        gone = {row.milestone for row in rows if row.taken_back}
        standing = {0, *(plan.root for plan in case.current(PlanRow))}
        said = {(row.revision, row.milestone): row for row in rows}
        page = reverse("plan_detail", args=[case.enrolment.public_id])
        return [
            self.line(row, case, "Delmål nått", row.text, url=page)
            for row in said.values()
            if row.state == MilestoneState.REACHED and row.revision in standing and row.milestone not in gone
        ]


def milestones_now(scope: Scope, enrolment: Enrolment) -> list[MilestoneStatus]:
    """The state of each delmål of the case that the user may read, in the order in which they were written, with their
    words. One query."""
    return _milestones_now.ask(scope.roles.shape, enrolment=enrolment.pk, **who(scope))


@prepared(enrolment=BigIntegerField(), **WHO)
def _milestones_now(roles: RolesShape, *, enrolment: Any, **values: Any) -> QuerySet:
    readable_now = MilestoneStatus.objects.visible_to(scope_of(roles, **values)).filter(enrolment=enrolment).current()
    return readable_now.select_related("text", "dropped_because").order_by("milestone_id")
