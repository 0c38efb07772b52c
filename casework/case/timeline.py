"""The timeline of a case: its facts of all kinds, read in one query, as entries."""

from collections.abc import Sequence

from casework.case.kinds import KINDS
from participants.models import Enrolment
from participants.timeline.entries import CaseHistory, Entries, FactEntries, TimelineEntry
from participants.timeline.rows import FactRow, read_row


def read_rows(enrolment: Enrolment, kinds: Sequence[Entries] = KINDS) -> list[FactRow]:
    """All facts of an enrolment that the user may read, superseded ones too, in the order in which they were written
    down.

    One query for all kinds: one for each would be more than all others of the page together.
    """
    of_facts = [kind for kind in kinds if isinstance(kind, FactEntries)]
    rows = {kind.row.__name__: kind.row for kind in of_facts}
    first, *others = [kind.facts(enrolment) for kind in of_facts]
    found = [read_row(rows[name], shared, own) for name, *shared, own in first.union(*others, all=True)]
    return sorted(found, key=lambda row: (row.recorded_at, row.fact))


def timeline(case: CaseHistory, kinds: Sequence[Entries] = KINDS) -> list[TimelineEntry]:
    """The entries of a case's history, latest day first."""
    entries = [entry for kind in kinds for entry in kind.entries(case)]
    return sorted(entries, key=lambda entry: (entry.on, entry.recorded_at), reverse=True)
