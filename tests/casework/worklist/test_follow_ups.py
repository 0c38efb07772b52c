"""Which cases that have ended wait for a follow-up, on the work list and by their days."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core.days.dates import add_months
from participants.enums import ExitReason, LivelihoodMoment
from participants.livelihood.actions import LIVELIHOODS
from participants.livelihood.follow_ups import last_exit
from participants.models import CaseAssignment, Enrolment
from tests.casework.worklist.lines import HOME, case_of, tasks
from tests.world.case_rows import assign_contact
from tests.world.cases import days_ago
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.factories.livelihood import LivelihoodRecordFactory
from tests.world.pages import queries

BEGAN, ENDED = date(2024, 9, 2), date(2025, 1, 31)
EXIT = "Skriv in läget vid avslut"
THREE, SIX, TWELVE = (f"Följ upp läget {months} månader efter avslut" for months in (3, 6, 12))


@pytest.fixture
def at(monkeypatch):
    """Turn the work list to a day."""
    return lambda on: monkeypatch.setattr("casework.worklist.views.today", lambda: on)


@pytest.fixture
def case(world, quiet) -> Enrolment:
    return case_of(world, enrolled_on=BEGAN, exited_on=ENDED, exit_reason=ExitReason.WORK)


def waits(client) -> list[tuple[str, str]]:
    return [(what, when) for heading, what, when in tasks(client) if heading == "Efter avslut"]


@pytest.mark.parametrize(
    ("months", "on", "expected"),
    [
        (3, date(2026, 6, 15), date(2026, 3, 15)),
        # Three exits have one day in a shorter month.
        (3, date(2027, 2, 28), date(2026, 11, 30)),
        (3, date(2027, 2, 27), date(2026, 11, 27)),
        (3, date(2028, 2, 28), date(2027, 11, 28)),
        (3, date(2028, 2, 29), date(2027, 11, 30)),
        (3, date(2027, 5, 31), date(2027, 2, 28)),
        (6, date(2027, 2, 28), date(2026, 8, 31)),
        (12, date(2029, 2, 28), date(2028, 2, 29)),
    ],
)
def test_the_last_exit_whose_months_have_passed(months, on, expected) -> None:
    assert last_exit(months, on) == expected


def test_an_exit_is_behind_the_last_one_just_when_its_day_has_come() -> None:
    first = date(2027, 10, 1)
    days = [first + timedelta(days=number) for number in range(200)]
    for months in (3, 6, 12):
        for on in days[120:]:
            come = [day for day in days if add_months(day, months) <= on]
            assert [day for day in days if day <= last_exit(months, on)] == come


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 1, 30), []),
        (date(2025, 1, 31), [(EXIT, "i dag")]),
        (date(2025, 4, 29), [(EXIT, "för 88 dagar sedan")]),
        (date(2025, 4, 30), [(THREE, "i dag")]),
        (date(2025, 5, 1), [(THREE, "i går")]),
        (date(2025, 5, 4), [(THREE, "för 4 dagar sedan")]),
        (date(2025, 7, 30), [(THREE, "för 91 dagar sedan")]),
        # The next one takes its place.
        (date(2025, 7, 31), [(SIX, "i dag")]),
        (date(2026, 1, 30), [(SIX, "för 183 dagar sedan")]),
        (date(2026, 1, 31), [(TWELVE, "i dag")]),
        (date(2027, 1, 30), [(TWELVE, "för 364 dagar sedan")]),
        (date(2027, 1, 31), []),
    ],
)
@pytest.mark.usefixtures("case")
def test_a_follow_up_waits_from_its_day_until_the_next_one(client, at, on, expected) -> None:
    at(on)
    said = [(what, when.replace("\xa0", " ")) for what, when in waits(client)]
    assert said == expected


@pytest.mark.parametrize(
    ("recorded", "found"),
    [("enrolment", 1), ("exit", 1), ("after_3_months", 1), ("after_6_months", 0), ("after_12_months", 0)],
)
def test_it_waits_until_it_or_a_later_one_is_recorded(world, client, at, case, recorded, found) -> None:
    at(date(2025, 8, 5))
    fact = LivelihoodRecordFactory(enrolment=case, moment=recorded, recorded_by=world.case_worker)
    assert len(waits(client)) == found
    LIVELIHOODS.take_back(fact=fact, reason="Fel.", by=world.case_worker)
    assert len(waits(client)) == 1


def test_at_the_exit_it_waits_until_that_is_recorded(world, client, at, case) -> None:
    at(date(2025, 2, 5))
    LivelihoodRecordFactory(enrolment=case, moment="enrolment", recorded_by=world.case_worker)
    assert [what for what, _ in waits(client)] == [EXIT]
    LivelihoodRecordFactory(enrolment=case, moment="exit", recorded_by=world.case_worker)
    assert waits(client) == []


def test_one_press_leads_to_the_form_with_its_moment(client, at, case) -> None:
    at(date(2025, 8, 5))
    answer = client.get(HOME)
    (task,) = [task for group in answer.context["groups"] for task in group.tasks if group.heading == "Efter avslut"]
    assert task.detail.replace("\xa0", " ") == "Avslutades 31 jan, skulle följas upp 31 juli"
    assert task.url == f"{reverse('livelihood_create', args=[case.public_id])}?lage=after_6_months"
    assert f'href="{task.url}"' in answer.content.decode()
    assert client.get(task.url).context["form"]["moment"].value() == LivelihoodMoment.AFTER_6_MONTHS
    assert "En ska följas upp." in answer.content.decode()


@pytest.mark.parametrize(
    "change", [{"is_void": True}, {"exit_reason": ExitReason.DECEASED}, {"exited_on": None, "exit_reason": ""}]
)
def test_nothing_waits_in_a_case_that_isn_t_counted_or_whose_person_has_died(client, at, case, change) -> None:
    at(date(2025, 8, 5))
    Enrolment.objects.filter(pk=case.pk).update(**change)
    assert waits(client) == []


def test_without_anybody_responsible_it_is_the_coordinators(world, log_in, client, at, case) -> None:
    at(date(2025, 8, 5))
    CaseAssignment.objects.filter(enrolment=case).update(valid_until=days_ago(1))
    assert waits(client) == []
    coordinator = log_in(world.coordinator)
    (task,) = [
        task
        for group in coordinator.get(HOME).context["groups"]
        for task in group.tasks
        if group.heading == "Efter avslut"
    ]
    assert (task.responsible, task.url) == ("ingen ansvarig", case.get_absolute_url())


def test_it_waits_also_where_the_person_has_been_enrolled_anew_and_where_nothing_is_open(world, client, at) -> None:
    at(date(2025, 8, 5))
    Enrolment.objects.filter(pk=world.enrolment.pk).update(exited_on=days_ago(1), exit_reason=ExitReason.WORK)
    case = case_of(world, enrolled_on=BEGAN, exited_on=ENDED, exit_reason=ExitReason.WORK)
    assert len(waits(client)) == 1
    again = EnrolmentFactory(participant=case.participant, project=world.project, enrolled_on=days_ago(10))
    CaseAssignmentFactory(enrolment=again, user=world.case_worker)
    assert len(waits(client)) == 1


def test_of_another_organisations_case_nothing_waits(world, log_in, at, case) -> None:
    at(date(2025, 8, 5))
    assign_contact(case, world.af_case_worker)
    assert waits(log_in(world.af_case_worker)) == []


def test_it_asks_equally_often_however_many_wait(world, client, at, case) -> None:
    at(date(2025, 8, 5))
    client.get(HOME)
    first = queries(client, HOME)
    for _ in range(4):
        case_of(world, enrolled_on=BEGAN, exited_on=ENDED, exit_reason=ExitReason.WORK)
    assert len(waits(client)) == 5
    assert queries(client, HOME) == first
