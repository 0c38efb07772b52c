"""Note, plan and kartläggning as plain text to paste into one's own journal: what the reader may read, and no more."""

import html
import re

import pytest
from django.urls import reverse

from actionplans.plans.actions import MilestoneRecord
from core.days.dates import today
from core.enums import Category
from core.swedish.words import day
from participants.areas.actions import AreaReply
from participants.areas.corrections import correct_area
from participants.assessment.corrections import take_back_assessment
from projects.enums import AssessmentArea
from tests.world import consent_rows as consents
from tests.world.areas import mapped
from tests.world.cases import days_ago, met, plan, started
from tests.world.factories import CaseAssignmentFactory

_TEXT = re.compile(r'<pre class="copied" id="copy-text"[^>]*>\n?(.*?)</pre>', re.DOTALL)


@pytest.fixture
def case(world):
    return started(world.enrolment, 40)


def copied(client, url: str) -> list[str]:
    """Each line of the text that is there to copy; none where there is no such text."""
    found = _TEXT.findall(client.get(url).content.decode())
    lines = html.unescape(found[0]).replace("\xa0", " ").splitlines() if found else []
    return [line for line in lines if line]


def test_a_kartlaggning(world, log_in, case) -> None:
    fact = mapped(case, world.case_worker, on=days_ago(5), summary="Vill arbeta <ute> & nu.", own_words="Jag kan.")
    said = fact.work.answers.get(area=AssessmentArea.BACKGROUND)
    correct_area(answer=said, reply=AreaReply("Ny"), why="Fel", by=world.case_worker)
    lines = copied(log_in(world.case_worker), fact.get_absolute_url())
    on, now = day(days_ago(5)).replace("\xa0", " "), day(today()).replace("\xa0", " ")
    assert lines == [
        f"Kartläggning {on}, Vuxenenheten",
        "Sammanfattning", "Vill arbeta <ute> & nu.",
        "1. Behov av anpassning", "Svar adaptation",
        "2. Intressen, styrkor och erfarenheter", "Ny",
        "3. Deltagarens egen syn", "Svar own_view",
        "4. Det som motiverar", "Svar motivation",
        "5. Hälsa och vanor", "Svar health",
        "Med egna ord", f"{now}: Jag kan.",
    ]  # fmt: skip
    take_back_assessment(assessment=fact, reason="Fel.", by=world.case_worker)
    assert copied(log_in(world.coordinator), fact.get_absolute_url()) == []


def test_a_meeting_without_what_was_said_before(world, log_in, case) -> None:
    meeting = met(case, world.case_worker, days_ago(3), text="Kom i tid.")
    lines = copied(log_in(world.case_worker), meeting.get_absolute_url())
    assert lines[0].endswith("Vuxenenheten")
    assert "Kom i tid." in lines
    assert any(line.startswith("Med på mötet: deltagaren") for line in lines)


def test_a_plan(world, log_in, case) -> None:
    plan(case, world.case_worker, milestones=[MilestoneRecord(text="Skriva CV")])
    lines = copied(log_in(world.case_worker), reverse("plan_detail", args=[case.public_id]))
    assert lines[0].startswith("Handlingsplan 1, från")
    assert "Skriva CV (planerat)" in lines
    assert any(line.startswith("Nästa uppföljning: ") for line in lines)


@pytest.mark.parametrize("opens_health", [True, False])
def test_another_party_copies_what_consent_opens_and_no_more(world, log_in, case, opens_health) -> None:
    fact = mapped(case, world.case_worker, on=days_ago(5), summary="Vill arbeta ute.")
    CaseAssignmentFactory(enrolment=case, user=world.af_case_worker, role="contact")
    kinds = [Category.IDENTITY, Category.ASSESSMENT, *([Category.HEALTH] if opens_health else [])]
    consents.give(case, [world.af], kinds, by=world.case_worker)
    lines = copied(log_in(world.af_case_worker), fact.get_absolute_url())
    assert "Svar motivation" in lines
    assert ("Svar health" in lines) is opens_health
