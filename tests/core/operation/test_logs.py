"""The program's own log says what went wrong and where in the code, and nothing of pages or persons."""

import io
import logging

import pytest
from django.test import Client
from django.urls import path

from core.middleware import RequestIdFilter
from core.operation.logs import OrdinaryRefusals, PlainFormatter

CASE = "/inskrivningar/5d1c3a52-9f0e-4f43-8f0c-3b6f2f6a9d11/"
SECRETS = ("5d1c3a52", "790214-2384", "197902142384", "asa.oberg@example.se", "Öberg", "inskrivningar")


@pytest.fixture
def log():
    """All that the program writes, as its handler writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlainFormatter())
    handler.addFilter(RequestIdFilter())
    handler.addFilter(OrdinaryRefusals())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def _broken(request, public_id):
    try:
        raise ValueError("790214-2384 Öberg")
    except ValueError as error:
        raise RuntimeError("asa.oberg@example.se") from error


class Broken:
    urlpatterns = [path("inskrivningar/<uuid:public_id>/", _broken)]


def _held(text):
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "put"])
def test_an_ordinary_refusal_leaves_nothing(world, log_in, log, method):
    client = log_in(world.case_worker)
    for address in (CASE, "/anvandare/", "/projekt/valj/", "/finns/inte/790214-2384/"):
        assert getattr(client, method)(address).status_code in (403, 404, 405)
    assert log.getvalue() == ""


def test_a_forged_form_leaves_nothing(log, db):
    assert Client(enforce_csrf_checks=True).post("/logga-in/", {"login": SECRETS[3]}).status_code == 403
    assert log.getvalue() == ""


@pytest.mark.django_db
def test_a_fault_tells_where_in_the_code_and_nothing_else(settings, log, client, world):
    settings.ROOT_URLCONF = Broken
    client.force_login(world.case_worker)
    client.raise_request_exception = False
    answer = client.get(CASE)
    assert answer.status_code == 500
    said = log.getvalue()
    assert "RuntimeError" in said
    assert "ValueError" in said
    assert "test_logs.py" in said
    assert "Traceback" not in said
    assert _held(said) == []
    assert "[-]" not in said.splitlines()[0], "the request's id is on the line"


def test_words_of_others_lose_what_tells_who(log):
    logging.getLogger("some.library").warning("could not read %s for %s at %s", *SECRETS[1:4])
    logging.getLogger("some.library").error("asked for %s?namn=x, kept /srv/app/core/pdf/process.py", CASE)
    said = log.getvalue()
    assert _held(said.replace("Öberg", "")) == []
    assert "[nummer]" in said
    assert "[adress]" in said
    assert "/srv/app/core/pdf/process.py" in said


def test_the_web_server_writes_in_the_same_way():
    from gunicorn.config import Config

    import samverkan.server as server

    logger = server.ServerLog(Config())
    stream = io.StringIO()
    logger.error_log.handlers[0].setStream(stream)
    try:
        raise ValueError("790214-2384 Öberg")
    except ValueError:
        logger.exception("Error handling request %s", CASE)
    said = stream.getvalue()
    assert "ValueError" in said
    assert _held(said) == []


def test_the_watch_over_the_whole_suite_finds_what_it_looks_for(log_watch):
    bare = logging.Formatter("%(message)s")
    kept, log_watch.formatter = log_watch.formatter, bare
    try:
        log_watch.words.add("Mårtensdotter")
        for secret in (*SECRETS[1:4], CASE, "Mårtensdotter kom inte"):
            logging.getLogger("leaky").warning("seen: %s", secret)
        logging.getLogger("leaky").warning("nothing of anybody")
        assert len(log_watch.found()) == 5
    finally:
        log_watch.formatter = kept
        log_watch.words.discard("Mårtensdotter")
