"""Pages that were open when what they are about was taken away, or moved to a case that their user doesn't see."""

import pytest
from django.test import Client
from django.urls import reverse

from actionplans.misplaced.actions import put_meeting_right
from actionplans.models import Meeting, MeetingParagraph
from core.enums import Category
from core.models import Draft
from participants.enums import CaseRole, MisplacedWay
from participants.guards import NOT_HERE
from participants.models import CaseAssignment, Enrolment
from projects.enums import Role
from tests.world import consents
from tests.world.canary import rows_with
from tests.world.cases import days_ago, met
from tests.world.factories import CaseAssignmentFactory
from tests.world.forms import text_of
from tests.world.pages import fill, typed
from tests.world.worlds import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

TYPED = "Kanarietext om vilan"
MOVES = pytest.mark.parametrize("moves", [True, False], ids=["moved", "taken away"])


@pytest.fixture
def author(world, log_in) -> Client:
    return log_in(world.case_worker)


@pytest.fixture
def colleague(world, wrong, log_in) -> Client:
    kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=wrong, user=kim, role=CaseRole.SUBSTITUTE)
    return log_in(kim)


@pytest.fixture
def meeting(world, wrong) -> Meeting:
    return met(wrong, world.case_worker, days_ago(3))


def put_right(client: Client, meeting: Meeting, right: Enrolment | None) -> None:
    address, sent = _removal(client, meeting, right)
    assert client.post(address, sent).status_code == 302


def _removal(client: Client, meeting: Meeting, right: Enrolment | None) -> tuple[str, dict[str, str]]:
    address = reverse("meeting_misplaced", args=[meeting.public_id])
    way = MisplacedWay.MOVED_AWAY if right else MisplacedWay.TAKEN_AWAY
    return address, fill(client, address, way=way, right=str(right.public_id) if right else "")


def test_the_pages_of_what_was_taken_away_lead_to_its_case(wrong, meeting, author, colleague) -> None:
    put_right(author, meeting, None)
    for name in ("meeting_detail", "meeting_edit", "meeting_misplaced", "meeting_take_back"):
        answer = colleague.get(reverse(name, args=[meeting.public_id]), follow=True)
        assert answer.context["enrolment"] == wrong
        assert NOT_HERE in text_of(answer)


@MOVES
def test_a_removal_in_a_second_tab_leads_to_the_case(wrong, right, meeting, author, moves) -> None:
    """The other tab's form is another form: no second press of the first."""
    address, sent = _removal(author, meeting, None)
    put_right(author, meeting, right if moves else None)
    answer = author.post(address, sent, follow=True)
    assert answer.status_code == 200


@MOVES
def test_what_was_typed_about_it_is_shown_once_and_kept_nowhere(
    wrong, right, meeting, author, colleague, moves
) -> None:
    address = reverse("meeting_correct", args=[MeetingParagraph.objects.get(meeting=meeting).public_id])
    data = typed(colleague, address, text=TYPED)
    put_right(author, meeting, right if moves else None)
    answer = colleague.post(address, data)
    assert (answer.status_code, TYPED in text_of(answer), NOT_HERE in text_of(answer)) == (200, True, True)
    assert wrong.get_absolute_url() in answer.content.decode()
    assert not Draft.objects.exists()
    assert rows_with([TYPED]) == []


def test_who_does_not_see_the_case_finds_nothing(wrong, meeting, world, author, colleague, log_in) -> None:
    address = reverse("meeting_correct", args=[MeetingParagraph.objects.get(meeting=meeting).public_id])
    data = typed(colleague, address, text=TYPED)
    put_right(author, meeting, None)
    CaseAssignment.objects.filter(enrolment=wrong).exclude(user=world.case_worker).delete()
    stranger = log_in(member(world.project, world.af, Role.CASE_WORKER, "Stina Främling"))
    for client in (colleague, stranger):
        assert client.post(address, data).status_code == 404
        assert client.get(address).status_code == 404


def test_another_organisation_is_told_nothing_of_it(world, log_in) -> None:
    case = consents.gather(world)
    meeting = met(case.enrolment, case.worker, days_ago(0))
    case.give(Category.MEETINGS)
    guest = log_in(case.guest)
    assert guest.get(meeting.get_absolute_url()).status_code == 200
    put_meeting_right(meeting=meeting, right=None, by=case.worker)
    assert guest.get(meeting.get_absolute_url()).status_code == 404
