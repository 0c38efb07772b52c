"""The timeline of a case: its facts of all kinds, read in one query, as entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import BigIntegerField, QuerySet

from casework.case.kinds import KINDS
from core.enums import Category
from core.prepared.questions import prepared
from participants.models import Enrolment
from participants.scope.reading import CaseReading, Grant
from participants.timeline.entries import CaseHistory, Entries, FactEntries, TimelineEntry
from participants.timeline.rows import FactRow, read_row


def read_rows(enrolment: Enrolment, kinds: Sequence[Entries] = KINDS) -> list[FactRow]:
    """All facts of an enrolment that the user may read, superseded ones too, in the order in which they were written
    down.

    One query for all kinds: one for each would be more than all others of the page together.
    """
    rows = {kind.row.__name__: kind.row for kind in _of_facts(kinds)}
    reading = enrolment.reading
    answer = _history.ask(
        *(tuple(kinds), reading.is_own, reading.coordinates, tuple(sorted(reading.granted))),
        enrolment=enrolment.pk,
        organisation=reading.organisation_id,
        author=reading.author_id,
    )
    found = [read_row(rows[name], shared, own) for name, *shared, own in answer]
    return sorted(found, key=lambda row: (row.recorded_at, row.fact))


def _of_facts(kinds: Sequence[Entries]) -> list[FactEntries]:
    return [kind for kind in kinds if isinstance(kind, FactEntries)]


@prepared(enrolment=BigIntegerField(), organisation=BigIntegerField(), author=BigIntegerField())
def _history(
    kinds: Sequence[Entries],
    is_own: bool,
    coordinates: bool,
    granted: Sequence[Category],
    *,
    enrolment: Any,
    organisation: Any,
    author: Any,
) -> QuerySet:
    """The facts of a case that may be read by what is granted to the organisation, as tuples of `part`."""
    case = Enrolment()
    # Keys or their slots: what the kinds ask of a case is its key and how it may be read.
    case.pk = enrolment
    grants = tuple(Grant(organisation, "", category, date.min) for category in granted)
    case.reading = CaseReading(organisation, is_own, grants, author, coordinates)
    first, *others = [kind.facts(case) for kind in _of_facts(kinds)]
    return first.union(*others, all=True)


def timeline(case: CaseHistory, kinds: Sequence[Entries] = KINDS) -> list[TimelineEntry]:
    """The entries of a case's history, latest day first."""
    entries = [entry for kind in kinds for entry in kind.entries(case)]
    return sorted(entries, key=lambda entry: (entry.on, entry.recorded_at), reverse=True)


# What the timeline can be narrowed to: the word in the address, the words on the page, and the glyphs of its entries.
_NARROWED: Final = (
    ("moten", "Möten", ("meeting", "phone", "missed")),
    ("steg", "Steg", ("step",)),
    ("plan", "Plan och delmål", ("plan", "milestone")),
)


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """A link that narrows the timeline, with how many entries it leaves."""

    word: str
    label: str
    count: int
    is_current: bool


def narrowed(entries: Sequence[TimelineEntry], word: str) -> list[TimelineEntry]:
    """The entries of a kind by the word in the address; all of them for another word."""
    glyphs = next((kinds for name, _, kinds in _NARROWED if name == word), None)
    return [entry for entry in entries if glyphs is None or entry.glyph in glyphs]


def filters(entries: Sequence[TimelineEntry], word: str) -> list[TimelineFilter]:
    """The links that narrow the timeline, without those that would leave nothing."""
    counted = [(name, label, len(narrowed(entries, name))) for name, label, _ in _NARROWED]
    chosen = word if any(word == name for name, _, _ in counted) else ""
    links = [("", "Allt", len(entries)), *((name, label, count) for name, label, count in counted if count)]
    return [TimelineFilter(name, label, count, name == chosen) for name, label, count in links]
