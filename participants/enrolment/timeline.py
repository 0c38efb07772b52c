"""How an enrolment began and ended, on the timeline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, QuerySet

from accounts.models import AccessEvent
from accounts.namesakes import shown_name
from core.days.dates import stockholm_day
from core.enums import Category
from core.swedish.words import day as in_words
from participants.enrolment.actions import REOPENED
from participants.enums import ExitReason, ReferralSource
from participants.models import Enrolment, EnrolmentEntry, Exit
from participants.timeline.entries import (
    QUIET,
    CaseHistory,
    FactEntries,
    TimelineEntry,
    correction,
    from_register,
    noted,
    paragraphs,
)
from participants.timeline.rows import FactRow, part, readable

# An action may wait for others before it writes its line in the log.
_LOGGED_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginningRow(FactRow):
    """The beginning of an enrolment on the row's day. Who sent the person is empty where the user may not read it."""

    note: str = ""
    source: ReferralSource = ReferralSource.UNKNOWN
    referred_on: date | None = None

    @property
    def in_words(self) -> str:
        """«Inskriven, anvisad från socialtjänsten»."""
        return ", ".join(said for said in ("Inskriven", source_in_words(self.source)) if said)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitRow(FactRow):
    """The end of an enrolment on the row's day; superseded where it has been corrected or taken back."""

    reason: ExitReason
    comment: str

    @property
    def in_words(self) -> str:
        """«Avslut: arbete»."""
        return f"Avslut: {self.reason.label.lower()}"


class BeginningEntries(FactEntries[BeginningRow]):
    """How the enrolment began, as that is known now, with what it was corrected from; and the referral."""

    row = BeginningRow

    def facts(self, enrolment: Enrolment) -> QuerySet:
        """Beginnings of the enrolment. Note and referral are information about support, and left out where the user may
        not read that."""
        support = {"note": F("note__text"), "source": F("source"), "referred_on": F("referred_on")}
        may_read = Category.SUPPORT in enrolment.reading.of_case
        return part(BeginningRow, EnrolmentEntry.objects.filter(readable(enrolment)), **(support if may_read else {}))

    def entry(self, row: BeginningRow, case: CaseHistory) -> TimelineEntry | None:
        if not row.is_current:
            return None
        before = next((earlier for earlier in case.of(BeginningRow) if earlier.fact == row.corrects), None)
        corrected = correction(row, before, before.in_words if before else "")
        when = from_register(row.on) if case.enrolment.is_imported else ""
        return self.line(row, case, "Inskriven", paragraphs(row.note, corrected), kind=QUIET, when=when)

    def entries(self, case: CaseHistory) -> Iterable[TimelineEntry]:
        referrals = (referral_entry(row, case.enrolment) for row in case.current(BeginningRow))
        return [*super().entries(case), *(entry for entry in referrals if entry)]


class ExitEntries(FactEntries[ExitRow]):
    """Exits, and the days when one was taken back, with by whom. One query more where one was."""

    row = ExitRow
    category = Category.STEPS

    def facts(self, enrolment: Enrolment) -> QuerySet:
        facts = Exit.objects.filter(readable(enrolment))
        return part(ExitRow, facts, reason=F("reason"), comment=F("comment__text"))

    def entry(self, row: ExitRow, case: CaseHistory) -> TimelineEntry | None:
        """One that was corrected is told with its correction."""
        exits = case.of(ExitRow)
        if any(later.corrects == row.fact for later in exits):
            return None
        before = next((earlier for earlier in exits if earlier.fact == row.corrects), None)
        corrected = correction(row, before, before.in_words if before else "")
        title = row.in_words + ("" if row.is_current else " (återtaget)")
        return self.line(row, case, title, paragraphs(row.comment, corrected), kind=QUIET)

    def entries(self, case: CaseHistory) -> Iterable[TimelineEntry]:
        exits = case.of(ExitRow)
        corrected = {row.corrects for row in exits}
        taken_back = [row.superseded_at for row in exits if row.superseded_at and row.fact not in corrected]
        log = reopenings(case.enrolment) if taken_back else []
        return [*super().entries(case), *(reopening_entry(moment, log) for moment in taken_back)]


def reopenings(enrolment: Enrolment) -> list[tuple[datetime, str]]:
    """When exits of the person were taken back and by whom, the oldest first: no fact says it, but the access log."""
    events = AccessEvent.objects.filter(part=REOPENED, subjects__person=enrolment.participant.public_id)
    return list(events.order_by("at").values_list("at", shown_name("user")))


def reopening_entry(moment: datetime, log: Sequence[tuple[datetime, str]]) -> TimelineEntry:
    """The entry about an exit that was taken back at `moment`, by the user whom the access log names right after that.

    A log that has been disposed of names nobody.
    """
    by = next((name for at, name in log if moment <= at <= moment + _LOGGED_WITHIN), "")
    day = stockholm_day(moment)
    return TimelineEntry(day, moment, noted(day, by), "Inskrivningen pågår igen", "Avslutet togs tillbaka.", QUIET)


def referral_entry(row: BeginningRow, enrolment: Enrolment) -> TimelineEntry | None:
    """The entry about who sent the person, on the day of the referral; None where the day or the sender isn't known."""
    came = source_in_words(row.source)
    if row.referred_on is None or not came:
        return None
    applied = f"Ansökan gjordes {in_words(enrolment.applied_on)}." if enrolment.applied_on else ""
    title = came[0].upper() + came[1:]
    return TimelineEntry(row.referred_on, row.recorded_at, in_words(row.referred_on), title, applied, QUIET)


def source_in_words(source: str) -> str:
    """«anvisad från socialtjänsten», or nothing where nobody knows."""
    if source in ("", ReferralSource.UNKNOWN):
        return ""
    if source == ReferralSource.OWN_APPLICATION:
        return "egen anmälan"
    label = ReferralSource(source).label
    # Arbetsförmedlingen and Försäkringskassan are names of authorities; the others are common nouns.
    is_name = source in (ReferralSource.EMPLOYMENT_SERVICE, ReferralSource.SOCIAL_INSURANCE)
    return f"anvisad från {label if is_name else label[0].lower() + label[1:]}"
