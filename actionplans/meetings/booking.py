"""The day that has been agreed for the next meeting: from what was said of it at each meeting, in the order of time.

Silence wipes nothing. An agreed day goes when it has been held, when another day is agreed, or when somebody says that
it is cancelled; that it has passed is seen by who asks, since it needs no new fact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MeetingSaid:
    """The part of a meeting that days are reckoned from: what it says about the next one (a day, that the booked one is
    cancelled, or neither), and whether it was a contact with the participant, and a personal one."""

    held_on: date
    next_on: date | None
    cancels: bool
    is_contact: bool
    is_personal: bool = False


def booked_on(meetings: Iterable[MeetingSaid]) -> date | None:
    """The agreed day after these meetings, in the order of their days and, within a day, of writing.

    None where nothing is agreed. The day may have passed.
    """
    booked = None
    for meeting in meetings:
        is_over = booked is not None and meeting.held_on >= booked
        if meeting.cancels or is_over:
            booked = None
        booked = meeting.next_on or booked
    return booked


def coming_on(meetings: Iterable[MeetingSaid], *, on: date) -> date | None:
    """The agreed day after these meetings, in their order, where it hasn't passed on the day `on`."""
    booked = booked_on(meetings)
    return booked if booked and booked >= on else None


def promised_on(meetings: Iterable[MeetingSaid]) -> date | None:
    """The agreed day that a contact with the participant has set and none has kept yet, for the deadline.

    A no-show keeps no promise and gives none; a cancelled day is promised no longer.
    """
    promised = None
    for meeting in meetings:
        is_kept = promised is not None and meeting.is_contact and meeting.held_on >= promised
        if meeting.cancels or is_kept:
            promised = None
        promised = (meeting.next_on if meeting.is_contact else None) or promised
    return promised
