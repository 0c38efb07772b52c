"""Activities that say something about health: read by other parties only where health may be read."""

from importlib import import_module

import pytest
from django.apps import apps

from actionplans.activities.actions import ACTIVITIES, ActivityRecord
from actionplans.models import CaseActivity
from core.days.periods import Period
from core.enums import Category
from projects.enums import ListKind
from projects.lists.actions import ListedLine, add_to_list, change_listed
from projects.lists.health import is_about_health
from projects.lists.model_lists import model_lines
from projects.models import Listed
from tests.actionplans.activities.test_activities import kind, noted
from tests.world import consents
from tests.world.cases import days_ago, started
from tests.world.forms import text_of

PLAN = (Category.IDENTITY, Category.PLAN)
MIGRATION = "projects.migrations.0016_list_of_activities"


@pytest.fixture
def case(world) -> consents.Round:
    started(world.enrolment, 100)
    world.enrolment.refresh_from_db()
    return consents.gather(world)


def page(case, log_in) -> str:
    return text_of(log_in(case.guest).get(case.enrolment.get_absolute_url()))


@pytest.mark.parametrize("kinds", [[], [Category.PLAN], [Category.HEALTH], [Category.SUPPORT, Category.MEETINGS]])
def test_each_is_read_by_consent_to_its_kind_alone(case, log_in, kinds) -> None:
    noted(case.world, rhythm="tisdagar")
    noted(case.world, "psychologist", rhythm="onsdagar", note="Vuxenpsyk")
    case.give(Category.IDENTITY, *kinds)
    said = page(case, log_in)
    assert ("tisdagar" in said) is (Category.PLAN in kinds)
    assert {word in said for word in ("onsdagar", "Tid med psykolog", "Vuxenpsyk")} == {Category.HEALTH in kinds}


def test_a_third_party_that_helps_is_no_news_for_others(case, log_in) -> None:
    case.give(*PLAN)
    noted(case.world, helper=case.fk)
    noted(case.world, "applications", helper=case.af)
    noted(case.world, "workplace_visit", helper=case.world.ame)
    said = page(case, log_in)
    assert "Fysisk aktivitet" in said
    assert str(case.fk) not in said
    assert f"CV och ansökningar, med {case.af}" in said
    assert f"Studiebesök på arbetsplats, med {case.world.ame}" in said
    assert f"Fysisk aktivitet, med {case.fk}" in text_of(log_in(case.worker).get(case.enrolment.get_absolute_url()))


def test_the_kind_follows_what_is_corrected_and_taken_back(case, log_in) -> None:
    case.give(*PLAN)
    fact = noted(case.world)
    for code, category in (("psychologist", Category.HEALTH), ("applications", Category.PLAN)):
        record = ActivityRecord(
            kind=kind(case.world, code), rhythm="", helper=None, note="", period=Period(days_ago(9))
        )
        fact = ACTIVITIES.correct(fact=fact, record=record, why="Kanariefågelns skäl", by=case.worker)
        assert fact.category == category
        said = page(case, log_in)
        assert "Kanariefågelns" not in said
        assert ("Aktivitet" in said) == (category == Category.PLAN)
    ill = noted(case.world, "psychologist")
    assert ACTIVITIES.take_back(fact=ill, reason="Fel", by=case.worker).category == Category.HEALTH


def test_an_own_line_counts_until_somebody_answers_and_its_activities_follow(case, log_in) -> None:
    case.give(*PLAN)
    asked = {"name": "Smärtskolan", "valid_from": None, "valid_until": None}
    own = add_to_list(
        project=case.world.project, kind=ListKind.ACTIVITY, line=ListedLine(**asked), by=case.world.project_leader
    )
    record = ActivityRecord(kind=own, rhythm="", helper=None, note="", period=Period(days_ago(9)))
    fact = ACTIVITIES.record(enrolment=case.enrolment, record=record, by=case.worker)
    gone = ACTIVITIES.record(enrolment=case.enrolment, record=record, by=case.worker)
    gone = ACTIVITIES.take_back(fact=gone, reason="Fel", by=case.worker)
    for answer, category in ((None, Category.HEALTH), (False, Category.PLAN), (True, Category.HEALTH)):
        change_listed(listed=own, line=ListedLine(**asked, is_about_health=answer), by=case.world.project_leader)
        assert {CaseActivity.objects.get(pk=row.pk).category for row in (fact, gone)} == {category}
        assert ("Smärtskolan" in page(case, log_in)) == (category == Category.PLAN)


def test_projects_from_before_get_the_list_once_and_lose_it_again(world) -> None:
    migration = import_module(MIGRATION)
    of_model = [(row["code"], row["name"]) for row in model_lines() if row["kind"] == ListKind.ACTIVITY]
    assert [(code, name) for code, (name, _) in migration.LINES.items()] == of_model
    assert all(is_about_health("activity", code) is health for code, (_, health) in migration.LINES.items())
    rows = Listed.objects.filter(project=world.project, kind=ListKind.ACTIVITY)
    before = set(rows.values_list("code", "name", "sort_key", "is_about_health"))
    assert len(before) == len(of_model)
    migration.remove_lines(apps, None)
    assert not rows.exists()
    migration.add_lines(apps, None)
    rows.update(is_about_health=None)
    migration.add_lines(apps, None)
    assert set(rows.values_list("code", "name", "sort_key", "is_about_health")) == before
    assert rows.count() == len(before)
