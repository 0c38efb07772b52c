"""Whatever is noted, corrected, taken back and moved of legal grounds: two cases are as if the right things alone had
been written."""

import random
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.days.dates import today
from participants.enums import LegalGroundKind
from participants.legal_ground.actions import correct_ground, put_ground_right, record_legal_ground, take_back_ground
from participants.legal_ground.standing import holding, periods
from participants.models import LegalGround
from tests.world.cases import days_ago
from tests.world.deeds.answers import read
from tests.world.deeds.stage import two_cases

DEEDS = ["note", "note", "correct", "correct", "take back", "move", "take away"]


@dataclass(slots=True)
class Truth:
    """A ground as it should have been noted from the first; its case is None where it was nobody's."""

    case: int | None
    said: dict[str, Any]
    public_id: Any
    is_gone: bool = False


def play(chance: random.Random, cases: list, by) -> list[Truth]:
    truths: list[Truth] = []
    for number in range(20):
        deed = chance.choice(DEEDS)
        said = {"ground": chance.choice(list(LegalGroundKind)), "note": f"Kanarie{number}slut"}
        said["from_day"] = days_ago(chance.randrange(0, 40))
        live = [truth for truth in truths if truth.case is not None and (not truth.is_gone or deed == "move")]
        if deed == "note" or not live:
            case = chance.randrange(2)
            truths.append(Truth(case, said, record_legal_ground(enrolment=cases[case], by=by, **said).public_id))
            continue
        truth = chance.choice(live)
        fact = LegalGround.objects.standing(truth.public_id)
        with suppress(ValidationError):
            do(deed, fact, truth, said, cases, by)
    return truths


def do(deed: str, fact: LegalGround, truth: Truth, said: dict[str, Any], cases: list, by) -> None:
    if deed == "correct":
        said["note"] = truth.said["note"]
        correct_ground(legal_ground=fact, why=truth.said["note"], by=by, **said)
        truth.said = said
    elif deed == "take back":
        take_back_ground(legal_ground=fact, reason=truth.said["note"], by=by)
        truth.is_gone = True
    elif deed == "move":
        assert truth.case is not None
        put_ground_right(legal_ground=fact, right=cases[1 - truth.case], by=by)
        truth.case = 1 - truth.case
    else:
        put_ground_right(legal_ground=fact, right=None, by=by)
        truth.case, truth.is_gone = None, True


def told(case) -> tuple:
    facts = list(LegalGround.objects.filter(enrolment=case).placed())
    now = holding(facts, today())
    return now and now.ground, [(fact.ground, fact.concerns_on, until) for fact, until in periods(facts)]


@pytest.mark.parametrize("seed", range(10))
def test_what_holds_is_that_of_a_history_with_the_right_things_alone(world, seed) -> None:
    cases = two_cases(world)
    truths = play(random.Random(seed), cases, world.case_worker)
    fresh = two_cases(world)
    for truth in (truth for truth in truths if not truth.is_gone):
        record_legal_ground(enrolment=fresh[truth.case], by=world.case_worker, **truth.said)
    for played, right in zip(cases, fresh, strict=True):
        assert told(played) == told(right)


@pytest.mark.parametrize("seed", range(3))
def test_no_word_of_what_was_moved_is_in_any_answer_about_the_other_person(world, log_in, seed) -> None:
    cases = two_cases(world)
    truths = play(random.Random(100 + seed), cases, world.case_worker)
    client = log_in(world.case_worker)
    for number, case in enumerate(cases):
        page = client.get(reverse("consent_list", args=[case.public_id])).content.decode()
        html = read(client, case) + page
        for truth in truths:
            assert (truth.said["note"] in html) is (truth.case == number), truth
