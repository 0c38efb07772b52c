"""Meetings where several organisations read: who is let in to a note, a guest's own meetings, and what becomes of what
is written when the case closes meanwhile."""

import re

import pytest
from django.urls import reverse

from actionplans.models import Meeting, MeetingParagraph, StepAssessment
from core.days.dates import today
from core.enums import Category
from participants.models import CaseAssignment, KeptNote
from tests.world import consent_rows as consents
from tests.world.case_rows import assign_contact
from tests.world.cast import Cast
from tests.world.cast.rows import KEPT
from tests.world.pages import fill, forms_on

pytestmark = pytest.mark.django_db
SAID = "Ord som inte får försvinna."


@pytest.fixture
def case(cast: Cast):
    found = cast.cases.of_hanna.enrolment
    assign_contact(found, cast.alva)
    return found


@pytest.fixture
def guest(cast: Cast):
    return cast.client(cast.alva)


def address(case):
    return reverse("meeting_create", args=[case.public_id])


def share(cast: Cast, case, *categories):
    return consents.give(case, [cast.world.af], list(categories), by=cast.hanna)


def latest():
    return MeetingParagraph.objects.latest("pk")


# --- Who reads a note ------------------------------------------------------------------------------------------------


def test_without_consent_nobody_is_asked_and_only_the_own_organisation_reads(cast: Cast, case):
    client = cast.client(cast.hanna)
    data = fill(client, address(case), text=SAID)
    assert "readers" not in data
    client.post(address(case), data)
    assert (latest().body.text, latest().reader_level) == (SAID, "own")


def test_with_consent_the_note_is_shared_unless_one_says_otherwise(cast: Cast, case, guest):
    share(cast, case, Category.MEETINGS)
    client = cast.client(cast.hanna)
    data = fill(client, address(case), text=SAID)
    assert data["readers"] == "consented"
    client.post(address(case), data)
    assert SAID in guest.get(case.get_absolute_url()).content.decode()
    data = fill(client, address(case), text="Bara vi", readers="own")
    client.post(address(case), data)
    assert "Bara vi" not in guest.get(case.get_absolute_url()).content.decode()


def test_a_consent_withdrawn_meanwhile_keeps_the_note_in_the_house_and_says_so(cast: Cast, case):
    consent = share(cast, case, Category.MEETINGS)
    client = cast.client(cast.hanna)
    data = fill(client, address(case), text=SAID)
    consents.withdraw(consent, Category.MEETINGS)
    said = client.post(address(case), data, follow=True).content.decode()
    assert (latest().body.text, latest().reader_level) == (SAID, "own")
    assert "Anteckningen kan bara läsas av er." in said


def test_the_page_of_the_meeting_says_who_reads_the_note(cast: Cast, case):
    share(cast, case, Category.MEETINGS)
    client = cast.client(cast.hanna)
    for readers, others in (("consented", True), ("own", False)):
        client.post(address(case), fill(client, address(case), text=SAID, readers=readers))
        page = client.get(latest().meeting.get_absolute_url()).content.decode()
        said = re.search(r"Kan läsas av: ([^<]*)", page)[1]
        assert said.startswith(str(cast.world.ame))
        assert (str(cast.world.af) in said) == others


def test_a_corrected_note_keeps_its_readers(cast: Cast, case):
    share(cast, case, Category.MEETINGS)
    client = cast.client(cast.hanna)
    client.post(address(case), fill(client, address(case), text=SAID))
    correct = reverse("meeting_correct", args=[latest().public_id])
    client.post(correct, fill(client, correct, text="Rättat"))
    assert (latest().body.text, latest().reader_level, latest().version) == ("Rättat", "consented", 2)


# --- A guest's own meetings -----------------------------------------------------------------------------------------


def test_a_guest_logs_a_meeting_of_the_own_organisation(cast: Cast, case, guest):
    share(cast, case, Category.PLAN)
    case.refresh_from_db()
    before = (case.next_contact_on, StepAssessment.objects.count())
    page = guest.get(address(case)).content.decode()
    assert "Bedömer ni ett steg?" not in page
    assert "För att bedöma" not in page
    reply = guest.post(address(case), fill(guest, address(case), text=SAID))
    meeting = Meeting.objects.latest("pk")
    assert reply["Location"] == meeting.get_absolute_url()
    assert meeting.owner == cast.world.af
    case.refresh_from_db()
    assert (case.next_contact_on, StepAssessment.objects.count()) == before
    assert SAID in guest.get(meeting.get_absolute_url()).content.decode()
    owner = cast.client(cast.hanna)
    assert owner.get(meeting.get_absolute_url()).status_code == 404
    assert SAID not in owner.get(case.get_absolute_url()).content.decode()


def test_a_guest_cannot_assess_a_step_by_sending_one(cast: Cast, case, guest):
    share(cast, case, *Category)
    before = StepAssessment.objects.count()
    guest.post(address(case), fill(guest, address(case), text=SAID) | {"step": "1", "outcome": "cleared"})
    assert StepAssessment.objects.count() == before


# --- The case closes while somebody writes ------------------------------------------------------------------------


def withdrawn(cast: Cast, case, consent):
    consents.withdraw(consent, *Category)


def unassigned(cast: Cast, case, consent):
    CaseAssignment.objects.filter(user=cast.alva, enrolment=case).update(valid_until=today())


@pytest.mark.parametrize(
    ("closing", "finder"),
    [(withdrawn, lambda cast: cast.alva), (unassigned, lambda cast: cast.sune)],
    ids=["alva", "sune"],
)
def test_what_a_guest_wrote_is_kept_for_the_own_organisation(cast: Cast, case, guest, closing, finder):
    """The owner's forms are tried in tests/guards/test_closed_cases.py; this is the one that others may fill in."""
    consent = share(cast, case, *Category)
    form = forms_on(guest, address(case))[-1]
    data = {**form.values, "text": SAID}
    closing(cast, case, consent)
    for _ in range(2):
        said = guest.post(address(case), data).content.decode()
        assert "Texten du skrev är sparad" in said
        assert SAID in said
        assert [secret for secret in ("Kanariehök", "Kanarietext", case.participant.alias) if secret in said] == []
    note = KeptNote.objects.exclude(body__text=KEPT).get()
    assert (note.owner, note.body.text) == (cast.world.af, f"Vilken dag? {today()}\nVad sas? {SAID}")
    found = cast.client(finder(cast)).get(case.get_absolute_url()).content.decode()
    assert SAID in found
    assert SAID not in cast.client(cast.hanna).get(case.get_absolute_url()).content.decode()
