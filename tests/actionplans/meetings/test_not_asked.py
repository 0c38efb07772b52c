"""On the page of a meeting: what the answers don't ask for hinders nothing; what they ask for is demanded."""

import pytest
from django.urls import reverse

from actionplans.enums import Outcome
from actionplans.meetings.next_days import OVER
from actionplans.models import Meeting, StepClock
from core.days.dates import today
from participants.enums import ExitReason
from participants.exits.actions import end_enrolment
from projects.actions import ladder_on
from tests.world.cases import days_ago, met, started
from tests.world.pages import faults, fill, shown

TEXT = "Kommer i tid och trivs med gruppen."
LONG = "x" * 2001


@pytest.fixture
def begun(world):
    world.enrolment = started(world.enrolment, 100)
    StepClock.objects.all().delete()
    return world


@pytest.fixture
def worker(begun, log_in):
    return log_in(begun.case_worker)


def address(world) -> str:
    return reverse("meeting_create", args=[world.enrolment.public_id])


def criteria(world, number: int):
    return list(ladder_on(world.project, world.enrolment.enrolled_on).steps.get(number=number).criteria.all())


def yes_to_all(world, number: int) -> dict[str, str]:
    answers = {f"criterion_{each.pk}": "met" for each in criteria(world, number)}
    answers |= {f"supervisor_{each.pk}": "Kim" for each in criteria(world, number) if each.supervisor_required}
    return {"step": str(number), **answers}


def saved(client, world, **answers) -> Meeting:
    answer = client.post(address(world), fill(client, address(world), text=TEXT, **answers))
    assert answer.status_code == 302, faults(answer)
    return Meeting.objects.get()


@pytest.mark.parametrize("chosen", ["", "4v", "cancelled"])
def test_another_day_that_isnt_chosen_any_more(begun, worker, chosen) -> None:
    if chosen == "cancelled":
        met(begun.enrolment, begun.case_worker, days_ago(30), next_meeting_on=days_ago(-3))
    data = fill(worker, address(begun), text=TEXT, next_choice=chosen, next_meeting_on="nästa tis")
    assert worker.post(address(begun), data).status_code == 302


def test_everything_about_a_step_when_none_is_judged(begun, worker) -> None:
    about_steps = {
        "step": "",
        "outcome": "orimligt",
        "departure": LONG,
        "cleared_on": "abc",
        "late_reason": LONG,
        "other_support": "kanske",
        **{f"criterion_{each.pk}": "orimligt" for each in criteria(begun, 2)},
        **{f"why_{each.pk}": LONG for each in criteria(begun, 2)},
        **{f"supervisor_{each.pk}": LONG for each in criteria(begun, 3) if each.supervisor_required},
    }
    assert not saved(worker, begun, **about_steps).step_assessments.exists()


def test_answers_about_another_step_than_the_judged_one(begun, worker) -> None:
    of_another = {f"criterion_{each.pk}": "orimligt" for each in criteria(begun, 2)}
    of_another |= {f"why_{each.pk}": LONG for each in criteria(begun, 2)}
    of_another |= {f"supervisor_{each.pk}": LONG for each in criteria(begun, 3) if each.supervisor_required}
    judged = saved(worker, begun, other_support="kanske", departure=LONG, **yes_to_all(begun, 1), **of_another)
    assert judged.step_assessments.get().outcome == Outcome.CLEARED


def test_what_another_answer_to_a_criterion_asks_for(begun, worker) -> None:
    answers = yes_to_all(begun, 3)
    no = next(each for each in criteria(begun, 3) if each.supervisor_required)
    answers |= {f"criterion_{no.pk}": "not_met", f"supervisor_{no.pk}": LONG}
    answers |= {f"why_{each.pk}": LONG for each in criteria(begun, 3)}
    results = saved(worker, begun, **answers).step_assessments.get().results
    assert results.get(criterion=no).supervisor is None
    assert not results.exclude(why=None).exists()


def test_since_when_and_with_which_support_it_is_cleared_when_it_isnt(begun, worker) -> None:
    answers = {"outcome": Outcome.NOT_CLEARED, "departure": "Inte än.", **yes_to_all(begun, 4)}
    hidden = {"cleared_on": "abc", "late_reason": LONG, "other_support": "kanske"}
    assert saved(worker, begun, **answers, **hidden).step_assessments.get().outcome == Outcome.NOT_CLEARED


@pytest.mark.parametrize(
    ("asked", "at_fault"),
    [
        ({"next_choice": "other", "next_meeting_on": "nästa tis"}, "next_meeting_on"),
        ({"cleared_on": "abc"}, "cleared_on"),
        ({"outcome": Outcome.NOT_CLEARED, "departure": LONG}, "departure"),
        ({"late_reason": LONG}, "late_reason"),
    ],
)
def test_what_is_asked_for_is_demanded(begun, worker, asked, at_fault) -> None:
    data = fill(worker, address(begun), text=TEXT, **yes_to_all(begun, 1), **asked)
    assert list(faults(worker.post(address(begun), data))) == [at_fault]
    assert not Meeting.objects.exists()


def test_the_booked_day_isnt_proposed_beside_that_nothing_changes(begun, worker) -> None:
    page = worker.get(address(begun)).context["form"]
    day = page.next_days["5v"].day
    older = fill(worker, address(begun), text=TEXT, next_choice="5v")
    met(begun.enrolment, begun.case_worker, days_ago(1), next_meeting_on=day)
    keys = [key for key, _ in worker.get(address(begun)).context["form"].fields["next_choice"].choices]
    assert "4v" in keys
    assert "5v" not in keys
    # It was booked by a colleague meanwhile, so the page asks once; the day that was chosen is still there.
    asked = worker.post(address(begun), older)
    assert asked.status_code == 200
    assert worker.post(address(begun), shown(asked.context["form"])).status_code == 302
    newest = Meeting.objects.latest("pk")
    assert (newest.concerns_on, newest.next_meeting_on) == (today(), day)


def test_a_case_that_ended_meanwhile_offers_no_next_meeting(begun, worker) -> None:
    before = fill(worker, address(begun), text=TEXT, next_choice="other", next_meeting_on="nästa tis")
    moved = ExitReason.MOVED
    end_enrolment(enrolment=begun.enrolment, exited_on=today(), reason=moved, comment="", by=begun.case_worker)
    assert "next_choice" not in worker.get(address(begun)).context["form"].fields
    refused = worker.post(address(begun), before)
    assert faults(refused) == {"next_choice": [OVER]}
    assert list(refused.context["form"].fields["next_choice"].choices) == [("", "Inte bestämt")]
    assert worker.post(address(begun), {**before, "next_choice": ""}).status_code == 302
