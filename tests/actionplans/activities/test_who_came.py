"""Who came to what groups did: said of all at once, corrected, and by two at the same time."""

from datetime import timedelta

import pytest

from accounts.models import AccessEvent
from actionplans.activities.actions import ACTIVITIES
from actionplans.activities.in_group import NOTED, PUT_RIGHT
from actionplans.models import CaseActivity
from core.days.dates import today
from core.swedish.words import day as day_in_words
from participants.enums import CaseRole, ExitReason
from participants.exits.actions import end_enrolment
from participants.models import Enrolment
from projects.enums import Role
from projects.models import Listed
from tests.actionplans.activities.test_in_group import CAME, INVITE, another, answers, came, kind, said
from tests.world.cases import days_ago, started
from tests.world.factories import CaseAssignmentFactory
from tests.world.pages import fill, shown, submit
from tests.world.worlds import member


@pytest.fixture
def case(world) -> Enrolment:
    return started(world.enrolment, 60)


@pytest.fixture
def second(world, case) -> Enrolment:
    return another(world, "Vilgot", "Andersson")


def fact_of(case: Enrolment) -> CaseActivity:
    return CaseActivity.objects.current().get(enrolment=case)


def rest(client) -> str:
    """The field that says that all the others of the only group came."""
    (group,) = client.get(CAME).context["form"].groups()
    return group.rest.html_name


def page_of(client, where: str) -> str:
    (group,) = client.get(INVITE).context[where]
    return f"{CAME}?grupp={group.key}"


def colleague(world, *cases: Enrolment):
    kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    for case in cases:
        CaseAssignmentFactory(enrolment=case, user=kim, recorded_by=world.case_worker, role=CaseRole.SUBSTITUTE)
    return kim


def test_what_a_colleague_has_said_meanwhile_of_one_left_open_stays(world, client, log_in, case, second) -> None:
    submit(client, INVITE, **answers(world, case, second))
    data = fill(client, CAME, **{came(fact_of(second)): "absent"})
    submit(log_in(colleague(world, case)), CAME, **{came(fact_of(case)): "attended"})
    client.post(CAME, data)
    assert (said(case), said(second)) == ([("study_visit", "attended")], [("study_visit", "absent")])


def test_of_what_was_to_be_after_the_exit_nobody_is_asked(world, client, case, second) -> None:
    day = str(days_ago(1))
    submit(client, INVITE, **answers(world, case, second, first_day=day))
    end_enrolment(enrolment=second, exited_on=days_ago(2), reason=ExitReason.WORK, by=world.case_worker)
    asked = client.get(CAME).context["form"].activities
    assert [fact.enrolment for fact in asked.values()] == [case]


def test_an_invitation_that_was_taken_back_meanwhile_is_said_and_the_rest_can_be_saved(
    world, client, case, second
) -> None:
    submit(client, INVITE, **answers(world, case, second))
    data = fill(client, CAME, **{came(fact_of(case)): "attended", came(fact_of(second)): "attended"})
    ACTIVITIES.take_back(fact=fact_of(second), reason="Fel person.", by=world.case_worker)
    answer = client.post(CAME, data)
    assert "Någon som du inte längre ser" in answer.content.decode()
    client.post(CAME, {**data, **shown(answer.context["form"])})
    assert (said(case), said(second)) == ([("study_visit", "attended")], [])


def test_all_the_others_came_is_said_in_one_press(world, client, case, second) -> None:
    third = another(world, "Ada", "Öberg")
    submit(client, INVITE, **answers(world, case, second, third))
    submit(client, CAME, **{rest(client): "on", came(fact_of(second)): "absent"})
    assert [said(each) for each in (case, second, third)] == [
        [("study_visit", "attended")],
        [("study_visit", "absent")],
        [("study_visit", "attended")],
    ]
    assert "Närvaron är sparad för 3 personer" in client.get(CAME).content.decode().replace("\xa0", " ")


