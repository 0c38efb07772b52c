"""The ends of the chains outside the database: `write_log_heads`, `verify_log` and what they find."""

import json
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.enums import AccessKind
from accounts.log.access import log_access
from accounts.log.heads import read_heads
from accounts.log.triggers import install_triggers, lift_triggers
from accounts.models import AccessEvent, AccessHead
from tests.world.factories import EnrolmentFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def heads_file(settings, tmp_path):
    settings.LOG_HEADS_FILE = str(tmp_path / "outside" / "heads")
    return Path(settings.LOG_HEADS_FILE)


@pytest.fixture
def reader(db):
    """Somebody with five events about two persons, and a colleague with one."""
    user = UserFactory(email="lasare@example.se")
    persons = [EnrolmentFactory().participant.public_id for _ in range(2)]
    for _ in range(5):
        log_access(user=user, kind=AccessKind.READ, part="enrolment_detail", persons=persons)
    log_access(user=UserFactory(), kind=AccessKind.READ, part="home")
    return user


def verify():
    """Whether `verify_log` ended well, and which user and number it named."""
    said = StringIO()
    try:
        call_command("verify_log", format="json", stdout=said)
        is_whole = True
    except CommandError:
        is_whole = False
    answer = json.loads(said.getvalue())
    found = {(fault["user"], fault["number"]) for fault in answer["faults"]}
    assert is_whole == (not found)
    return found


def tamper(*statements):
    """Somebody with the keys to the database lifts the triggers first, and lays them again after."""
    lift_triggers()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    install_triggers()


def pk(user, number):
    return AccessEvent.objects.get(user=user, number=number).pk


def cut(user, number):
    """The statements that take away the events after a number, and rewind the head to it as if nothing had been."""
    gone = f"(SELECT id FROM accounts_accessevent WHERE user_id = {user.pk} AND number > {number})"
    end = AccessEvent.objects.get(user=user, number=number).hash if number else ""
    return (
        f"DELETE FROM accounts_accesssubject WHERE event_id IN {gone}",
        f"DELETE FROM accounts_accessevent WHERE user_id = {user.pk} AND number > {number}",
        f"UPDATE accounts_accesshead SET number = {number}, hash = '{end}' WHERE user_id = {user.pk}",
    )


def test_an_untouched_log_is_whole(reader):
    call_command("write_log_heads")
    assert verify() == set()
    said = StringIO()
    call_command("verify_log", stdout=said)
    assert "Loggen är hel." in said.getvalue()
    assert "6 händelser" in said.getvalue()


def test_a_log_that_goes_on_after_the_writing_is_whole(reader):
    call_command("write_log_heads")
    log_access(user=reader, kind=AccessKind.READ, part="home")
    assert verify() == set()


def test_the_file_holds_every_head_and_is_for_the_program_alone(reader, heads_file):
    call_command("write_log_heads")
    stored = read_heads()
    assert {user: (head.number, head.hash) for user, head in stored.heads.items()} == {
        row.pk: (row.number, row.hash) for row in AccessHead.objects.all()
    }
    assert len(stored.heads) == 2
    assert stat.S_IMODE(heads_file.stat().st_mode) == 0o600
    assert [path.name for path in heads_file.parent.iterdir()] == ["heads"], "nothing is left beside it"


def test_writing_again_changes_nothing_but_the_moment(reader):
    call_command("write_log_heads")
    first = read_heads()
    call_command("run_jobs")
    second = read_heads()
    assert second.heads == first.heads
    assert second.written_at > first.written_at


# --- The five attacks, by somebody who can lift the triggers --------------------------------------------------------


def test_a_changed_event_is_found(reader):
    call_command("write_log_heads")
    tamper(f"UPDATE accounts_accessevent SET part = 'home' WHERE id = {pk(reader, 3)}")
    assert verify() == {(reader.email, 3)}


def test_a_deleted_event_is_found(reader):
    call_command("write_log_heads")
    gone = pk(reader, 3)
    tamper(
        f"DELETE FROM accounts_accesssubject WHERE event_id = {gone}",
        f"DELETE FROM accounts_accessevent WHERE id = {gone}",
    )
    assert verify() == {(reader.email, 4)}


