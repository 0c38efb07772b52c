"""The start page: whose cases stand on the work list, and where the others land."""

import re
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import AccessEvent
from core.days.dates import today
from core.models import Draft
from participants.enums import CaseRole, ExitReason
from participants.exits.actions import end_enrolment
from participants.models import Enrolment
from projects.enums import Role
from tests.casework.worklist.lines import HOME, case_of
from tests.world.cases import days_ago, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, MembershipFactory, UserFactory
from tests.world.pages import queries
from tests.world.worlds import member


@pytest.mark.parametrize("role", [CaseRole.RESPONSIBLE, CaseRole.SUBSTITUTE])
def test_a_case_of_the_whole_unit_is_on_the_list_of_each_in_it(world, log_in, role) -> None:
    CaseAssignmentFactory(
        enrolment=world.unassigned, user=None, organisation=world.ame, recorded_by=world.case_worker, role=role
    )
    colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    for user in (world.case_worker, colleague):
        assert "Örjan Ek" in log_in(user).get(HOME).content.decode()
    assert "Örjan Ek" not in log_in(world.af_case_worker).get(HOME).content.decode()


def test_two_of_one_name_are_told_apart_by_their_years_and_others_have_none(world, log_in) -> None:
    for case, born in ((world.enrolment, 1980), (world.unassigned, 1999)):
        person = started(case, 60).participant
        person.identity.given_name, person.identity.family_name = "Kim", "Ek"
        person.identity.save()
        type(person).objects.filter(pk=person.pk).update(birth_date=date(born, 3, 1))
    html = log_in(world.coordinator).get(HOME).content.decode()
    assert {"f. 1980", "f. 1999"} <= set(re.findall(r"Kim Ek <small>([^<]*)</small>", html))
    world.enrolment.participant.identity.given_name = "Åsa"
    world.enrolment.participant.identity.save()
    assert "f. 19" not in log_in(world.coordinator).get(HOME).content.decode()


@pytest.mark.parametrize(
    ("who", "place"),
    [("project_leader", "result"), ("steering", "report_list")],
)
def test_who_sees_no_persons_lands_on_the_page_of_the_role(world, log_in, who, place) -> None:
    assert log_in(getattr(world, who)).get(HOME)["Location"] == reverse(place)


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("administrator", "Du är administratör för Vuxenenheten"),
        ("log_reviewer", "Du är loggranskare för Vuxenenheten"),
        ("outsider", "Du är inte med i något projekt just nu"),
    ],
)
def test_who_is_in_no_project_is_told_what_is_so(world, log_in, who, said) -> None:
    assert said in log_in(getattr(world, who)).get(HOME).content.decode()


@pytest.mark.parametrize(("who", "name"), [("coordinator", "Läget"), ("case_worker", "Att göra")])
def test_the_menu_calls_the_page_what_it_is_to_the_one_who_reads(world, log_in, who, name) -> None:
    answer = log_in(getattr(world, who)).get(HOME)
    assert f"<title>{name} – Samverkan</title>" in re.sub(r"\s+", " ", answer.content.decode())
    assert [item.label for item in answer.context["menu"] if item.is_current] == [name]
    assert f">{name}</a>" in log_in(getattr(world, who)).get(reverse("draft_list")).content.decode()


def test_the_coordinator_sees_all_cases_of_the_organisation_with_their_responsible(world, log_in) -> None:
    started(world.enrolment, 60)
    started(world.unassigned, 60)
    started(world.af_enrolment, 60)
    html = log_in(world.coordinator).get(HOME).content.decode()
    assert "Åsa Öberg" in html
    assert "Örjan Ek" in html
    assert "Främmande" not in html
    assert "Hanna Handläggare" in html
    assert "ingen ansvarig" in html
    assert reverse("plan_edit", args=[world.enrolment.public_id]) not in html
    assert "öppet ärende saknar" in html
    assert f"{reverse('participant_list')}?ansvarig=ingen" in html
    assert f'href="{reverse("result")}"' in html


