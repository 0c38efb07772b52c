"""How an enrolment ended, on the timeline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.urls import reverse

from accounts.models import AccessEvent
from accounts.namesakes import shown_name
from core.days.dates import stockholm_day
from core.enums import Category
from participants.amending.timeline import AmendedRow, amended
from participants.enums import ExitReason
from participants.models import Enrolment, Exit
from participants.timeline.entries import (
    QUIET,
    CaseHistory,
    FactEntries,
    TimelineEntry,
    correction,
    noted,
    paragraphs,
)
from participants.timeline.rows import part

# What the access log calls it when an exit is taken back. Of old ones it is the only place that says by whom.
REOPENED: Final = "enrolment_reopen"
# An action may wait for others before it writes its line in the log.
_LOGGED_WITHIN: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRow(AmendedRow):
    """The end of an enrolment on the row's day; superseded where it has been corrected or taken back. `is_told` says
    whether the user may read what it said, though it has been taken back."""

    reason: ExitReason
    comment: str
    is_told: bool = True

    @property
    def in_words(self) -> str:
        """«Avslut: arbete»; «Avslut» where the reason isn't known, or not for the reader."""
        return "Avslut" if self.reason == ExitReason.UNKNOWN else f"Avslut: {self.reason.label.lower()}"


class ExitEntries(FactEntries[ExitRow]):
    """Exits, and the days when one was taken back, with by whom and why. One query more where an old one was.

    Users who may read of steps know when an enrolment ended; of one that ended for health not why, unless they may read
    of health too.
    """

    row = ExitRow
    names_readers = True

    def facts(self, enrolment: Enrolment) -> QuerySet:
        reading = enrolment.reading
        told, said = Q(superseded_at__isnull=True) | reading.taken_back(), reading.facts()
        unsaid = Q(category=Category.HEALTH) if Category.STEPS in reading.of_case else Q(pk__in=[])
        exits = Exit.objects.placed().filter(said | unsaid, enrolment=enrolment.pk)
        return part(
            ExitRow,
            exits,
            # Whose exit isn't told why is told who reads of steps: who reads of health would tell it.
            category=Case(When(said, then=F("category")), default=Value(Category.STEPS)),
            reason=Case(When(said, then=F("reason")), default=Value(ExitReason.UNKNOWN)),
            comment=Case(When(said, then=F("comment__text")), default=Value(""), output_field=TextField()),
            is_told=Case(When(told, then=True), default=False),
            **amended(enrolment),
        )

    def entry(self, row: ExitRow, case: CaseHistory) -> TimelineEntry | None:
        """One that was corrected is told with its correction; that it was taken back has an entry of its own."""
        rows = case.of(ExitRow)
        later = [version for version in rows if version.corrects == row.fact]
        if row.taken_back or any(not version.taken_back for version in later):
            return None
        said = _first_said(row, rows)
        before = _before(said, rows)
        earlier = f"Kommentaren var: {before.comment}" if before and before.comment not in ("", said.comment) else ""
        corrected = paragraphs(correction(said, before, before.in_words if before else ""), earlier, said.why)
        url = reverse("enrolment_exit", args=[case.enrolment.public_id]) if case.may_amend else ""
        if not row.is_told:
            return self.line(row, case, "Avslut (återtaget)", kind=QUIET, url=url)
        title = row.in_words + ("" if row.is_current else " (återtaget)")
        return self.line(row, case, title, paragraphs(row.comment, corrected), kind=QUIET, url=url)

    def entries(self, case: CaseHistory) -> Iterable[TimelineEntry]:
        exits = case.of(ExitRow)
        corrected = {row.corrects for row in exits}
        back = [_taken_back(row) for row in exits if row.taken_back]
        old = [row for row in exits if row.superseded_at and not row.taken_back and row.fact not in corrected]
        log = reopenings(case.enrolment) if old else []
        moments = (row.superseded_at for row in old if row.superseded_at)
        return [*super().entries(case), *back, *(reopening_entry(moment, log) for moment in moments)]


def _before(row: ExitRow, rows: Sequence[ExitRow]) -> ExitRow | None:
    return next((earlier for earlier in rows if earlier.fact == row.corrects), None)


def _first_said(row: ExitRow, rows: Sequence[ExitRow]) -> ExitRow:
    """The version that first said what this one says: what is moved here is written anew after its own versions."""
    before = _before(row, rows)
    return _first_said(before, rows) if before and not row.why and _said(before) == _said(row) else row


def _said(row: ExitRow) -> tuple[date, str, str]:
    return row.on, row.in_words, row.comment


def _taken_back(row: ExitRow) -> TimelineEntry:
    """The entry about an exit that was taken back, on the day when that was done."""
    return _reopened(row.recorded_at, row.by, row.why)


def reopenings(enrolment: Enrolment) -> list[tuple[datetime, str]]:
    """When exits of the person were taken back and by whom, the oldest first: of old ones no fact says it, but the
    access log."""
    events = AccessEvent.objects.filter(part=REOPENED, subjects__person=enrolment.participant.public_id)
    return list(events.order_by("at").values_list("at", shown_name("user")))


def reopening_entry(moment: datetime, log: Sequence[tuple[datetime, str]]) -> TimelineEntry:
    """The entry about an exit that was taken back at `moment`, by the user whom the access log names right after that.

    A log that has been disposed of names nobody.
    """
    return _reopened(moment, next((name for at, name in log if moment <= at <= moment + _LOGGED_WITHIN), ""))


def _reopened(moment: datetime, by: str, why: str = "") -> TimelineEntry:
    day = stockholm_day(moment)
    text = paragraphs("Avslutet togs tillbaka.", why)
    return TimelineEntry(day, moment, noted(day, by), "Inskrivningen pågår igen", text, QUIET)
