"""Whatever is written, corrected, taken back and moved of sick-listings and placements: two cases are as if the right
things alone had been written."""

import random
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from core.days.periods import Period
from participants.models import Enrolment, PlacementPeriod, SickListing
from participants.placement.actions import PlacementRecord, change_placement, record_placement, take_back_placement
from participants.placement.misplaced import put_placement_right
from participants.scope.scope import Scope
from participants.sick_listing.actions import (
    SickListingRecord,
    correct_sick_listing,
    put_sick_listing_right,
    record_sick_listing,
    take_back_sick_listing,
)
from tests.actionplans.misplaced.test_histories import about, two_cases
from tests.world.cases import days_ago

DEEDS = ["write", "write", "correct", "correct", "take back", "move", "move", "take away", "move what was taken back"]


@dataclass(slots=True)
class Truth:
    """A fact as it should have been written from the first: whose it is, and whether it was at all."""

    kind: str
    case: int
    words: str
    said: dict[str, Any]
    public_id: Any = None
    is_gone: bool = False
    is_erased: bool = False


class Player:
    """Plays what somebody does to two cases, and keeps what should have been written."""

    def __init__(self, world: Any, cases: list[Enrolment], seed: int) -> None:
        self.world, self.cases, self.chance = world, cases, random.Random(seed)
        self.by: User = world.case_worker
        self.truths: list[Truth] = []

    def play(self, times: int = 24) -> list[Truth]:
        for _ in range(times):
            deed = self.chance.choice(DEEDS)
            live = [said for said in self.truths if self.can(deed, said)]
            if deed == "write" or not live:
                self.add()
                continue
            with suppress(ValidationError):
                self.do(deed, self.chance.choice(live))
        return self.truths

    def can(self, deed: str, said: Truth) -> bool:
        wants_gone = deed == "move what was taken back"
        return not said.is_erased and said.is_gone is wants_gone

    def add(self) -> None:
        number = len(self.truths)
        kind = self.chance.choice(["sick", "sick", "placed"])
        said = Truth(kind, self.chance.randrange(2), f"Kanarie{number}slut", self.drawn(kind))
        said.public_id = write(self.world, self.cases[said.case], said)
        self.truths.append(said)

    def drawn(self, kind: str) -> dict[str, Any]:
        first = days_ago(self.chance.randrange(0, 50))
        last = self.chance.choice([None, first + timedelta(days=self.chance.randrange(0, 40))])
        days: dict[str, Any] = {"first": first, "last": last}
        return days | {"percent": self.chance.choice([0, 25, 50, 100])} if kind == "sick" else days

    def do(self, deed: str, said: Truth) -> None:
        here = Doer(self.world, said)
        if deed == "correct":
            new = self.drawn(said.kind)
            here.correct(new)
            said.said = new
        elif deed == "take back":
            here.take_back()
            said.is_gone = True
        elif deed == "take away":
            here.move(None)
            said.is_gone = said.is_erased = True
        else:
            here.move(self.cases[1 - said.case])
            said.case = 1 - said.case


class Doer:
    """The three things that are done to a fact, whichever kind it is. Reasons hold the fact's canary."""

    def __init__(self, world: Any, said: Truth) -> None:
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

    def move(self, right: Enrolment | None) -> None:
        by = self.world.case_worker
        if self.said.kind == "sick":
            put_sick_listing_right(sick_listing=self.fact, right=right, by=by)
        else:
            put_placement_right(placement=self.fact, right=right, by=by)


def listed(said: dict[str, Any]) -> SickListingRecord:
    return SickListingRecord(percent=said["percent"], from_day=said["first"], last_day=said["last"])


def placed(world: Any, truth: Truth, said: dict[str, Any]) -> PlacementRecord:
    return PlacementRecord(truth.words, world.supervisor, Period(said["first"], said["last"]))


def write(world: Any, case: Enrolment, truth: Truth) -> Any:
    said, by = truth.said, world.case_worker
    if truth.kind == "placed":
        return record_placement(enrolment=case, record=placed(world, truth, said), by=by).public_id
    record = listed(said)
    days = {"from_day": record.from_day, "last_day": record.last_day}
    return record_sick_listing(enrolment=case, percent=record.percent, by=by, **days).public_id


def state(world: Any, case: Enrolment) -> dict[str, object]:
    """What holds in a case, and what its supervisor is let in by."""
    sick = SickListing.objects.current().filter(enrolment=case).order_by("concerns_on")
    places = PlacementPeriod.objects.current().filter(enrolment=case).order_by("concerns_on", "place__text")
    scope = Scope.of(world.supervisor, days_ago(0))
    read = PlacementPeriod.objects.supervised_by(scope).filter(enrolment=case)
    return {
        "sick": list(sick.values_list("concerns_on", "until", "percent")),
        "places": list(places.values_list("concerns_on", "until", "supervisor", "place__text")),
        "read": sorted(read.values_list("place__text", flat=True)),
    }


@pytest.mark.parametrize("seed", range(16))
def test_what_holds_is_as_of_a_history_with_the_right_things_alone(world, seed) -> None:
    cases = two_cases(world)
    truths = Player(world, cases, seed).play()
    fresh = two_cases(world)
    for said in truths:
        if not said.is_gone:
            write(world, fresh[said.case], said)
    for played, right in zip(cases, fresh, strict=True):
        assert state(world, played) == state(world, right)


@pytest.mark.parametrize("seed", range(4))
def test_no_word_of_what_was_moved_is_in_any_answer_about_the_other_person(world, log_in, seed) -> None:
    cases = two_cases(world)
    truths = Player(world, cases, 100 + seed).play()
    client = log_in(world.case_worker)
    for number, case in enumerate(cases):
        paths = [reverse(name, args=[case.public_id]) for name in ("placement_create", "sick_listing_create")]
        html = about(client, case) + " ".join(client.get(path).content.decode() for path in paths)
        for said in truths:
            is_here = said.case == number and not said.is_erased
            if is_here and said.kind == "placed":
                assert said.words in html, said
            elif not is_here:
                assert said.words not in html, said


def test_pieces_that_do_not_differ_are_left_as_they_are(world) -> None:
    case, by = two_cases(world)[0], world.case_worker
    day: date = days_ago(40)
    first = record_sick_listing(enrolment=case, from_day=day, last_day=None, percent=100, by=by)
    wrong = record_sick_listing(enrolment=case, from_day=days_ago(20), last_day=days_ago(10), percent=0, by=by)
    other = record_sick_listing(enrolment=case, from_day=days_ago(60), last_day=days_ago(50), percent=50, by=by)
    take_back_sick_listing(sick_listing=wrong, reason="Blev inte av.", by=by)
    left = SickListing.objects.current().order_by("concerns_on")
    assert [(row.percent, row.concerns_on, row.until) for row in left] == [
        (50, other.concerns_on, other.until),
        (100, day, None),
    ]
    assert left[0].pk == other.pk
    assert left[1].root_id == first.pk
