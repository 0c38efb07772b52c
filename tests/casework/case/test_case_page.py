"""The case page: who it is about, who may open it, and what can be pressed."""

import pytest
from django.urls import reverse

from accounts.models import AccessEvent
from core.days.dates import today
from core.enums import Category
from core.swedish.words import day
from participants.assessment.actions import record_assessment
from participants.enums import CaseRole, ExitReason
from participants.exits.actions import end_enrolment
from tests.casework.case.reads import page
from tests.world import consent_rows as consents
from tests.world.cases import days_ago, met, plan
from tests.world.factories import (
    CaseAssignmentFactory,
    EnrolmentFactory,
    MembershipFactory,
    PersonalNumberFactory,
)
from tests.world.pages import queries
from tests.world.worlds import model_project


def test_says_who_it_is_about_and_keeps_the_name_out_of_the_tab(client, case) -> None:
    PersonalNumberFactory(participant=case.participant, value="198001019801")
    html = page(client, case)
    assert "<title>Deltagare – Samverkan</title>" in " ".join(html.split())
    assert "Åsa Öberg" in html
    lede = html.replace("\n", " ")
    assert f"f. 1980 · 19800101-9801 · anvisad från socialtjänsten · inskriven {day(case.enrolled_on)}" in lede


def test_the_person_is_logged_once_as_shown(world, client, case) -> None:
    page(client, case)
    event = AccessEvent.objects.filter(user=world.case_worker).latest("number")
    assert (event.kind, event.part, event.subjects_count) == ("read", "enrolment_detail", 1)
    assert event.subjects.get().person == case.participant.public_id


def test_the_person_s_address_shows_the_latest_enrolment(world, client, case) -> None:
    earlier = EnrolmentFactory(
        project=world.project,
        participant=case.participant,
        enrolled_on=days_ago(400),
        exited_on=days_ago(300),
        exit_reason="moved",
    )
    CaseAssignmentFactory(enrolment=earlier, user=world.case_worker)
    answer = client.get(case.participant.get_absolute_url())
    assert answer.status_code == 200
    assert answer.context["enrolment"] == case
    assert earlier.get_absolute_url() in answer.content.decode()
    assert case.get_absolute_url() in page(client, earlier)


def test_enrolments_that_the_user_may_not_read_are_not_listed(world, client, case) -> None:
    other_project = model_project(host=world.ame, name="Annat projekt", register_number="PROV-9")
    hidden = EnrolmentFactory(project=other_project, participant=case.participant, enrolled_on=days_ago(10))
    CaseAssignmentFactory(enrolment=hidden, user=world.case_worker)
    assert "Annat projekt" not in page(client, case)
    MembershipFactory(user=world.case_worker, project=other_project)
    assert hidden.get_absolute_url() in page(client, case)


@pytest.mark.parametrize("who", ["af_case_worker", "af_coordinator", "project_leader", "steering", "outsider"])
def test_nobody_else_finds_the_person(world, log_in, case, who) -> None:
    client = log_in(getattr(world, who))
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.get(case.participant.get_absolute_url()).status_code == 404


def test_a_guest_comes_back_to_the_shared_cases_and_is_told_when_there_is_nothing_to_read(world, log_in, case) -> None:
    CaseAssignmentFactory(enrolment=case, user=world.af_case_worker, role=CaseRole.CONTACT)
    consents.give(case, [world.af], [Category.HEALTH], by=world.case_worker)
    html = page(log_in(world.af_case_worker), case)
    assert "Inget som ni får läsa är skrivet än." in html
    assert f'<a href="{reverse("participant_shared")}">Delade med er</a>' in html


def test_only_what_one_may_do_can_be_pressed(world, log_in) -> None:
    html = page(log_in(world.coordinator), world.enrolment)
    for name in ("meeting_create", "plan_edit", "assessment_create", "enrolment_exit"):
        assert reverse(name, args=[world.enrolment.public_id]) not in html
    for name in ("plan_detail", "enrolment_correct", "enrolment_assign"):
        assert reverse(name, args=[world.enrolment.public_id]) in html
    own = page(log_in(world.case_worker), world.enrolment)
    assert own.count("btn-primary") == 1
    for name in ("meeting_create", "plan_edit", "assessment_create", "enrolment_exit", "enrolment_correct"):
        assert reverse(name, args=[world.enrolment.public_id]) in own
    assert reverse("enrolment_assign", args=[world.enrolment.public_id]) not in own


def test_the_number_of_queries_is_the_same_however_much_there_is(world, client, case) -> None:
    by = world.case_worker
    url = case.get_absolute_url()
    queries(client, url)
    few = queries(client, url)
    for number in range(6):
        met(case, by, days_ago(number + 2), clears=1 if number == 5 else None)
        plan(case, by, based_on=number)
        record_assessment(enrolment=case, completed_on=days_ago(number), by=by)
    end_enrolment(enrolment=case, exited_on=today(), reason=ExitReason.WORK, by=by)
    assert queries(client, url) == few <= 18
    assert queries(client, case.participant.get_absolute_url()) <= 17


def test_a_case_of_a_project_without_ladder_can_be_read(world, log_in) -> None:
    enrolment = EnrolmentFactory()
    MembershipFactory(user=world.case_worker, project=enrolment.project)
    CaseAssignmentFactory(enrolment=enrolment, user=world.case_worker)
    type(enrolment).objects.filter(pk=enrolment.pk).update(owner=world.ame)
    assert log_in(world.case_worker).get(enrolment.get_absolute_url()).status_code == 200
