"""A delmål that is marked on the spot: its words then, where it is told, and what isn't touched by it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actionplans.enums import MilestoneState
from actionplans.marking.actions import NEXT
from actionplans.models import MilestoneStatus, PlanRevision
from actionplans.plans.actions import MilestoneRecord, current_milestones
from core.days.dates import today
from participants.models import Enrolment
from tests.casework.case.reads import entries
from tests.world.cases import days_ago, plan, started
from tests.world.forms import text_of
from tests.world.pages import faults, fill, forms_on, shown, submit


@pytest.fixture
def case(world) -> Enrolment:
    return started(world.enrolment, 60)


@pytest.fixture
def first(world, case) -> PlanRevision:
    goals = [MilestoneRecord(text="Göra klart cv"), MilestoneRecord(text="Studiebesök")]
    return plan(case, world.case_worker, valid_on=days_ago(40), milestones=goals)


def url(case: Enrolment, number: int = 0) -> str:
    return reverse("milestone_mark", args=[current_milestones(case.plan)[number].public_id])


def states(case: Enrolment) -> list[tuple[str, object]]:
    return [(row.state, row.concerns_on) for row in current_milestones(case.plan)]


def test_two_presses_from_the_case_page_and_back(case, first, client) -> None:
    page = client.get(case.get_absolute_url(), follow=True).content.decode()
    address = f"{url(case)}?fran=arende"
    assert f'href="{address}"' in page
    # Pressed as it opens: the day is today.
    answer = client.post(address, {**shown(client.get(address).context["form"]), "do": "reached"})
    assert answer["Location"] == case.get_absolute_url()
    assert "«Göra klart cv» är nått." in text_of(client.get(case.get_absolute_url(), follow=True))
    assert states(case) == [("reached", today()), ("planned", days_ago(40))]


def test_from_the_plan_it_leads_back_to_the_plan(case, first, client) -> None:
    detail = reverse("plan_detail", args=[case.public_id])
    assert f'href="{url(case)}"' in client.get(detail).content.decode()
    assert submit(client, url(case), do="under_way")["Location"] == detail


def test_it_is_a_dated_state_in_the_history_and_no_new_plan(case, first, client) -> None:
    submit(client, url(case), do="under_way", since=str(days_ago(20)))
    submit(client, url(case), do="reached", since=str(days_ago(3)))
    rows = MilestoneStatus.objects.filter(text__text="Göra klart cv").order_by("pk")
    assert [(row.state, row.concerns_on) for row in rows] == [
        ("planned", days_ago(40)),
        ("under_way", days_ago(20)),
        ("reached", days_ago(3)),
    ]
    assert [row.corrects_id for row in rows] == [None, rows[0].pk, rows[1].pk]
    assert PlanRevision.objects.count() == 1
    told = [(entry.title, entry.on) for entry in entries(client, case) if entry.title == "Delmål nått"]
    assert told == [("Delmål nått", days_ago(3))]


def test_a_dropped_one_says_why(case, first, client) -> None:
    answer = submit(client, url(case), do="dropped")
    assert faults(answer) == {"dropped_because": ["Skriv varför delmålet stryks."]}
    submit(client, url(case), do="dropped", dropped_because="Företaget lades ner")
    assert "Struket: Företaget lades ner" in text_of(client.get(reverse("plan_detail", args=[case.public_id])))
    submit(client, url(case), do="under_way")
    assert current_milestones(case.plan)[0].dropped_because is None


def test_the_plans_only_delmal_is_not_dropped_so_that_it_stays_complete(world, case, client) -> None:
    plan(case, world.case_worker)
    answer = submit(client, url(case), do="dropped", dropped_because="Nej")
    assert "Det är planens enda delmål" in text_of(answer)
    assert "Nej" in answer.content.decode()
    assert states(case)[0][0] == "planned"
    assert PlanRevision.objects.get().is_complete


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"do": "reached", "since": ""}, "Skriv vilken dag delmålet ändrade läge."),
        ({"do": "reached", "since": str(today() + timedelta(days=1))}, "Dagen kan inte ligga i framtiden."),
        ({"do": "reached", "since": str(days_ago(61))}, "Dagen kan inte ligga före inskrivningen."),
        ({"do": "reached", "since": str(days_ago(41))}, "Delmålet är planerat från"),
        ({"do": ""}, "Tryck på den knapp som säger hur det är nu."),
        ({"do": "vad som helst"}, "Tryck på den knapp som säger hur det är nu."),
        ({"do": "planned"}, "Delmålet är redan planerat."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(case, first, client, answers, said) -> None:
    answer = submit(client, url(case), **answers, dropped_because="Mina ord")
    assert said in text_of(answer)
    assert "Mina ord" in answer.content.decode()
    assert states(case)[0] == ("planned", days_ago(40))


def test_an_earlier_plan_keeps_what_it_said(world, case, first, client) -> None:
    plan(case, world.case_worker, based_on=1, valid_on=days_ago(10), main_activity="Butiken", milestones=[])
    submit(client, url(case), do="reached")
    context = client.get(reverse("plan_detail", args=[case.public_id])).context
    assert [row.state for row in context["current"].milestones] == ["reached", "planned"]
    assert [row.state for row in context["earlier"][0].milestones] == ["planned", "planned"]


def test_the_plan_taken_back_takes_its_marks_with_it(world, case, first, client) -> None:
    second = plan(case, world.case_worker, based_on=1, valid_on=days_ago(10), main_activity="Butiken", milestones=[])
    submit(client, url(case), do="reached")
    submit(client, reverse("revision_take_back", args=[second.public_id]), reason="Sparades av misstag.")
    assert [state for state, _ in states(case)] == ["planned", "planned"]


def test_a_plan_form_that_was_open_meanwhile_shows_both(case, first, client, world, log_in) -> None:
    edit = reverse("plan_edit", args=[case.public_id])
    sent = fill(client, edit, main_activity="Min text")
    submit(log_in(world.case_worker), url(case), do="reached")
    html = client.post(edit, sent).content.decode()
    assert "Planen har ändrats sedan du öppnade sidan" in html
    assert "Min text" in html
    assert states(case)[0][0] == "reached"


def test_a_mark_says_nothing_of_the_plans_own_day_or_completeness(case, first, client) -> None:
    before = PlanRevision.objects.get()
    submit(client, url(case), do="reached")
    after = PlanRevision.objects.get()
    assert (after.pk, after.concerns_on, after.is_complete) == (before.pk, before.concerns_on, True)
    case.refresh_from_db()
    assert case.planned_on == days_ago(40)


def test_the_buttons_are_the_states_that_can_come(case, first, client) -> None:
    (form,) = [form for form in forms_on(client, url(case)) if "since" in form.values]
    assert form.boxes == ["dropped_because"]
    assert [value for value, _ in client.get(url(case)).context["form"].choices] == ["reached", "under_way", "dropped"]
    submit(client, url(case), do="reached")
    assert [value for value, _ in client.get(url(case)).context["form"].choices] == ["under_way"]


def test_it_can_be_wrong_and_corrected_like_any_other(case, first, client) -> None:
    submit(client, url(case), do="reached")
    edit = reverse("milestone_edit", args=[current_milestones(case.plan)[0].public_id])
    submit(client, edit, state="planned", since=str(days_ago(40)), why="Fel delmål.")
    assert states(case)[0] == ("planned", days_ago(40))
    assert "Delmål nått" not in [entry.title for entry in entries(client, case)]


@pytest.mark.parametrize(("who", "status"), [("coordinator", 403), ("af_case_worker", 404), ("outsider", 404)])
def test_only_who_works_with_the_case_marks(world, log_in, case, first, who, status) -> None:
    other = log_in(getattr(world, who))
    assert (other.get(url(case)).status_code, other.post(url(case), {"do": "reached"}).status_code) == (status, status)


def test_others_see_no_way_to_it_on_the_ladder(world, log_in, case, first) -> None:
    page = log_in(world.coordinator).get(case.get_absolute_url(), follow=True).content.decode()
    assert "Göra klart cv" in page
    assert url(case) not in page


def test_every_state_has_what_may_come_after() -> None:
    assert set(NEXT) == set(MilestoneState)
