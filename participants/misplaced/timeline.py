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
    MisplacedWay.MOVED_AWAY: "{} stod på fel person och är flyttat",
    MisplacedWay.TAKEN_AWAY: "{} stod på fel person och är borttaget",
    MisplacedWay.CAME_HERE: "{} är flyttat hit från fel person",
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
        since = f"Det stod på fel person från {in_words(row.stood_from)}. "
        read = f"Läst medan det stod fel: {row.readers}." if row.readers else "Ingen annan läste det då."
        return self.line(row, case, _TITLES[row.way].format(row.what.label), since + read, kind=QUIET)
