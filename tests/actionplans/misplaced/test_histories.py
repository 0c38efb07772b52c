"""Whatever is written, corrected, taken back and moved: two cases are as if the right things alone had been written."""

import random
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from actionplans.enums import MeetingKind
from actionplans.meetings.actions import MeetingRecord, log_meeting
from actionplans.meetings.corrections import MeetingCorrection, correct_meeting, take_back_meeting
from actionplans.misplaced.actions import put_meeting_right
from actionplans.models import Meeting, StepClock
from actionplans.plans.next_contact import booked_meeting_on
from participants.changes import enrolments_changed
from participants.models import Enrolment
from tests.world.cases import cleared, days_ago
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory

GONE = "move what was taken back"
CLOCK = ("step_number", "due_on", "cleared_on", "reached_on", "assessed_on", "held_on_due", "holds_now")


@dataclass(slots=True)
class Truth:
    """A meeting as it should have been written from the first: whose it is, and whether it was at all."""

    case: int
    held_on: date
    kind: MeetingKind
    next_on: date | None
    cancels: bool
    step: int | None
    public_id: object
    words: str
    is_gone: bool = False
    is_erased: bool = False


def write(case: Enrolment, said: Truth, by: User) -> Meeting:
    record = MeetingRecord(
        kind=said.kind,
        held_on=said.held_on,
        text=said.words,
        next_meeting_on=said.next_on,
        cancels_next=said.cancels,
        judgement=cleared(case, said.step, said.held_on) if said.step else None,
    )
    return log_meeting(enrolment=case, record=record, by=by)


def drawn(chance: random.Random) -> dict:
    held_on = days_ago(chance.randrange(0, 90))
    next_on = chance.choice([None, None, held_on.fromordinal(held_on.toordinal() + chance.randrange(1, 60))])
    kinds = [MeetingKind.FOLLOW_UP, MeetingKind.FOLLOW_UP, MeetingKind.PHONE, MeetingKind.NO_SHOW]
    cancels = next_on is None and chance.random() < 0.2
    return {"held_on": held_on, "kind": chance.choice(kinds), "next_on": next_on, "cancels": cancels}


def play(chance: random.Random, cases: list[Enrolment], by: User) -> list[Truth]:
    """Twenty things that somebody does; gives what should have been written, in the order of writing."""
    truths: list[Truth] = []
    for _ in range(20):
        deed = chance.choice(["write", "write", "correct", "correct", "take back", "move", "move", "take away", GONE])
        live = [said for said in truths if not said.is_erased and said.is_gone is (deed == GONE)]
        if deed == "write" or not live:
            step = chance.choice([None, 1, 2])
            new = drawn(chance)
            # A step can't be judged before the enrolment.
            step = step if new["held_on"] >= days_ago(60) else None
            said = Truth(case=chance.randrange(2), step=step, public_id=None, words=f"Kanarie{len(truths)}slut", **new)
            said.public_id = write(cases[said.case], said, by).public_id
            truths.append(said)
            continue
        said = chance.choice(live)
        meeting = Meeting.objects.standing(said.public_id)
        with suppress(ValidationError):
            do(deed, meeting, said, drawn(chance), cases, by)
    return truths


def do(deed: str, meeting: Meeting, said: Truth, new: dict, cases: list[Enrolment], by: User) -> None:
    if deed == "correct":
        correction = MeetingCorrection(
            kind=new["kind"],
            held_on=new["held_on"],
            next_meeting_on=new["next_on"],
            cancels_next=new["cancels"],
            why=said.words,
        )
        correct_meeting(meeting=meeting, correction=correction, by=by)
        said.held_on, said.kind, said.next_on, said.cancels = (
            new["held_on"],
            new["kind"],
            new["next_on"],
            new["cancels"],
        )
    elif deed in ("move", GONE):
        put_meeting_right(meeting=meeting, right=cases[1 - said.case], by=by)
        said.case = 1 - said.case
    else:
        if deed == "take back":
            take_back_meeting(meeting=meeting, reason=said.words, by=by)
        else:
            put_meeting_right(meeting=meeting, right=None, by=by)
            said.is_erased = True
        said.is_gone = True


def projections(case: Enrolment) -> dict[str, object]:
    now = Enrolment.objects.get(pk=case.pk)
    clocks = StepClock.objects.filter(enrolment=case).order_by("step_number").values_list(*CLOCK)
    late = Enrolment.objects.late(case.project, on=days_ago(0)).filter(pk=case.pk).exists()
    last = Meeting.objects.current().filter(enrolment=case).order_by("-concerns_on", "-first", "-pk").first()
    return {
        "next": now.next_contact_on,
        "booked": booked_meeting_on(now),
        "clocks": list(clocks),
        "late": late,
        "last": last and last.concerns_on,
    }


def about(client, case: Enrolment) -> str:
    """The case page, the page of a new meeting, who has read, and the whole registerutdrag."""
    person = case.participant.public_id
    paths = [case.get_absolute_url(), reverse("meeting_create", args=[case.public_id])]
    paths.append(reverse("participant_readers", args=[person]))
    answers = [client.get(path) for path in paths]
    answers.append(client.post(reverse("participant_extract_json", args=[person]), {"reason": "asked"}))
    assert [answer.status_code for answer in answers] == [200] * 4
    return " ".join(b"".join(answer).decode() for answer in answers)


def two_cases(world) -> list[Enrolment]:
    cases = [EnrolmentFactory(project=world.project, enrolled_on=days_ago(60 + 20 * extra)) for extra in range(2)]
    for case in cases:
        CaseAssignmentFactory(enrolment=case, user=world.case_worker)
    enrolments_changed([case.pk for case in cases])
    return cases


@pytest.mark.parametrize("seed", range(12))
def test_the_projections_are_those_of_a_history_with_the_right_things_alone(world, seed) -> None:
    by = world.case_worker
    cases = two_cases(world)
    truths = play(random.Random(seed), cases, by)
    fresh = two_cases(world)
    for said in truths:
        if not said.is_gone:
            write(fresh[said.case], replace(said), by)
    for played, right in zip(cases, fresh, strict=True):
        assert projections(played) == projections(right)


@pytest.mark.parametrize("seed", range(4))
def test_no_word_of_what_was_moved_is_in_any_answer_about_the_other_person(world, log_in, seed) -> None:
    cases = two_cases(world)
    truths = play(random.Random(100 + seed), cases, world.case_worker)
    client = log_in(world.case_worker)
    for number, case in enumerate(cases):
        html = about(client, case)
        for said in truths:
            is_here = said.case == number and not said.is_erased
            assert (said.words in html) is is_here, said
