"""In production mode the program starts safely or not at all.

Which values are safe: tests/core/start. Here the settings are read by processes of their own, which cost a second each:
one with all that is bad, and one with all that is good. `make soak` tries each bad value by each way in.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from samverkan.settings import DEBUG, DEFAULT_FILE, DEVELOPMENT

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "SECRET_KEY": "q8Rt2vZxM4nB" * 5,
    "ACCESS_LOG_KEY": "k3Wd7hLp0sNb" * 2,
    "FINGERPRINT_KEY": "f9Jm4cQy6aXe" * 2,
    "PROTECTION_KEY": "u5Tz8eBn1oKs" * 2,
    "ALLOWED_HOSTS": "samverkan.example.se",
    "EMAIL_HOST": "mail.example.se",
    "DATABASE_URL": "sqlite:///:memory:",
}
TOLD = [
    "DEBUG",
    "SECOND_FACTOR_REQUIRED",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_PATH",
    "SESSION_COOKIE_DOMAIN",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "PASSWORD_HASHERS",
]


def run(code, **environment):
    """Python in the given environment and no other; a value of None leaves a variable out."""
    wanted = {name: value for name, value in {**SAFE, **environment}.items() if value is not None}
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "samverkan.settings"}
    # From a folder without an .env file of somebody's.
    return subprocess.run(
        [sys.executable, "-c", code], cwd="/", env=clean | wanted, capture_output=True, text=True, check=False
    )


EVERY_FAULT = {
    "SECRET_KEY": "django-insecure-x",
    "ACCESS_LOG_KEY": SAFE["FINGERPRINT_KEY"],
    "PROTECTION_KEY": None,
    "ALLOWED_HOSTS": ".se",
    "TRUSTED_ORIGINS": "http://*",
    "EMAIL_HOST": None,
}


def test_it_refuses_to_start_unsafe_and_says_all_that_is_wrong_in_one_line():
    ran = run("import samverkan.wsgi", **EVERY_FAULT)
    assert ran.returncode != 0
    assert ran.stderr.startswith("Samverkan startar inte osäkert.")
    assert ran.stderr.count("\n") == 1, "one line and no trace"
    assert [name for name in EVERY_FAULT if name not in ran.stderr] == []
    assert [value for value in SAFE.values() if value in ran.stderr] == [], "a secret never stands in an error"


@pytest.fixture(scope="module")
def production():
    """The settings, the addresses and what Django's own check says, of one process."""
    code = (
        "import django, json; django.setup(); from django.conf import settings; from django.urls import get_resolver;"
        "from django.core.management import call_command as run; run('check', deploy=True, fail_level='WARNING');"
        "import samverkan.wsgi;"
        f"told = {{name: getattr(settings, name) for name in {TOLD!r}}};"
        "told['DEFAULT_FILE_NAME'] = settings.DEFAULT_FILE.name;"
        "told['addresses'] = [str(part.pattern) for part in get_resolver().url_patterns];"
        "print(json.dumps(told))"
    )
    ran = run(code)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_production_cookies_go_by_https_only_and_stay_with_the_host(production):
    assert production["SESSION_COOKIE_NAME"] == "__Host-session"
    assert production["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert production["SESSION_COOKIE_SECURE"]
    assert production["CSRF_COOKIE_SECURE"]
    assert production["SESSION_COOKIE_HTTPONLY"]
    assert production["SESSION_COOKIE_SAMESITE"] == "Lax"
    # What the prefix asks for: the whole host and no other.
    assert (production["SESSION_COOKIE_PATH"], production["SESSION_COOKIE_DOMAIN"]) == ("/", None)


def test_production_asks_for_https_and_a_second_factor(production):
    assert production["SECURE_SSL_REDIRECT"]
    assert production["SECURE_HSTS_SECONDS"] >= 365 * 24 * 60 * 60
    assert production["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert production["SECOND_FACTOR_REQUIRED"]
    assert not production["DEBUG"]


def test_the_gallery_is_not_there_in_production(production):
    assert "halsa" in production["addresses"]
    assert "komponenter/" not in production["addresses"]


def test_production_and_demo_have_a_database_file_each(production):
    assert production["DEFAULT_FILE_NAME"] == "samverkan.sqlite3"
    assert DEFAULT_FILE.name == "samverkan-demo.sqlite3"


def test_no_page_shows_what_was_in_memory_even_in_development():
    assert DEVELOPMENT
    assert DEBUG is False


def test_only_what_touches_no_data_runs_without_keys():
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3"}
    command = [sys.executable, str(ROOT / "manage.py"), "makemigrations", "--check"]
    ran = subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


# --- Each bad value by each way in: many processes -------------------------------------------------------------------

WAYS_IN = [
    [sys.executable, "manage.py", "check"],
    [sys.executable, "manage.py", "migrate"],
    [sys.executable, "manage.py", "run_jobs"],
    [sys.executable, "manage.py", "shell", "-c", "1"],
    [sys.executable, "manage.py", "runserver", "--noreload", "127.0.0.1:0"],
    [sys.executable, "-c", "import samverkan.wsgi"],
    [sys.executable, "-m", "gunicorn", "samverkan.wsgi:application", "--preload", "--bind", "127.0.0.1:0"],
    [sys.executable, "-m", "gunicorn", "samverkan.wsgi:application", "--bind", "127.0.0.1:0"],
]


@pytest.mark.skipif("SOAK" not in os.environ, reason="a process for each: `make soak` runs them")
@pytest.mark.parametrize("way", WAYS_IN, ids=lambda way: " ".join(way[1:4]))
@pytest.mark.parametrize("name", EVERY_FAULT)
def test_each_fault_stops_each_way_in(name, way):
    wanted = {key: value for key, value in {**SAFE, name: EVERY_FAULT[name]}.items() if value is not None}
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "samverkan.settings", **wanted}
    ran = subprocess.run(way, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode != 0
    assert name in ran.stderr
    assert "Traceback" not in ran.stderr
