"""«Sedan sist» of the case page: what others have written since the user's own last meeting. No queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from actionplans.meetings.timeline import MeetingRow
from casework.words import near
from participants.timeline.entries import CaseHistory, TimelineEntry

_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class SinceLast:
    """The day of the user's last meeting in words, the latest entries by others after it was written, and how many more
    there are."""

    since: str
    entries: Sequence[TimelineEntry]
    more: int


def since_last(history: CaseHistory, entries: Sequence[TimelineEntry], name: str, *, on: date) -> SinceLast | None:
    """None where the user, who is known by name alone in facts, has written no meeting, or nobody else anything since.

    `entries` are all that the user may read, latest first.
    """
    own = [row for row in history.current(MeetingRow) if row.by == name and not row.taken_back]
    last = max(own, key=lambda row: (row.on, row.recorded_at), default=None)
    if last is None:
        return None
    found = [entry for entry in entries if entry.recorded_at > last.recorded_at and entry.author not in ("", name)]
    return SinceLast(near(last.on, on), found[:_SHOWN], len(found[_SHOWN:])) if found else None
