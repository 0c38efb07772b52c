"""The timeline of a case: its entries, and a class for each kind of thing that they are made of.

A kind stands in `timeline.py` of the subject that it belongs to, and in the list of casework.case.kinds.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import ClassVar, Generic, cast

from django.db.models import QuerySet

from core.days.dates import stockholm_day
from core.pages import address_about
from core.swedish.words import day as in_words
from core.swedish.words import month, weekday_short
from participants.consent.readers import Readers
from participants.models import Enrolment
from participants.timeline.rows import FactRow, RowT
from projects.enums import Permission

# How an entry is drawn: as a step cleared, as something that the program noted by itself, or plainly.
STEP, QUIET, PLAIN = "step", "quiet", ""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A line of the timeline, in the form that components/timeline.html takes."""

    on: date
    recorded_at: datetime
    when: str
    title: str
    text: str = ""
    kind: str = PLAIN
    url: str = ""
    readers: str = ""
    glyph: str = ""

    @property
    def month(self) -> str:
        """«December 2026»."""
        return month(self.on)

    @property
    def day(self) -> str:
        """«tors 3»."""
        return weekday_short(self.on)

    @property
    def by(self) -> str:
        """Who wrote it, and when where that was later: `when` without the day."""
        return self.when.partition(" · ")[2]

    @property
    def author(self) -> str:
        """Who wrote it; empty where the entry doesn't say."""
        return self.by.partition(" · ")[0]

    @property
    def is_shared(self) -> bool:
        """Whether more than those who wrote it can read it."""
        return " · " in self.readers


@dataclass(frozen=True)
class CaseHistory:
    """An enrolment with all facts about it that may be read, superseded ones too, in the order they were written."""

    enrolment: Enrolment
    rows: Sequence[FactRow]
    readers: Readers = field(default_factory=Readers)

    def of(self, kind: type[RowT]) -> list[RowT]:
        """All rows of a kind."""
        return cast(list[RowT], self._by_kind.get(kind, []))

    def where(self, kind: type[RowT], column: str, value: object) -> list[RowT]:
        """The rows of a kind that have the value in a column, in the order they were written. Found at once, however
        many there are: looked for among all, the notes of 900 meetings took a quarter of a second."""
        by_value = self._by_value.get((kind, column))
        if by_value is None:
            by_value = self._by_value[kind, column] = {}
            for row in self.of(kind):
                by_value.setdefault(getattr(row, column), []).append(row)
        return cast(list[RowT], by_value.get(value, []))

    def current(self, kind: type[RowT]) -> list[RowT]:
        """The rows of a kind that nothing has replaced."""
        return [row for row in self.of(kind) if row.is_current]

    def address(self, url_name: str, key: object) -> str:
        """The address of a page about something of the case, by its key. The route is worked out once for a page: of
        900 meetings it took a tenth of the time."""
        about = self._routes.get(url_name)
        if about is None:
            about = self._routes[url_name] = address_about(url_name)
        return about(key)

    def amend_url(self, url_name: str, key: object) -> str:
        """The address where a fact of the case is corrected; empty for users who may not open it."""
        return self.address(url_name, key) if self.may_amend else ""

    @cached_property
    def may_amend(self) -> bool:
        """Whether the user may open the pages where facts of the case are corrected or taken back: who writes in it,
        and its coordinators."""
        case = self.enrolment
        if not case.allowed & {Permission.ASSIGN, Permission.EDIT_CASE} or not case.reading.is_own:
            return False
        is_named = any(person.user_id == case.reading.author_id for person in case.at_work)
        return Permission.ASSIGN in case.allowed or is_named

    @cached_property
    def _routes(self) -> dict[str, Callable[[object], str]]:
        return {}

    @cached_property
    def _by_value(self) -> dict[tuple[type[FactRow], str], dict[object, list[FactRow]]]:
        return {}

    @cached_property
    def _by_kind(self) -> Mapping[type[FactRow], list[FactRow]]:
        found: dict[type[FactRow], list[FactRow]] = {}
        for row in self.rows:
            found.setdefault(type(row), []).append(row)
        return found

    def readers_of(self, category: str) -> str:
        """Who can read a kind of information, in words; "" where nobody can but the case's owner and the party that
        reads the page."""
        return self.readers.unlike_the_rule(str(self.enrolment.owner), category)


class Entries(ABC):
    """A kind of thing that the timeline tells."""

    @abstractmethod
    def entries(self, case: CaseHistory) -> Iterable[TimelineEntry]:
        """The timeline's entries of this kind in a case, in any order."""


class FactEntries(Entries, Generic[RowT]):
    """Facts of one kind: how they are read, and what the timeline says of each.

    `names_readers` says whether an entry names who else reads the kind of information that its fact is of; not where
    only the own organisation reads it.
    """

    row: type[RowT]
    names_readers: ClassVar[bool] = False
    # The drawing of components/glyph.html that stands by an entry.
    glyph: ClassVar[str] = ""

    @abstractmethod
    def facts(self, enrolment: Enrolment) -> QuerySet:
        """The facts that may be read, as `part(row, …)` of the one query."""

    def entry(self, row: RowT, case: CaseHistory) -> TimelineEntry | None:
        """The timeline's entry for a fact; None where another entry tells it, or only the top of the page does."""
        return None

    def entries(self, case: CaseHistory) -> Iterable[TimelineEntry]:
        told = (self.entry(row, case) for row in case.of(self.row))
        return [entry for entry in told if entry]

    def line(
        self,
        row: FactRow,
        case: CaseHistory,
        title: str,
        text: str = "",
        *,
        kind: str = PLAIN,
        when: str = "",
        url: str = "",
        readers: str | None = None,
        glyph: str = "",
    ) -> TimelineEntry:
        """An entry about a row, on its day; `when` and `readers` are worked out unless they are given."""
        if readers is None:
            readers = case.readers_of(row.category) if self.names_readers else ""
        drawn = glyph or self.glyph
        return TimelineEntry(row.on, row.recorded_at, when or written(row), title, text, kind, url, readers, drawn)


def written(row: FactRow) -> str:
    """«12 februari 2026 · Hanna Lind»; with the day when it was written down, where that was more than a day later."""
    recorded_on = stockholm_day(row.recorded_at)
    late = f" · inskrivet {in_words(recorded_on)}" if (recorded_on - row.on).days > 1 else ""
    return f"{in_words(row.on)} · {row.by}{late}"


def from_register(on: date) -> str:
    """«12 februari 2026 · från register»: what a register said has no author."""
    return f"{in_words(on)} · från register"


def noted(on: date, by: str) -> str:
    """«12 februari 2026 · Hanna Lind», or the day alone where nobody knows who."""
    return " · ".join(part for part in (in_words(on), by) if part)


def paragraphs(*parts: str) -> str:
    """The parts that aren't empty, with an empty line between."""
    return "\n\n".join(part for part in parts if part)


def correction(row: FactRow, before: FactRow | None, said: str) -> str:
    """«Rättat 3 mars 2026 av Hanna Lind. Förut stod: …»; "" for a fact that corrects none. `said` is what stood."""
    if before is None:
        return ""
    recorded_on = in_words(stockholm_day(row.recorded_at))
    return f"Rättat {recorded_on} av {row.by}. Förut stod: {said}, {in_words(before.on)}."
