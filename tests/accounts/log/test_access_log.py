"""The access log: every answer leaves an event, no log means no page and no change, and tampering shows."""

import logging

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accounts.enums import AccessKind
from accounts.log import access as access_log
from accounts.log.access import broken_links, log_access, log_change
from accounts.log.triggers import install_triggers, lift_triggers
from accounts.models import AccessEvent, AccessHead, AccessSubject
from core.days.dates import today
from core.forms.token import FormToken
from participants.enums import ExitReason
from participants.exits.actions import end_enrolment
from participants.models import Enrolment, Exit
from tests.world.factories import EnrolmentFactory, UserFactory
from tests.world.pages import fill, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet():
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def broken_log(monkeypatch, quiet):
    """A log that can't be written to, as when its table is locked or the disk is full."""

    def refuse(*args, **kwargs):
        raise DatabaseError("the log is read-only")

    monkeypatch.setattr(access_log, "insert", refuse)


def page_of(enrolment):
    return f"/inskrivningar/{enrolment.public_id}/"


def events(user):
    return list(AccessEvent.objects.filter(user=user).order_by("number"))


def persons(event):
    return {subject.person for subject in event.subjects.all()}


# --- What is written -------------------------------------------------------------------------------------------------


def test_a_page_about_a_person_leaves_one_event_that_says_who_what_when_and_about_whom(world, log_in):
    log_in(world.case_worker).get(page_of(world.enrolment))
    (event,) = events(world.case_worker)
    assert (event.kind, event.part, event.organisation_id) == ("read", "enrolment_detail", world.ame.pk)
    assert persons(event) == {world.enrolment.participant.public_id}
    assert event.subjects_count == 1
    assert len(event.request_id) == 32


def test_a_list_names_everybody_on_the_page_and_nobody_else(world, log_in):
    for number in range(60):
        EnrolmentFactory(project=world.project, family_name=f"Sida{number:02}")
    client = log_in(world.coordinator)
    pages = [client.get("/deltagare/", {"sida": number, "visa": "alla"}) for number in (1, 2)]
    for response, event in zip(pages, events(world.coordinator), strict=True):
        on_page = Enrolment.objects.filter(pk__in=list(response.context["page"]))
        shown = set(on_page.values_list("participant__public_id", flat=True))
        assert persons(event) == shown
        assert event.subjects_count == len(shown) > 10


def test_a_search_is_logged_as_a_search_without_what_was_searched_for(world, log_in):
    client = log_in(world.coordinator)
    client.get(client.post("/deltagare/", {"q": "Öberg"})["Location"])
    (event,) = events(world.coordinator)
    assert event.kind == "search"
    assert persons(event) == {world.enrolment.participant.public_id}
    said = [str(getattr(event, field.name)).lower() for field in AccessEvent._meta.fields]
    assert not [value for value in said if "öberg" in value or "oberg" in value]


def test_a_page_without_persons_is_logged_without_persons(world, log_in):
    log_in(world.project_leader).get("/projekt/")
    (event,) = events(world.project_leader)
    assert (event.kind, event.part, event.subjects_count) == ("read", "project_detail", 0)


@pytest.mark.parametrize(("path", "status"), [("/projekt/andra/", 403), ("/finns-inte/", 404)])
def test_a_refusal_is_logged_as_refused(world, log_in, quiet, path, status):
    assert log_in(world.case_worker).get(path).status_code == status
    (event,) = events(world.case_worker)
    assert (event.kind, event.subjects_count) == ("refused", 0)


def test_somebody_elses_case_is_logged_as_refused_and_names_nobody(world, log_in, quiet):
    assert log_in(world.case_worker).get(page_of(world.af_enrolment)).status_code == 404
    (event,) = events(world.case_worker)
    assert (event.kind, event.part, persons(event)) == ("refused", "enrolment_detail", set())


def test_a_form_from_an_old_page_is_refused_and_logged(world, quiet):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.case_worker)
    assert client.post("/deltagare/", {"q": "Öberg"}).status_code == 403
    assert [event.kind for event in events(world.case_worker)] == ["refused"]


def test_nobody_logged_in_and_the_health_page_leave_nothing(world, log_in):
    before = AccessEvent.objects.count()
    Client().get("/logga-in/")
    log_in(world.case_worker).get("/halsa")
    assert AccessEvent.objects.count() == before


