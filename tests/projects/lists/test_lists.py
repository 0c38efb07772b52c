"""The project's own lists: kept on their page, offered for their days, never emptied of what facts speak of."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from core.days.dates import today
from projects.enums import LISTS_OF_HEALTH, ListKind
from projects.lists import actions
from projects.lists.actions import ListedLine, add_to_list, change_listed
from projects.lists.model_lists import model_lines
from projects.models import Listed, Project
from tests.world.factories import ProjectFactory
from tests.world.pages import faults, fill, queries, submit

ADD = "/projekt/listor/ny/"


@pytest.fixture
def client(world, log_in):
    return log_in(world.project_leader)


def line(name: str = "Byggeriet", first: date | None = None, until: date | None = None) -> ListedLine:
    return ListedLine(name=name, valid_from=first, valid_until=until)


def unit(world, **fields) -> Listed:
    return add_to_list(project=world.project, kind=ListKind.UNIT, line=line(**fields), by=world.project_leader)


def offered(project: Project, kind: ListKind, on: date) -> set[str]:
    return set(Listed.objects.filter(project=project, kind=kind).on(on).values_list("name", flat=True))


def test_a_new_project_has_the_model_lists(world) -> None:
    have = Listed.objects.filter(project=world.project).values_list("kind", "name")
    assert sorted(have) == sorted((line["kind"], line["name"]) for line in model_lines())
    assert not offered(world.project, ListKind.UNIT, today())
    support = Listed.objects.filter(project=world.project, kind=ListKind.SUPPORT)
    private = set(support.filter(is_public_support=False).values_list("code", flat=True))
    assert {"parental_benefit", "pension", "wage", "study_support"} <= private
    assert support.get(code="social_assistance").is_public_support


@pytest.mark.parametrize(
    ("name", "on", "is_offered"),
    [
        ("Särskilt anställningsstöd", date(2018, 4, 30), True),
        ("Särskilt anställningsstöd", date(2018, 5, 1), False),
        ("Introduktionsjobb", date(2018, 4, 30), False),
        ("Introduktionsjobb", date(2018, 5, 1), True),
        ("Lönebidrag", date(2005, 1, 1), True),
    ],
)
def test_a_line_is_offered_on_its_days(world, name: str, on: date, is_offered: bool) -> None:
    assert (name in offered(world.project, ListKind.EMPLOYMENT, on)) is is_offered


def test_a_line_is_added_changed_and_taken_away_on_the_page(world, client) -> None:
    answers = {"kind_of_list": "target_group", "name": "Unga  vuxna", "wished_percent": "50", "is_about_health": "no"}
    answer = submit(client, ADD, **answers)
    assert answer["Location"].endswith("/projekt/listor/#target_group")
    made = Listed.objects.get(project=world.project, name="Unga vuxna")
    html = client.get(reverse("listed_list")).content.decode()
    assert "Önskad andel 50\xa0%" in html or "Önskad andel 50 %" in html
    submit(client, made.get_absolute_url(), last_day="2026-01-31", wished_percent="")
    made.refresh_from_db()
    assert (made.valid_until, made.wished_percent) == (date(2026, 2, 1), None)
    assert "Erbjuds inte längre." in client.get(reverse("listed_list")).content.decode()
    submit(client, made.get_absolute_url(), removes="on")
    assert not Listed.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "FÖDD UTANFÖR SVERIGE"}, "name"),
        ({"kind_of_list": "nothing"}, "kind_of_list"),
        ({"first_day": "2026-02-01", "last_day": "2026-01-31"}, "last_day"),
        ({"wished_percent": "101"}, "wished_percent"),
        ({"kind_of_list": "unit", "wished_percent": "50", "is_about_health": ""}, "wished_percent"),
        ({"is_public_support": "on"}, "is_public_support"),
        *(({"kind_of_list": kind}, "is_about_health") for kind in ("method", "unit", "education", "employment")),
        *(({"kind_of_list": kind, "is_about_health": ""}, "is_about_health") for kind in sorted(LISTS_OF_HEALTH)),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(world, client, answers, field: str) -> None:
    before = list(Listed.objects.values())
    said = {"kind_of_list": "target_group", "name": "Ny", "is_about_health": "no"}
    data = fill(client, ADD, **(said | answers))
    assert list(faults(client.post(ADD, data))) == [field]
    assert list(Listed.objects.values()) == before


def test_lines_of_some_lists_say_whether_they_are_about_health(world, client) -> None:
    answers = {"kind_of_list": "outcome", "name": "Till hälsoskolan", "is_about_health": "yes"}
    assert submit(client, ADD, **answers).status_code == 302
    made = Listed.objects.get(project=world.project, name="Till hälsoskolan")
    assert made.counts_as_health
    submit(client, made.get_absolute_url(), is_about_health="no")
    made.refresh_from_db()
    assert (made.is_about_health, made.counts_as_health) == (False, False)
    Listed.objects.filter(pk=made.pk).update(is_about_health=None)
    assert "tills ni svarar" in client.get(reverse("listed_list")).content.decode()
    assert list(faults(client.post(made.get_absolute_url(), fill(client, made.get_absolute_url())))) == [
        "is_about_health"
    ]


def test_of_the_models_own_lines_the_program_knows_it(world, client) -> None:
    """A sick-listing by whatever name stays one."""
    lines = Listed.objects.filter(project=world.project, kind__in=sorted(LISTS_OF_HEALTH))
    of_health = {row.code for row in lines if row.counts_as_health}
    assert of_health >= {"sickness_benefit", "sick_listed", "rehabilitation", "disability"}
    assert of_health >= {"addiction_treatment", "sick_listed_long", "sick_waits", "social"}
    assert not of_health & {"wage", "works", "work", "social_assistance", "other", "born_abroad", "language"}
    assert not lines.filter(is_about_health=None).exists()
    sick = lines.get(code="sick_listed")
    assert "is_about_health" not in client.get(sick.get_absolute_url()).context["form"].fields
    submit(client, sick.get_absolute_url(), name="Hemma", is_about_health="no")
    sick.refresh_from_db()
    assert (sick.name, sick.counts_as_health) == ("Hemma", True)


def test_what_facts_speak_of_keeps_its_name_and_stays(world, client, monkeypatch) -> None:
    made = unit(world)
    monkeypatch.setattr(actions, "is_used", lambda listed: True)
    with pytest.raises(ValidationError) as refused:
        change_listed(listed=made, line=line("Verkstan"), by=world.project_leader)
    assert list(refused.value.message_dict) == ["name"]
    change_listed(listed=made, line=line(until=date(2026, 1, 1)), by=world.project_leader)
    made.refresh_from_db()
    assert made.valid_until == date(2026, 1, 1)


def test_no_fact_can_lose_the_line_that_it_speaks_of() -> None:
    """`remove_listed` leans on it, and `is_used` asks each such relation."""
    kept = {relation.on_delete for relation in Listed._meta.related_objects}
    assert kept <= {models.PROTECT}


def test_each_project_has_its_own(world, client) -> None:
    other = ProjectFactory()
    theirs = add_to_list(project=other, kind=ListKind.UNIT, line=line("Deras"), by=world.project_leader)
    assert "Deras" not in client.get(reverse("listed_list")).content.decode()
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert client.post(theirs.get_absolute_url(), {"name": "Vårt"}).status_code == 404


def test_two_who_change_a_line_at_once_see_both_texts(world, client) -> None:
    made = unit(world)
    data = fill(client, made.get_absolute_url(), name="Verkstan")
    change_listed(listed=made, line=line("Kontoret"), by=world.project_leader)
    answer = client.post(made.get_absolute_url(), data)
    assert list(faults(answer)) == ["__all__"]
    assert "Kontoret" in answer.content.decode()
    made.refresh_from_db()
    assert made.name == "Kontoret"


def test_the_page_asks_equally_often_however_long_the_lists_are(world, client) -> None:
    few = queries(client, reverse("listed_list"))
    for number in range(30):
        unit(world, name=f"Enhet {number}")
    assert queries(client, reverse("listed_list")) <= few
