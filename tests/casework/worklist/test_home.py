"""The start page: the work list of those who work with cases, and where the others land."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import AccessEvent
from casework.worklist import groups as worklist
from core.days.dates import today
from participants.assessment.actions import record_assessment
from participants.changes import enrolments_changed
from participants.enrolment.actions import end_enrolment
from participants.enums import CaseRole, ExitReason
from participants.models import Enrolment
from projects.enums import Role
from tests.world.cases import days_ago, met, plan, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, MembershipFactory, UserFactory
from tests.world.pages import queries
from tests.world.worlds import member

HOME = "/"


@pytest.fixture
def client(world, log_in):
    return log_in(world.case_worker)


@pytest.fixture
def quiet(world):
    """The case worker's only case has kartläggning, plan and a booked meeting far ahead."""
    case = started(world.enrolment, 20)
    record_assessment(enrolment=case, completed_on=days_ago(10), by=world.case_worker)
    plan(case, world.case_worker, next_follow_up_on=today() + timedelta(days=40))
    case.refresh_from_db()
    return case


def tasks(client) -> list[tuple[str, str, str]]:
    """Heading, what, and when of each line."""
    groups = client.get(HOME).context["groups"]
    return [(group.heading, task.what, task.when.replace("\xa0", " ")) for group in groups for task in group.tasks]


def case_of(world, **fields) -> Enrolment:
    enrolment = EnrolmentFactory(project=world.project, **fields)
    CaseAssignmentFactory(enrolment=enrolment, user=world.case_worker)
    enrolments_changed([enrolment.pk])
    return enrolment


@pytest.mark.parametrize("role", [CaseRole.RESPONSIBLE, CaseRole.SUBSTITUTE])
def test_a_case_of_the_whole_unit_is_on_the_list_of_each_in_it(world, log_in, role) -> None:
    CaseAssignmentFactory(
        enrolment=world.unassigned, user=None, organisation=world.ame, recorded_by=world.case_worker, role=role
    )
    colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    for user in (world.case_worker, colleague):
        assert "Ek, Örjan" in log_in(user).get(HOME).content.decode()
    assert "Ek, Örjan" not in log_in(world.af_case_worker).get(HOME).content.decode()


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


def test_nothing_waits_in_a_case_in_order(client, quiet) -> None:
    answer = client.get(HOME)
    assert answer.context["groups"] == []
    assert "Inget väntar" in answer.content.decode()


@pytest.mark.parametrize(
    ("days", "group", "when"),
    [
        (-4, "Försenat", "4 dagar sent"),
        (-1, "Försenat", "1 dag sent"),
        (0, "I dag", "i dag"),
        (1, "De närmaste två veckorna", "i morgon"),
        (14, "De närmaste två veckorna", "om 14 dagar"),
        (15, None, None),
    ],
)
def test_the_next_contact_moves_through_the_groups(client, quiet, days, group, when) -> None:
    Enrolment.objects.filter(pk=quiet.pk).update(next_contact_on=today() + timedelta(days=days))
    assert tasks(client) == ([(group, "Uppföljning", when)] if group else [])


def test_kartlaggning_and_plan_are_asked_for_from_the_first_day(world, client) -> None:
    started(world.enrolment, 0)
    assert [(group, what) for group, what, _ in tasks(client)] == [
        ("De närmaste två veckorna", "Kartläggning"),
        ("De närmaste två veckorna", "Handlingsplan"),
    ]
    started(world.enrolment, 15)
    assert {(group, when) for group, _, when in tasks(client)} == {("Försenat", "1 dag sent")}


@pytest.mark.parametrize(
    ("on", "group"),
    [
        ("2026-05-17", None),
        ("2026-05-18", "De närmaste två veckorna"),
        ("2026-06-01", "I dag"),
        ("2026-06-02", "Försenat"),
        ("2026-06-29", "Försenat"),
        ("2026-06-30", None),
    ],
)
def test_a_step_of_one_s_own_waits_around_its_day(world, client, quiet, on, group, monkeypatch) -> None:
    """Enrolled 1 March: step 1 within three months is 1 June."""
    case_of(world, enrolled_on=date(2026, 3, 1), assessed_on=date(2026, 3, 2), planned_on=date(2026, 3, 2))
    monkeypatch.setattr("casework.worklist.views.today", lambda: date.fromisoformat(on))
    found = [line[0] for line in tasks(client) if line[1] == "Bedöm steg 1"]
    assert found == ([group] if group else [])


