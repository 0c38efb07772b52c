"""The project's page and its particulars."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.forms.saving import ALREADY
from projects.actions import change_ladder, change_targets
from projects.address import address_in
from projects.ladder.ladders import load_template
from projects.models import Project
from tests.world.factories import MembershipFactory, OrganisationFactory, ProjectFactory
from tests.world.forms import filled_in, text_of

SEES = ("case_worker", "coordinator", "project_leader", "af_case_worker", "af_coordinator")
SEES_NOT = ("steering", "administrator", "log_reviewer", "outsider")
STEPS = load_template()["steps"]
EDIT_PAGES = ("project_edit", "ladder_edit", "targets_edit")


@pytest.mark.parametrize("person", SEES)
def test_whoever_works_in_the_project_sees_its_page(world, log_in, person):
    page = text_of(log_in(getattr(world, person)).get(reverse("project_detail")))
    assert "PROV-2026-1" in page
    assert "Tar ansvar" in page
    assert ("Ändra uppgifterna" in page) == (person == "project_leader")


@pytest.mark.parametrize("person", SEES_NOT)
@pytest.mark.parametrize("name", ["project_detail", *EDIT_PAGES])
def test_others_are_refused(world, log_in, person, name):
    assert log_in(getattr(world, person)).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", EDIT_PAGES)
@pytest.mark.parametrize("person", SEES)
def test_only_the_project_leader_may_change(world, log_in, person, name):
    client = log_in(getattr(world, person))
    wanted = 200 if person == "project_leader" else 403
    assert client.get(reverse(name)).status_code == wanted
    assert client.post(reverse(name), {}).status_code == wanted


def test_the_page_says_what_the_project_has_promised(world, log_in):
    page = text_of(log_in(world.project_leader).get(reverse("project_detail")))
    assert "75 %" in page
    assert "3 månader" in page
    assert "Bara på det högsta steget" in page
    assert "CV och jobbsökning gäller inte vid sjukskrivning på heltid" in page
    assert "Föreslås som klarat när minst två kriterier är uppfyllda." in page
    assert "Flyttat och Avliden" in page or "Avliden och Flyttat" in page


def test_members_stand_by_role_without_contact_details(world, log_in):
    page = text_of(log_in(world.case_worker).get(reverse("project_detail")))
    assert "Samordnare Samira Samordnare Vuxenenheten Sune Samordnare Arbetsförmedlingen" in page
    assert world.coordinator.email not in page


def test_a_member_who_has_left_is_not_listed(world, log_in):
    world.af_coordinator.memberships.update(valid_until="2020-01-01")
    world.af_case_worker.is_active = False
    world.af_case_worker.save()
    page = text_of(log_in(world.case_worker).get(reverse("project_detail")))
    assert "Sune Samordnare" not in page
    assert "Alva Arbetsförmedlare" not in page


@pytest.mark.parametrize("name", ["project_detail", *EDIT_PAGES])
def test_queries_are_few_and_do_not_grow(world, log_in, name):
    client = log_in(world.project_leader)
    client.get(reverse(name))
    few = queries_of(client, name)
    for organisation in OrganisationFactory.create_batch(5):
        world.project.parties.create(organisation=organisation)
        MembershipFactory(project=world.project, user__organisation=organisation)
    for year in range(2027, 2032):
        change_ladder(project=world.project, valid_from=date(year, 1, 1), steps=STEPS, by=world.project_leader)
        change_targets(project=world.project, valid_from=date(year, 1, 1), targets=[], by=world.project_leader)
    assert 0 < queries_of(client, name) == few <= 15


def queries_of(client, name):
    """Queries of a page, without the marks around transactions."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(name)).status_code == 200
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(not query["sql"].startswith(marks) for query in captured)


def test_particulars_are_saved_with_a_receipt(world, log_in):
    client = log_in(world.project_leader)
    answers = filled_in(client, "project_edit") | {
        "association": "Samordningsförbundet Älvdalen",
        "starts_on": "2026-01-01",
        "ends_on": "2027-12-31",
        "assessment_days": "21",
        "beyond_control": [],
        "parties": [str(world.af.public_id)],
    }
    page = text_of(client.post(reverse("project_edit"), answers, follow=True))
    assert "Projektets uppgifter är sparade." in page
    assert "Samordningsförbundet Älvdalen" in page
    assert "1 januari 2026 – 31 december 2027" in page
    assert "inom 21 dagar från ansökan och från inskrivning" in page
    assert "Inga skäl är valda." in page
    assert list(world.project.parties.values_list("organisation__name", flat=True)) == [
        "Vuxenenheten",
        "Arbetsförmedlingen",
    ]


