"""The log reviewer's sample: readings drawn by chance, and readings with a risk."""

import random
import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from statistics import median
from uuid import UUID

from accounts.enums import AccessKind, LogRisk
from accounts.log.reviews import DrawnReading, store_sample
from accounts.models import AccessSubject, LogReview, User
from core.batches import in_chunks
from core.days.dates import STOCKHOLM, add_months, stockholm_day
from core.swedish.keys import fold
from core.swedish.of_apps import said_by_apps
from oversight.log.grounds import Grounds
from participants.enums import ProtectionLevel
from participants.joining.former import former_ids
from participants.models import Participant

BY_CHANCE = 10
OF_EACH_RISK = 3
# A day is unusual when somebody read about three times as many as is common, and no fewer than this.
_MANY_AT_LEAST = 30
_MANY_TIMES = 3
# From this many files about persons in a day; the limit for an hour is twice as many.
_MANY_FILES = 10
_AT_A_TIME = 5000


@dataclass(slots=True)
class LoggedReading:
    """Everything that one user read about one person on one day, by its first event, or by the first with which a file
    left.

    What was done with many persons `at_once`, such as an import, is one reading of its own, by the first of them.
    """

    user: int
    person: UUID
    day: date
    event: int
    at: datetime
    times: int = 0
    files: set[int] = field(default_factory=set)
    risks: list[LogRisk] = field(default_factory=list)
    at_once: bool = False

    def note_file(self, event: int, at: datetime) -> None:
        """Note that a file left by this event, which then stands for the reading."""
        if not self.files:
            self.event, self.at = event, at
        self.files.add(event)


@dataclass(frozen=True, slots=True)
class ComparedPerson:
    """A person as compared with the reader; with names and addresses only where the reviewer may see them."""

    is_protected: bool
    names: frozenset[str]
    email: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A drawn sample that isn't stored yet."""

    month: date
    seed: int
    readings: int
    drawn: Sequence[DrawnReading]

    def store(self, *, by: User) -> LogReview:
        """Store the sample as a review."""
        return store_sample(month=self.month, seed=self.seed, readings=self.readings, drawn=self.drawn, by=by)


def draw_sample(*, month: date, by: User) -> Sample:
    """Draw a sample of a month of the reviewer's own organisation, without the reviewer's own readings.

    Call it outside transactions: a busy month takes seconds.
    """
    seed = secrets.randbits(48)
    readings = readings_of(month, by)
    assess(readings, by)
    return Sample(month, seed, len(readings), pick(readings, seed))


def readings_of(month: date, reviewer: User) -> list[LoggedReading]:
    """All readings of the month, oldest first."""
    start, end = (datetime.combine(day, time(), STOCKHOLM) for day in (month, add_months(month, 1)))
    rows = AccessSubject.objects.filter(
        event__organisation_id=reviewer.organisation_id, event__at__gte=start, event__at__lt=end
    ).exclude(event__user=reviewer)
    found: dict[tuple[int, UUID | int, date], LoggedReading] = {}
    present, whole = former_ids(), said_by_apps("AT_ONCE")
    names = ("event_id", "event__user_id", "event__at", "event__kind", "event__part", "person")
    in_order = rows.order_by("event_id", "pk").values_list(*names)
    for event, user, at, kind, part, person in in_order.iterator(chunk_size=_AT_A_TIME):
        day, person = stockholm_day(at), present.get(person, person)
        at_once = kind == AccessKind.CHANGE and part in whole
        read = LoggedReading(user, person, day, event, at, at_once=at_once)
        reading = found.setdefault((user, event if at_once else person, day), read)
        if at_once:
            reading.times = 1
            continue
        reading.times += 1
        if kind == AccessKind.EXPORT:
            reading.note_file(event, at)
    return list(found.values())


def assess(readings: Sequence[LoggedReading], reviewer: User) -> None:
    """Note the risks of each reading."""
    persons = {reading.person for reading in readings}
    grounds = Grounds.of({reading.user for reading in readings}, persons)
    known = _known(persons, reviewer)
    many, bursts = _unusual_days(readings), _bursts(readings)
    for reading in readings:
        found = set() if reading.at_once else set(_risks(reading, grounds, known.get(reading.person), many))
        if reading.files and (reading.user, reading.day) in bursts:
            found.add(LogRisk.MANY_FILES)
        reading.risks = [risk for risk in LogRisk if risk in found] if found else []


