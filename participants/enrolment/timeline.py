"""How an enrolment began, on the timeline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from core.enums import Category
from core.swedish.words import day as in_words
from participants.enums import ReferralSource
from participants.models import Enrolment, EnrolmentEntry, Referral
from participants.timeline.entries import (
    QUIET,
    CaseHistory,
    FactEntries,
    TimelineEntry,
    correction,
    from_register,
    paragraphs,
)
from participants.timeline.rows import FactRow, part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginningRow(FactRow):
    """The beginning of an enrolment on the row's day. Who sent the person is empty where the user may not read it."""

    note: str = ""
    source: ReferralSource = ReferralSource.UNKNOWN
    referred_on: date | None = None
    reason: str = ""

    @property
    def in_words(self) -> str:
        """«Inskriven, anvisad från socialtjänsten»."""
        return ", ".join(said for said in ("Inskriven", source_in_words(self.source)) if said)


class BeginningEntries(FactEntries[BeginningRow]):
    """How the enrolment began, as that is known now, with what it was corrected from; and the referral."""

    row = BeginningRow

    def facts(self, enrolment: Enrolment) -> QuerySet:
        """Beginnings of the enrolment. Note and referral are information about support, and left out where the user may
        not read that."""
        referral = Referral.objects.current().filter(enrolment=OuterRef("enrolment"), owner=OuterRef("owner"))
        reason = Subquery(referral.order_by("-pk").values("reason__text")[:1])
        support: dict[str, Any] = {
            "note": F("note__text"),
            "source": F("source"),
            "referred_on": F("referred_on"),
            "reason": reason,
        }
        may_read = Category.SUPPORT in enrolment.reading.of_case
        return part(BeginningRow, EnrolmentEntry.objects.filter(readable(enrolment)), **(support if may_read else {}))

    def entry(self, row: BeginningRow, case: CaseHistory) -> TimelineEntry | None:
        if not row.is_current:
            return None
        before = next(iter(case.where(BeginningRow, "fact", row.corrects)), None)
        corrected = correction(row, before, before.in_words if before else "")
        when = from_register(row.on) if case.enrolment.is_imported else ""
        return self.line(row, case, "Inskriven", paragraphs(row.note, corrected), kind=QUIET, when=when)

    def entries(self, case: CaseHistory) -> Iterable[TimelineEntry]:
        referrals = (referral_entry(row, case.enrolment) for row in case.current(BeginningRow))
        return [*super().entries(case), *(entry for entry in referrals if entry)]


def referral_entry(row: BeginningRow, enrolment: Enrolment) -> TimelineEntry | None:
    """The entry about who sent the person, on the day of the referral; None where the day or the sender isn't known."""
    came = source_in_words(row.source)
    if row.referred_on is None or not came:
        return None
    applied = f"Ansökan gjordes {in_words(enrolment.applied_on)}." if enrolment.applied_on else ""
    title, said = came[0].upper() + came[1:], paragraphs(row.reason, applied)
    return TimelineEntry(row.referred_on, row.recorded_at, in_words(row.referred_on), title, said, QUIET)


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
