"""That a SIP exists, through its pages: pointed at, never copied."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core.days.dates import today
from core.enums import Category
from core.swedish.words import day
from participants.enums import PlanHolder
from participants.models import CoordinatedPlan, Enrolment, Participant
from participants.sip.actions import SIPS, SipRecord
from tests.casework.case.reads import entries, page
from tests.world import consent_rows as consents
from tests.world.case_rows import assign_contact
from tests.world.cases import days_ago
from tests.world.pages import faults, fill, queries, shown, submit

ASKED = "Eva Ek, vuxenpsykiatrin"


def url(case: Enrolment, name: str = "sip_create") -> str:
    return reverse(name, args=[case.public_id])


def pointed_at(world, *, contact: str = ASKED, on: date | None = None) -> CoordinatedPlan:
    record = SipRecord(holder=PlanHolder.REGION, contact=contact, on=on or days_ago(300))
    return SIPS.record(enrolment=world.enrolment, record=record, by=world.case_worker)


def test_it_is_its_day_its_holder_and_whom_to_ask_and_may_be_older_than_the_enrolment(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    assert url(case) in page(client, case)
    first = case.enrolled_on - timedelta(days=200)
    answer = submit(client, url(case), holder="region", contact=ASKED, on=str(first))
    assert answer["Location"] == case.get_absolute_url()
    plan = CoordinatedPlan.objects.get()
    assert (plan.holder, plan.contact.text, plan.concerns_on) == ("region", ASKED, first)
    entry = next(entry for entry in entries(client, case) if entry.title == "SIP finns")
    assert f"Planansvarig: regionen. Fråga {ASKED}." in str(entry.text)


def test_whom_to_ask_may_be_left(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    submit(client, url(case), holder="municipality", on=str(days_ago(9)))
    assert CoordinatedPlan.objects.get().contact is None
    entry = next(entry for entry in entries(client, case) if entry.title == "SIP finns")
    assert "Fråga" not in str(entry.text)


@pytest.mark.parametrize(
    ("said", "field"), [({"holder": ""}, "holder"), ({"on": ""}, "on"), ({"contact": "x" * 121}, "contact")]
)
def test_a_faulty_answer_is_named_keeps_the_rest_and_changes_nothing(world, log_in, said, field) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    answers = {"holder": "region", "contact": ASKED, "on": str(days_ago(9)), **said}
    answer = client.post(url(case), fill(client, url(case), **answers))
    assert list(faults(answer)) == [field]
    kept = shown(answer.context["form"])
    assert {key: kept.get(key, "") for key in answers} == answers
    assert not CoordinatedPlan.objects.exists()


def test_it_is_neither_in_the_future_nor_before_birth(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    born = today() - timedelta(days=365 * 30)
    Participant.objects.filter(pk=case.participant_id).update(birth_date=born)
    for on in (born - timedelta(days=1), today() + timedelta(days=1)):
        answer = client.post(url(case), fill(client, url(case), holder="region", on=str(on)))
        assert list(faults(answer)) == ["on"]
    assert not CoordinatedPlan.objects.exists()


def test_it_is_corrected_and_taken_back(world, log_in) -> None:
    client, plan = log_in(world.case_worker), pointed_at(world)
    submit(client, plan.get_absolute_url(), contact="Ulla Alm", why="Hon har slutat.")
    now = CoordinatedPlan.objects.current().get()
    assert [row.contact.text for row in CoordinatedPlan.objects.current()] == ["Ulla Alm"]
    html = client.get(now.get_absolute_url()).content.decode()
    assert "Rätta SIP:en" in html
    assert ASKED in html
    submit(client, now.get_absolute_url() + "ta-tillbaka/", reason="Den är avslutad.")
    assert f"SIP:en {day(now.concerns_on)} är återtagen" in page(client, world.enrolment)
    assert not CoordinatedPlan.objects.current().exists()
    assert "SIP (återtagen)" in [entry.title for entry in entries(client, world.enrolment)]


@pytest.mark.parametrize("kinds", [[Category.HEALTH, Category.MEETINGS], [Category.PLAN]])
def test_others_read_it_by_consent_to_the_plan_alone(world, log_in, kinds) -> None:
    pointed_at(world)
    assign_contact(world.enrolment, world.af_case_worker)
    consents.give(world.enrolment, [world.af], [Category.IDENTITY, *kinds], by=world.case_worker)
    html = page(log_in(world.af_case_worker), world.enrolment)
    assert ("SIP finns" in html) is (Category.PLAN in kinds)


@pytest.mark.parametrize("rows", [0, 9])
def test_asks_the_database_equally_often_however_much_there_is(world, log_in, rows) -> None:
    for number in range(rows):
        pointed_at(world, on=days_ago(number + 1))
    client = log_in(world.case_worker)
    client.get(url(world.enrolment))
    assert queries(client, url(world.enrolment)) <= 14
