"""The first things in a demo case, most of them in time: a personal meeting, a placement and a follow-up; and how the
parties see the ability to work, at first and for some anew after half a year."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from accounts.models import User
from actionplans.enums import MeetingKind, ReaderLevel
from actionplans.meetings.actions import MeetingRecord, log_meeting
from core.actions import written_at
from core.days.dates import STOCKHOLM, after_workdays
from core.days.periods import ONE_DAY, Period
from participants.abilities.actions import ABILITIES, AbilityRecord
from participants.abilities.parties import AbilityAnswer, AbilityParty
from participants.models import Enrolment
from participants.placement.actions import PlacementRecord, record_placement

_PLACES: Final = ("Återbruket", "Köket", "Byggeriet", "Servicegruppen", "Språkcaféet")
# Days from enrolment to the first meeting, workdays to the first placement, days from plan to follow-up. None: it
# hasn't come about.
_MET: Final = (-2, -1, 0, 0, 0, 0, 1, 1, 2, 3, 5, 12, None)
_PLACED: Final = (1, 2, 3, 3, 4, 4, 5, 5, 5, 5, 7, 9, None)
_FOLLOWED: Final = (7, 9, 10, 12, 13, 13, 14, 14, 14, 14, 17, 20, None)
_SEED: Final = 2_000
# How the parties see the ability to work: they don't agree.
Views = Mapping[AbilityParty, tuple[AbilityAnswer, str]]

_WELL: Final[tuple[Views, ...]] = (
    {
        AbilityParty.PARTICIPANT: (AbilityAnswer.PART_TIME, "Halva dagar till att börja med, och inte för tidigt."),
        AbilityParty.EMPLOYMENT_SERVICE: (AbilityAnswer.NOT_EMPLOYABLE_YET, "Behöver en referens från en arbetsplats."),
        AbilityParty.SOCIAL_SERVICES: (AbilityAnswer.FIT, ""),
    },
    {
        AbilityParty.PARTICIPANT: (AbilityAnswer.FULL_TIME, ""),
        AbilityParty.EMPLOYMENT_SERVICE: (AbilityAnswer.EMPLOYABLE, "Kan söka arbete inom lager och handel."),
    },
    {
        AbilityParty.PARTICIPANT: (AbilityAnswer.UNSURE, "Det var länge sedan jag arbetade."),
        AbilityParty.EMPLOYMENT_SERVICE: (AbilityAnswer.EMPLOYABLE, ""),
        AbilityParty.SOCIAL_SERVICES: (AbilityAnswer.PARTLY_FIT, "Deltid i början."),
    },
    {},
)
_SICK: Final[Views] = {
    AbilityParty.PARTICIPANT: (AbilityAnswer.NOT_YET, "Jag vill, men orkar inte än."),
    AbilityParty.EMPLOYMENT_SERVICE: (AbilityAnswer.NOT_EMPLOYABLE_YET, ""),
    AbilityParty.SOCIAL_SERVICES: (AbilityAnswer.NOT_FIT, ""),
    AbilityParty.SOCIAL_INSURANCE: (AbilityAnswer.HALF, "Beslutet gäller ett halvår."),
    AbilityParty.HEALTH_CARE: (AbilityAnswer.QUARTER, "Läkarutlåtandet säger två timmar om dagen."),
}
_LATER: Final[Views] = {
    AbilityParty.PARTICIPANT: (AbilityAnswer.FULL_TIME, "Nu vet jag vad jag vill."),
    AbilityParty.EMPLOYMENT_SERVICE: (AbilityAnswer.EMPLOYABLE, "Praktiken gick bra."),
}
_AT_FIRST: Final = timedelta(days=9)
_ANEW: Final = timedelta(days=180)


def first_things(case: Enrolment, worker: User, supervisor: User, *, through: date, today: date) -> None:
    """Write those that come about through the last day. By a chance of the case's own, so that the rest of the demo
    stays as it is."""
    case.refresh_from_db()
    chance = Random(case.pk + _SEED)  # noqa: S311 - invented people, not secrets
    met, placed, followed = chance.choice(_MET), chance.choice(_PLACED), chance.choice(_FOLLOWED)
    length = timedelta(days=chance.randrange(50, 100))
    if met is not None and (held_on := _first_meeting(case, met)) <= through:
        _meet(case, worker, MeetingKind.FIRST, held_on, "Berättade om projektet och gick igenom samtycket.")
    if placed is not None:
        first = after_workdays(case.enrolled_on, placed)
        ends = first + length if through == today else min(first + length, through)
        with written_on(min(case.enrolled_on + ONE_DAY, first, today)):
            record = PlacementRecord(chance.choice(_PLACES), supervisor, Period(first, ends))
            record_placement(enrolment=case, record=record, by=worker)
    if case.planned_on and followed is not None and (held_on := case.planned_on + timedelta(days=followed)) <= through:
        kind = chance.choice((MeetingKind.FOLLOW_UP, MeetingKind.FOLLOW_UP, MeetingKind.PHONE))
        _meet(case, worker, kind, held_on, "Veckoschemat fungerar. Vi ändrade en tid och lät resten vara.")


def seen_by_parties(case: Enrolment, by: User, *, is_sick: bool, through: date) -> None:
    """Write the views that come about through the last day."""
    _see(case, _SICK if is_sick else _WELL[case.pk % len(_WELL)], case.enrolled_on + _AT_FIRST, through, by)
    if not is_sick and case.pk % 2:
        _see(case, _LATER, case.enrolled_on + _ANEW, through, by)


def _see(case: Enrolment, views: Views, on: date, through: date, by: User) -> None:
    if on > through:
        return
    with written_on(on):
        for party, (answer, words) in views.items():
            record = AbilityRecord(party=party, answer=answer, on=on, words=words)
            ABILITIES.record(enrolment=case, record=record, by=by)


def _first_meeting(case: Enrolment, days: int) -> date:
    bounds = filter(None, [case.applied_on, case.project.starts_on])
    return max(case.enrolled_on + timedelta(days=days), *bounds)


def _meet(case: Enrolment, worker: User, kind: MeetingKind, held_on: date, text: str) -> None:
    record = MeetingRecord(kind=kind, held_on=held_on, text=text, users=[worker], reader_level=ReaderLevel.CONSENTED)
    with written_on(max(held_on, case.enrolled_on)):
        log_meeting(enrolment=case, record=record, by=worker)


def written_on(day: date) -> AbstractContextManager[None]:
    """Within it all is written down in the afternoon of the day."""
    return written_at(datetime.combine(day, time(16), tzinfo=STOCKHOLM))
