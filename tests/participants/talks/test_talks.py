"""Talk support through its pages: day, profession and length, nothing of what was said."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core.days.dates import today
from core.enums import Category
from participants.enums import MisplacedWay, TalkHolder
from participants.models import Enrolment, SupportTalk
from participants.talks.actions import TALKS, TalkRecord
from tests.casework.case.reads import entries, page
from tests.world import consent_rows as consents
from tests.world.case_rows import assign_contact
from tests.world.cases import days_ago
from tests.world.pages import faults, fill, queries, submit


def url(case: Enrolment, name: str = "talk_create") -> str:
    return reverse(name, args=[case.public_id])


def talked(world, *, minutes: int = 45, on: date | None = None) -> SupportTalk:
    record = TalkRecord(held_by=TalkHolder.PSYCHOLOGIST, minutes=minutes, on=on or days_ago(3))
    return TALKS.record(enrolment=world.enrolment, record=record, by=world.case_worker)


def test_a_talk_is_its_day_its_holder_and_its_length(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    assert url(case) in page(client, case)
    answer = submit(client, url(case), held_by="social_worker", minutes="30", on=str(days_ago(2)))
    assert answer["Location"] == case.get_absolute_url()
    talk = SupportTalk.objects.get()
    assert (talk.held_by, talk.minutes, talk.concerns_on) == ("social_worker", 30, days_ago(2))
    entry = next(entry for entry in entries(client, case) if entry.title == "Stödsamtal")
    assert "Socionom, 30 minuter." in str(entry.text)


def test_no_field_takes_what_was_said(world, log_in) -> None:
    fields = log_in(world.case_worker).get(url(world.enrolment)).context["form"].fields
    assert [name for name in fields if name not in ("token", "seen")] == ["held_by", "on", "minutes"]


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"minutes": "4"}, "minutes", "Skriv ett tal från 5 till 480."),
        ({"minutes": "481"}, "minutes", "Skriv ett tal från 5 till 480."),
        ({"minutes": "en timme"}, "minutes", "Skriv minuterna som ett heltal, till exempel 45."),
        ({"minutes": ""}, "minutes", "Skriv hur länge det varade."),
        ({"held_by": ""}, "held_by", "Välj vem samtalet var med."),
        ({"on": ""}, "on", "Fyll i dagen."),
    ],
)
def test_a_faulty_answer_is_named_and_changes_nothing(world, log_in, said, field, words) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    answers = {"held_by": "psychologist", "minutes": "45", **said}
    answer = client.post(url(case), fill(client, url(case), **answers))
    assert faults(answer)[field] == [words]
    assert not SupportTalk.objects.exists()


def test_it_is_neither_before_the_enrolment_nor_in_the_future(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    answers = {"held_by": "psychologist", "minutes": "45"}
    for day in (case.enrolled_on - timedelta(days=1), today() + timedelta(days=1)):
        answer = client.post(url(case), fill(client, url(case), on=str(day), **answers))
        assert "on" in faults(answer)
    assert not SupportTalk.objects.exists()


def test_it_is_corrected_and_taken_back(world, log_in) -> None:
    client, talk = log_in(world.case_worker), talked(world)
    submit(client, talk.get_absolute_url(), minutes="60", why="Det tog längre.")
    now = SupportTalk.objects.current().get()
    assert now.minutes == 60
    submit(client, now.get_absolute_url() + "ta-tillbaka/", reason="Blev inte av.")
    assert not SupportTalk.objects.current().exists()
    titles = [entry.title for entry in entries(client, world.enrolment)]
    assert "Stödsamtal (återtaget)" in titles


@pytest.mark.parametrize("kinds", [[Category.PLAN, Category.MEETINGS, Category.STEPS], [Category.HEALTH]])
def test_others_read_it_by_consent_to_health_alone(world, log_in, kinds) -> None:
    talked(world)
    assign_contact(world.enrolment, world.af_case_worker)
    consents.give(world.enrolment, [world.af], [Category.IDENTITY, *kinds], by=world.case_worker)
    html = page(log_in(world.af_case_worker), world.enrolment)
    assert ("Stödsamtal" in html) is (Category.HEALTH in kinds)


def test_it_cannot_be_moved_to_somebody_who_was_not_enrolled_then(world, wrong, right, log_in) -> None:
    world.enrolment = wrong
    talk = talked(world)
    Enrolment.objects.filter(pk=right.pk).update(enrolled_on=days_ago(1))
    address = reverse("talk_misplaced", args=[talk.public_id])
    answer = submit(log_in(world.case_worker), address, way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))
    assert list(faults(answer)) == ["right"]
    assert SupportTalk.objects.get(pk=talk.pk).enrolment == wrong


@pytest.mark.parametrize("rows", [0, 9])
def test_asks_the_database_equally_often_however_much_there_is(world, log_in, rows) -> None:
    for number in range(rows):
        talked(world, on=days_ago(number))
    client = log_in(world.case_worker)
    client.get(url(world.enrolment))
    assert queries(client, url(world.enrolment)) <= 14
