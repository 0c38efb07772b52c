"""A grouping that says something about health: read by other parties only where health may be read."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.enums import Category
from participants.grouping.actions import GROUPINGS, GroupingRecord
from participants.models import CaseGrouping
from projects.enums import ListKind
from projects.lists.actions import ListedLine, add_to_list, change_listed
from projects.models import Listed
from tests.participants.grouping.test_grouping import grouped, line
from tests.world import consents
from tests.world.cases import days_ago, started
from tests.world.forms import text_of

SUPPORT = (Category.IDENTITY, Category.SUPPORT)
TITLE = "Målgrupp, metod och hinder"


@pytest.fixture
def case(world) -> consents.Round:
    started(world.enrolment, 100)
    world.enrolment.refresh_from_db()
    return consents.gather(world)


def page(case, log_in) -> str:
    return text_of(log_in(case.guest).get(case.enrolment.get_absolute_url()))


@pytest.mark.parametrize("code", ["addiction_treatment", "sick_listed_long", "born_abroad"])
def test_a_target_group_of_health_is_read_with_health_alone(case, log_in, code) -> None:
    case.give(*SUPPORT)
    fact = grouped(case.world, code, "aged_20_24", on=days_ago(9))
    is_of_health = code != "born_abroad"
    assert fact.category == (Category.HEALTH if is_of_health else Category.SUPPORT)
    said = page(case, log_in)
    assert ("20–24 år" in said, TITLE in said, "Målgrupp" in said) == (not is_of_health,) * 3
    case.give(Category.HEALTH)
    assert "20–24 år" in page(case, log_in)


def test_an_obstacle_of_health_is_too_and_a_unit_isnt(case) -> None:
    sick = GroupingRecord(on=days_ago(9), obstacles=[line(case.world, "sick_none")])
    assert GROUPINGS.record(enrolment=case.enrolment, record=sick, by=case.worker).category == Category.HEALTH
    asked = ListedLine(name="Byggeriet", valid_from=None, valid_until=None)
    unit = add_to_list(project=case.world.project, kind=ListKind.UNIT, line=asked, by=case.world.project_leader)
    worked = GroupingRecord(on=days_ago(8), unit=unit)
    assert GROUPINGS.record(enrolment=case.enrolment, record=worked, by=case.worker).category == Category.SUPPORT


def test_that_nothing_holds_any_more_tells_that_something_did(case, log_in) -> None:
    case.give(*SUPPORT)
    grouped(case.world, "addiction_treatment", on=days_ago(30))
    ended = GROUPINGS.record(enrolment=case.enrolment, record=GroupingRecord(on=days_ago(3)), by=case.worker)
    assert ended.category == Category.HEALTH
    assert TITLE not in page(case, log_in)


def test_one_that_isnt_read_doesnt_show_by_those_around_it(case, log_in) -> None:
    """What changed, what stood before a correction and what was taken back of it are the own organisation's to read."""
    case.give(*SUPPORT)
    grouped(case.world, "born_abroad", on=days_ago(30))
    grouped(case.world, "born_abroad", "addiction_treatment", on=days_ago(20))
    grouped(case.world, "born_abroad", on=days_ago(10))
    said = page(case, log_in)
    assert said.count(TITLE) == 2
    assert [word for word in ("beroende", "Oförändrat", "Nytt:", "Gäller inte längre") if word in said] == []
    own = text_of(log_in(case.worker).get(case.enrolment.get_absolute_url()))
    assert "Nytt: i behandling för beroende." in own
    assert "Gäller inte längre: i behandling för beroende." in own


def test_the_kind_follows_what_is_corrected_taken_back_and_moved(case, log_in, right) -> None:
    case.give(*SUPPORT)
    fact = grouped(case.world, "born_abroad", on=days_ago(9))
    for code, kind in (("sick_listed_long", Category.HEALTH), ("aged_20_24", Category.SUPPORT)):
        record = GroupingRecord(on=days_ago(9), target_groups=[line(case.world, code)])
        fact = GROUPINGS.correct(fact=fact, record=record, why="Kanariefågelns skäl", by=case.worker)
        assert fact.category == kind
        said = page(case, log_in)
        assert [word for word in ("jukskriven", "Förut stod", "Kanariefågelns", "ättad") if word in said] == []
        assert (TITLE in said) == (kind == Category.SUPPORT)
    sick = GroupingRecord(on=days_ago(9), target_groups=[line(case.world, "sick_listed_long")])
    fact = GROUPINGS.correct(fact=fact, record=sick, why="Ändå så", by=case.worker)
    assert GROUPINGS.take_back(fact=fact, reason="Fel", by=case.worker).category == Category.HEALTH
    assert TITLE not in page(case, log_in)


def test_an_own_line_counts_until_somebody_answers_and_its_facts_follow(case, log_in) -> None:
    case.give(*SUPPORT)
    asked = {"name": "Smärtskolan", "valid_from": None, "valid_until": None}
    own = add_to_list(
        project=case.world.project, kind=ListKind.TARGET_GROUP, line=ListedLine(**asked), by=case.world.project_leader
    )
    assert own.is_about_health is None
    both = GroupingRecord(on=days_ago(9), target_groups=[own, line(case.world, "born_abroad")])
    fact = GROUPINGS.record(enrolment=case.enrolment, record=both, by=case.worker)
    gone = GROUPINGS.record(
        enrolment=case.enrolment, record=GroupingRecord(on=days_ago(8), target_groups=[own]), by=case.worker
    )
    gone = GROUPINGS.take_back(fact=gone, reason="Fel", by=case.worker)
    for answer, kind in ((None, Category.HEALTH), (False, Category.SUPPORT), (True, Category.HEALTH)):
        line_now = ListedLine(**asked, is_about_health=answer)
        change_listed(listed=own, line=line_now, by=case.world.project_leader)
        fact.refresh_from_db()
        gone.refresh_from_db()
        assert (fact.category, gone.category) == (kind, kind)
        assert ("Smärtskolan" in page(case, log_in)) == (kind == Category.SUPPORT)
    # Another line of health keeps what this one lets go.
    sick = GroupingRecord(on=days_ago(7), target_groups=[own, line(case.world, "sick_listed_long")])
    ill = GROUPINGS.record(enrolment=case.enrolment, record=sick, by=case.worker)
    change_listed(listed=own, line=ListedLine(**asked, is_about_health=False), by=case.world.project_leader)
    ill.refresh_from_db()
    assert ill.category == Category.HEALTH
    assert Listed.objects.get(pk=own.pk).is_about_health is False


def test_one_without_rows_yet_is_of_health() -> None:
    assert CaseGrouping().category == Category.HEALTH


def test_another_party_reads_since_when_what_it_may_read_has_held(case, log_in) -> None:
    case.give(*SUPPORT)
    grouped(case.world, "born_abroad", on=days_ago(30) - timedelta(days=0))
    grouped(case.world, "sick_listed_long", on=days_ago(3))
    said = page(case, log_in)
    assert "Född utanför Sverige, från" in said
    assert reverse("grouping_create", args=[case.enrolment.public_id]) not in said