def test_a_change_is_logged_as_a_change_about_the_person(world, log_in):
    client = log_in(world.case_worker)
    url = f"{page_of(world.enrolment)}avslut/"
    answer = submit(client, url, exited_on=today().isoformat(), reason="work")
    assert answer.status_code == 302
    changed = [event for event in events(world.case_worker) if event.kind == "change"]
    assert [(event.part, persons(event)) for event in changed] == [
        ("enrolment_exit", {world.enrolment.participant.public_id})
    ]


# --- No log, no page, no change --------------------------------------------------------------------------------------


def test_without_a_log_there_is_no_page(world, log_in, broken_log):
    client = log_in(world.case_worker)
    for path in (page_of(world.enrolment), "/deltagare/", "/projekt/"):
        response = client.get(path)
        assert response.status_code == 503
        assert "Öberg" not in response.content.decode()
        assert "vilar en stund" in response.content.decode()
    assert events(world.case_worker) == []


def test_without_a_log_nothing_is_saved(world, log_in, monkeypatch, quiet):
    client = log_in(world.case_worker)
    client.raise_request_exception = False
    url = f"{page_of(world.enrolment)}avslut/"
    answers = fill(client, url, exited_on=today().isoformat(), reason="work", comment="Kanarietext")

    def refuse(*args, **kwargs):
        raise DatabaseError("the log is read-only")

    with monkeypatch.context() as broken:
        broken.setattr(access_log, "insert", refuse)
        response = client.post(url, answers)
    assert response.status_code in (500, 503)
    assert not Exit.objects.exists()
    assert not FormToken.objects.exists()
    world.enrolment.refresh_from_db()
    assert world.enrolment.exited_on is None
    assert client.post(url, answers).status_code == 302, "the same press works when the log is back"
    assert Exit.objects.count() == 1


def test_the_log_of_a_change_falls_with_the_change(world, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("after the log")

    def log_then_fail(**kwargs):
        log_change(**kwargs)
        fail()

    monkeypatch.setattr("participants.exits.actions.log_change", log_then_fail)
    with pytest.raises(RuntimeError):
        end_enrolment(enrolment=world.enrolment, exited_on=today(), reason=ExitReason.WORK, by=world.case_worker)
    assert not Exit.objects.exists()
    assert events(world.case_worker) == []
    assert not AccessHead.objects.filter(user=world.case_worker, number__gt=0).exists()


def test_the_log_holds_ids_and_codes_only():
    """No column that could take in a name or a text about a person; `reason` is the user's own for opening."""
    text = {field.name for field in AccessEvent._meta.fields if field.get_internal_type() == "TextField"}
    assert text == set()
    assert {field.name for field in AccessSubject._meta.fields} == {"id", "event", "person"}


# --- Tampering -------------------------------------------------------------------------------------------------------


@pytest.fixture
def chain(db):
    """Five events of one user about two persons, and one of a colleague."""
    user, colleague = UserFactory(), UserFactory()
    everybody = [EnrolmentFactory().participant.public_id for _ in range(2)]
    for _ in range(5):
        log_access(user=user, kind=AccessKind.READ, part="enrolment_detail", persons=everybody)
    log_access(user=colleague, kind=AccessKind.READ, part="home")
    return user


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(
            # What the test itself has just written is checked first, or PostgreSQL refuses for that reason instead.
            "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE accounts_accesssubject",
            marks=pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE"),
        ),
        "UPDATE accounts_accessevent SET part = 'home'",
        "DELETE FROM accounts_accessevent",
        "UPDATE accounts_accesssubject SET event_id = event_id",
        "DELETE FROM accounts_accesssubject",
    ],
)
def test_the_database_refuses_to_change_or_delete(chain, statement):
    before = (AccessEvent.objects.count(), AccessSubject.objects.count())
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (AccessEvent.objects.count(), AccessSubject.objects.count()) == before == (6, 10)


def tamper(*statements):
    """Somebody with the keys to the database lifts the triggers first, and lays them again after."""
    lift_triggers()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    install_triggers()


def pk(user, number):
    return AccessEvent.objects.get(user=user, number=number).pk


def test_an_untouched_chain_is_whole(chain):
    assert broken_links(chain) == []
    assert [event.number for event in events(chain)] == [1, 2, 3, 4, 5]


def test_chains_of_different_users_are_their_own(chain):
    colleague = AccessEvent.objects.exclude(user=chain).get()
    assert colleague.number == 1
    assert broken_links(colleague.user) == []


