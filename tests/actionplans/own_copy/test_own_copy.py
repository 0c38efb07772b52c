"""The participant's copy of the plan: what stands on it, for whom it is made, and that it is one sheet."""

import io
from datetime import timedelta

import pikepdf
import pypdf
import pytest
from django.urls import reverse

from accounts.models import AccessEvent, User
from actionplans.enums import MilestoneState
from actionplans.models import PlanRevision
from actionplans.own_copy.page import heading_of
from actionplans.plans.actions import MilestoneRecord
from actionplans.weeks.entries import Entry, Week, plain
from core.days.dates import today
from core.models import TextBody
from participants.enums import ProtectionLevel
from participants.models import Enrolment, Participant, PersonIdentity
from tests.world.cases import AGREED, days_ago, met, plan, started
from tests.world.forms import text_of
from tests.world.papers import faults

LONG = {"what": plain("Arbetsträning i köket " * 4), "where": plain("Solgården " * 8)}
FULL = Week(tuple(Entry(day, 540 + 60 * row, 590 + 60 * row, **LONG) for day in range(7) for row in range(4)))
SOON = today() + timedelta(days=9)
LATER = today() + timedelta(days=20)


@pytest.fixture
def case(world) -> Enrolment:
    PersonIdentity.objects.update(given_name="Ibrahim", family_name="Mohamud")
    return started(world.enrolment, 30)


@pytest.fixture
def url(case) -> str:
    return reverse("plan_copy", args=[case.public_id])


@pytest.fixture
def pdf_url(case) -> str:
    return reverse("plan_copy_pdf", args=[case.public_id])


def pages(content: bytes) -> list[str]:
    """The text of each page, with plain blanks."""
    found = pypdf.PdfReader(io.BytesIO(content)).pages
    return [" ".join(page.extract_text().split()) for page in found]


def goals(count: int, words: str = "Ett delmål att nå") -> list[MilestoneRecord]:
    return [MilestoneRecord(text=f"{words} {number}") for number in range(1, count + 1)]


def test_the_sheet_says_week_delmal_next_meeting_and_whom_to_ring(world, client, case, pdf_url) -> None:
    week = Week((Entry(0, 510, 750, "Arbetsträning", "Återbruket"), Entry(3, 540, 780)))
    reached = MilestoneRecord(text="Ta bussen själv", state=MilestoneState.REACHED)
    dropped = MilestoneRecord(text="Borttaget mål", state=MilestoneState.DROPPED, why="Nej")
    milestones = [reached, dropped, MilestoneRecord(text="Skriva cv", due_on=SOON)]
    plan(case, world.case_worker, week=week, milestones=milestones, next_follow_up_on=SOON)
    answer = client.post(pdf_url)
    assert answer["Content-Disposition"] == f'attachment; filename="Min plan {today()}.pdf"'
    (text,) = pages(answer.content)
    for said in (
        "Ibrahims plan",
        "Nästa uppföljning",
        f"{SOON.day} ",
        "8.30–12.30",
        "Arbetsträning",
        "Återbruket",
        "ledig",
        "8 timmar",
        "Skriva cv",
        "Ta bussen själv",
        "klart",
        f"Ring {world.case_worker.name}",
        "Telefon",
    ):
        assert said in text, said
    for hidden in ("Mohamud", "Borttaget mål", str(world.ame), world.project.name):
        assert hidden not in text


def test_a_number_that_the_responsible_has_said_stands_on_it(world, client, case, pdf_url) -> None:
    plan(case, world.case_worker)
    User.objects.filter(pk=world.case_worker.pk).update(phone="08-465 004 12")
    (text,) = pages(client.post(pdf_url).content)
    assert f"Ring {world.case_worker.name} 08-465 004 12" in text
    assert "Telefon" not in text


def test_it_is_tagged_in_swedish_and_names_nobody_outside(world, client, case, pdf_url) -> None:
    plan(case, world.case_worker)
    content = client.post(pdf_url).content
    with pikepdf.open(io.BytesIO(content)) as document:
        assert (document.Root.Lang, document.docinfo.Title) == ("sv", "Min plan")
        assert document.Root.MarkInfo.Marked
        assert "/Author" not in document.docinfo
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    assert faults(content) == []


def test_taking_it_out_is_in_the_log_with_why(world, client, case, pdf_url) -> None:
    plan(case, world.case_worker)
    client.post(pdf_url)
    event = AccessEvent.objects.filter(user=world.case_worker).latest("number")
    assert (event.kind, event.part, event.reason) == ("export", "plan_copy_pdf", "Till deltagaren")
    assert [row.person for row in event.subjects.all()] == [case.participant.public_id]


