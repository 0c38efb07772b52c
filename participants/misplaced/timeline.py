"""Marks of what was written on the wrong person, on the timeline."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate

from core.swedish.words import day as in_words
from participants.enums import MisplacedKind, MisplacedWay
from participants.models import Enrolment, Misplacement
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry
from participants.timeline.rows import FactRow, part, readable

_TITLES: Final = {
    MisplacedWay.MOVED_AWAY: ("{} stod på fel person och är flyttat", "{} stod på fel person och är flyttad"),
    MisplacedWay.TAKEN_AWAY: ("{} stod på fel person och är borttaget", "{} stod på fel person och är borttagen"),
    MisplacedWay.CAME_HERE: ("{} är flyttat hit från fel person", "{} är flyttad hit från fel person"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MisplacementRow(FactRow):
    """A mark. `readers` says who could read it meanwhile, and is empty where nobody but its author did."""

    what: MisplacedKind
    way: MisplacedWay
    stood_from: date
    readers: str


class MisplacementEntries(FactEntries[MisplacementRow]):
    """The own organisation's marks; no consent opens them to another."""

    row = MisplacementRow

    def facts(self, enrolment: Enrolment) -> QuerySet:
        facts = Misplacement.objects.filter(readable(enrolment), owner=enrolment.reading.organisation_id)
        columns = {name: F(name) for name in ("what", "way")}
        return part(MisplacementRow, facts, **columns, readers=F("readers__text"), stood_from=TruncDate("stood_from"))

    def entry(self, row: MisplacementRow, case: CaseHistory) -> TimelineEntry:
        since = f"Stod på fel person från {in_words(row.stood_from)}. "
        read = f"Läst medan det stod fel: {row.readers}." if row.readers else "Ingen annan läste det då."
        return self.line(row, case, _title(row), since + read, kind=QUIET)


def _title(row: MisplacementRow) -> str:
    """«Ett möte stod på fel person och är flyttat», «En placering … är flyttad»."""
    if row.way == MisplacedWay.PART_TAKEN:
        return f"En tidigare lydelse av {row.what.label.lower()} gällde någon annan och är borttagen"
    neuter, common = _TITLES[row.way]
    return (neuter if row.what.label.startswith("Ett ") else common).format(row.what.label)