@pytest.mark.parametrize(
    "change",
    ["part = 'home'", "kind = 'search'", "reason = 'nytt skäl'", "organisation_id = NULL", "request_id = 'x'"],
)
def test_a_changed_event_shows(chain, change):
    tamper(f"UPDATE accounts_accessevent SET {change} WHERE id = {pk(chain, 3)}")
    assert broken_links(chain) == [3]


def test_a_changed_moment_shows(chain):
    tamper(f"UPDATE accounts_accessevent SET at = '2020-01-01 00:00:00+00:00' WHERE id = {pk(chain, 3)}")
    assert broken_links(chain) == [3]


def test_a_deleted_event_shows(chain):
    gone = pk(chain, 3)
    tamper(
        f"DELETE FROM accounts_accesssubject WHERE event_id = {gone}",
        f"DELETE FROM accounts_accessevent WHERE id = {gone}",
    )
    assert broken_links(chain)[0] == 4


def test_an_event_put_in_between_shows(chain):
    at, head = pk(chain, 3), AccessHead.objects.get(user=chain)
    columns = "user_id, organisation_id, at, kind, part, reason, request_id, subjects_count, note_digest, hash"
    copy = f"SELECT 6, {columns} FROM accounts_accessevent WHERE id = {at}"
    tamper(
        f"INSERT INTO accounts_accessevent (number, {columns}) {copy}",
        f"UPDATE accounts_accesshead SET number = 6 WHERE user_id = {head.pk}",
    )
    assert set(broken_links(chain)) == {6}


def test_two_events_that_change_places_show(chain):
    two, three = pk(chain, 2), pk(chain, 3)
    tamper(
        f"UPDATE accounts_accessevent SET number = 99 WHERE id = {two}",
        f"UPDATE accounts_accessevent SET number = 2 WHERE id = {three}",
        f"UPDATE accounts_accessevent SET number = 3 WHERE id = {two}",
    )
    assert set(broken_links(chain)) >= {2, 3}


def test_a_cut_tail_shows_by_the_head(chain):
    last = pk(chain, 5)
    tamper(
        f"DELETE FROM accounts_accesssubject WHERE event_id = {last}",
        f"DELETE FROM accounts_accessevent WHERE id = {last}",
    )
    assert broken_links(chain) == [5]


def test_a_head_that_is_gone_shows(chain):
    tamper(f"DELETE FROM accounts_accesshead WHERE user_id = {chain.pk}")
    assert broken_links(chain) == [5]


def test_a_whole_chain_that_is_gone_shows_by_the_head(chain):
    mine = f"(SELECT id FROM accounts_accessevent WHERE user_id = {chain.pk})"
    tamper(
        f"DELETE FROM accounts_accesssubject WHERE event_id IN {mine}",
        f"DELETE FROM accounts_accessevent WHERE user_id = {chain.pk}",
    )
    assert broken_links(chain) == [5]


def test_a_subject_taken_away_or_put_in_shows(chain):
    subject = AccessSubject.objects.filter(event_id=pk(chain, 2)).first()
    tamper(f"DELETE FROM accounts_accesssubject WHERE id = {subject.pk}")
    assert broken_links(chain) == [2]


def test_a_subject_exchanged_for_another_shows(chain):
    other = EnrolmentFactory().participant.public_id
    value = other.hex if connection.vendor == "sqlite" else str(other)
    tamper(f"UPDATE accounts_accesssubject SET person = '{value}' WHERE event_id = {pk(chain, 4)}")
    assert broken_links(chain) == [4]


def test_without_the_key_a_chain_cannot_be_made_anew(chain, settings):
    """Whoever has the database but not the key writes other hashes."""
    settings.ACCESS_LOG_KEY = "another key than the one the log was written with"
    assert broken_links(chain) == [1, 2, 3, 4, 5]


def test_the_triggers_come_back_after_migrate(chain):
    lift_triggers()
    call_command("migrate", verbosity=0)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AccessSubject.objects.all().delete()


def test_every_write_of_the_program_goes_by_log_access(monkeypatch, world, log_in):
    """One function writes the log; page and change both call it."""
    seen = []
    real = access_log.log_access
    monkeypatch.setattr("accounts.middleware.log_access", lambda **said: seen.append(said) or real(**said))
    log_in(world.case_worker).get(page_of(world.enrolment))
    assert [said["part"] for said in seen] == ["enrolment_detail"]