def test_a_step_reached_by_a_higher_one_waits_no_more(world, client, quiet) -> None:
    case = started(quiet, 85)
    assert "Bedöm steg 1" in [what for _, what, _ in tasks(client)]
    met(case, world.case_worker, days_ago(1), clears=2, next_meeting_on=today() + timedelta(days=40))
    assert [what for _, what, _ in tasks(client)] == []


def test_steps_about_self_support_never_wait(world, client, quiet) -> None:
    case = started(quiet, 366)
    due = {clock.step_number: clock.due_on for clock in case.clocks.all()}
    assert abs((due[4] - today()).days) <= 14
    assert [what for _, what, _ in tasks(client)] == []


def test_an_ended_case_waits_for_nothing(world, client) -> None:
    case = started(world.enrolment, 60)
    assert tasks(client)
    end_enrolment(enrolment=case, exited_on=days_ago(1), reason=ExitReason.WORK, by=world.case_worker)
    answer = client.get(HOME)
    assert answer.context["groups"] == []
    assert "Du har inga öppna ärenden" in answer.content.decode()


def test_one_press_from_each_line_to_what_it_asks_for(world, client) -> None:
    case = started(world.enrolment, 60)
    Enrolment.objects.filter(pk=case.pk).update(next_contact_on=days_ago(1))
    html = client.get(HOME).content.decode()
    for name in ("assessment_create", "plan_edit", "meeting_create"):
        assert reverse(name, args=[case.public_id]) in html
    assert html.count("btn-primary") == 1


def test_the_coordinator_sees_all_cases_of_the_organisation_with_their_responsible(world, log_in) -> None:
    started(world.enrolment, 60)
    started(world.unassigned, 60)
    started(world.af_enrolment, 60)
    html = log_in(world.coordinator).get(HOME).content.decode()
    assert "Öberg, Åsa" in html
    assert "Ek, Örjan" in html
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
        shown = {task.enrolment.project_id for group in client.get(HOME).context["groups"] for task in group.tasks}
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
        end_enrolment(enrolment=case, exited_on=today(), reason=ExitReason.WORK, by=world.case_worker)
    html = log_in(world.coordinator).get(HOME).content.decode()
    assert "Inga öppna ärenden" in html
    assert "Så kommer ni i gång" not in html


def test_the_longest_waiting_come_first_and_the_rest_is_a_press_away(world, client, quiet, monkeypatch) -> None:
    monkeypatch.setattr(worklist, "LINES_SHOWN", 3)
    monkeypatch.setattr(worklist, "CASES_READ", 5)
    for days in (30, 90, 60, 45, 75, 20):
        case_of(world, enrolled_on=days_ago(days), assessed_on=days_ago(days), planned_on=None)
    group = client.get(HOME).context["groups"][0]
    begun = [(today() - task.enrolment.enrolled_on).days for task in group.tasks if task.what == "Handlingsplan"]
    assert begun == sorted(begun, reverse=True)
    assert begun[0] == 90
    assert len(group.tasks) == 3
    assert group.is_open
    html = client.get(HOME).content.decode()
    assert "fler än 3" in html
    assert f"{reverse('participant_list')}?sena=on" in html


def test_the_link_to_all_late_ones_is_understood_by_the_list(world, client) -> None:
    started(world.enrolment, 60)
    answer = client.get(f"{reverse('participant_list')}?sena=on")
    assert "Öberg, Åsa" in answer.content.decode()


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
    assert queries(client, HOME) == few <= 18


def test_somebody_with_two_roles_works_and_sees_all(world, log_in) -> None:
    both = UserFactory(organisation=world.ame)
    for role in (Role.CASE_WORKER, Role.COORDINATOR):
        MembershipFactory(user=both, project=world.project, role=role)
    started(world.enrolment, 60)
    html = log_in(both).get(HOME).content.decode()
    assert reverse("plan_edit", args=[world.enrolment.public_id]) in html
    assert "Hanna Handläggare" in html
