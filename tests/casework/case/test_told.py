"""The parts of a case page that another party is told: nothing that rests on what it may not read, and one answer
wherever it stands."""

import pytest
from django.urls import reverse

from core.enums import Category
from core.swedish.words import weekday_near
from participants.enums import ExitReason
from participants.exits.actions import end_enrolment
from tests.casework.case.reads import entries, facts
from tests.world import consents
from tests.world.cases import days_ago, met, plan, started
from tests.world.factories.background import PlacementPeriodFactory
from tests.world.forms import text_of
from tests.world.pages import submit

SOON = days_ago(-9)
AGREED = f"Nästa möte {weekday_near(SOON, days_ago(0))}".replace("\xa0", " ")


@pytest.fixture
def case(world) -> consents.Round:
    started(world.enrolment, 100)
    return consents.gather(world)


def now(case, log_in) -> str:
    return text_of(log_in(case.guest).get(case.enrolment.get_absolute_url())).replace("\xa0", " ")


def test_who_may_not_read_the_meetings_is_told_of_none(case, log_in) -> None:
    case.give(Category.IDENTITY, Category.STEPS, Category.PLAN)
    assert "Inget möte är bokat" not in now(case, log_in)
    plan(case.enrolment, case.worker, valid_on=days_ago(40), next_follow_up_on=days_ago(30))
    met(case.enrolment, case.worker, days_ago(20), next_meeting_on=SOON)
    said = now(case, log_in)
    assert [word for word in ("Nästa möte", "möte är bokat", "Uppföljning senast") if word in said] == []
    assert weekday_near(SOON, days_ago(0)).replace("\xa0", " ") not in said


def test_who_reads_the_plan_is_told_the_day_that_it_sets(case, log_in) -> None:
    case.give(Category.IDENTITY, Category.PLAN)
    plan(case.enrolment, case.worker, next_follow_up_on=SOON)
    assert facts(log_in(case.guest), case.enrolment)["Uppföljning av planen"].startswith("senast")


def test_a_party_s_own_meeting_is_no_day_of_the_case(case, log_in) -> None:
    case.give(Category.IDENTITY, Category.STEPS)
    mine = met(case.enrolment, case.guest, days_ago(10), next_meeting_on=SOON)
    assert "Nästa möte" not in now(case, log_in)
    case.give(Category.MEETINGS)
    assert "Inget möte är bokat" in now(case, log_in)
    assert "Nästa gång" in text_of(log_in(case.guest).get(mine.get_absolute_url())), "there it stands as it was written"


def test_the_day_of_the_next_meeting_is_one_wherever_it_stands(case, log_in) -> None:
    case.give(Category.IDENTITY, Category.MEETINGS)
    case.give(Category.IDENTITY)
    met(case.enrolment, case.worker, days_ago(30), next_meeting_on=SOON)
    later = met(case.enrolment, case.worker, days_ago(20))
    # A party's own meeting neither keeps the day nor cancels it.
    met(case.enrolment, case.guest, days_ago(10), cancels_next=True)
    for who in (case.worker, case.guest):
        client = log_in(who)
        assert AGREED.replace("\xa0", " ") in text_of(client.get(case.enrolment.get_absolute_url())).replace(
            "\xa0", " "
        )
        told = text_of(client.get(later.get_absolute_url()))
        assert "Bestämt sedan tidigare" in told
        assert "Inte bestämt" not in told


def test_a_party_s_meeting_says_nothing_of_the_next_to_who_may_not_read_the_others(case, log_in) -> None:
    case.give(Category.IDENTITY)
    met(case.enrolment, case.worker, days_ago(30), next_meeting_on=SOON)
    mine = met(case.enrolment, case.guest, days_ago(10))
    assert "Nästa gång" not in text_of(log_in(case.guest).get(mine.get_absolute_url()))


@pytest.mark.parametrize("kinds", [[], [Category.MEETINGS]])
def test_a_step_leads_to_its_meeting_where_that_may_be_read(case, log_in, kinds) -> None:
    case.give(Category.IDENTITY, Category.STEPS, *kinds)
    met(case.enrolment, case.worker, days_ago(10), clears=1)
    client = log_in(case.guest)
    (entry,) = [entry for entry in entries(client, case.enrolment) if entry.title.startswith("Steg 1")]
    assert bool(entry.url) is bool(kinds)
    assert entry.url == "" or client.get(entry.url).status_code == 200


@pytest.mark.parametrize("left", [0, 5])
def test_a_placement_lasts_no_longer_than_the_enrolment(case, log_in, left) -> None:
    PlacementPeriodFactory(
        enrolment=case.enrolment, concerns_on=days_ago(20), until=days_ago(-22), recorded_by=case.worker
    )
    client = log_in(case.worker)
    assert "till" in facts(client, case.enrolment)["Placering"]
    end_enrolment(enrolment=case.enrolment, exited_on=days_ago(left), reason=ExitReason.WORK, by=case.worker)
    said = facts(client, case.enrolment).get("Placering", "")
    assert bool(said) is (left == 0)
    assert weekday_near(days_ago(-21), days_ago(0)) not in said


def test_a_placement_that_begins_after_the_exit_is_told_by_its_first_day(case, log_in) -> None:
    end_enrolment(enrolment=case.enrolment, exited_on=days_ago(5), reason=ExitReason.WORK, by=case.worker)
    client, url = log_in(case.worker), reverse("placement_create", args=[case.enrolment.public_id])
    typed = {"place": "Köket", "guide": "Gun Gard", "first_day": str(days_ago(2)), "last_day": str(days_ago(1))}
    assert list(submit(client, url, **typed).context["form"].errors) == ["first_day"]
    typed["first_day"] = str(days_ago(9))
    assert list(submit(client, url, **typed).context["form"].errors) == ["last_day"]
