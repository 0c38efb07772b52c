"""Two kartläggningar side by side, and own words that are added to a complete one."""

import pytest
from django.urls import reverse

from core.days.dates import today
from core.enums import Category
from participants.assessment.actions import record_assessment
from participants.assessment.comparing import in_order, others_of, side_by_side
from participants.assessment.corrections import take_back_assessment
from participants.models import Assessment, Enrolment, OwnWords
from participants.scope.scope import Scope
from projects.enums import AssessmentArea
from tests.world.areas import mapped
from tests.world.case_rows import assign_contact
from tests.world.cases import days_ago, started
from tests.world.consent_rows import give
from tests.world.pages import faults, fill, submit


@pytest.fixture
def case(world) -> Enrolment:
    return started(world.enrolment, 200)


@pytest.fixture
def first(world, case) -> Assessment:
    return mapped(case, world.case_worker, on=days_ago(190), text="Då", summary="Början")


@pytest.fixture
def later(world, case, first) -> Assessment:
    return mapped(case, world.case_worker, on=days_ago(10), text="Nu")


def told(client, url: str) -> str:
    return client.get(url).content.decode().replace("\xa0", " ")


def compare(assessment: Assessment) -> str:
    return reverse("assessment_compare", args=[assessment.public_id])


def words(assessment: Assessment) -> str:
    return reverse("assessment_own_words", args=[assessment.public_id])


def test_each_area_stands_beside_what_it_said_before(world, first, later) -> None:
    scope = Scope.of(world.case_worker, today())
    rows = side_by_side(in_order(later, first), scope)
    assert [row.label for row in rows] == [*(area.numbered for area in AssessmentArea), "Sammanfattning"]
    assert [(row.before, row.after, row.is_changed) for row in rows[:1]] == [("Då adaptation", "Nu adaptation", True)]
    assert (rows[-1].before, rows[-1].after) == ("Början", "–")


def test_what_is_the_same_is_said_to_be(world, case, client) -> None:
    for days in (20, 10):
        done = mapped(case, world.case_worker, on=days_ago(days), text="Lika")
    html = told(client, compare(done))
    assert html.count("Samma<") == len(AssessmentArea)
    assert "Ändrat" not in html


def test_the_page_compares_with_the_one_before_or_the_one_that_is_named(world, case, first, later, client) -> None:
    between = mapped(case, world.case_worker, on=days_ago(100), text="Mellan")
    assert compare(later) in told(client, later.get_absolute_url())
    html = told(client, compare(later))
    assert "Mellan health" in html
    assert "Då health" not in html
    html = told(client, f"{compare(later)}?med={first.public_id}")
    assert "Då health" in html
    assert html.index("Då health") < html.index("Nu health")
    assert "Mellan health" not in html
    # The first one has none before it.
    assert "Mellan health" in told(client, compare(first))
    assert others_of(between, Scope.of(world.case_worker, today())) == [later, first]


def test_one_alone_has_nothing_beside_it_and_one_taken_back_is_nobody_s(world, first, later, client) -> None:
    take_back_assessment(assessment=later, reason="Fel.", by=world.case_worker)
    assert compare(first) not in told(client, first.get_absolute_url())
    assert "Det finns ingen annan kartläggning" in told(client, compare(first))
    assert client.get(compare(later)).status_code == 404


def test_an_old_one_has_its_summary(world, case, later, client) -> None:
    old = record_assessment(enrolment=case, completed_on=days_ago(199), summary="Gammal text", by=world.case_worker)
    html = told(client, f"{compare(later)}?med={old.public_id}")
    assert "Gammal text" in html
    assert "Nu health" in html


def test_another_party_sees_the_areas_that_are_opened(world, case, first, later, log_in) -> None:
    assign_contact(case, world.af_case_worker)
    give(case, [world.af], [Category.ASSESSMENT], by=world.case_worker)
    html = told(log_in(world.af_case_worker), compare(later))
    assert "Då motivation" in html
    assert "health" not in html
    assert AssessmentArea.HEALTH.label not in html


def test_own_words_are_added_after_and_those_before_stay(world, case, client) -> None:
    done = mapped(case, world.case_worker, on=days_ago(10), own_words="Jag vill inte sitta hemma.")
    assert words(done) in told(client, done.get_absolute_url())
    assert submit(client, words(done), words="Jag har börjat simma.")["Location"] == done.get_absolute_url()
    html = told(client, done.get_absolute_url())
    assert html.index("Jag vill inte sitta hemma.") < html.index("Jag har börjat simma.")
    assert OwnWords.objects.current().count() == 2
    assert "words" in faults(submit(client, words(done), words=" "))


def test_own_words_pressed_twice_stand_once(case, first, client) -> None:
    data = fill(client, words(first), words="Jag har börjat simma.")
    assert [client.post(words(first), data).status_code for _ in range(2)] == [302, 302]
    assert OwnWords.objects.count() == 1


def test_one_without_areas_takes_no_words(world, case, client) -> None:
    old = record_assessment(enrolment=case, completed_on=days_ago(9), summary="Text", by=world.case_worker)
    assert words(old) not in told(client, old.get_absolute_url())
    assert client.get(words(old))["Location"] == old.get_absolute_url()
