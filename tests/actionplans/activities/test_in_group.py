"""What groups do: many are invited at once, and it is written down who came; no figure counts it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AccessEvent
from actionplans.activities.actions import NO_ATTENDANCE, NO_GROUP, NOT_YET, ActivityRecord
from actionplans.activities.in_group import NOTED, invite
from actionplans.enums import Attendance
from actionplans.models import CaseActivity
from core.days.dates import today
from core.days.periods import Period
from core.swedish.words import day
from participants.enums import CaseRole, ExitReason
from participants.exits.actions import end_enrolment
from participants.models import Enrolment
from projects.enums import ListKind, Role
from projects.lists.health import is_about_health
from projects.lists.model_lists import model_lines
from projects.models import Listed
from tests.casework.case.reads import entries, page
from tests.world.cases import days_ago, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.pages import faults, fill, queries, shown, submit
from tests.world.worlds import member

MIGRATION = "projects.migrations.0017_list_of_group_activities"
INVITE, CAME = reverse("activity_group"), reverse("activity_attendance")


@pytest.fixture
def case(world) -> Enrolment:
    return started(world.enrolment, 60)


@pytest.fixture
def second(world, case) -> Enrolment:
    return another(world, "Vilgot", "Andersson")


def another(world, given: str, family: str, **more) -> Enrolment:
    said = {"owner": world.ame, "enrolled_on": days_ago(60), **more}
    enrolment = EnrolmentFactory(project=world.project, given_name=given, family_name=family, **said)
    CaseAssignmentFactory(enrolment=enrolment, user=world.case_worker)
    return enrolment


def kind(world, code: str = "study_visit") -> Listed:
    return Listed.objects.get(project=world.project, kind=ListKind.GROUP_ACTIVITY, code=code)


def answers(world, *cases: Enrolment, code: str = "study_visit", **more) -> dict:
    persons = [str(case.public_id) for case in cases]
    day = str(days_ago(2))
    return {"kind": str(kind(world, code).public_id), "first_day": day, "persons": persons, **more}


def came(fact: CaseActivity) -> str:
    return f"came_{(fact.first or fact).public_id}"


def said(case: Enrolment) -> list[tuple[str, str]]:
    """Codes and answers of the activities that stand in the case."""
    rows = CaseActivity.objects.current().filter(enrolment=case).order_by("pk")
    return [(row.kind.code, row.attendance) for row in rows]


def test_many_are_invited_at_once_and_afterwards_it_is_written_who_came(world, client, case, second) -> None:
    answer = submit(client, INVITE, **answers(world, case, second, rhythm="13–15", note="Återbruket"))
    assert answer["Location"] == INVITE
    assert said(case) == said(second) == [("study_visit", "invited")]
    # Without a last day it is the one day.
    assert {row.period for row in CaseActivity.objects.all()} == {Period(days_ago(2), days_ago(2))}
    html = client.get(INVITE).content.decode()
    assert "2\xa0personer är inbjudna" in html
    assert "Studiebesök i grupp, 13–15" in html
    event = AccessEvent.objects.get(part="activity_group", kind="change")
    assert set(event.subjects.values_list("person", flat=True)) == {
        case.participant.public_id,
        second.participant.public_id,
    }
    first, other = CaseActivity.objects.order_by("pk")
    assert CAME in html
    # By name, whoever was written down first.
    assert [fact.enrolment for fact in client.get(CAME).context["form"].activities.values()] == [second, case]
    answer = submit(client, CAME, **{came(first): "attended"})
    assert answer["Location"] == CAME
    assert (said(case), said(second)) == ([("study_visit", "attended")], [("study_visit", "invited")])
    submit(client, CAME, **{came(other): "absent"})
    assert said(second) == [("study_visit", "absent")]
    now = CaseActivity.objects.current().get(enrolment=case)
    assert (now.corrects, str(now.why), now.recorded_by) == (first, NOTED, world.case_worker)
    texts = [entry.text for entry in entries(client, case) if entry.title == "Aktivitet"]
    assert any("Studiebesök i grupp, 13–15, deltog" in str(text) for text in texts)
    assert "Ingen väntar på svar" in client.get(CAME).content.decode()


def test_who_has_it_already_keeps_it_and_the_receipt_says_so(world, client, case, second) -> None:
    submit(client, INVITE, **answers(world, case))
    submit(client, INVITE, **answers(world, case, second))
    assert said(case) == said(second) == [("study_visit", "invited")]
    assert "1\xa0person är inbjuden" in (html := client.get(INVITE).content.decode())
    assert "1\xa0hade den redan" in html
    submit(client, INVITE, **answers(world, case, second))
    assert "har redan den aktiviteten" in client.get(INVITE).content.decode()
    assert CaseActivity.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"persons": []}, "persons"),
        ({"kind": ""}, "kind"),
        ({"first_day": ""}, "first_day"),
        ({"last_day": str(days_ago(9))}, "last_day"),
        ({"first_day": "2199-01-01", "last_day": "2199-01-01"}, "first_day"),
    ],
)
def test_a_faulty_answer_is_named_keeps_the_rest_and_invites_nobody(world, client, case, second, more, field) -> None:
    asked = {**answers(world, case, second, note="Återbruket"), **more}
    answer = client.post(INVITE, fill(client, INVITE, **asked))
    assert field in faults(answer)
    kept = shown(answer.context["form"])
    assert kept["note"] == "Återbruket"
    assert kept.get("persons", []) == asked["persons"]
    assert CaseActivity.objects.count() == 0


def test_who_was_not_enrolled_yet_is_named_and_nobody_is_invited(world, client, case) -> None:
    late = another(world, "Vilgot", "Andersson", enrolled_on=days_ago(1))
    answer = submit(client, INVITE, **answers(world, case, late))
    assert faults(answer)["persons"][0].startswith("Vilgot Andersson: Aktiviteten kan inte börja före inskrivningen")
    assert CaseActivity.objects.count() == 0


def test_only_those_one_works_with_who_go_on_are_offered(world, client, log_in, case, second) -> None:
    kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    theirs = EnrolmentFactory(project=world.project, owner=world.ame, given_name="Ingens", family_name="Ännu")
    CaseAssignmentFactory(enrolment=theirs, user=kim)
    end_enrolment(enrolment=second, exited_on=days_ago(1), reason=ExitReason.WORK, by=world.case_worker)
    offered = client.get(INVITE).context["form"].fields["persons"].choices
    assert [key for key, _ in offered] == [str(case.public_id)]
    answer = submit(client, INVITE, **answers(world, case, theirs))
    assert "persons" in faults(answer)
    assert CaseActivity.objects.count() == 0
    assert log_in(world.coordinator).get(INVITE).status_code == 403
    assert log_in(world.coordinator).get(CAME).status_code == 403


def test_of_one_who_has_ended_since_it_can_still_be_said(world, client, case, second) -> None:
    submit(client, INVITE, **answers(world, case, second))
    end_enrolment(enrolment=second, exited_on=days_ago(1), reason=ExitReason.WORK, by=world.case_worker)
    fact = CaseActivity.objects.get(enrolment=second)
    submit(client, CAME, **{came(fact): "attended"})
    assert said(second) == [("study_visit", "attended")]


def test_what_is_still_to_come_is_not_asked_about(world, client, case) -> None:
    day = str(today() + timedelta(days=3))
    submit(client, INVITE, **answers(world, case, first_day=day, last_day=day))
    assert "Ingen väntar på svar" in client.get(CAME).content.decode()
    fact = CaseActivity.objects.get()
    answer = submit(client, fact.get_absolute_url(), attendance="attended", why="Var med.")
    assert faults(answer) == {"attendance": [NOT_YET]}


def test_who_answers_what_a_colleague_has_answered_sees_both(world, client, log_in, case) -> None:
    submit(client, INVITE, **answers(world, case))
    fact = CaseActivity.objects.get()
    data = fill(client, CAME, **{came(fact): "absent"})
    kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=case, user=kim, recorded_by=world.case_worker, role=CaseRole.SUBSTITUTE)
    submit(log_in(kim), CAME, **{came(fact): "attended"})
    told = client.post(CAME, data).content.decode()
    assert "Någon annan har ändrat uppgifterna" in told
    assert "Deltog" in told
    assert said(case) == [("study_visit", "attended")]


def test_one_whose_right_has_gone_since_writes_nothing(world, client, case) -> None:
    submit(client, INVITE, **answers(world, case))
    fact = CaseActivity.objects.get()
    data = fill(client, CAME, **{came(fact): "absent"})
    invited = fill(client, INVITE, **answers(world, case, code="seminar"))
    case.assignments.update(valid_until=today())
    client.post(CAME, data)
    client.post(INVITE, invited)
    assert said(case) == [("study_visit", "invited")]


def test_whether_somebody_came_is_asked_of_what_groups_do_alone(world, client, case) -> None:
    url = reverse("activity_create", args=[case.public_id])
    alone = Listed.objects.get(project=world.project, kind=ListKind.ACTIVITY, code="physical")
    asked = {"kind": str(alone.public_id), "first_day": str(days_ago(2))}
    assert faults(submit(client, url, **asked, attendance="attended")) == {"attendance": [NO_GROUP]}
    in_group = {**asked, "kind": str(kind(world).public_id)}
    assert faults(submit(client, url, **in_group, attendance="")) == {"attendance": [NO_ATTENDANCE]}
    submit(client, url, **in_group, attendance="attended")
    assert said(case) == [("study_visit", "attended")]
    assert "Studiebesök i grupp, deltog" in page(client, case)
    submit(client, CaseActivity.objects.get().get_absolute_url(), attendance="absent", why="Fel person.")
    assert said(case) == [("study_visit", "absent")]


def test_the_action_refuses_what_the_forms_do(world, case) -> None:
    period = Period(days_ago(2), days_ago(2))
    said_of = {"rhythm": "", "helper": None, "note": "", "period": period}
    with pytest.raises(ValidationError) as refused:
        invite(enrolments=[case], record=ActivityRecord(kind=kind(world), **said_of), by=world.case_worker)
    assert refused.value.message_dict == {"attendance": [NO_ATTENDANCE]}


def test_no_figure_counts_it(world, client, case) -> None:
    before = Enrolment.objects.values().get(pk=case.pk)
    submit(client, INVITE, **answers(world, case))
    submit(client, CAME, **{came(CaseActivity.objects.get()): Attendance.ATTENDED})
    assert Enrolment.objects.values().get(pk=case.pk) == before


@pytest.mark.parametrize("count", [0, 9])
def test_asks_the_database_equally_often_however_many_there_are(world, client, case, count) -> None:
    cases = [case, *(another(world, f"Person{number}", "Andersson") for number in range(count))]
    submit(client, INVITE, **answers(world, *cases))
    client.get(INVITE)
    assert queries(client, INVITE) <= 19
    assert queries(client, CAME) <= 16


def test_projects_from_before_get_the_list_once_and_lose_it_again(world) -> None:
    migration = import_module(MIGRATION)
    of_model = [(row["code"], row["name"]) for row in model_lines() if row["kind"] == ListKind.GROUP_ACTIVITY]
    assert list(migration.LINES.items()) == of_model
    assert not any(is_about_health("group_activity", code) for code in migration.LINES)
    rows = Listed.objects.filter(project=world.project, kind=ListKind.GROUP_ACTIVITY)
    before = set(rows.values_list("code", "name", "sort_key", "is_about_health"))
    assert len(before) == len(of_model)
    migration.remove_lines(apps, None)
    assert not rows.exists()
    migration.add_lines(apps, None)
    rows.update(is_about_health=None)
    migration.add_lines(apps, None)
    assert set(rows.values_list("code", "name", "sort_key", "is_about_health")) == before


def test_it_stands_beside_the_criteria_of_the_middle_steps_and_proposes_nothing(world, client, case) -> None:
    url = reverse("meeting_create", args=[case.public_id])
    assert "i grupp" not in client.get(url).content.decode()
    submit(client, INVITE, **answers(world, case, rhythm="13–15"))
    submit(client, CAME, **{came(CaseActivity.objects.get()): "attended"})
    html = client.get(url).content.decode().replace("\xa0", " ")
    said_there = f"Studiebesök i grupp, 13–15, deltog, {day(days_ago(2))}".replace("\xa0", " ")
    parts = {int(part[0]): part for part in html.split('class="step-part step-')[1:] if part[0].isdigit()}
    assert {number for number, part in parts.items() if said_there in part} == {2, 3}
