"""Corrections of who a person is, on the timeline of each of their cases."""

from collections.abc import Iterable

from core.days.dates import stockholm_day
from core.enums import Category
from participants.identity.history import IdentityChange, changes
from participants.timeline.entries import QUIET, CaseHistory, Entries, TimelineEntry, noted


class IdentityEntries(Entries):
    """Corrections of name, number and contact, with old and new values, for users who may read these. One query.

    The versions stand on the person and not on the case, so they are no part of the case's one query.
    """

    def entries(self, case: CaseHistory) -> Iterable[TimelineEntry]:
        if Category.IDENTITY not in case.enrolment.reading.of_case:
            return []
        return [identity_entry(change) for change in changes(case.enrolment.participant)]


def identity_entry(change: IdentityChange) -> TimelineEntry:
    """The timeline's entry for a correction, with a line for each field."""
    day = stockholm_day(change.at)
    text = "\n".join(change.lines)
    title = "Två registreringar av personen blev en" if change.is_join else "Uppgifter om personen rättade"
    return TimelineEntry(day, change.at, noted(day, change.by), title, text, QUIET)
