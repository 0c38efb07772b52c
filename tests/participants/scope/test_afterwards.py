"""Another party when no consent opens anything any more: it reads what it has written, puts that right, writes nothing
new."""

import re
from html import unescape

import pytest
from django.urls import reverse

from actionplans.models import Meeting
from core.enums import Category
from participants.consent.actions import withdraw_consent
from participants.enums import ConsentForm
from participants.models import KeptNote
from tests.world import consents
from tests.world.pages import fill, mark, submit

WHY = "Inget samtycke gäller längre för er i det här ärendet"


@pytest.fixture
def case(world) -> consents.Round:
    return consents.gather(world)


@pytest.fixture
def page(case) -> str:
    return reverse("meeting_create", args=[case.enrolment.public_id])


def withdraw(case, consent) -> None:
    withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)


@pytest.fixture
def guest(case, page, log_in):
    """A guest who has written a meeting, and has a form open, when the consent is withdrawn."""
    consent, guest = case.give(Category.IDENTITY, Category.MEETINGS), log_in(case.guest)
    assert submit(guest, page, text="Vi sågs på AF.").status_code == 302
    shown = guest.get(page)
    ticket = re.search(r'name="ticket" value="([^"]+)"', shown.content.decode())[1]
    guest.sent = fill(guest, page, text="Kom i tid.") | {"page": mark(shown), "ticket": unescape(ticket)}
    withdraw(case, consent)
    return guest


def test_the_form_that_was_open_keeps_its_words_and_makes_no_meeting(guest, page) -> None:
    for _ in range(2):
        html = guest.post(page, guest.sent).content.decode()
        assert "Ärendet stängdes medan du skrev" in html
        assert "Kom i tid." in html
    assert Meeting.objects.count() == 1
    assert "Kom i tid." in KeptNote.objects.get().body.text


def test_no_page_for_something_new_opens_and_it_says_why(case, guest, page) -> None:
    answer = guest.get(page)
    assert (answer.status_code, WHY in answer.content.decode()) == (403, True)
    assert guest.post(page, {"text": "Kom i tid."}).status_code == 403
    assert Meeting.objects.count() == 1
    shown = guest.get(case.enrolment.get_absolute_url())
    assert shown.status_code == 200
    assert page not in shown.content.decode()


def test_what_was_kept_opens_the_case_to_be_read_and_nothing_more(case, page, log_in) -> None:
    consent, guest = case.give(Category.IDENTITY, Category.MEETINGS), log_in(case.guest)
    shown = guest.get(page)
    ticket = re.search(r'name="ticket" value="([^"]+)"', shown.content.decode())[1]
    sent = fill(guest, page, text="Kom i tid.") | {"page": mark(shown), "ticket": unescape(ticket)}
    withdraw(case, consent)
    guest.post(page, sent)
    assert guest.get(case.enrolment.get_absolute_url()).status_code == 200
    assert (guest.get(page).status_code, guest.post(page, {"text": "Mer."}).status_code) == (403, 403)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("meeting_detail", 200),
        ("meeting_edit", 403),
        ("meeting_take_back", 200),
        ("meeting_misplaced", 200),
    ],
)
def test_the_own_meeting_is_read_and_put_right(guest, address, status) -> None:
    assert guest.get(reverse(address, args=[Meeting.objects.get().public_id])).status_code == status


def test_its_note_gets_no_other_words(guest) -> None:
    meeting = Meeting.objects.get()
    note = reverse("meeting_correct", args=[meeting.paragraphs.get().public_id])
    assert guest.get(note).status_code == guest.post(note, {"text": "Annat."}).status_code == 403
    html = guest.get(meeting.get_absolute_url()).content.decode()
    assert note not in html
    assert reverse("meeting_edit", args=[meeting.public_id]) not in html


def test_the_own_meeting_is_taken_back(guest) -> None:
    meeting = Meeting.objects.get()
    page = reverse("meeting_take_back", args=[meeting.public_id])
    assert submit(guest, page, reason="Mötet blev aldrig av.").status_code == 302
    assert not Meeting.objects.current().exists()


def test_a_new_consent_lets_the_party_write_again(case, guest, page) -> None:
    case.give(Category.IDENTITY)
    assert submit(guest, page, text="Vi sågs igen.").status_code == 302
    assert Meeting.objects.count() == 2
