"""Reasons in own words stand beside the log, and can't be changed there unseen; blanking and lawful redaction can."""

import pytest
from django.db import connection

from accounts.enums import AccessKind
from accounts.log.access import broken_links, log_access
from accounts.log.triggers import install_triggers, lift_triggers
from accounts.models import AccessEvent, AccessNote
from core.facts import digest
from core.models import TextBody
from tests.world.factories import UserFactory

pytestmark = pytest.mark.django_db

WORDS = "Till förvaltningsrätten i mål 12"


@pytest.fixture
def event():
    user = UserFactory()
    log_access(user=user, kind=AccessKind.READ, part="home")
    return log_access(
        user=user, kind=AccessKind.EXPORT, part="participant_extract_pdf", reason="Annat skäl", note=WORDS
    )


def broken(event):
    return broken_links(event.user)


def test_words_as_they_were_written_are_whole(event):
    assert broken(event) == []


def test_other_words_are_found_even_with_a_digest_that_fits_them(event):
    body = TextBody.objects.filter(pk=event.note.body_id)
    body.update(text="Deltagaren bad om det")
    assert broken(event) == [2]
    row = body.get()
    body.update(digest=digest(row.text, row.salt))
    assert broken(event) == [2]


def test_another_body_in_its_place_and_none_at_all_are_found(event):
    lift_triggers()
    try:
        AccessNote.objects.update(body=TextBody.objects.write("Något annat"))
        assert broken(event) == [2]
        AccessNote.objects.all().delete()
        assert broken(event) == [2]
    finally:
        install_triggers()


def test_a_digest_taken_away_from_the_event_is_found(event):
    lift_triggers()
    try:
        AccessEvent.objects.filter(pk=event.pk).update(note_digest="")
        assert broken(event) == [2]
    finally:
        install_triggers()


def test_blanked_words_are_whole(event):
    TextBody.objects.filter(pk=event.note.body_id).update(text="")
    assert broken(event) == []


def test_events_from_before_there_was_a_digest_stay_valid():
    """As a database of an earlier release has them; tests/upgrades walks such a log."""
    user = UserFactory()
    event = log_access(user=user, kind=AccessKind.READ, part="home")
    AccessNote.objects.create(event=event, body=TextBody.objects.write(WORDS))
    assert event.note_digest == ""
    assert broken_links(user) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_accessnote")
        assert cursor.fetchone()[0] == 1


def test_a_protected_name_taken_out_is_vouched_for(world):
    from participants.enums import ProtectionLevel
    from participants.protection.actions import protect_participant

    person = world.enrolment.participant
    name = person.identity.family_name
    event = log_access(
        user=world.coordinator,
        kind=AccessKind.EXPORT,
        part="participant_extract_pdf",
        persons=[person.public_id],
        reason="Annat skäl",
        note=f"{name} behöver det till sitt ombud",
    )
    protect_participant(
        level=ProtectionLevel.CONFIDENTIALITY_MARK,
        case=world.enrolment,
        responsible=world.case_worker,
        by=world.case_worker,
    )
    body = TextBody.objects.get(pk=event.note.body_id)
    assert name not in body.text
    assert broken_links(world.coordinator) == []
    TextBody.objects.filter(pk=body.pk).update(text="Något annat")
    assert broken_links(world.coordinator) == [event.number]
