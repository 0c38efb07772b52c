"""«Vem har läst om dig»: the access log about one person, as that person may read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, Q

from accounts.enums import AccessKind
from accounts.models import AccessSubject, Organisation
from core.days.dates import stockholm_day
from oversight.log.grounds import Grounds
from oversight.log.words import in_words
from participants.joining.former import events_about
from participants.joining.lookup import PART
from participants.models import PersonalNumber

NO_GROUND = "Framgår inte av loggen"
# Actions that write a number down.
WRITING = frozenset({"participant_create", "participant_correct", "import"})
# Asking and answering whether two people with one number are one.
QUESTIONS = frozenset({"participant_same", "same_person_join", "same_person_apart"})


class Event(NamedTuple):
    """An event of the log about the person."""

    user: int
    organisation: int | None
    at: datetime
    kind: str
    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class LogReader:
    """A user on one day, with what that user did then, in the words of the list."""

    who: str
    organisation: str
    at: datetime
    what: tuple[str, ...]
    why: str

    @property
    def said(self) -> str:
        """«Läste deltagarens sida, ändrade handlingsplanen»."""
        return ", ".join([self.what[0], *(part[0].lower() + part[1:] for part in self.what[1:])])


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and the users who read or changed something then, the latest first."""

    on: date
    readers: list[LogReader]


def readers_of(person: UUID) -> list[Day]:
    """Everybody who has read or changed something about the person, of any organisation; the latest day first."""
    events = list(_events(person))
    grounds = Grounds.of({event.user for event in events}, {person})
    organisations = Organisation.objects.in_bulk({event.organisation for event in events if event.organisation})
    names = {key: organisation.name for key, organisation in organisations.items()}
    days = groupby(events, key=lambda event: stockholm_day(event.at))
    return [Day(on, _readers(list(of_day), person, grounds, names)) for on, of_day in days]


def _events(person: UUID) -> Iterable[Event]:
    """The events about the person, without questions about another person who has the number: these would tell a reader
    of someone they may not know of. They are among the other person's events, and of both when the two are joined."""
    names = ("user_id", "organisation_id", "at", "kind", "part", "reason")
    claims = PersonalNumber.objects.filter(participant__public_id=person, is_claim=True)
    rows = AccessSubject.objects.filter(events_about(person)).order_by("-event__at", "-event_id")
    rows = rows.exclude(Q(event__part__in=QUESTIONS) & Exists(claims))
    return (Event(*row) for row in rows.values_list(*(f"event__{name}" for name in names)).iterator())


def _readers(events: Sequence[Event], person: UUID, grounds: Grounds, names: dict[int, str]) -> list[LogReader]:
    by_user: dict[int, list[Event]] = {}
    for event in events:
        by_user.setdefault(event.user, []).append(event)
    by_user = {user: _without_own_look_ups(of_user) for user, of_user in by_user.items()}
    return [_reader(of_user, person, grounds, names) for of_user in by_user.values()]


def _without_own_look_ups(events: list[Event]) -> list[Event]:
    """The events without look-ups of the number by the user who wrote the person down that day. Look-ups by others
    stay."""
    wrote = any(event.kind == AccessKind.CHANGE and event.part in WRITING for event in events)
    return [event for event in events if not (wrote and event.part == PART)]


def _reader(events: Sequence[Event], person: UUID, grounds: Grounds, names: dict[int, str]) -> LogReader:
    latest = events[0]
    said = dict.fromkeys(in_words(event.kind, event.part) for event in reversed(events))
    why = dict.fromkeys(words for event in events if (words := grounds.words(event.user, person, event.at)))
    said_already = " ".join(why)
    stated = dict.fromkeys(event.reason for event in events if event.reason and event.reason not in said_already)
    return LogReader(
        who=str(grounds.readers[latest.user]),
        organisation=names.get(latest.organisation or 0, ""),
        at=latest.at,
        what=tuple(said),
        why=". ".join([*why, *stated]) or NO_GROUND,
    )
