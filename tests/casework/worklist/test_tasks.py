"""The work list: what waits in a case, when, and where one press leads."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from casework.worklist import groups as worklist
from core.days.dates import today
from participants.enums import ExitReason
from participants.exits.actions import end_enrolment
from tests.casework.worklist.lines import HOME, case_of, tasks
from tests.world.cases import days_ago, met, started, with_days
from tests.world.factories.livelihood import LivelihoodRecordFactory


def test_nothing_waits_in_a_case_in_order(client, quiet) -> None:
    answer = client.get(HOME)
    assert answer.context["groups"] == []
    assert "Inget väntar" in answer.content.decode()


@pytest.mark.parametrize(
    ("days", "group", "when"),
    [
        (-4, "Försenat", "4 dagar för sent"),
        (-1, "Försenat", "1 dag för sent"),
        (0, "I dag", "i dag"),
        (1, "De närmaste två veckorna", "i morgon"),
        (14, "De närmaste två veckorna", "om 14 dagar"),
        (15, None, None),
    ],
)
def test_the_next_contact_moves_through_the_groups(client, quiet, days, group, when) -> None:
    with_days(quiet, next_contact_on=today() + timedelta(days=days))
    assert tasks(client) == ([(group, "Uppföljning", when)] if group else [])


def test_kartlaggning_and_plan_are_asked_for_from_the_first_day(world, client) -> None:
    started(world.enrolment, 0)
    assert [(group, what) for group, what, _ in tasks(client)] == [
        ("De närmaste två veckorna", "Kartläggning"),
        ("De närmaste två veckorna", "Handlingsplan"),
    ]
    started(world.enrolment, 15)
    assert {(group, when) for group, _, when in tasks(client)} == {("Försenat", "1 dag för sent")}


@pytest.mark.parametrize(
    ("on", "group"),
    [
        ("2026-05-17", None),
        ("2026-05-18", "De närmaste två veckorna"),
        ("2026-06-01", "I dag"),
        ("2026-06-02", "Steg att bedöma"),
        ("2026-06-29", "Steg att bedöma"),
        ("2026-11-30", "Steg att bedöma"),
    ],
)
def test_a_step_of_one_s_own_waits_from_two_weeks_before_its_day(world, client, quiet, on, group, monkeypatch) -> None:
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
    assert [(group, what) for group, what, _ in tasks(client)] == [("Steg att bedöma", "Bedöm steg 1")]


def test_an_ended_case_waits_for_nothing_but_how_the_person_lives_then(world, client) -> None:
    case = started(world.enrolment, 60)
    assert tasks(client)
    end_enrolment(enrolment=case, exited_on=days_ago(1), reason=ExitReason.WORK, by=world.case_worker)
    assert [what for _, what, _ in tasks(client)] == ["Skriv in läget vid avslut"]
    LivelihoodRecordFactory(enrolment=case, moment="exit", recorded_by=world.case_worker)
    answer = client.get(HOME)
    assert answer.context["groups"] == []
    assert "Du har inga öppna ärenden" in answer.content.decode()


def test_one_press_from_each_line_to_what_it_asks_for(world, client) -> None:
    case = started(world.enrolment, 60)
    with_days(case, next_contact_on=days_ago(1))
    html = client.get(HOME).content.decode()
    for name in ("assessment_create", "plan_edit", "meeting_create"):
        assert reverse(name, args=[case.public_id]) in html
    # Each line has its action in words: the page's filled button isn't for rare things.
    assert "btn-primary" not in html


def test_the_longest_waiting_come_first_and_the_rest_is_a_press_away(world, client, quiet, monkeypatch) -> None:
    monkeypatch.setattr(worklist, "LINES_SHOWN", 3)
    monkeypatch.setattr(worklist, "CASES_READ", 5)
    for days in (30, 90, 60, 45, 75, 20):
        case_of(world, family_name=f"Dag{days}", enrolled_on=days_ago(days), assessed_on=days_ago(days))
    group = client.get(HOME).context["groups"][0]
    assert [task.name.split()[-1] for task in group.tasks] == ["Dag90", "Dag75", "Dag60"]
    assert len(group.tasks) == 3
    assert group.is_open
    html = client.get(HOME).content.decode()
    assert "fler än 3" in html
    assert f"{reverse('participant_list')}?sena=on" in html


def test_a_long_group_lies_open_to_its_twelfth_line_and_the_rest_is_folded(world, client, quiet) -> None:
    for number in range(15):
        case_of(world, family_name=f"Dag{number}", enrolled_on=days_ago(90 - number), assessed_on=days_ago(60))
    group = client.get(HOME).context["groups"][0]
    assert [len(part) for part in group.parts] == [15]
    case_of(world, family_name="Dag15", enrolled_on=days_ago(20), assessed_on=days_ago(20))
    answer = client.get(HOME)
    group = answer.context["groups"][0]
    assert [len(part) for part in group.parts] == [12, 4]
    assert [task for part in group.parts for task in part] == list(group.tasks)
    assert "Visa 4 till" in answer.content.decode()


def test_the_link_to_all_late_ones_is_understood_by_the_list(world, client) -> None:
    started(world.enrolment, 60)
    answer = client.get(f"{reverse('participant_list')}?sena=on")
    assert "Öberg, Åsa" in answer.content.decode()
