"""Sick-listings and placements: what somebody does, and what should have been written."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from core.days.periods import Period
from participants.amending.wordings import take_wording_away
from participants.models import Enrolment, PlacementPeriod, SickListing
from participants.placement.actions import PlacementRecord, change_placement, record_placement, take_back_placement
from participants.placement.misplaced import EARLIER as OF_PLACES
from participants.placement.misplaced import put_placement_right
from participants.scope.scope import Scope
from participants.sick_listing.actions import EARLIER as OF_SICK
from participants.sick_listing.actions import (
    SickListingRecord,
    correct_sick_listing,
    put_sick_listing_right,
    record_sick_listing,
    take_back_sick_listing,
)
from tests.world.cases import days_ago
from tests.world.deeds.stage import Stage, Writing

DEEDS = [
    "write",
    "write",
    "correct",
    "correct",
    "take back",
    "move",
    "move",
    "take away",
    "wording",
    "move what was taken back",
]


@dataclass(slots=True)
class TruePresence:
    """A fact as it should have been written from the first: whose it is, and whether it was at all."""

    kind: str
    case: int
    words: str
    said: dict[str, Any]
    turn: int
    public_id: Any = None
    is_gone: bool = False
    is_erased: bool = False


class PresenceDeeds:
    """Sick-listings and placements of the two cases."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.world, self.chance = stage, stage.world, stage.chance
        self.truths: list[TruePresence] = []

    def deed(self) -> None:
        """Write one, or do something to one."""
        deed = self.chance.choice(DEEDS)
        live = [said for said in self.truths if self.can(deed, said)]
        if deed == "write" or not live:
            self.add()
            return
        with suppress(ValidationError):
            self.do(deed, self.chance.choice(live))

    def can(self, deed: str, said: TruePresence) -> bool:
        wants_gone = deed == "move what was taken back"
        return not said.is_erased and said.is_gone is wants_gone

    def add(self) -> None:
        kind = self.chance.choice(["sick", "sick", "placed"])
        said = TruePresence(
            kind, self.chance.randrange(2), self.stage.words(), self.drawn(kind), next(self.stage.turns)
        )
        said.public_id = write(self.world, self.stage.cases[said.case], said)
        self.truths.append(said)

    def drawn(self, kind: str) -> dict[str, Any]:
        first = days_ago(self.chance.randrange(0, 50))
        last = self.chance.choice([None, first + timedelta(days=self.chance.randrange(0, 40))])
        days: dict[str, Any] = {"first": first, "last": last}
        return days | {"percent": self.chance.choice([0, 25, 50, 100])} if kind == "sick" else days

    def do(self, deed: str, said: TruePresence) -> None:
        here = Doer(self.world, said)
        if deed == "correct":
            new = self.drawn(said.kind)
            here.correct(new)
            said.said = new
        elif deed == "take back":
            here.take_back()
            said.is_gone = True
        elif deed == "wording":
            here.correct(self.drawn(said.kind))
            Doer(self.world, said).correct(said.said)
            Doer(self.world, said).take_last_wording()
        elif deed == "take away":
            here.move(None)
            said.is_gone = said.is_erased = True
        else:
            here.move(self.stage.cases[1 - said.case])
            said.case = 1 - said.case

    def rightly(self) -> list[Writing]:
        """Each that was, written once as it was."""
        cases = self.stage.cases
        return [
            (said.turn, partial(write, self.world, cases[said.case], said)) for said in self.truths if not said.is_gone
        ]

    def state(self, case: Enrolment) -> dict[str, object]:
        """What holds in a case, and what its supervisor is let in by."""
        sick = SickListing.objects.current().filter(enrolment=case).order_by("concerns_on")
        places = PlacementPeriod.objects.current().filter(enrolment=case).order_by("concerns_on", "place__text")
        scope = Scope.of(self.world.supervisor, days_ago(0))
        read = PlacementPeriod.objects.supervised_by(scope).filter(enrolment=case)
        return {
            "sick": list(sick.values_list("concerns_on", "until", "percent")),
            "places": list(places.values_list("concerns_on", "until", "supervisor", "place__text")),
            "read": sorted(read.values_list("place__text", flat=True)),
        }

    def present(self, number: int) -> set[str]:
        """The places of its placements: their author reads those that were taken back too."""
        return {
            said.words for said in self.truths if said.case == number and not said.is_erased and said.kind == "placed"
        }

    def absent(self, number: int) -> set[str]:
        """Words of the other case's, and of what was taken away."""
        return {said.words for said in self.truths if said.case != number or said.is_erased}


class Doer:
    """The three things that are done to a fact, whichever kind it is. Reasons hold the fact's canary."""

    def __init__(self, world: Any, said: TruePresence) -> None:
        model: Any = SickListing if said.kind == "sick" else PlacementPeriod
        self.world, self.said = world, said
        self.fact = model.objects.with_case().standing(said.public_id)

    def correct(self, new: dict[str, Any]) -> None:
        by, why = self.world.case_worker, self.said.words
        if self.said.kind == "sick":
            correct_sick_listing(sick_listing=self.fact, record=listed(new), why=why, by=by)
        else:
            change_placement(placement=self.fact, record=placed(self.world, self.said, new), why=why, by=by)

    def take_back(self) -> None:
        by, reason = self.world.case_worker, self.said.words
        if self.said.kind == "sick":
            take_back_sick_listing(sick_listing=self.fact, reason=reason, by=by)
        else:
            take_back_placement(placement=self.fact, reason=reason, by=by)

    def take_last_wording(self) -> None:
        """Take out the version before the one that stands, where it said something else."""
        scope, earlier = (
            Scope.of(self.world.case_worker, days_ago(0)),
            OF_SICK if self.said.kind == "sick" else OF_PLACES,
        )
        if found := earlier.find(self.fact, scope):
            take_wording_away(fact=self.fact, wording=found[-1].fact, earlier=earlier, by=self.world.case_worker)

    def move(self, right: Enrolment | None) -> None:
        by = self.world.case_worker
        if self.said.kind == "sick":
            put_sick_listing_right(sick_listing=self.fact, right=right, by=by)
        else:
            put_placement_right(placement=self.fact, right=right, by=by)


def listed(said: dict[str, Any]) -> SickListingRecord:
    return SickListingRecord(percent=said["percent"], from_day=said["first"], last_day=said["last"])


def placed(world: Any, truth: TruePresence, said: dict[str, Any]) -> PlacementRecord:
    return PlacementRecord(truth.words, world.supervisor, Period(said["first"], said["last"]))


def write(world: Any, case: Enrolment, truth: TruePresence) -> Any:
    said, by = truth.said, world.case_worker
    if truth.kind == "placed":
        return record_placement(enrolment=case, record=placed(world, truth, said), by=by).public_id
    record = listed(said)
    days = {"from_day": record.from_day, "last_day": record.last_day}
    return record_sick_listing(enrolment=case, percent=record.percent, by=by, **days).public_id
