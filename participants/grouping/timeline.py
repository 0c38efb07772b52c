"""Groupings on the timeline: lines of the project's lists that hold from a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet

from core.enums import Category
from participants.amending.timeline import AmendedRow, amended
from participants.grouping.words import Groups
from participants.models import CaseGrouping, CaseGroupingLine, Enrolment
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import FactRow, part, readable
from projects.enums import ListKind

_TITLE = "Målgrupp, metod och hinder"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingRow(AmendedRow):
    """A grouping from the row's day; its lines are GroupingLineRows, but for the unit."""

    public_id: UUID
    unit: str

    @property
    def is_about_health(self) -> bool:
        """Whether it says something about health."""
        return self.category == Category.HEALTH


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingLineRow(FactRow):
    """A line of the grouping with the key `record`: its list and its name."""

    record: int
    list_kind: str
    name: str


class GroupingEntries(FactEntries[GroupingRow]):
    """Groupings in their newest versions, with the changes that they made; those that were taken back stand struck."""

    row = GroupingRow
    names_readers = True

    def facts(self, enrolment: Enrolment) -> QuerySet:
        # Versions that were corrected are read too: the correction says what stood.
        return part(
            GroupingRow,
            CaseGrouping.objects.filter(readable(enrolment)),
            public_id=F("public_id"),
            unit=F("unit__name"),
            **amended(enrolment),
        )

    def entry(self, row: GroupingRow, case: CaseHistory) -> TimelineEntry | None:
        if not (row.is_current or row.taken_back):
            return None
        url = case.amend_url("grouping_edit", row.public_id)
        if row.taken_back:
            done = row.told_why("Återtagen")
            return self.line(row, case, f"{_TITLE} (återtaget)", done, kind=QUIET, url=url)
        said = paragraphs(groups_of(row, case).in_words, _changed(row, case), _corrected(row, case))
        return self.line(row, case, _TITLE, said, url=url)


class GroupingLineEntries(FactEntries[GroupingLineRow]):
    """Target groups, methods and obstacles. They are told with their grouping."""

    row = GroupingLineRow

    def facts(self, enrolment: Enrolment) -> QuerySet:
        records = CaseGrouping.objects.filter(readable(enrolment))
        return part(
            GroupingLineRow,
            CaseGroupingLine.objects.filter(record__in=records),
            corrects=F("record__corrects"),
            on=F("record__concerns_on"),
            recorded_at=F("record__recorded_at"),
            superseded_at=F("record__superseded_at"),
            by=F("record__recorded_by__name"),
            category=F("record__category"),
            record=F("record"),
            list_kind=F("line__kind"),
            name=F("line__name"),
        )


def groups_of(row: GroupingRow, case: CaseHistory) -> Groups:
    """The lines of a row, by their list. No queries."""
    lines = [(line.list_kind, line.name) for line in case.where(GroupingLineRow, "record", row.fact)]
    return Groups.named([*lines, *([(ListKind.UNIT, row.unit)] if row.unit else [])])


def grouping_on(case: CaseHistory, on: date) -> GroupingRow | None:
    """The row that holds on the day, of those that may be read; None where none does. No queries."""
    return max((row for row in case.current(GroupingRow) if row.on <= on), key=lambda row: row.on, default=None)


def _changed(row: GroupingRow, case: CaseHistory) -> str:
    """«Nytt: 7-TJUGO. Gäller inte längre: Byggeriet.»; empty of the first one. Another organisation isn't told: one
    that it may not read, in between, would show by it."""
    earlier = [other for other in case.current(GroupingRow) if other.on < row.on]
    if not earlier or not case.enrolment.reading.is_own:
        return ""
    before = max(earlier, key=lambda other: other.on)
    return groups_of(row, case).changes_from(groups_of(before, case))


def _corrected(row: GroupingRow, case: CaseHistory) -> str:
    """«Rättad 3 mars 2026 av Hanna Lind: fel enhet. Förut stod: …»; empty of one that corrects none, and for another
    organisation."""
    if not row.why:
        return ""
    before = next(iter(case.where(GroupingRow, "fact", row.corrects)), None)
    stood = f" Förut stod: {groups_of(before, case).in_words}" if before else ""
    return f"{row.told_why('Rättad').rstrip('.')}.{stood}"
