"""Drafts on a page whose case closed to their author: kept words are no draft, and no line leads to a closed page."""

import re
from html import unescape

import pytest
from django.urls import reverse

from core.enums import Category
from core.models import Draft
from participants.consent.actions import withdraw_consent
from participants.enums import ConsentForm
from participants.models import KeptNote
from tests.world import consents
from tests.world.pages import fill, mark, typed

KEEP = "/utkast/spara/"


@pytest.fixture
def case(world) -> consents.Round:
    return consents.gather(world)


@pytest.fixture
def page(case) -> str:
    return reverse("meeting_create", args=[case.enrolment.public_id])


def test_words_that_were_kept_are_no_draft(case, page, log_in) -> None:
    consent, guest = case.give(Category.IDENTITY, Category.MEETINGS), log_in(case.guest)
    shown = guest.get(page)
    ticket = re.search(r'name="ticket" value="([^"]+)"', shown.content.decode())[1]
    sent = fill(guest, page, text="Kom i tid.") | {"page": mark(shown), "ticket": unescape(ticket)}
    guest.post(KEEP, typed(guest, page, text="Kom i tid."))
    assert Draft.objects.exists()
    withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)
    assert "är sparad" in guest.post(page, sent).content.decode()
    assert "Kom i tid." in KeptNote.objects.get().body.text
    assert not Draft.objects.exists()


def test_a_draft_in_a_closed_case_leads_to_its_words_alone(case, page, log_in) -> None:
    consent, guest = case.give(Category.IDENTITY, Category.MEETINGS), log_in(case.guest)
    guest.post(KEEP, typed(guest, page, text="Kom i tid."))
    withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)
    (line,) = guest.get(reverse("draft_list")).context["drafts"]
    html = guest.get(line.url).content.decode()
    assert "Kom i tid." in html
    assert "Fortsätt på sidan" not in html
    assert "Till ärendet" not in html


def test_who_may_still_read_what_the_own_organisation_wrote_is_led_there(case, page, log_in) -> None:
    consent, guest = case.give(Category.IDENTITY, Category.MEETINGS), log_in(case.guest)
    shown = guest.get(page)
    ticket = re.search(r'name="ticket" value="([^"]+)"', shown.content.decode())[1]
    sent = fill(guest, page, text="Kom i tid.") | {"page": mark(shown), "ticket": unescape(ticket)}
    withdraw_consent(consent=consent, form=ConsentForm.ORAL, by=case.worker)
    for _ in range(2):
        html = guest.post(page, sent).content.decode()
        assert "Ärendet stängdes medan du skrev" in html
        assert "inte längre öppet" not in html
        assert f'href="{case.enrolment.get_absolute_url()}"' in html
    assert guest.get(case.enrolment.get_absolute_url()).status_code == 200