def test_an_inserted_event_is_found(reader):
    call_command("write_log_heads")
    columns = "user_id, organisation_id, at, kind, part, reason, request_id, subjects_count, note_digest, hash"
    copy = f"SELECT 6, {columns} FROM accounts_accessevent WHERE id = {pk(reader, 3)}"
    tamper(f"INSERT INTO accounts_accessevent (number, {columns}) {copy}")
    assert verify() == {(reader.email, 6)}


def test_swapped_events_are_found(reader):
    call_command("write_log_heads")
    two, three = pk(reader, 2), pk(reader, 3)
    tamper(
        f"UPDATE accounts_accessevent SET number = 99 WHERE id = {two}",
        f"UPDATE accounts_accessevent SET number = 2 WHERE id = {three}",
        f"UPDATE accounts_accessevent SET number = 3 WHERE id = {two}",
    )
    assert verify() >= {(reader.email, 2), (reader.email, 3)}


def test_a_tail_cut_together_with_its_head_is_found_by_the_file_alone(reader):
    call_command("write_log_heads")
    tamper(*cut(reader, 3))
    assert verify() == {(reader.email, 5)}


def test_a_whole_chain_cut_off_with_its_head_is_found(reader):
    call_command("write_log_heads")
    tamper(*cut(reader, 0))
    assert verify() == {(reader.email, 5)}


def test_a_tail_that_was_cut_and_has_grown_out_again_is_found(reader):
    call_command("write_log_heads")
    tamper(*cut(reader, 3))
    for _ in range(4):
        log_access(user=reader, kind=AccessKind.READ, part="home")
    assert AccessHead.objects.get(user=reader).number == 7
    assert verify() == {(reader.email, 5)}


def test_writing_after_the_cut_tells_of_it_and_does_not_forget(reader, capsys):
    call_command("write_log_heads")
    before = read_heads().heads
    tamper(*cut(reader, 3))
    with pytest.raises(CommandError, match=reader.email):
        call_command("write_log_heads")
    assert read_heads().heads == before
    with pytest.raises(CommandError, match="write_log_heads"):
        call_command("run_jobs")
    assert reader.email in capsys.readouterr().err
    assert verify() == {(reader.email, 5)}


def test_a_changed_count_of_subjects_is_found(reader):
    call_command("write_log_heads")
    tamper(f"UPDATE accounts_accessevent SET subjects_count = 1 WHERE id = {pk(reader, 2)}")
    assert verify() == {(reader.email, 2)}


def test_a_subject_taken_away_is_found(reader):
    call_command("write_log_heads")
    tamper(f"DELETE FROM accounts_accesssubject WHERE event_id = {pk(reader, 4)}")
    assert verify() == {(reader.email, 4)}


# --- The file itself ------------------------------------------------------------------------------------------------


def test_a_file_that_is_missing_is_told_of(reader):
    assert verify() == {(None, None)}


def test_an_empty_log_needs_no_file():
    assert verify() == set()


@pytest.mark.parametrize("change", ["", "{}", "[]", '{"content": {"heads": {}}, "hmac": "0"}', "number"])
def test_a_file_of_somebody_elses_making_is_told_of_and_left_alone(reader, heads_file, change):
    call_command("write_log_heads")
    said = heads_file.read_text().replace(", 5]", ", 3]").replace("[5,", "[3,") if change == "number" else change
    heads_file.write_text(said)
    assert verify() == {(None, None)}
    with pytest.raises(CommandError, match="inte rörd"):
        call_command("write_log_heads")
    assert heads_file.read_text() == said


def test_a_file_written_with_another_key_is_told_of(reader, settings):
    call_command("write_log_heads")
    settings.ACCESS_LOG_KEY = "another key than the one the file was written with"
    assert (None, None) in verify()


def test_many_heads_are_compared_in_few_questions(django_assert_max_num_queries):
    for _ in range(230):
        log_access(user=UserFactory(), kind=AccessKind.READ, part="home")
    call_command("write_log_heads")
    with django_assert_max_num_queries(5):
        call_command("write_log_heads")
    assert len(read_heads().heads) == 230
