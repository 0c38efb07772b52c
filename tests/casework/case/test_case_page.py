"""The case page: the ladder, how it stands, what is missing, what has been."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import AccessEvent
from actionplans.enums import MeetingKind, MilestoneState
from actionplans.meetings.actions import correct_paragraph
from actionplans.models import MeetingParagraph
from actionplans.plans.actions import MilestoneRecord
from actionplans.steps.actions import withdraw_assessment
from core.days.dates import today
from core.enums import Category
from core.swedish.words import day, day_short
from participants.assessment.actions import record_assessment
from participants.assignment.actions import assign_case
from participants.changes import enrolments_changed
from participants.enrolment.actions import correct_enrolment, end_enrolment, reopen_enrolment
from participants.enums import CaseRole, ExitReason, ReferralSource
from participants.models import SickListing
from tests.world import consent_rows as consents
from tests.world.cases import days_ago, met, plan, started
from tests.world.factories import (
    CaseAssignmentFactory,
    EnrolmentFactory,
    MembershipFactory,
    PersonalNumberFactory,
    UserFactory,
)
from tests.world.pages import queries
from tests.world.worlds import model_project


@pytest.fixture
def client(world, log_in):
    return log_in(world.case_worker)


@pytest.fixture
def case(world):
    """The case worker's case, begun forty days ago."""
    return started(world.enrolment, 40)


