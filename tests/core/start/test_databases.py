"""Real data and invented data never share a database, and none is used without the access log's guards."""

import sys

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.jobs import look_for_triggers
from accounts.log.triggers import GUARDED, install_triggers, missing_triggers, trigger_names
from accounts.models import User
from core.enums import Use
from core.management.commands.prepare import Command as Prepare
from core.models import DatabaseUse
from core.start import databases
from core.start.databases import guard_database, mark
from tests.world.factories import UserFactory
from workshop.demo.cast import logins

pytestmark = pytest.mark.django_db

LAST = trigger_names(list(GUARDED)[-1])[0]


@pytest.fixture
def production(settings):
    settings.DEVELOPMENT = False


@pytest.fixture
def refusal(capsys):
    """Tries to open the database; gives what was said."""

    def attempt():
        with pytest.raises(SystemExit) as ended:
            guard_database()
        assert ended.value.code == 1
        said = capsys.readouterr().err
        assert said.startswith("Samverkan startar inte")
        assert said.count("\n") == 1
        return said

    return attempt


def drop(name):
    on = f" ON {name.removesuffix('_no_update')}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")


def test_the_first_use_in_production_is_marked_once(production):
    guard_database()
    guard_database()
    assert [row.use for row in DatabaseUse.objects.all()] == [Use.PRODUCTION]


def test_development_marks_nothing():
    guard_database()
    assert not DatabaseUse.objects.exists()


def test_development_refuses_a_database_that_has_been_in_production(settings, refusal):
    settings.DEVELOPMENT = False
    guard_database()
    settings.DEVELOPMENT = True
    assert "DEBUG=1 är bara för påhittade uppgifter" in refusal()


def test_production_refuses_the_demos_database(production, refusal):
    mark(Use.DEMO)
    assert "demons påhittade uppgifter" in refusal()
    assert not DatabaseUse.objects.filter(use=Use.PRODUCTION).exists()


@pytest.mark.parametrize("email", [email for email, _ in logins()])
def test_production_refuses_any_of_the_demos_users_even_without_the_mark(production, refusal, email):
    UserFactory(email=email)
    assert "vars lösenord alla kan läsa" in refusal()


def test_others_do_not_stop_it(production):
    UserFactory(email="hanna@kommun.example")
    guard_database()


def test_a_closed_user_of_the_demo_is_refused_too(production, refusal):
    User.objects.filter(pk=UserFactory(email=logins()[0][0]).pk).update(is_active=False)
    refusal()


def test_a_database_without_tables_is_nobodys_yet(production, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    guard_database()
    mark(Use.PRODUCTION)
    assert not DatabaseUse.objects.exists()


def test_an_older_demo_without_marks_is_refused_before_it_is_changed(production, refusal, monkeypatch):
    UserFactory(email=logins()[0][0])
    tables = [name for name in connection.introspection.table_names() if name != DatabaseUse._meta.db_table]
    monkeypatch.setattr(connection.introspection, "table_names", lambda: tables)
    refusal()


def test_each_database_is_looked_at_when_a_process_first_opens_it(production, monkeypatch):
    looks = []
    monkeypatch.setattr(databases, "_looked_at", set())
    monkeypatch.setattr(databases, "guard_database", lambda: looks.append(1))
    databases.look_when_opened(connection)
    databases.look_when_opened(connection)
    assert looks == [1]


# --- The access log's triggers ---------------------------------------------------------------------------------------


def test_every_trigger_is_there_after_a_migration():
    assert missing_triggers() == []


@pytest.mark.parametrize("table", GUARDED)
def test_a_missing_trigger_stops_the_start_and_is_named(production, refusal, table):
    name = trigger_names(table)[0]
    drop(name)
    assert missing_triggers() == [name]
    assert name in refusal()


TAMPERING = {
    "sqlite": [
        (
            "DROP TRIGGER accounts_accessevent_no_update",
            "CREATE TRIGGER accounts_accessevent_no_update BEFORE UPDATE ON accounts_accessevent BEGIN SELECT 1; END",
        )
    ],
    "postgresql": [
        ("ALTER TABLE accounts_accessevent DISABLE TRIGGER accounts_accessevent_no_update",),
        (
            "CREATE OR REPLACE FUNCTION access_log_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RETURN NEW; END $$",
        ),
    ],
}


def test_one_of_the_same_name_that_refuses_nothing_is_found():
    for statements in TAMPERING[connection.vendor]:
        install_triggers()
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        assert "accounts_accessevent_no_update" in missing_triggers()


@pytest.mark.parametrize("command", ["prepare", "migrate", "run_jobs", "verify_log"])
def test_commands_that_lay_them_or_tell_of_them_run(production, monkeypatch, command):
    drop(LAST)
    monkeypatch.setattr(sys, "argv", ["manage.py", command])
    guard_database()


@pytest.mark.parametrize("argv", [["gunicorn"], ["manage.py"], ["manage.py", "shell"], ["uwsgi", "prepare"]])
def test_all_others_are_refused(production, monkeypatch, refusal, argv):
    drop(LAST)
    monkeypatch.setattr(sys, "argv", argv)
    refusal()


def test_prepare_lays_them_whether_a_migration_is_missing_or_not(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    drop(LAST)
    call_command(Prepare())
    assert missing_triggers() == []


def test_each_minutes_jobs_tell_of_a_missing_one(capsys):
    drop(LAST)
    with pytest.raises(Exception, match=LAST):
        look_for_triggers()
    install_triggers()
    assert look_for_triggers() == "loggens skydd mot ändringar är på plats"


def test_verify_log_fails_for_a_missing_one(capsys, settings, tmp_path):
    settings.LOG_HEADS_FILE = str(tmp_path / "heads")
    call_command("verify_log")
    drop(LAST)
    with pytest.raises(Exception, match="Åtkomstloggen är inte hel"):
        call_command("verify_log")
    assert LAST in capsys.readouterr().out


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own settings")
@pytest.mark.parametrize(
    ("setting", "value"), [("jit", "off"), ("join_collapse_limit", "4"), ("statement_timeout", "30s")]
)
def test_the_server_plans_as_our_questions_need(setting, value):
    """With eight tables in every order, the plan of one fact's row took 320 ms, and 20 with four."""
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {setting}")
        assert cursor.fetchone() == (value,)