def test_only_one_s_own_cases_stand_in_the_list(world, client, log_in) -> None:
    started(world.enrolment, 60)
    colleague = UserFactory(organisation=world.ame)
    MembershipFactory(user=colleague, project=world.project)
    theirs = started(EnrolmentFactory(project=world.project, family_name="Kollegasson"), 60)
    CaseAssignmentFactory(enrolment=theirs, user=colleague)
    assert "Kollegasson" not in client.get(HOME).content.decode()
    assert "Kollegasson" in log_in(colleague).get(HOME).content.decode()


def test_the_list_is_of_the_chosen_project_alone(world, client, quiet) -> None:
    other = EnrolmentFactory(owner=world.ame)
    MembershipFactory(user=world.case_worker, project=other.project)
    CaseAssignmentFactory(enrolment=other, user=world.case_worker)
    projects = {world.project.pk, other.project.pk}
    session = client.session
    for chosen in (world.project, other.project):
        session["project"] = str(chosen.public_id)
        session.save()
        shown = {
            Enrolment.objects.get(participant__public_id=task.person).project_id
            for group in client.get(HOME, follow=True).context["groups"]
            for task in group.tasks
        }
        assert shown <= projects
        assert shown <= {chosen.pk}


def test_a_new_project_tells_how_to_begin(world, log_in) -> None:
    Enrolment.objects.update(is_void=True)
    html = log_in(world.coordinator).get(HOME).content.decode()
    assert "Så kommer ni i gång" in html
    assert f'href="{reverse("project_detail")}">Visa projektet' in html
    assert reverse("import_upload") in html
    places = [html.index(f"<h3>{number}. ") for number in (1, 2, 3)]
    assert places == sorted(places)
    assert html.count("btn-primary") == 1


def test_when_all_have_left_the_beginning_isn_t_told_again(world, log_in) -> None:
    for case in (world.enrolment, world.unassigned):
        end_enrolment(enrolment=case, exited_on=today(), reason=ExitReason.DECEASED, by=world.case_worker)
    html = log_in(world.coordinator).get(HOME).content.decode()
    assert "Inga öppna ärenden" in html
    assert "Så kommer ni i gång" not in html


def test_everybody_shown_is_logged_and_nobody_else(world, client, quiet) -> None:
    late = case_of(world, enrolled_on=days_ago(40))
    client.get(HOME)
    event = AccessEvent.objects.filter(user=world.case_worker).latest("number")
    assert [subject.person for subject in event.subjects.all()] == [late.participant.public_id]


@pytest.mark.parametrize("who", ["case_worker", "coordinator"])
def test_the_number_of_queries_is_the_same_for_few_and_many(world, log_in, who) -> None:
    started(world.enrolment, 40)
    client = log_in(getattr(world, who))
    queries(client, HOME)
    few = queries(client, HOME)
    for number in range(12):
        case_of(world, enrolled_on=days_ago(30 + number))
    assert queries(client, HOME) == few <= 22


def test_somebody_with_two_roles_works_and_sees_all(world, log_in) -> None:
    both = UserFactory(organisation=world.ame)
    for role in (Role.CASE_WORKER, Role.COORDINATOR):
        MembershipFactory(user=both, project=world.project, role=role)
    started(world.enrolment, 60)
    html = log_in(both).get(HOME).content.decode()
    assert reverse("plan_edit", args=[world.enrolment.public_id]) in html
    assert "Hanna Handläggare" in html


@pytest.mark.parametrize(("count", "folded"), [(2, 0), (3, 1), (6, 4)])
def test_two_drafts_stand_open_and_the_rest_is_folded(world, log_in, count, folded) -> None:
    for number in range(count):
        Draft.objects.create(author=world.case_worker, address=f"/nar/{number}/", form="F", data={"text": ["x"]})
    html = (
        log_in(world.case_worker)
        .get(HOME)
        .content.decode()
        .partition("<h2>Skriv klart</h2>")[2]
        .partition("</section>")[0]
    )
    shown, _, more = html.partition("<details")
    assert shown.count("<li>") == 2
    assert more.count("<li>") == folded
    assert (f"<summary>{folded} till</summary>" in more) is bool(folded)