def page(client, enrolment) -> str:
    answer = client.get(enrolment.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def entries(client, enrolment) -> list:
    return client.get(enrolment.get_absolute_url()).context["entries"]


def missing(client, enrolment) -> list[tuple[str, str]]:
    return [(item.kind, item.text) for item in client.get(enrolment.get_absolute_url()).context["now"].missing]


def facts(client, enrolment) -> dict[str, str]:
    return dict(client.get(enrolment.get_absolute_url()).context["now"].facts)


def steps(client, enrolment) -> list[tuple[str, str]]:
    return [(step.state, step.note) for step in client.get(enrolment.get_absolute_url()).context["ladder"]]


def test_says_who_it_is_about_and_keeps_the_name_out_of_the_tab(client, case) -> None:
    PersonalNumberFactory(participant=case.participant, value="198001019801")
    html = page(client, case)
    assert "<title>Deltagare – Samverkan</title>" in " ".join(html.split())
    assert "Öberg, Åsa" in html
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
    assert missing(client, case) == []
    assert "Inget saknas och inget är sent." in page(client, case)


def test_a_draft_says_what_it_lacks(world, client, case) -> None:
    plan(case, world.case_worker, schedule="", milestones=[])
    texts = " ".join(text for _, text in missing(client, case))
    assert "saknar veckoschema och delmål" in texts


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
    assert [text.replace("\xa0", " ") for _, text in missing(client, case)] == ["1 delmål har passerat sin dag"]
    assert facts(client, case)["Delmål"].replace("\xa0", " ") == "1 av 2 nådda"


@pytest.mark.parametrize(
    ("day_asked", "is_asked"),
    [("2026-05-17", False), ("2026-05-18", True), ("2026-06-29", True), ("2026-06-30", False)],
)
def test_a_step_is_asked_for_near_its_day_only(world, log_in, day_asked, is_asked, monkeypatch) -> None:
    """Three months from 1 March end on 1 June: two weeks ahead, four weeks after."""
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
    SickListing.objects.create(
        enrolment=case, concerns_on=case.enrolled_on, percent=100, owner=case.owner, recorded_by=world.case_worker
    )
    plan(case, world.case_worker)
    met(case, world.case_worker, days_ago(2), kind=MeetingKind.PHONE, next_meeting_on=today())
    now = facts(client, case)
    assert now["Nästa möte"] == "i dag"
    assert now["Senaste mötet"].endswith("telefonsamtal")
    assert now["Ansvarig"] == "Hanna Handläggare"
    assert now["Aktivitet"] == "Återbruket, 20 timmar"
    assert now["Sjukskriven"] == "på heltid"


def test_contacts_and_substitutes_are_not_called_responsible(world, client, case) -> None:
    CaseAssignmentFactory(enrolment=case, user=world.af_case_worker, role=CaseRole.CONTACT)
    CaseAssignmentFactory(enrolment=case, user=world.coordinator, role=CaseRole.SUBSTITUTE)
    now = facts(client, case)
    assert now["Ansvarig"] == "Hanna Handläggare"
    assert now["Ersättare"] == "Samira Samordnare"
    assert now["Kontakt"] == "Alva Arbetsförmedlare (Arbetsförmedlingen)"


def test_a_guest_comes_back_to_the_shared_cases_and_is_told_when_there_is_nothing_to_read(world, log_in, case) -> None:
    CaseAssignmentFactory(enrolment=case, user=world.af_case_worker, role=CaseRole.CONTACT)
    consents.give(case, [world.af], [Category.HEALTH], by=world.case_worker)
    html = page(log_in(world.af_case_worker), case)
    assert "Inget som ni får läsa är skrivet än." in html
    assert f'<a href="{reverse("participant_shared")}">Delade med er</a>' in html


def test_a_no_show_is_no_meeting(world, client, case) -> None:
    met(case, world.case_worker, days_ago(2), kind=MeetingKind.NO_SHOW, text="Kom inte.")
    assert "Senaste mötet" not in facts(client, case)
    assert facts(client, case)["Nästa kontakt"] == "inte bestämd"


def test_without_anybody_responsible_the_coordinator_can_name_one(world, log_in) -> None:
    client = log_in(world.coordinator)
    html = page(client, world.unassigned)
    assert ("soon", "Ingen är ansvarig") in missing(client, world.unassigned)
    assert reverse("enrolment_assign", args=[world.unassigned.public_id]) in html


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


def test_the_timeline_tells_what_was_said_and_who_can_read_it(world, client, case) -> None:
    meeting = met(case, world.case_worker, days_ago(1), clears=1)
    record_assessment(enrolment=case, completed_on=days_ago(30), summary="Bor ensam.", by=world.case_worker)
    plan(case, world.case_worker)
    found = {entry.title: entry for entry in entries(client, case)}
    said = found["Uppföljningsmöte"]
    assert said.text == "Trivs och kommer i tid."
    assert (said.readers, said.url) == ("Vuxenenheten", meeting.get_absolute_url())
    assert said.when.startswith(day(days_ago(1)))
    assert "Hanna Handläggare" in said.when
    step = found["Steg 1, deltar: klarat"]
    assert step.kind == "step"
    assert step.text.replace("\xa0", " ") == "Dag 39 · 6 av 6 kriterier uppfyllda"
    assert found["Kartläggningen är klar"].text == "Dag 10\n\nBor ensam."
    assert "inskrivet" in found["Kartläggningen är klar"].when
    assert found["Handlingsplan 1"].text.startswith("Återbruket, 20 timmar")
    assert found["Inskriven"].kind == "quiet"
    days = [entry.on for entry in entries(client, case)]
    assert days == sorted(days, reverse=True)


def test_a_corrected_note_says_so(world, client, case) -> None:
    met(case, world.case_worker, days_ago(1))
    correct_paragraph(paragraph=MeetingParagraph.objects.get(), text="Kom i tid.", by=world.coordinator)
    text = entries(client, case)[0].text
    assert text.startswith("Kom i tid.")
    assert f"Rättad {day(today())} av Samira Samordnare" in text
    assert "Trivs" not in text


def test_a_withdrawn_assessment_stands_with_its_reason(world, client, case) -> None:
    meeting = met(case, world.case_worker, days_ago(1), clears=1)
    withdraw_assessment(assessment=meeting.step_assessments.get(), reason="Fel person.", by=world.case_worker)
    found = [entry for entry in entries(client, case) if entry.title.startswith("Steg 1")]
    assert [entry.title for entry in found] == ["Steg 1, deltar: klarat (återtaget)"]
    assert found[0].kind == "quiet"
    assert f"Återtaget {day(today())} av Hanna Handläggare: Fel person." in found[0].text
    assert steps(client, case)[0][0] == "now"


def test_exits_corrections_and_reopenings_are_told(world, client, case) -> None:
    by = world.case_worker
    end_enrolment(enrolment=case, exited_on=days_ago(5), reason=ExitReason.MOVED, comment="Till Luleå.", by=by)
    end_enrolment(enrolment=case, exited_on=days_ago(4), reason=ExitReason.WORK, by=by)
    titles = [entry.title for entry in entries(client, case)]
    assert "Avslut: arbete" in titles
    assert "Avslut: flyttat" not in titles
    text = next(entry.text for entry in entries(client, case) if entry.title == "Avslut: arbete")
    assert f"Förut stod: Avslut: flyttat, {day(days_ago(5))}" in text
    reopen_enrolment(enrolment=case, by=by)
    titles = [entry.title for entry in entries(client, case)]
    assert "Avslut: arbete (återtaget)" in titles
    assert "Inskrivningen pågår igen" in titles


def test_a_taken_back_exit_shows_who_took_it_back(world, client, case) -> None:
    colleague = UserFactory(organisation=world.ame, name="Kim Kollega")
    for by in (world.case_worker, colleague):
        end_enrolment(enrolment=case, exited_on=days_ago(5), reason=ExitReason.WORK, by=world.coordinator)
        reopen_enrolment(enrolment=case, by=by)
    # Another person's is another matter.
    end_enrolment(enrolment=world.unassigned, exited_on=days_ago(5), reason=ExitReason.WORK, by=world.coordinator)
    reopen_enrolment(enrolment=world.unassigned, by=world.coordinator)
    said = [entry.when for entry in entries(client, case) if entry.title == "Inskrivningen pågår igen"]
    assert said == [f"{day(today())} · Kim Kollega", f"{day(today())} · Hanna Handläggare"]


def test_each_change_of_the_responsible_one_is_told_without_the_note(world, client, case) -> None:
    colleague = UserFactory(organisation=world.ame, name="Kim Kollega")
    MembershipFactory(user=colleague, project=world.project)
    assign_case(enrolment=case, user=colleague, note="Ring på förmiddagen.", by=world.coordinator)
    assign_case(enrolment=case, user=world.case_worker, by=world.coordinator)
    changes = [entry for entry in entries(client, case) if entry.title.startswith("Ny ansvarig")]
    told = [(entry.title, entry.text, entry.when) for entry in changes]
    by = f"{day(today())} · Samira Samordnare"
    assert told[:2] == [
        ("Ny ansvarig: Hanna Handläggare", "Förut: Kim Kollega.", by),
        ("Ny ansvarig: Kim Kollega", "Förut: Hanna Handläggare.", by),
    ]
    assert "Ring på förmiddagen" not in page(client, case)


def test_the_first_responsible_one_is_told_when_it_came_after_the_enrolment(world, client, case) -> None:
    first = case.assignments.get()
    assert not [entry for entry in entries(client, case) if "ansvarig" in entry.title]
    case.assignments.filter(pk=first.pk).update(valid_from=days_ago(3))
    assert [entry.text for entry in entries(client, case) if "ansvarig" in entry.title] == ["Förut: ingen."]
    case.assignments.filter(pk=first.pk).update(recorded_at=case.entries.get().recorded_at)
    assert not [entry for entry in entries(client, case) if "ansvarig" in entry.title]


def test_a_corrected_enrolment_says_what_it_said_before(world, client, case) -> None:
    correct_enrolment(
        enrolment=case,
        enrolled_on=days_ago(42),
        source=ReferralSource.HEALTH_CARE,
        applied_on=None,
        referred_on=days_ago(50),
        by=world.case_worker,
    )
    found = {entry.title: entry for entry in entries(client, case)}
    assert f"Förut stod: Inskriven, anvisad från socialtjänsten, {day(days_ago(40))}" in found["Inskriven"].text
    assert found["Anvisad från hälso- och sjukvården"].on == days_ago(50)


def test_long_timelines_show_thirty_entries_until_asked(world, client, case) -> None:
    for number in range(32):
        met(case, world.case_worker, days_ago(number + 1))
    first = client.get(case.get_absolute_url())
    assert len(first.context["entries"]) == 30
    html = first.content.decode().replace("\xa0", " ")
    assert "Visa 3 äldre händelser" in html
    everything = client.get(case.get_absolute_url() + "?visa=allt")
    assert len(everything.context["entries"]) == 33
    assert "äldre händelse" not in everything.content.decode()


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
    assert queries(client, url) == few <= 17
    assert queries(client, case.participant.get_absolute_url()) <= 16


def test_a_case_of_a_project_without_ladder_can_be_read(world, log_in) -> None:
    enrolment = EnrolmentFactory()
    MembershipFactory(user=world.case_worker, project=enrolment.project)
    CaseAssignmentFactory(enrolment=enrolment, user=world.case_worker)
    type(enrolment).objects.filter(pk=enrolment.pk).update(owner=world.ame)
    assert log_in(world.case_worker).get(enrolment.get_absolute_url()).status_code == 200


def test_next_contact_of_another_year_says_which(world, client, case) -> None:
    far = today() + timedelta(days=400)
    met(case, world.case_worker, days_ago(1), next_meeting_on=far)
    assert str(far.year) in facts(client, case)["Nästa möte"]