def test_a_project_may_have_no_deadline_for_the_placement(world, log_in):
    client = log_in(world.project_leader)
    assert "ingen tidsgräns" not in text_of(client.get(reverse("project_detail")))
    answers = filled_in(client, "project_edit") | {"placement_days": ""}
    page = text_of(client.post(reverse("project_edit"), answers, follow=True))
    assert "Första placeringen ingen tidsgräns" in page
    assert Project.objects.get().placement_days is None
    assert filled_in(client, "project_edit")["placement_days"] in ("", None)


def test_a_second_press_of_the_button_is_told_that_it_was_saved(world, log_in):
    client = log_in(world.project_leader)
    answers = filled_in(client, "project_edit") | {"name": "Nytt namn"}
    for said in ("Projektets uppgifter är sparade.", ALREADY):
        assert said in text_of(client.post(reverse("project_edit"), answers, follow=True))
    assert Project.objects.get().version == 2


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"name": "  "}, "Skriv projektets namn."),
        ({"ends_on": "2025-12-31", "starts_on": "2026-01-01"}, "Slutdagen kan inte ligga före startdagen."),
        ({"starts_on": "i fjol"}, "Skriv dagen som 2026-03-31."),
        (
            {"assessment_days": "0"},
            "Kartläggning, från ansökan och från inskrivning: Skriv antalet dagar, mellan 1 och 365.",
        ),
        ({"follow_up_min_days": "43"}, "Nästa uppföljning, senast: Senast kan inte vara före tidigast."),
        ({"register_number": "UPPTAGET"}, "Diarienumret används redan av ett annat projekt."),
    ],
)
def test_a_fault_is_named_and_everything_typed_is_kept(world, log_in, wrong, fault):
    ProjectFactory(register_number="UPPTAGET")
    client = log_in(world.project_leader)
    typed = {"purpose": "Fler ska nå egen försörjning & må bra", "funder": "ESF"} | wrong
    response = client.post(reverse("project_edit"), filled_in(client, "project_edit") | typed)
    page = response.content.decode()
    assert "<title>Fel: " in page
    assert fault in text_of(response)
    assert 'value="ESF"' in page
    assert "Fler ska nå egen försörjning &amp; må bra" in page
    world.project.refresh_from_db()
    assert (world.project.funder, world.project.version) == ("", 1)


def test_a_party_with_members_can_not_be_taken_out(world, log_in):
    world.project.parties.create(organisation=world.af)
    client = log_in(world.project_leader)
    answers = filled_in(client, "project_edit") | {"parties": [], "name": "Nytt namn"}
    page = text_of(client.post(reverse("project_edit"), answers))
    assert "Arbetsförmedlingen har medlemmar i projektet." in page
    assert Project.objects.get().name == "Vägar till arbete"
    assert world.project.parties.count() == 2


def test_the_second_of_two_savers_sees_both_texts_and_overwrites_nothing(world, log_in):
    first, second = log_in(world.project_leader), log_in(world.project_leader)
    early, late = filled_in(first, "project_edit"), filled_in(second, "project_edit")
    first.post(reverse("project_edit"), early | {"purpose": "Deras syfte", "funder": "Staten"})
    response = second.post(reverse("project_edit"), late | {"purpose": "Mitt syfte", "funder": ""})
    page = text_of(response)
    assert "Någon annan hann spara före dig" in page
    assert "Syfte Deras syfte Mitt syfte" in page
    assert "Finansiär Staten –" in page
    assert "Diarienummer PROV" not in page
    assert Project.objects.get().purpose == "Deras syfte"

    again = filled_in(second, "project_edit", response)
    assert again["purpose"] == "Mitt syfte"
    second.post(reverse("project_edit"), again)
    assert Project.objects.get().purpose == "Mitt syfte"


def test_one_chooses_among_ones_own_projects(world, log_in):
    other = MembershipFactory(user=world.case_worker, project__name="Ösa vidare").project
    client = log_in(world.case_worker)
    response = client.post(reverse("project_choose"), {"project": str(other.public_id)})
    assert (response.status_code, response.url) == (302, address_in(other, reverse("home")))
    assert "Ösa vidare" in text_of(client.get(address_in(other, reverse("project_detail"))))


@pytest.mark.parametrize("chosen", ["foreign", "ended", "nonsense", ""])
def test_a_project_that_is_not_ones_own_does_not_exist(world, log_in, chosen):
    foreign = ProjectFactory()
    ended = MembershipFactory(user=world.case_worker, valid_until="2020-01-01").project
    ids = {"foreign": foreign.public_id, "ended": ended.public_id}
    response = log_in(world.case_worker).post(reverse("project_choose"), {"project": str(ids.get(chosen, chosen))})
    assert response.status_code == 404


def test_a_project_is_chosen_by_post_alone(world, log_in):
    assert log_in(world.case_worker).get(reverse("project_choose")).status_code == 405
