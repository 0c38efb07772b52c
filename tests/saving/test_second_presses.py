"""A form that is sent again once what its first press made has been undone, or what stood in its way has gone."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.days.dates import today
from core.enums import Category
from core.forms.saving import ALREADY
from core.swedish.words import day
from participants.enums import ExitReason, VoidState
from participants.exits.actions import end_enrolment, reopen_enrolment
from participants.models import CaseAssignment, EmergencyAccess
from participants.void import chain
from projects.enums import Role
from tests.world import consents
from tests.world.areas import begun
from tests.world.factories import CaseAssignmentFactory, PersonalNumberFactory
from tests.world.pages import fill, forms_on
from tests.world.worlds import member

WHY = "Skrevs in i fel projekt, ska vara hos grannkommunen"
HOME = "https://samverkan.example.se/"


def _said(client: Client, url: str, data: dict[str, Any]) -> list[str]:
    """What a press says; what earlier ones said has been read by then."""
    client.get("/konto/losenord/", follow=True)
    client.get(reverse("home"), follow=True)
    answer = client.post(url, data)
    assert answer.status_code == 302
    return [str(message) for message in list(get_messages(answer.wsgi_request))]


def test_a_case_that_was_open_already_is_opened_by_the_same_form_later(world, log_in) -> None:
    """Nothing was opened by the first press, so the second one isn't its echo."""
    number = PersonalNumberFactory(participant=world.enrolment.participant)
    colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    helping = CaseAssignmentFactory(enrolment=world.enrolment, user=colleague, role="substitute")
    client, url = log_in(colleague), reverse("emergency_open")
    data = fill(client, url, number=number.value, reason="Hon ringde från akuten och behöver intyget i dag")
    assert _said(client, url, data) == ["Ärendet är redan öppet för dig."]
    assert not EmergencyAccess.objects.exists()
    CaseAssignment.objects.filter(pk=helping.pk).update(valid_from=today() - timedelta(days=9), valid_until=today())
    answer = client.post(url, data)
    assert EmergencyAccess.objects.get().enrolment == world.enrolment
    assert client.get(answer["Location"]).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        later = log_in(colleague).post(url, data, follow=True)
    assert later.status_code == 200
    assert "Nödöppningen har upphört" in later.content.decode()


def test_an_exit_that_is_taken_back_and_made_again_is_not_called_taken_back(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    end_enrolment(enrolment=case, exited_on=today(), reason=ExitReason.WORK, by=world.case_worker)
    url = reverse("enrolment_reopen", args=[case.public_id])
    data = fill(client, url, reason="Hon slutade inte.")
    assert "är återtaget och räknas inte längre." in _said(client, url, data)[0]
    end_enrolment(enrolment=case, exited_on=today(), reason=ExitReason.MOVED, by=world.case_worker)
    assert _said(client, url, data) == [ALREADY]
    case.refresh_from_db()
    assert case.exited_on == today()


def test_an_exit_that_was_taken_back_is_not_said_to_stand(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    url = reverse("enrolment_exit", args=[case.public_id])
    data = fill(client, url, exited_on=today().isoformat(), reason="work")
    (said,) = _said(client, url, data)
    assert said.startswith("Inskrivningen är avslutad.")
    reopen_enrolment(enrolment=case, by=world.case_worker)
    assert _said(client, url, data) == [ALREADY]


def test_a_question_that_was_dropped_is_not_said_to_wait(world, log_in) -> None:
    client, case = log_in(world.case_worker), world.enrolment
    url = reverse("void_ask", args=[case.public_id])
    data = fill(client, url, why=WHY)
    assert "Du har begärt felregistrering." in _said(client, url, data)[0]
    chain.drop_void(enrolment=case, by=world.case_worker)
    assert _said(client, url, data) == [ALREADY]
    assert not case.voidings.current().filter(state=VoidState.ASKED).exists()


def test_a_wrong_registration_that_stands_again_is_not_said_to_count(world, log_in) -> None:
    client, case = log_in(world.coordinator), world.enrolment
    url = reverse("void_undo", args=[case.public_id])

    def mark() -> None:
        chain.ask_to_void(enrolment=case, why=WHY, home=HOME, by=world.case_worker)
        chain.confirm_void(enrolment=case, home=HOME, by=world.coordinator)

    mark()
    data = fill(client, url, why="Det var rätt person ändå")
    assert _said(client, url, data) == ["Inskrivningen räknas igen."]
    mark()
    assert _said(client, url, data) == [ALREADY]


def test_a_consent_that_was_renewed_and_taken_back_is_not_said_to_hold(world, log_in) -> None:
    case = consents.gather(world)
    consent = case.give(Category.PLAN, last=today() + timedelta(days=20))
    client, url = log_in(case.worker), reverse("consent_renew", args=[consent.public_id])
    page = reverse("consent_list", args=[case.enrolment.public_id])
    data = next(form.values for form in forms_on(client, page) if url in form.targets)
    assert "Samtycket är förnyat" in _said(client, url, data)[0]
    assert _said(client, url, data) == [ALREADY]


@pytest.mark.parametrize("presses", [2, 3])
def test_a_button_that_is_pressed_many_times_has_one_receipt(world, log_in, presses: int) -> None:
    client = log_in(world.case_worker)
    url = reverse("assessment_complete", args=[begun(world.enrolment, world.case_worker).public_id])
    data = fill(client, url, completed_on=today().isoformat())
    for _ in range(presses):
        answer = client.post(url, data)
    page = client.get(answer["Location"]).content.decode()
    receipt = f"Kartläggningen är sparad. Den blev klar {day(today())}."
    assert (page.count(receipt), page.count(ALREADY)) == (1, 0)


def test_a_correction_without_a_change_says_so_and_uses_no_token(world, log_in) -> None:
    client = log_in(world.case_worker)
    url = reverse("enrolment_correct", args=[world.enrolment.public_id])
    data = fill(client, url)
    for _ in range(2):
        assert _said(client, url, data) == ["Du ändrade ingenting, så uppgifterna står kvar som de var."]
