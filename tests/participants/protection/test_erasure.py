"""After the protection the database's own files hold nothing of the person either."""

import io
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from django.urls import reverse

from core.operation.erasure import wipe
from core.operation.jobs import jobs
from participants.assessment.actions import record_assessment
from participants.enums import ProtectionLevel
from participants.models import Enrolment
from participants.protection.actions import protect_participant
from tests.participants.protection.test_former_values import FIRST, SECOND
from tests.world import worlds
from tests.world.pages import submit

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's files are the server's own")
WORDS = ("Kanariea", "Fågelbur", "Papegojan", "Burfink", "196205189829", "198112289874", "070-1234567", "papegoja@")


def _files() -> dict[str, bytes]:
    """What the database's files hold, by their ending."""
    name = str(connection.settings_dict["NAME"])
    paths = {ending: Path(name + ending) for ending in ("", "-wal", "-journal")}
    return {ending: path.read_bytes() for ending, path in paths.items() if path.exists()}


def _held() -> set[str]:
    return {word for word in WORDS for content in _files().values() if word.encode() in content}


@on_sqlite
def test_the_files_hold_no_byte_of_any_name_or_number(transactional_db, log_in) -> None:
    world = worlds.build()
    client, case = log_in(world.case_worker), world.enrolment
    # Enough of it that rows move between pages, and pages come free.
    for place in range(30):
        text = f"Burfink och Fågelbur {place} " * 60
        record_assessment(enrolment=case, completed_on=case.enrolled_on, summary=text, by=world.case_worker)
    for values in (FIRST, SECOND):
        answers = {**values, "birth_date": "", "number_is": "mistyped"}
        submit(client, reverse("enrolment_correct", args=[case.public_id]), **answers)
    wipe()
    assert _held() == set(WORDS)
    answers = {"level": ProtectionLevel.CONFIDENTIALITY_MARK, "is_kept": "on"}
    assert (
        submit(client, reverse("participant_protect", args=[case.participant.public_id]), **answers).status_code == 302
    )
    assert _held() == set()
    assert len(_files()["-wal"]) == 0


@on_sqlite
def test_a_reader_holds_it_up_until_the_job_comes(transactional_db, log_in) -> None:
    """Somebody who reads keeps the log from being emptied: then the job does it, each minute."""
    world = worlds.build()
    case = Enrolment.objects.get(pk=world.enrolment.pk)
    reader = connections.create_connection("default")
    with reader.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        cursor.execute("SELECT count(*) FROM participants_personidentity")
    try:
        level = ProtectionLevel.CONFIDENTIALITY_MARK
        protect_participant(level=level, case=case, by=world.case_worker)
        assert jobs["wipe"]() == "prövas igen"
    finally:
        reader.close()
    assert jobs["wipe"]() == "databasens logg är tömd"


@on_sqlite
def test_the_program_asks_for_secure_deletion(transactional_db) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)


def test_the_job_and_the_command_do_it_on_both_databases(transactional_db) -> None:
    world = worlds.build()
    level = ProtectionLevel.CONFIDENTIALITY_MARK
    protect_participant(level=level, case=world.enrolment, by=world.case_worker)
    assert wipe() in ("databasens logg är tömd", "döda rader är borttagna")
    out = io.StringIO()
    call_command("wipe_deleted", stdout=out)
    assert out.getvalue().strip() in ("databasens logg är tömd", "döda rader är borttagna")
    assert not cache.get("erasure-wanted")