def test_an_agreed_meeting_goes_before_the_plans_own_day(world, client, case, url) -> None:
    plan(case, world.case_worker, valid_on=days_ago(5), next_follow_up_on=LATER)
    assert "Nästa uppföljning" in text_of(client.get(url))
    met(case, world.case_worker, days_ago(1), next_meeting_on=SOON)
    text = text_of(client.get(url))
    assert "Nästa möte" in text
    assert "Nästa uppföljning" not in text


def test_without_a_day_there_is_a_line_to_fill_in(world, client, case, url, pdf_url) -> None:
    plan(case, world.case_worker, valid_on=days_ago(5), next_follow_up_on=days_ago(1))
    assert "inte bestämt, en rad att fylla i" in text_of(client.get(url))
    (text,) = pages(client.post(pdf_url).content)
    assert "Nästa möte Dag och tid" in text


def test_an_empty_plan_makes_a_sheet(world, client, case, pdf_url) -> None:
    plan(case, world.case_worker, main_activity="", week=Week(), milestones=[], next_follow_up_on=None)
    (text,) = pages(client.post(pdf_url).content)
    assert "Vi har inte bestämt veckan än." in text
    assert "Mina delmål" not in text


def test_words_from_before_stand_for_the_week(world, client, case, pdf_url) -> None:
    revision = plan(case, world.case_worker)
    PlanRevision.objects.filter(pk=revision.pk).update(schedule=TextBody.objects.write("Måndag–torsdag 9–13"))
    (text,) = pages(client.post(pdf_url).content)
    assert "Måndag–torsdag 9–13" in text


@pytest.mark.parametrize(
    "said",
    [
        {"milestones": goals(40)},
        {"milestones": goals(40, "Ett långt delmål " * 16)},
        {"week": FULL},
        {"main_activity": "Arbetsträning " * 35, "milestones": goals(6)},
    ],
    ids=["forty", "forty long", "every hour", "long"],
)
def test_it_stays_one_sheet_and_says_what_more_there_is(world, client, case, pdf_url, said) -> None:
    plan(case, world.case_worker, **said)
    (text,) = pages(client.post(pdf_url).content)
    shown = sum(f"mål att nå {number}" in text for number in range(1, 41))
    if said.get("milestones") == goals(40):
        assert 0 < shown < 40
        assert f"{40 - 10} delmål till finns i planen." in text


def test_a_protected_persons_sheet_has_no_name(world, client, case, url, pdf_url) -> None:
    plan(case, world.case_worker)
    Participant.objects.update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
    person = Participant.objects.get(pk=case.participant_id)
    (text,) = pages(client.post(pdf_url).content)
    assert "Min plan" in text
    for hidden in ("Ibrahim", "Mohamud", person.alias):
        assert hidden not in text
    assert "Skyddade personuppgifter: pappret har inget namn." in text_of(client.get(url))


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("Ibrahim", "Ibrahims plan"),
        ("Lars", "Lars plan"),
        ("Max", "Max plan"),
        ("Anna-Lísa", "Anna-Lísas plan"),
        ("Đặng", "Đặngs plan"),
        ("محمد", "Min plan"),
        ("Олена", "Min plan"),
        ("", "Min plan"),
    ],
)
def test_the_heading_is_the_first_name_where_swedish_can_bend_it(case, name, heading) -> None:
    PersonIdentity.objects.filter(participant=case.participant).update(given_name=name)
    assert heading_of(Participant.objects.select_related("identity").get(pk=case.participant_id)) == heading


def test_text_from_right_to_left_is_there_to_be_read(world, client, case, pdf_url) -> None:
    plan(case, world.case_worker, milestones=[MilestoneRecord(text="כתיבת קורות חיים")])
    assert faults(client.post(pdf_url).content) == []


def test_nothing_is_made_without_a_plan(client, case, url, pdf_url) -> None:
    assert (client.get(url).status_code, client.post(pdf_url).status_code) == (404, 404)


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 403), ("af_case_worker", 404), ("project_leader", 404), ("outsider", 404)],
)
def test_only_who_works_with_the_plan_makes_it(world, log_in, case, url, pdf_url, who, status) -> None:
    plan(case, world.case_worker)
    other = log_in(getattr(world, who))
    assert (other.get(url).status_code, other.post(pdf_url).status_code) == (status, status)


def test_the_plan_and_the_case_lead_to_it(world, client, case, url) -> None:
    assert url not in client.get(case.get_absolute_url()).content.decode()
    plan(case, world.case_worker, week=AGREED)
    for page in (reverse("plan_detail", args=[case.public_id]), case.get_absolute_url()):
        assert f'href="{url}"' in client.get(page, follow=True).content.decode()
