"""Activities on the timeline; the top of the page says which go on or are to come."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, F, QuerySet, Value, When

from actionplans.activities.page import never_began
from actionplans.models import CaseActivity
from actionplans.models.activity import activity_in_words
from core.days.periods import Period
from core.swedish.words import day as in_words
from participants.amending.timeline import TOLD, AmendedRow, amended
from participants.models import Enrolment
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import is_told_which, part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow(AmendedRow):
    """An activity from the row's day until `until` (not that day), or until further notice. `helper` is the
    organisation that helps, as far as the user may be told; `attendance` whether the participant came to what a group
    does."""

    public_id: UUID
    kind: str
    rhythm: str
    helper: str
    note: str
    until: date | None
    attendance: str

    @property
    def period(self) -> Period:
        """The days of the activity; the enrolment may end before."""
        return Period.of(self.on, self.until)

    @property
    def done(self) -> str:
        """«Fysisk aktivitet, tisdagar 10–11, med Region Sol»."""
        return activity_in_words(self.kind, self.rhythm, self.helper, self.attendance)


class ActivityEntries(FactEntries[ActivityRow]):
    """Activities in their newest versions; those that were taken back stand struck. Another organisation isn't told
    that a third one helps."""

    row = ActivityRow
    names_readers = True
    glyph = "plan"

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            ActivityRow,
            CaseActivity.objects.filter(readable(enrolment)).filter(TOLD),
            public_id=F("public_id"),
            kind=F("kind__name"),
            rhythm=F("rhythm__text"),
            helper=Case(When(is_told_which(enrolment, "helper"), then=F("helper__name")), default=Value("")),
            note=F("note__text"),
            until=F("until"),
            attendance=F("attendance"),
            **amended(enrolment),
        )

    def entry(self, row: ActivityRow, case: CaseHistory) -> TimelineEntry:
        url = case.amend_url("activity_edit", row.public_id)
        if row.taken_back:
            return self.line(row, case, "Aktivitet (återtagen)", row.told_why("Återtagen"), kind=QUIET, url=url)
        goes_on = row.period.last and row.period.last > row.on
        last = f" till och med {in_words(row.period.last)}" if goes_on else ""
        last += ", blev inte av" if never_began(case.enrolment, row.on) else ""
        why = row.told_why("Ändrad") if row.why else ""
        return self.line(row, case, "Aktivitet", paragraphs(f"{row.done}{last}.", row.note, why), kind=QUIET, url=url)
