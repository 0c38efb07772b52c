"""Invents populations of any size, for measuring. They are written as an imported register is."""

from collections.abc import Iterator
from datetime import date, timedelta

from accounts.models import Organisation, User
from actionplans.register.actions import import_rows
from actionplans.register.reading.findings import RegisterRow
from core.actions import action
from core.batches import in_chunks
from participants.enums import ExitReason, ReferralSource, Sex
from projects.models import Project
from workshop.demo.people import People

_CHUNK = 2000
_SOURCES = [source for source in ReferralSource if source != ReferralSource.UNKNOWN]
_REASONS = [reason for reason in ExitReason if reason not in (ExitReason.UNKNOWN, ExitReason.PROJECT_ENDED)]
# Chance to clear the step after the one before, and the mean of days it takes.
_CLEARS = {1: (0.75, 60), 2: (0.7, 70), 3: (0.45, 80), 4: (0.3, 70), 5: (0.5, 60)}
# Days in a row would run out of numbers of the test series: one woman and one man a day.
MAX_ENROLMENTS = 30_000


def generate(*, project: Project, owner: Organisation, enrolments: int, seed: int, start: date, end: date) -> int:
    """Enrol `enrolments` invented persons between two days. Returns how many rows were written."""
    people = People(seed, start)
    rows = _rows(people, enrolments, start, end)
    by = User.objects.system()
    written = 0
    for chunk in in_chunks(rows, _CHUNK):
        _write(chunk, project, owner, by)
        written += len(chunk)
    return written


@action
def _write(rows: list[RegisterRow], project: Project, owner: Organisation, by: User) -> None:
    import_rows(rows, project, owner, by)


def _rows(people: People, count: int, start: date, end: date) -> Iterator[RegisterRow]:
    for place in range(count):
        yield invent(people, place, start, end)


def invent(people: People, place: int, start: date, end: date) -> RegisterRow:
    """One invented row: an enrolment, with its course until `end`."""
    chance = people.random
    enrolled_on = start + timedelta(days=chance.randrange(max((end - start).days, 1)))
    person = people.next() if place < MAX_ENROLMENTS else None
    sex = person.sex if person else chance.choice((Sex.FEMALE, Sex.MALE))
    exited_on = enrolled_on + timedelta(days=chance.randrange(30, 700)) if chance.random() < 0.5 else None
    exited_on = exited_on if exited_on and exited_on <= end else None
    last = min(exited_on or end, end)
    assessed_on = _within(enrolled_on, chance.gauss(10, 5), last)
    return RegisterRow(
        sheet="",
        row=place + 1,
        fingerprint_source="",
        enrolled_on=enrolled_on,
        sex=sex,
        personal_number=person.number if person else None,
        family_name=person.family_name if person else f"Prov{place}",
        given_name=person.given_name if person else "Person",
        source=chance.choice(_SOURCES),
        referred_on=enrolled_on - timedelta(days=chance.randrange(1, 30)),
        assessed_on=assessed_on,
        planned_on=_within(assessed_on, chance.expovariate(1 / 5), last) if assessed_on else None,
        placement=chance.choice(("Byggeriet", "Köket", "Återbruket", "Servicegruppen", "")),
        full_time_sick=chance.random() < 0.2,
        cleared=tuple(_cleared(people, enrolled_on, last)),
        exited_on=exited_on,
        exit_reason=chance.choice(_REASONS) if exited_on else None,
    )


def _cleared(people: People, day: date, last: date) -> Iterator[tuple[int, date]]:
    for step, (share, mean) in _CLEARS.items():
        day += timedelta(days=max(1, round(people.random.expovariate(1 / mean))))
        if people.random.random() > share or day > last:
            return
        yield step, day


def _within(day: date, days: float, last: date) -> date | None:
    later = day + timedelta(days=max(0, round(days)))
    return later if later <= last else None
