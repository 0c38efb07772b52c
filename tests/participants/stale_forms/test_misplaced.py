"""A text of a form that couldn't be saved, written on the wrong person."""

import pytest
from django.urls import reverse

from participants.enums import CaseRole, MisplacedWay
from participants.models import KeptNote, Misplacement
from participants.stale_forms.kept_notes import keep_note
from projects.enums import Role
from tests.world.canary import rows_with
from tests.world.factories import CaseAssignmentFactory
from tests.world.forms import text_of
from tests.world.pages import submit
from tests.world.worlds import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

CANARY = "Kanarietext om barnet"


@pytest.fixture
def address(world) -> str:
    note = keep_note(enrolment=world.enrolment, text=CANARY, by=world.case_worker)
    return reverse("kept_note_misplaced", args=[note.public_id])


def test_the_history_leads_its_author_to_the_page(world, address, log_in) -> None:
    kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=world.enrolment, user=kim, role=CaseRole.SUBSTITUTE)
    case = world.enrolment.get_absolute_url()
    assert address in log_in(world.case_worker).get(case).content.decode()
    assert CANARY in text_of(log_in(world.case_worker).get(address))
    page = log_in(kim).get(case)
    assert (CANARY in text_of(page), address in page.content.decode()) == (True, False)
    assert log_in(kim).get(address).status_code == 403


def test_moved_it_stands_with_the_right_person_alone(world, right, address, log_in) -> None:
    client = log_in(world.case_worker)
    answer = submit(client, address, way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))
    assert answer.status_code == 302
    assert CANARY not in text_of(client.get(world.enrolment.get_absolute_url()))
    assert CANARY in text_of(client.get(right.get_absolute_url()))
    assert sorted(Misplacement.objects.values_list("enrolment", "way")) == sorted(
        [(world.enrolment.pk, MisplacedWay.MOVED_AWAY), (right.pk, MisplacedWay.CAME_HERE)]
    )


def test_taken_away_its_words_are_nowhere(world, address, log_in) -> None:
    client = log_in(world.coordinator)
    assert submit(client, address, way=MisplacedWay.TAKEN_AWAY).status_code == 302
    assert rows_with([CANARY]) == []
    assert not KeptNote.objects.placed().exists()
    assert "fel person" in text_of(client.get(world.enrolment.get_absolute_url()))
