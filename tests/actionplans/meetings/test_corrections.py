"""A meeting that is put right: corrected in every field, or taken back whole."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from actionplans.enums import MeetingKind
from actionplans.meetings.corrections import MeetingCorrection, correct_meeting, take_back_meeting
from actionplans.models import Meeting, StepAssessment, StepClock
from actionplans.plans.next_contact import booked_meeting_on
from core.days.kinds import CHECK_YEAR
from core.models import Draft
from core.swedish.words import day
from participants.enums import CaseRole
from participants.models import Enrolment
from projects.enums import Role
from tests.casework.case.reads import entries
from tests.world import worlds
from tests.world.case_rows import assign
from tests.world.cases import days_ago, met, started
from tests.world.pages import forms_on, shown


@pytest.fixture
def case(world) -> Enrolment:
    return started(world.enrolment, 60)


def cleared_on(case: Enrolment):
    return StepClock.objects.get(enrolment=case, step_number=1).cleared_on


def test_every_field_of_a_meeting_is_corrected_on_its_page_with_why(world, case, client) -> None:
    meeting = met(case, world.case_worker, days_ago(3), next_meeting_on=days_ago(-10))
    address = reverse("meeting_edit", args=[meeting.public_id])
    sent = shown(client.get(address).context["form"]) | {
        "kind": MeetingKind.PHONE,
        "held_on": days_ago(5).isoformat(),
        "users": [],
        "others": "Gudrun Granne",
        "next_meeting_on": days_ago(-20).isoformat(),
        "why": "Skrev fel dag.",
    }
    answer = client.post(address, sent, follow=True)
    now = Meeting.objects.current().get()
    assert (now.kind, now.concerns_on, now.next_meeting_on) == (MeetingKind.PHONE, days_ago(5), days_ago(-20))
    assert [str(party) for party in now.parties.all()] == ["Gudrun Granne"]
    html = answer.content.decode().replace("\xa0", " ")
    assert "Skrev fel dag." in html
    assert f"Uppföljningsmöte {day(days_ago(3))}".replace("\xa0", " ") in html
    assert Enrolment.objects.get(pk=case.pk).next_contact_on == days_ago(-20)
    (told,) = [entry for entry in entries(client, case) if entry.title == "Telefonsamtal"]
    assert "Trivs och kommer i tid." in told.text
    assert "Skrev fel dag." in told.text


def test_a_correction_without_why_changes_nothing(world, case, client) -> None:
    meeting = met(case, world.case_worker, days_ago(3))
    address = reverse("meeting_edit", args=[meeting.public_id])
    answer = client.post(address, shown(client.get(address).context["form"]) | {"kind": MeetingKind.PHONE})
    assert "Skriv varför du rättar." in answer.content.decode()
    assert Meeting.objects.get().kind == MeetingKind.FOLLOW_UP


@pytest.mark.parametrize(
    ("held_on", "said"),
    [("1994-05-01", "Dagen kan inte ligga före projektets första dag"), ("1995-06-01", "före deltagarens födelse")],
)
def test_nobody_has_met_before_the_project_or_the_birth(world, case, client, held_on, said) -> None:
    type(case.project).objects.filter(pk=case.project_id).update(starts_on="1995-01-01")
    type(case.participant).objects.filter(pk=case.participant_id).update(
        birth_date="1996-02-03" if "födelse" in said else "1979-02-14"
    )
    meeting = met(case, world.case_worker, days_ago(3))
    for address in (
        reverse("meeting_create", args=[case.public_id]),
        reverse("meeting_edit", args=[meeting.public_id]),
    ):
        sent = {**shown(client.get(address).context["form"]), "held_on": held_on, "text": "Sågs.", "why": "Fel dag."}
        (fault,) = client.post(address, sent).context["form"].errors["held_on"]
        assert said in fault
        assert fault.endswith(CHECK_YEAR)
    assert Meeting.objects.count() == 1


def test_a_meeting_may_come_before_the_enrolment(world, case, client) -> None:
    type(case.project).objects.filter(pk=case.project_id).update(starts_on="1995-01-01")
    address = reverse("meeting_create", args=[case.public_id])
    sent = {**shown(client.get(address).context["form"]), "held_on": days_ago(90).isoformat(), "text": "Sågs."}
    assert client.post(address, sent).status_code == 302


def test_a_correction_sent_after_it_was_taken_back_is_shown_again(world, case, client, log_in) -> None:
    meeting = met(case, world.case_worker, days_ago(3))
    address = reverse("meeting_edit", args=[meeting.public_id])
    sent = shown(client.get(address).context["form"]) | {"others": "Gudrun Granne", "why": "Fel folk stod med."}
    take_back_meeting(meeting=meeting, reason="Fel person.", by=world.coordinator)
    page = client.post(address, sent, follow=True).content.decode()
    assert "återtaget" in page
    for typed in ("Gudrun Granne", "Fel folk stod med."):
        assert typed in page
    assert Meeting.objects.count() == 2
    draft = Draft.objects.get(author=world.case_worker)
    kept = client.get(reverse("draft_detail", args=[draft.public_id])).content.decode()
    for typed in ("Gudrun Granne", "Fel folk stod med."):
        assert typed in kept
    again = client.get(address)
    assert again["Location"].partition("?")[0] == reverse("draft_detail", args=[draft.public_id])
    closed = client.get(again["Location"]).content.decode()
    assert "Fel folk stod med." in closed
    assert "Kasta utkastet" in closed
    assert address not in closed


def test_a_corrected_note_sent_after_it_was_taken_back_is_shown_again(world, case, client) -> None:
    meeting = met(case, world.case_worker, days_ago(3))
    address = reverse("meeting_correct", args=[meeting.paragraphs.get().public_id])
    (form,) = [form for form in forms_on(client, address) if "text" in form.boxes]
    take_back_meeting(meeting=meeting, reason="Fel person.", by=world.coordinator)
    answer = client.post(address, {**form.values, "text": "Gudrun kom med till mötet."}, follow=True)
    assert "Gudrun kom med till mötet." in answer.content.decode()


def test_the_step_that_was_cleared_there_follows_the_day(world, case, client) -> None:
    meeting = met(case, world.case_worker, days_ago(3), clears=1)
    correction = MeetingCorrection(kind=MeetingKind.FOLLOW_UP, held_on=days_ago(9), why="Fel dag.")
    correct_meeting(meeting=meeting, correction=correction, by=world.case_worker)
    assert cleared_on(case) == days_ago(9)
    titles = [entry.title for entry in entries(client, case)]
    assert titles.count("Steg 1, deltar: klarat") == 1
    assert not any("återtaget" in title for title in titles)


def test_a_day_on_which_the_step_could_not_be_cleared_is_refused(world, case) -> None:
    meeting = met(case, world.case_worker, days_ago(3), clears=1)
    correction = MeetingCorrection(kind=MeetingKind.FOLLOW_UP, held_on=days_ago(70), why="Fel dag.")
    with pytest.raises(ValidationError) as refused:
        correct_meeting(meeting=meeting, correction=correction, by=world.case_worker)
    assert list(refused.value.message_dict) == ["held_on"]
    assert Meeting.objects.get().superseded_at is None


def test_a_meeting_taken_back_is_gone_from_everything_that_counts(world, case, client) -> None:
    meeting = met(case, world.case_worker, days_ago(3), clears=1, next_meeting_on=days_ago(-10))
    address = reverse("meeting_take_back", args=[meeting.public_id])
    sent = shown(client.get(address).context["form"]) | {"reason": "Mötet blev inte av."}
    client.post(address, sent)
    assert Meeting.objects.current().count() == 0
    assert StepAssessment.objects.current().count() == 0
    assert (cleared_on(case), booked_meeting_on(case)) == (None, None)
    assert Enrolment.objects.get(pk=case.pk).next_contact_on is None
    told = dict(client.get(case.get_absolute_url()).context["now"].facts)
    assert "Senaste mötet" not in told
    assert "Nästa möte" not in told
    (struck,) = [entry for entry in entries(client, case) if entry.title == "Uppföljningsmöte (återtaget)"]
    assert "Mötet blev inte av." in struck.text
    assert "Trivs" not in struck.text


def test_its_words_are_read_by_those_who_could_take_it_back_alone(world, case, log_in) -> None:
    meeting = met(case, world.case_worker, days_ago(3), clears=1, others=["Gudrun Granne"])
    correction = MeetingCorrection(kind=MeetingKind.PHONE, held_on=days_ago(4), others=["Ulla Granne"], why="Fel dag.")
    meeting = correct_meeting(meeting=meeting, correction=correction, by=world.case_worker)
    take_back_meeting(meeting=meeting, reason="Blev inte av.", by=world.case_worker)
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    assign(case, colleague, CaseRole.SUBSTITUTE)
    address = reverse("meeting_detail", args=[meeting.public_id])
    for user, reads in ((world.case_worker, True), (world.coordinator, True), (colleague, False)):
        html = log_in(user).get(address).content.decode()
        for words in ("Trivs och kommer", "Ulla Granne", "Gudrun Granne", "Handledaren"):
            assert (words in html) is reads, (user, words)


def test_a_colleague_who_did_not_write_it_does_not_take_it_back(world, case, log_in) -> None:
    meeting = met(case, world.case_worker, days_ago(3))
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    assign(case, colleague, CaseRole.SUBSTITUTE)
    assert log_in(colleague).get(reverse("meeting_take_back", args=[meeting.public_id])).status_code == 403
    with pytest.raises(PermissionDenied):
        take_back_meeting(meeting=meeting, reason="Blev inte av.", by=colleague)


def test_the_note_of_a_meeting_taken_back_is_corrected_no_more(world, case, client) -> None:
    meeting = met(case, world.case_worker, days_ago(3))
    note = meeting.paragraphs.get()
    take_back_meeting(meeting=meeting, reason="Blev inte av.", by=world.case_worker)
    answer = client.get(reverse("meeting_correct", args=[note.public_id]), follow=True)
    assert "Mötet är redan återtaget." in answer.content.decode()


def test_receipt_case_page_and_list_say_the_booked_day_after_a_call_about_something_else(world, case, client) -> None:
    met(case, world.case_worker, days_ago(0), next_meeting_on=days_ago(-10))
    address = reverse("meeting_create", args=[case.public_id])
    form = client.get(address).context["form"]
    sent = shown(form) | {"kind": MeetingKind.PHONE, "text": "Ringde om resan."}
    html = client.post(address, sent, follow=True).content.decode()
    assert "Nästa möte är" in html
    assert "Bokat möte" not in html
    assert "Nästa möte" in dict(client.get(case.get_absolute_url()).context["now"].facts)
    assert Enrolment.objects.get(pk=case.pk).next_contact_on == days_ago(-10)
    sent = shown(client.get(address).context["form"]) | {"text": "Förhinder.", "next_choice": "cancelled"}
    html = client.post(address, sent, follow=True).content.decode()
    assert "Det bokade mötet är inställt." in html
    assert "Nästa möte" not in dict(client.get(case.get_absolute_url()).context["now"].facts)