def test_all_the_others_are_those_of_that_group_whom_the_page_showed(world, client, case, second) -> None:
    third = another(world, "Ada", "Öberg")
    submit(client, INVITE, **answers(world, case, third))
    submit(client, INVITE, **answers(world, case, third, code="seminar"))
    group = client.get(CAME).context["form"].groups()[0].rest.html_name
    data = fill(client, CAME, **{group: "on"})
    submit(client, INVITE, **answers(world, second))
    submit(client, INVITE, **answers(world, second, code="seminar"))
    client.post(CAME, data)
    # Seminars come before visits.
    assert sorted(said(case)) == sorted(said(third)) == [("seminar", "attended"), ("study_visit", "invited")]
    assert sorted(said(second)) == [("seminar", "invited"), ("study_visit", "invited")]


def test_who_says_that_all_the_others_came_sees_that_a_colleague_says_otherwise(
    world, client, log_in, case, second
) -> None:
    submit(client, INVITE, **answers(world, case, second))
    data = fill(client, CAME, **{rest(client): "on"})
    submit(log_in(colleague(world, case)), CAME, **{came(fact_of(case)): "absent"})
    told = client.post(CAME, data)
    assert "Någon annan har ändrat uppgifterna" in told.content.decode()
    assert (said(case), said(second)) == ([("study_visit", "absent")], [("study_visit", "invited")])
    client.post(CAME, {**data, **shown(told.context["form"])})
    assert (said(case), said(second)) == ([("study_visit", "absent")], [("study_visit", "attended")])


def test_of_one_alone_all_the_others_are_not_asked_about(world, client, case) -> None:
    submit(client, INVITE, **answers(world, case))
    assert client.get(CAME).context["form"].groups()[0].rest is None


def test_what_was_said_is_put_right_on_the_page_of_the_group(world, client, case, second) -> None:
    submit(client, INVITE, **answers(world, case, second))
    submit(client, CAME, **{rest(client): "on"})
    url = page_of(client, "others")
    submit(client, url, **{came(fact_of(case)): "absent"})
    assert (said(case), said(second)) == ([("study_visit", "absent")], [("study_visit", "attended")])
    assert str(fact_of(case).why) == PUT_RIGHT
    assert str(fact_of(second).why) == NOTED
    submit(client, url, **{came(fact_of(case)): "invited"})
    assert said(case) == [("study_visit", "invited")]


def test_who_puts_right_what_a_colleague_has_put_right_sees_both(world, client, log_in, case, second) -> None:
    submit(client, INVITE, **answers(world, case, second))
    submit(client, CAME, **{rest(client): "on"})
    url = page_of(client, "others")
    data = fill(client, url, **{came(fact_of(case)): "invited"})
    submit(log_in(colleague(world, case, second)), url, **{came(fact_of(case)): "absent"})
    assert "Någon annan har ändrat uppgifterna" in client.post(url, data).content.decode()
    assert said(case) == [("study_visit", "absent")]


def test_one_that_is_to_come_shows_who_is_invited_and_asks_nothing(world, client, case, second) -> None:
    day = str(today() + timedelta(days=3))
    submit(client, INVITE, **answers(world, case, second, first_day=day))
    url = page_of(client, "others")
    answer = client.get(url)
    assert not answer.context["form"].activities
    html = answer.content.decode()
    # Two may have the same name.
    assert f"Andersson, Vilgot, född {day_in_words(second.participant.birth_date)}" in html
    assert fact_of(second).get_absolute_url() in html
    # Nobody can have come yet, whatever is sent.
    client.post(url, fill(client, url, **{came(fact_of(second)): "attended"}))
    assert said(second) == [("study_visit", "invited")]


def test_the_same_people_are_invited_again_without_being_ticked_anew(world, client, case, second) -> None:
    submit(client, INVITE, **answers(world, case, second, rhythm="13–15", note="Återbruket"))
    key = client.get(INVITE).context["waiting"][0].key
    form = client.get(f"{INVITE}?samma={key}").context["form"]
    assert form["first_day"].value() in (None, "")
    day = str(today() + timedelta(days=5))
    submit(client, f"{INVITE}?samma={key}", first_day=day)
    rows = CaseActivity.objects.filter(concerns_on=day).order_by("pk")
    assert {row.enrolment for row in rows} == {case, second}
    assert {(str(row.kind), str(row.rhythm), str(row.note)) for row in rows} == {
        ("Studiebesök i grupp", "13–15", "Återbruket")
    }


