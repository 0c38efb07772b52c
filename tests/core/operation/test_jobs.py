"""`run_jobs` does all that is periodic, says what each job did, and lets none hold up another."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from actionplans.enums import ImportState
from actionplans.models import ImportBatch
from actionplans.register.actions import KEPT_FOR
from core.models import FormToken
from core.operation.jobs import TOKENS_KEPT, jobs
from samverkan.settings import CACHES
from tests.world.factories.plans import ImportBatchFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def heads(settings, tmp_path):
    settings.LOG_HEADS_FILE = str(tmp_path / "heads")


def run(capsys):
    call_command("run_jobs")
    return dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())


def test_every_job_says_what_it_did(capsys):
    assert set(run(capsys)) == set(jobs)
    assert {"write_log_heads", "clear_sessions", "clear_form_tokens", "forget_old_files"} <= set(jobs)


def test_ended_sessions_go_and_others_stay(capsys):
    now = timezone.now()
    Session.objects.create(session_key="gone", session_data="x", expire_date=now - timedelta(seconds=1))
    Session.objects.create(session_key="stays", session_data="x", expire_date=now + timedelta(hours=1))
    assert run(capsys)["clear_sessions"].startswith("1 ")
    assert list(Session.objects.values_list("session_key", flat=True)) == ["stays"]
    assert run(capsys)["clear_sessions"].startswith("0 ")


def test_old_form_tokens_go_and_others_stay(world, capsys):
    old, new = (FormToken.objects.create(token=uuid4(), user=world.case_worker, made=uuid4()) for _ in range(2))
    FormToken.objects.filter(pk=old.pk).update(used_at=timezone.now() - TOKENS_KEPT - timedelta(minutes=1))
    assert run(capsys)["clear_form_tokens"].startswith("1 ")
    assert list(FormToken.objects.all()) == [new]


def test_marks_past_their_time_go_and_others_stay(capsys, settings):
    settings.CACHES = CACHES
    call_command("createcachetable")
    cache.set("gone", 1, -1)
    cache.set("stays", 1, 3600)
    cache.set("forever", 1, None)
    assert run(capsys)["clear_cache"].startswith("1 ")
    assert run(capsys)["clear_cache"].startswith("0 ")
    assert (cache.get("stays"), cache.get("forever")) == (1, 1)


def test_a_register_file_that_has_waited_too_long_goes(world, capsys):
    sent = {"project": world.project, "created_by": world.coordinator, "content": b"names"}
    old, new = (ImportBatchFactory(**sent) for _ in range(2))
    ImportBatch.objects.filter(pk=old.pk).update(created_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
    assert run(capsys)["forget_old_files"].startswith("1 ")
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, old.content) == (ImportState.CANCELLED, None)
    assert (new.state, bytes(new.content)) == (ImportState.PREVIEW, b"names")


def test_a_job_that_breaks_is_told_and_holds_up_no_other(monkeypatch, capsys):
    def broken():
        raise DatabaseError("Öberg 790214-2384")

    monkeypatch.setitem(jobs, "clear_sessions", broken)
    with pytest.raises(CommandError, match="clear_sessions"):
        call_command("run_jobs")
    printed = capsys.readouterr()
    assert "forget_old_files: " in printed.out
    assert "clear_sessions: något gick fel" in printed.err
    assert "Öberg" not in printed.out + printed.err
