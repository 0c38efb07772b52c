"""Wrong registrations on the timeline: asked for, answered, undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import F, QuerySet

from participants.enums import VoidState
from participants.models import Enrolment, Voiding
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry
from participants.timeline.rows import FactRow, part, readable

TITLES: Final[Mapping[VoidState, str]] = {
    VoidState.ASKED: "Felregistrering begärd",
    VoidState.CONFIRMED: "Felregistrerad",
    VoidState.DECLINED: "Inte felregistrerad",
    VoidState.DROPPED: "Begäran om felregistrering avslutad",
    VoidState.UNDONE: "Felregistreringen ångrad",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidingRow(FactRow):
    """A step on the way to a wrong registration and back."""

    state: VoidState
    why: str


class VoidingEntries(FactEntries[VoidingRow]):
    """Every step, for the own organisation; no consent opens them to another."""

    row = VoidingRow

    def facts(self, enrolment: Enrolment) -> QuerySet:
        facts = Voiding.objects.filter(readable(enrolment), owner=enrolment.reading.organisation_id)
        return part(VoidingRow, facts, state=F("state"), why=F("why__text"))

    def entry(self, row: VoidingRow, case: CaseHistory) -> TimelineEntry:
        return self.line(row, case, TITLES[row.state], row.why, kind=QUIET)


def open_question(case: CaseHistory) -> VoidingRow | None:
    """The question whether the case is wrongly registered that waits, or was answered with a no."""
    now = next(iter(case.current(VoidingRow)), None)
    return now if now and now.state in (VoidState.ASKED, VoidState.DECLINED) else None