def test_somebody_who_came_uninvited_is_added_to_the_day(world, client, case, second) -> None:
    submit(client, INVITE, **answers(world, case, rhythm="13–15"))
    key = client.get(INVITE).context["waiting"][0].key
    submit(client, f"{INVITE}?fler={key}", persons=[str(second.public_id)])
    (group,) = client.get(CAME).context["form"].groups()
    assert [fact.enrolment for fact in group.group.activities] == [second, case]


def test_somebody_is_added_to_a_day_when_the_list_offered_what_it_no_longer_does(world, client, case, second) -> None:
    submit(client, INVITE, **answers(world, case))
    Listed.objects.filter(pk=kind(world).pk).update(valid_until=days_ago(1))
    key = client.get(INVITE).context["waiting"][0].key
    submit(client, f"{INVITE}?fler={key}", persons=[str(second.public_id)])
    assert said(second) == [("study_visit", "invited")]


@pytest.mark.parametrize("name", ["samma", "fler"])
def test_a_group_that_one_does_not_work_with_opens_nothing(world, client, log_in, case, second, name) -> None:
    submit(client, INVITE, **answers(world, case, second, note="Återbruket"))
    key = client.get(INVITE).context["waiting"][0].key
    kim = log_in(colleague(world, another(world, "Egen", "Person")))
    for wrong in (key, "x", ""):
        answer = kim.get(f"{INVITE}?{name}={wrong}")
        assert "Återbruket" not in answer.content.decode()
        assert answer.context["form"]["kind"].value() in (None, "")
        assert "Ingen väntar på svar" in kim.get(f"{CAME}?grupp={wrong}").content.decode()


def test_a_group_shows_only_those_whom_one_works_with(world, client, log_in, case, second) -> None:
    submit(client, INVITE, **answers(world, case, second))
    key = client.get(INVITE).context["waiting"][0].key
    kim = log_in(colleague(world, second))
    (group,) = kim.get(INVITE).context["waiting"]
    assert group.said.replace("\xa0", " ") == "1 inbjuden"
    # The one that the key is of is somebody else's, or it is one's own.
    shown_to_kim = [kim.get(f"{CAME}?grupp={each}").context["form"].activities for each in (key, group.key)]
    assert [[fact.enrolment for fact in facts.values()] for facts in shown_to_kim] == [[second], [second]]
    assert kim.get(f"{INVITE}?samma={group.key}").context["form"]["persons"].value() == [str(second.public_id)]


def test_who_has_answered_in_another_window_is_told_so(world, client, case, second) -> None:
    submit(client, INVITE, **answers(world, case, second))
    data = fill(client, CAME, **{came(fact_of(case)): "absent"})
    submit(client, CAME, **{came(fact_of(case)): "attended"})
    assert "Du har själv ändrat uppgifterna" in client.post(CAME, data).content.decode()
    assert said(case) == [("study_visit", "attended")]


def test_a_draft_of_another_invitation_is_not_called_the_same_people(world, client, case, second) -> None:
    submit(client, INVITE, **answers(world, case, second))
    key = client.get(INVITE).context["waiting"][0].key
    assert "Samma personer som Studiebesök" in client.get(f"{INVITE}?samma={key}").content.decode()
    # What can't be saved becomes a draft.
    submit(client, INVITE, **answers(world, second, code="seminar", first_day="", note="Biblioteket"))
    html = client.get(f"{INVITE}?samma={key}").content.decode()
    assert "Biblioteket" in html
    assert "Samma personer som" not in html


@pytest.mark.parametrize(
    ("url", "name", "part"), [(INVITE, "samma", "activity_group"), (CAME, "grupp", "activity_attendance")]
)
def test_the_page_of_a_group_is_logged_as_about_those_in_it(world, client, case, second, url, name, part) -> None:
    submit(client, INVITE, **answers(world, case))
    submit(client, CAME, **{came(fact_of(case)): "attended"})
    client.get(f"{url}?{name}={page_of(client, 'others').partition('=')[2]}")
    event = AccessEvent.objects.filter(kind="read", part=part).latest("pk")
    assert list(event.subjects.values_list("person", flat=True)) == [case.participant.public_id]
