"""Pages that were open, and drafts that were kept, when something was found on the wrong person."""

import pytest
from django.urls import reverse

from actionplans.models import Meeting, MeetingParagraph, PlanRevision
from core.forms.saving import ABOUT_ANOTHER
from core.models import Draft
from participants.enums import CaseRole, ExitReason, MisplacedWay
from participants.exits.actions import end_enrolment
from participants.exits.misplaced import put_exit_right
from participants.models import Enrolment
from projects.enums import Role
from tests.world.canary import rows_with
from tests.world.cases import days_ago, met, plan
from tests.world.factories import CaseAssignmentFactory
from tests.world.forms import text_of
from tests.world.pages import mark, shown, typed
from tests.world.worlds import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

CANARY = "Kanarietext om barnet"
KEEP = "/utkast/spara/"
MOVES = pytest.mark.parametrize("moves", [True, False], ids=["moved", "taken away"])


@pytest.fixture
def colleague(world, wrong, right, log_in):
    kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    for case in (wrong, right):
        CaseAssignmentFactory(enrolment=case, user=kim, role=CaseRole.SUBSTITUTE)
    return log_in(kim)


@pytest.fixture
def meeting(world, wrong) -> Meeting:
    return met(wrong, world.case_worker, days_ago(3), text=CANARY)


@pytest.fixture
def revision(world, wrong) -> PlanRevision:
    return plan(wrong, world.case_worker, valid_on=days_ago(20), main_activity=CANARY)


def put_right(client, fact: Meeting | PlanRevision, right: Enrolment | None) -> None:
    name = "meeting_misplaced" if isinstance(fact, Meeting) else "revision_misplaced"
    address = reverse(name, args=[fact.public_id])
    way = MisplacedWay.MOVED_AWAY if right else MisplacedWay.TAKEN_AWAY
    sent = shown(client.get(address).context["form"]) | {"way": way, "right": str(right.public_id) if right else ""}
    assert client.post(address, sent).status_code == 302


def correction_of(meeting: Meeting) -> str:
    return reverse("meeting_correct", args=[MeetingParagraph.objects.get(meeting=meeting).public_id])


def next_plan_of(case: Enrolment) -> str:
    return reverse("plan_edit", args=[case.public_id])


@MOVES
def test_a_page_of_the_note_from_before_keeps_no_draft(wrong, right, meeting, client, moves) -> None:
    data = typed(client, correction_of(meeting), text=f"{CANARY}, rättat")
    put_right(client, meeting, right if moves else None)
    answer = client.post(KEEP, data)
    assert (answer.status_code, "kept_at" in answer.json()) == (409, False)
    assert "har ändrats sedan du öppnade sidan" in answer.json()["fault"]
    assert not Draft.objects.exists()
    assert moves or rows_with([CANARY]) == []


@MOVES
def test_a_draft_of_the_next_plan_holds_nothing_of_the_plan(wrong, right, revision, client, colleague, moves) -> None:
    data = typed(colleague, next_plan_of(wrong), w1_what="Fredag")
    colleague.post(KEEP, data)
    assert CANARY in str(Draft.objects.get().data)
    put_right(client, revision, right if moves else None)
    colleague.post(KEEP, data)
    assert not Draft.objects.exists()
    assert moves or rows_with([CANARY]) == []


def test_words_that_have_nothing_to_do_with_it_are_kept(wrong, right, meeting, client, colleague) -> None:
    addresses = [next_plan_of(wrong), reverse("meeting_create", args=[wrong.public_id])]
    sent = [typed(colleague, address, w1_what="Fredag", text="Eget") for address in addresses]
    for data in sent:
        colleague.post(KEEP, data)
    put_right(client, meeting, right)
    assert Draft.objects.count() == 2
    Draft.objects.all().delete()
    for data in sent:
        colleague.post(KEEP, data)
    assert Draft.objects.count() == 2


def test_the_right_persons_pages_from_before_go_on_keeping_drafts(world, wrong, right, meeting, client) -> None:
    data = typed(client, correction_of(met(right, world.case_worker, days_ago(5), text="Annat")), text="Ett annat")
    put_right(client, meeting, right)
    client.post(KEEP, data)
    assert Draft.objects.get().subject == right.public_id


@pytest.mark.parametrize(
    ("name", "words"), [("meeting_correct", {"text": "Barnet är sjukt."}), ("meeting_edit", {"why": "Mamman ringde."})]
)
def test_a_page_from_before_is_saved_on_the_other_person_only_when_asked(
    wrong, right, meeting, client, colleague, name, words
) -> None:
    address = correction_of(meeting) if name == "meeting_correct" else reverse(name, args=[meeting.public_id])
    extra = words if name == "meeting_correct" else {**words, "others": "Mamman"}
    data = typed(colleague, address, **extra)
    put_right(client, meeting, right)
    answer = colleague.post(address, data)
    assert ABOUT_ANOTHER in text_of(answer)
    assert next(iter(words.values())) in answer.content.decode()
    assert "Vilgot" in text_of(answer)
    assert not Draft.objects.exists()
    notes = MeetingParagraph.objects.filter(meeting__enrolment=right)
    assert (Meeting.objects.filter(enrolment=right).count(), notes.count()) == (1, 1)
    assert colleague.post(address, {**data, **shown(answer.context["form"]), "page": mark(answer)}).status_code == 302


def test_a_second_press_of_the_move_is_no_page_about_another_person(wrong, right, meeting, client) -> None:
    address = reverse("meeting_misplaced", args=[meeting.public_id])
    data = typed(client, address, way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))
    assert [client.post(address, data).status_code for _ in range(2)] == [302, 302]


@MOVES
def test_a_plan_that_was_open_writes_nothing_of_it_again(wrong, right, revision, client, colleague, moves) -> None:
    """However often it is sent: the page that answers must not hold the words."""
    edit = next_plan_of(wrong)
    page = colleague.get(edit)
    sent = shown(page.context["form"]) | {"w1_what": "Tisdagar", "page": mark(page)}
    put_right(client, revision, right if moves else None)
    for _ in range(2):
        answer = colleague.post(edit, sent, follow=True)
        html = answer.content.decode()
        assert "är flyttat sedan du öppnade den" in html
        assert 'name="main_activity"' not in html
    assert not PlanRevision.objects.placed().filter(enrolment=wrong).exists()


def test_an_exit_that_was_open_ends_nobody_by_it_again(wrong, right, client, colleague, world) -> None:
    ended = end_enrolment(
        enrolment=wrong, exited_on=days_ago(2), reason=ExitReason.WORK, comment=CANARY, by=world.case_worker
    )
    edit = reverse("enrolment_exit", args=[wrong.public_id])
    page = colleague.get(edit)
    sent = shown(page.context["form"]) | {"why": "Fel dag.", "exited_on": days_ago(3), "page": mark(page)}
    put_exit_right(ending=ended, right=right, by=world.case_worker)
    answer = colleague.post(edit, sent, follow=True)
    assert "är flyttat sedan du öppnade den" in answer.content.decode()
    wrong.refresh_from_db()
    assert wrong.exited_on is None