def pick(readings: Sequence[LoggedReading], seed: int) -> list[DrawnReading]:
    """Every reading in an emergency, a few of each other risk, and some drawn by chance; by day."""
    chance = random.Random(seed)  # noqa: S311 - the seed is kept so that the sample can be drawn again
    shuffled = list(readings)
    chance.shuffle(shuffled)
    chosen: dict[int, LoggedReading] = {}
    for risk in LogRisk:
        held = [reading for reading in shuffled if risk in reading.risks]
        for reading in held if risk is LogRisk.EMERGENCY else _spread(held)[:OF_EACH_RISK]:
            chosen[id(reading)] = reading
    rest = [reading for reading in shuffled if id(reading) not in chosen]
    chosen |= {id(reading): reading for reading in rest[:BY_CHANCE]}
    in_order = sorted(chosen.values(), key=lambda reading: (reading.at, reading.event))
    return [DrawnReading(reading.event, reading.person, reading.times, reading.risks) for reading in in_order]


def _spread(readings: Iterable[LoggedReading]) -> list[LoggedReading]:
    """The readings in an order where each reader comes once before any comes twice."""
    seen: Counter[int] = Counter()
    ranked = []
    for reading in readings:
        ranked.append((seen[reading.user], reading))
        seen[reading.user] += 1
    return [reading for _, reading in sorted(ranked, key=lambda pair: pair[0])]


def _risks(
    one: LoggedReading, grounds: Grounds, known: ComparedPerson | None, many: Collection[tuple[int, date]]
) -> Iterable[LogRisk]:
    reader = grounds.readers[one.user]
    if grounds.openings.get((one.user, one.person)) and _was_open(one, grounds):
        yield LogRisk.EMERGENCY
    if not grounds.words(one.user, one.person, one.at):
        yield LogRisk.UNASSIGNED
    if (one.user, one.day) in many:
        yield LogRisk.MANY
    if known and known.is_protected:
        yield LogRisk.PROTECTED
    if known and known.names and _family_name(reader.name) in known.names:
        yield LogRisk.SAME_NAME
    if known and reader.email == known.email:
        yield LogRisk.SAME_ADDRESS


@lru_cache(maxsize=4096)
def _family_name(name: str) -> str:
    return fold(name).rpartition(" ")[2]


def _was_open(one: LoggedReading, grounds: Grounds) -> bool:
    """Whether the case was open by an emergency at some time of the day. The reading's first event may be the one
    before it was opened."""
    openings = grounds.openings[one.user, one.person]
    return any(stockholm_day(opened.start) <= one.day <= stockholm_day(opened.end) for opened in openings)


def _known(persons: Collection[UUID], reviewer: User) -> dict[UUID, ComparedPerson]:
    """By public id, the persons as compared with the reader. Protected persons' and other organisations' names and
    addresses are left out: even a likeness would tell who they are."""
    wanted, found = sorted(persons), {}
    names = ("public_id", "organisation_id", "protection", "identity__family_name", "identity__email")
    for chunk in in_chunks(wanted, _AT_A_TIME):
        rows = Participant.objects.filter(public_id__in=chunk).values_list(*names)
        for person, organisation, protection, family_name, email in rows:
            is_protected = protection != ProtectionLevel.NONE
            may_compare = organisation == reviewer.organisation_id and not is_protected
            words = fold(family_name or "").replace("-", " ").split() if may_compare else []
            known_email = (email or "").lower() if may_compare else ""
            found[person] = ComparedPerson(is_protected, frozenset(words), known_email)
    return found


def _unusual_days(readings: Sequence[LoggedReading]) -> set[tuple[int, date]]:
    """User and day of each day on which a user read about far more persons than users of the organisation commonly
    do."""
    counts: Mapping[tuple[int, date], int] = Counter((reading.user, reading.day) for reading in readings)
    if not counts:
        return set()
    limit = max(_MANY_AT_LEAST, _MANY_TIMES * median(counts.values()))
    return {key for key, count in counts.items() if count >= limit}


def _bursts(readings: Iterable[LoggedReading]) -> set[tuple[int, date]]:
    """User and day of each day on which a user took out many files about persons."""
    files: dict[tuple[int, date], set[int]] = defaultdict(set)
    for reading in readings:
        files[reading.user, reading.day] |= reading.files
    return {key for key, events in files.items() if len(events) >= _MANY_FILES}


def months_to_review(on: date) -> list[date]:
    """The months that can be chosen: the twelve before the present one, latest first, then the present one."""
    this = on.replace(day=1)
    return [*(add_months(this, -back) for back in range(1, 13)), this]
