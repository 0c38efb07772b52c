"""A page stays in the project that it shows, whatever is chosen in another tab."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_script_prefix

from core.models import Draft
from participants.models import Enrolment
from projects.address import address_in, parted
from projects.enums import Role
from projects.models import Membership
from reports.models import Report
from tests.world import worlds
from tests.world.factories import MembershipFactory
from tests.world.pages import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

ENROL = {"given_name": "Inga", "family_name": "Ny", "birth_date": "1980-05-05", "source": "social_services"}


@pytest.fixture
def other(world):
    return worlds.model_project(host=world.ame, name="Återvägen", register_number="PROV-2026-9")


@pytest.fixture
def both(world, other, log_in):
    """A client whose user is case worker and project leader in both projects."""
    user = world.case_worker
    MembershipFactory(user=user, project=other, role=Role.CASE_WORKER)
    for project in (world.project, other):
        MembershipFactory(user=user, project=project, role=Role.PROJECT_LEADER)
    return log_in(user)


def choose(client: Client, project) -> str:
    return client.post("/projekt/valj/", {"project": str(project.public_id)})["Location"]


def sent(client: Client, url: str, **answers):
    """Open the page as a browser does, and keep what its button would send, and where to."""
    page = client.get(url, follow=True)
    return page.request["PATH_INFO"], {**shown(page.context["form"]), **answers}


def test_an_address_without_a_project_leads_on_to_the_chosen_one(world, other, both) -> None:
    choose(both, other)
    assert Client.get(both, "/rapporter/?sida=2")["Location"] == address_in(other, "/rapporter/?sida=2")
    choose(both, world.project)
    assert Client.get(both, "/rapporter/")["Location"] == address_in(world.project, "/rapporter/")


def test_what_is_enrolled_goes_to_the_project_of_the_page(world, other, both) -> None:
    choose(both, world.project)
    url, answers = sent(both, "/deltagare/ny/", **ENROL)
    choose(both, other)
    assert both.post(url, answers).status_code == 302
    assert Enrolment.objects.latest("pk").project == world.project


def test_a_report_is_written_in_the_project_of_the_page_and_its_receipt_is_there(world, other, both) -> None:
    choose(both, other)
    url, answers = sent(both, "/rapporter/ny/", title="Delårsrapport")
    choose(both, world.project)
    receipt = both.post(url, answers)["Location"]
    assert Report.objects.get().project == other
    page = both.get(receipt)
    assert page.status_code == 200
    assert page.context["current_project"] == other


def test_every_link_and_form_of_a_page_stays_in_its_project(world, other, both) -> None:
    choose(both, world.project)
    for path in ("/", "/deltagare/", "/rapporter/", "/projekt/", "/resultat/"):
        html = both.get(address_in(other, path), follow=True).content.decode()
        led = re.findall(r'(?:href|action|formaction)="(/[^"]*)"', html)
        assert len(led) > 5
        astray = [url for url in led if not url.startswith((address_in(other, "/"), "/static/"))]
        assert astray == [], path


def test_of_a_project_of_somebody_else_a_page_leads_on_without_it_and_a_form_is_refused(world, other, log_in) -> None:
    client = log_in(world.case_worker)
    foreign, made_up = address_in(other, "/deltagare/ny/"), f"/p/{uuid4().hex[:8]}/deltagare/ny/"
    for url in (foreign, made_up):
        assert client.get(url)["Location"] == "/deltagare/ny/"
        assert client.post(url, {**ENROL, "token": str(uuid4())}).status_code == 403
    assert not Enrolment.objects.filter(project=other).exists()


def test_words_of_a_form_are_kept_where_its_project_was_left_meanwhile(world, other, both) -> None:
    url, answers = sent(both, address_in(other, "/rapporter/ny/"), title="Delårsrapport", text_1="Skrivet länge.")
    page = both.get(url)
    mark = re.search(r'name="page" value="([^"]+)"', page.content.decode())[1]
    Membership.objects.filter(project=other, user=world.case_worker).delete()
    assert both.post(url, {**answers, "page": mark}).status_code == 403
    assert Draft.objects.get().data["text_1"] == ["Skrivet länge."]


def test_whoever_is_in_one_project_has_no_project_in_the_address(world, log_in) -> None:
    client = log_in(world.case_worker)
    html = client.get("/deltagare/").content.decode()
    assert "/p/" not in html
    assert client.get(address_in(world.project, "/deltagare/")).status_code == 200


def test_the_next_request_begins_without_it(world, other, both) -> None:
    both.get(address_in(other, "/projekt/"))
    assert get_script_prefix() == "/"


def test_a_case_is_shown_in_its_own_project(world, other, both) -> None:
    url = world.enrolment.get_absolute_url()
    page = both.get(address_in(other, url))
    assert page.context["current_project"] == world.project
    assert f'href="{address_in(world.project, "/deltagare/")}"' in page.content.decode()


@pytest.mark.parametrize("path", ["/p/", "/p/xyz/", "/p/1234567/", "/p/12345678", "/p/123456789/", "/P/12345678/"])
def test_what_only_looks_like_it_is_left_alone(path) -> None:
    assert parted(path) == ("", path)
