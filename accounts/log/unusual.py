"""Which log-ins of a month are worth a look: for the log's reviewer, in words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from accounts.enums import AccessKind
from accounts.log.account import BY_CODE
from accounts.models import AccessEvent, User
from core.days.dates import STOCKHOLM, add_months, stockholm_day

# Few work with cases between these hours.
NIGHT_FROM, NIGHT_TO = time(22), time(5)
# More wrong passwords than one's own fingers make before a log-in, and in a day without one.
FAILED_BEFORE, WITHIN = 5, timedelta(hours=1)
FAILED_IN_A_DAY = 10
_ALWAYS = {
    "password_link": "Valde nytt lösenord genom en länk",
    "factor_remove": "Tog bort tvåstegsinloggningen",
    "code_use": "Använde en reservkod",
}


@dataclass(frozen=True, slots=True)
class UnusualLogIn:
    """Something about an account that its owner may be asked about."""

    who: str
    at: datetime
    what: str

    def stored(self) -> dict[str, str]:
        """The log-in as a review stores it, in JSON."""
        return {"who": self.who, "at": self.at.isoformat(), "what": self.what}

    @classmethod
    def read(cls, stored: Mapping[str, str]) -> Self:
        """The log-in that a review has stored."""
        return cls(stored["who"], datetime.fromisoformat(stored["at"]), stored["what"])


def unusual_log_ins(month: date, reviewer: User) -> list[UnusualLogIn]:
    """Unusual log-ins by accounts of the reviewer's organisation in a month, by time.

    The reviewer's own log-ins aren't among them. One query.
    """
    start, end = (datetime.combine(day, time(), STOCKHOLM) for day in (month, add_months(month, 1)))
    events = AccessEvent.objects.filter(
        kind=AccessKind.ACCOUNT, organisation_id=reviewer.organisation_id, at__gte=start, at__lt=end
    ).exclude(user=reviewer)
    of_each: dict[int, list[AccessEvent]] = defaultdict(list)
    for event in events.select_related("user").order_by("at", "pk"):
        of_each[event.user_id].append(event)
    found = [unusual for rows in of_each.values() for unusual in _of_one(rows)]
    return sorted(found, key=lambda unusual: unusual.at)


def _of_one(events: Sequence[AccessEvent]) -> Iterator[UnusualLogIn]:
    """Unusual log-ins among one account's events, by time."""
    failed: list[datetime] = []
    by_day: dict[date, list[AccessEvent]] = defaultdict(list)
    for event in events:
        if event.part == "login_failed":
            failed.append(event.at)
            by_day[stockholm_day(event.at)].append(event)
        elif event.part == "login":
            yield from _log_in(event, failed)
            failed = []
            by_day.pop(stockholm_day(event.at), None)
        elif event.part in _ALWAYS:
            yield _line(event, _ALWAYS[event.part])
    for rows in by_day.values():
        if len(rows) >= FAILED_IN_A_DAY:
            yield _line(rows[-1], f"Fel lösenord {len(rows)} gånger på en dag, utan att någon kom in")


def _log_in(event: AccessEvent, failed: Sequence[datetime]) -> Iterator[UnusualLogIn]:
    clock = event.at.astimezone(STOCKHOLM).time()
    if clock >= NIGHT_FROM or clock < NIGHT_TO:
        yield _line(event, "Loggade in på natten")
    tries = sum(event.at - at <= WITHIN for at in failed)
    if tries >= FAILED_BEFORE:
        yield _line(event, f"Loggade in efter {tries} fel lösenord")
    if event.reason and event.reason != BY_CODE:
        yield _line(event, event.reason)


def _line(event: AccessEvent, what: str) -> UnusualLogIn:
    return UnusualLogIn(str(event.user), event.at, what)
