"""The top of the case page: the ladder, how it stands, and what is missing."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from actionplans.enums import MeetingKind, MilestoneState
from actionplans.plans.actions import MilestoneRecord
from actionplans.weeks.entries import Week
from core.days.dates import today
from core.swedish.words import day, day_short, weekday_near
from participants.assessment.actions import record_assessment
from participants.changes import enrolments_changed
from participants.enums import CaseRole, ExitReason
from participants.exits.actions import end_enrolment
from participants.models import Enrolment
from participants.placement.first import refresh_first_placed
from projects.models import Project
from tests.casework.case.reads import facts, missing, page, steps
from tests.world.cases import days_ago, met, plan, started, with_days
from tests.world.factories import (
    CaseAssignmentFactory,
    EnrolmentFactory,
)
from tests.world.factories.background import PlacementPeriodFactory, SickListingFactory


def test_the_ladder_tells_cleared_now_and_ahead(world, client, case) -> None:
    met(case, world.case_worker, days_ago(10), clears=1)
    ladder = steps(client, case)
    assert ladder[0][0] == "cleared"
    assert ladder[0][1].startswith(day_short(days_ago(10)))
    assert ladder[0][1].endswith("dag 30")
    assert ladder[1][0] == "now"
    assert ladder[1][1].startswith("senast ")
    assert ladder[2][0] == "ahead"
    assert ladder[2][1].startswith("senast ")
    assert [note for _, note in ladder[3:]] == ["", ""]


def test_a_lower_step_counts_as_cleared_through_a_higher_one(world, client, case) -> None:
    met(case, world.case_worker, days_ago(10), clears=2)
    ladder = steps(client, case)
    assert ladder[0] == ("cleared", "genom steg 2")
    assert ladder[2][0] == "now"


def test_an_ended_case_is_on_its_way_nowhere(world, client, case) -> None:
    end_enrolment(enrolment=case, exited_on=days_ago(1), reason=ExitReason.WORK, by=world.case_worker)
    assert {state for state, _ in steps(client, case)} == {"ahead"}
    html = page(client, case)
    assert f"avslutades {day(days_ago(1))}: arbete" in html
    assert "Saknas" not in html


def test_a_new_case_lacks_kartlaggning_and_plan(client, case) -> None:
    late = [text for kind, text in missing(client, case) if kind == "late"]
    assert [text.split()[0] for text in late] == ["Kartläggning", "Handlingsplan"]
    assert all("26" in text for text in late)
    html = page(client, case)
    assert reverse("assessment_create", args=[case.public_id]) in html
    assert reverse("plan_edit", args=[case.public_id]) in html


def test_a_case_in_order_lacks_nothing(world, client, case) -> None:
    record_assessment(enrolment=case, completed_on=days_ago(30), by=world.case_worker)
    plan(case, world.case_worker)
    PlacementPeriodFactory(enrolment=case)
    refresh_first_placed(case)
    assert missing(client, case) == []
    assert "Inget saknas och inget är sent." in page(client, case)


def test_a_draft_says_what_it_lacks(world, client, case) -> None:
    plan(case, world.case_worker, week=Week(), milestones=[])
    texts = " ".join(text for _, text in missing(client, case))
    assert "den saknar veckoschema och delmål" in texts


def test_a_complete_plan_that_became_a_draft_is_told(world, client, case) -> None:
    plan(case, world.case_worker)
    plan(case, world.case_worker, based_on=1, main_activity="")
    assert ("soon", "Planen är ett utkast, saknar huvudsaklig placering eller aktivitet") in missing(client, case)


def test_delmal_that_have_passed_their_day_are_counted(world, client, case) -> None:
    record_assessment(enrolment=case, completed_on=days_ago(30), by=world.case_worker)
    milestones = [
        MilestoneRecord(text="Cv", due_on=days_ago(3)),
        MilestoneRecord(text="Studiebesök", due_on=days_ago(3), state=MilestoneState.REACHED),
        MilestoneRecord(text="Kurs", due_on=days_ago(3), state=MilestoneState.DROPPED, why="Inställd"),
    ]
    plan(case, world.case_worker, milestones=milestones)
    assert "1 delmål är försenat" in [text.replace("\xa0", " ") for _, text in missing(client, case)]
    assert facts(client, case)["Delmål"].replace("\xa0", " ") == "1 av 2 nådda"


@pytest.mark.parametrize(
    ("day_asked", "is_asked"),
    [("2026-05-17", False), ("2026-05-18", True), ("2026-06-29", True), ("2026-11-30", True)],
)
def test_a_step_is_asked_for_from_near_its_day_until_it_is_judged(
    world, log_in, day_asked, is_asked, monkeypatch
) -> None:
    """Three months from 1 March end on 1 June: from two weeks ahead."""
    enrolment = EnrolmentFactory(project=world.project, enrolled_on=date(2026, 3, 1))
    CaseAssignmentFactory(enrolment=enrolment, user=world.case_worker)
    enrolments_changed([enrolment.pk])
    monkeypatch.setattr("casework.case.views.today", lambda: date.fromisoformat(day_asked))
    texts = [text for _, text in missing(log_in(world.case_worker), enrolment)]
    assert any("steg 1" in text for text in texts) is is_asked


def test_steps_about_self_support_are_never_asked_for(world, client) -> None:
    enrolment = started(world.enrolment, 365)
    clocks = {clock.step_number: clock.due_on for clock in enrolment.clocks.all()}
    assert abs((clocks[4] - today()).days) <= 14
    assert not [text for _, text in missing(client, enrolment) if "steg 4" in text or "steg 5" in text]


def test_how_it_stands(world, client, case) -> None:
    SickListingFactory(enrolment=case, concerns_on=case.enrolled_on)
    plan(case, world.case_worker)
    met(case, world.case_worker, days_ago(2), kind=MeetingKind.PHONE, next_meeting_on=today())
    now = facts(client, case)
    assert now["Nästa möte"] == "i dag"
    assert now["Senaste mötet"].endswith("telefonsamtal")
    assert now["Ansvarig"] == "Hanna Handläggare"
    assert now["Aktivitet"] == "Återbruket, 20 timmar"
    assert now["Sjukskriven"] == "på heltid"


def test_the_day_of_the_plan_and_the_booked_meeting_are_told_apart_by_the_deadline_of_the_lists(
    world, client, case
) -> None:
    booked, planned = today() + timedelta(days=20), today() + timedelta(days=14)
    plan(case, world.case_worker, valid_on=days_ago(4), next_follow_up_on=days_ago(2))
    met(case, world.case_worker, days_ago(2), next_meeting_on=booked)
    plan(case, world.case_worker, based_on=1, next_follow_up_on=planned)
    now = facts(client, case)
    assert now["Nästa möte"] == weekday_near(booked, today())
    assert now["Uppföljning av planen"] == f"senast {weekday_near(planned, today())}"
    assert "Uppföljning" not in now
    assert Enrolment.objects.get(pk=case.pk).next_contact_on == planned


def test_the_first_follow_up_says_its_days_and_is_one_line_with_a_later_contact(world, client, case) -> None:
    plan(case, world.case_worker, next_follow_up_on=today() + timedelta(days=20))
    now = facts(client, case)
    last = weekday_near(today() + timedelta(days=14), today())
    assert now["Första uppföljningen"] == f"14\xa0dagar från planen, senast {last}"
    assert not {"Uppföljning", "Uppföljning av planen"} & now.keys()
    plan(case, world.case_worker, based_on=1, next_follow_up_on=today() + timedelta(days=3))
    assert {"Första uppföljningen", "Uppföljning av planen"} <= facts(client, case).keys()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("social_services", "Kartläggning: 14 dagar från ansökan, senast {}"),
        ("health_care", "Kartläggning: 14 dagar från inskrivningen, senast {}"),
    ],
)
def test_a_kartlaggning_is_due_by_the_earlier_of_two_days(world, client, case, source: str, text: str) -> None:
    started(case, 3)
    with_days(case, source=source, applied_on=days_ago(10))
    last = days_ago(10 - 14 if source == "social_services" else 3 - 14)
    said = [text.replace("\xa0", " ") for _, text in missing(client, case)]
    expected = text.format(day(last) if last.year != today().year else day(last).rsplit(" ", 1)[0])
    assert expected.replace("\xa0", " ") in said
    assert any(line.startswith("Första personliga mötet: 14 dagar från ansökan") for line in said) is (
        source == "social_services"
    )


def test_a_placement_that_is_to_begin_too_late_says_when(world, client, case) -> None:
    Project.objects.update(placement_days=5)
    PlacementPeriodFactory(enrolment=case, concerns_on=today() + timedelta(days=2))
    refresh_first_placed(case)
    (late,) = (text for kind, text in missing(client, case) if kind == "late" and "placeringen" in text)
    assert "5\xa0arbetsdagar från inskrivningen" in late
    assert ", börjar " in late


def test_contacts_and_substitutes_are_not_called_responsible(world, client, case) -> None:
    CaseAssignmentFactory(enrolment=case, user=world.af_case_worker, role=CaseRole.CONTACT)
    CaseAssignmentFactory(enrolment=case, user=world.coordinator, role=CaseRole.SUBSTITUTE)
    now = facts(client, case)
    assert now["Ansvarig"] == "Hanna Handläggare"
    assert now["Ersättare"] == "Samira Samordnare"
    assert now["Kontakt"] == "Alva Arbetsförmedlare (Arbetsförmedlingen)"


def test_a_no_show_is_no_meeting(world, client, case) -> None:
    met(case, world.case_worker, days_ago(2), kind=MeetingKind.NO_SHOW, text="Kom inte.")
    assert "Senaste mötet" not in facts(client, case)
    assert facts(client, case)["Uppföljning"] == "inte bestämd"


def test_without_anybody_responsible_the_coordinator_can_name_one(world, log_in) -> None:
    client = log_in(world.coordinator)
    html = page(client, world.unassigned)
    assert ("soon", "Ingen är ansvarig") in missing(client, world.unassigned)
    assert reverse("enrolment_assign", args=[world.unassigned.public_id]) in html


def test_next_contact_of_another_year_says_which(world, client, case) -> None:
    far = today() + timedelta(days=400)
    met(case, world.case_worker, days_ago(1), next_meeting_on=far)
    assert str(far.year) in facts(client, case)["Nästa möte"]
