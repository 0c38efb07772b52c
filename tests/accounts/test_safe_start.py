"""In production mode the program starts safely or not at all."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "SECRET_KEY": "q8Rt2vZxM4nB" * 5,
    "ACCESS_LOG_KEY": "k3Wd7hLp0sNb" * 2,
    "FINGERPRINT_KEY": "f9Jm4cQy6aXe" * 2,
    "PROTECTION_KEY": "u5Tz8eBn1oKs" * 2,
    "ALLOWED_HOSTS": "samverkan.example.se",
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


START = "import samverkan.settings; print('started')"


def test_it_starts_when_everything_is_set():
    ran = run(START)
    assert ran.returncode == 0, ran.stderr
    assert "started" in ran.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "for kort"),
        ("SECRET_KEY", "x" * 60),
        ("SECRET_KEY", "development-only-" + "x" * 40),
        ("ACCESS_LOG_KEY", None),
        ("ACCESS_LOG_KEY", "kort"),
        ("ACCESS_LOG_KEY", "development-only-log-key"),
        ("FINGERPRINT_KEY", None),
        ("FINGERPRINT_KEY", "kort"),
        ("FINGERPRINT_KEY", "development-only-fingerprint-key"),
        ("PROTECTION_KEY", None),
        ("PROTECTION_KEY", "kort"),
        ("PROTECTION_KEY", SAFE["FINGERPRINT_KEY"]),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "samverkan.example.se,*"),
        ("ALLOWED_HOSTS", ".se,*"),
    ],
)
def test_it_refuses_to_start_unsafe_and_says_what_to_do(name, value):
    ran = run(START, **{name: value})
    assert ran.returncode != 0
    said = ran.stderr.strip().splitlines()[-1]
    assert "Samverkan startar inte osäkert" in said
    assert name in said
    others = set(SAFE) - {name, "DATABASE_URL"}
    assert not [other for other in others if other in said]
    assert not value or value == "*" or value not in said, "a secret never stands in an error"


def test_nothing_set_names_all_that_is_missing():
    ran = run(START, **dict.fromkeys(SAFE))
    said = ran.stderr.strip().splitlines()[-1]
    assert all(name in said for name in set(SAFE) - {"DATABASE_URL"})


def test_development_mode_needs_nothing_else():
    ran = run(START, **dict.fromkeys(SAFE), DEBUG="1")
    assert ran.returncode == 0, ran.stderr


@pytest.fixture(scope="module")
def production():
    code = (
        "import django, json; django.setup(); from django.conf import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {TOLD!r}}}))"
    )
    ran = run(code)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


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


def test_djangos_own_deployment_check_finds_nothing():
    arguments = ["manage", "check", "--deploy", "--fail-level", "WARNING"]
    ran = run(f"from django.core.management import execute_from_command_line as run; run({arguments!r})")
    assert ran.returncode == 0, ran.stderr


def test_the_gallery_and_the_demo_are_not_there_in_production():
    code = (
        "import django; django.setup(); from django.urls import get_resolver; "
        "print([str(one.pattern) for one in get_resolver().url_patterns])"
    )
    ran = run(code)
    assert "halsa" in ran.stdout
    assert "komponenter" not in ran.stdout


def test_no_page_shows_what_was_in_memory_even_in_development():
    ran = run("import django; django.setup(); from django.conf import settings; print(settings.DEBUG)", DEBUG="1")
    assert ran.stdout.strip() == "False"


@pytest.mark.parametrize(("command", "code"), [(["makemigrations", "--check"], 0), (["check"], 1)])
def test_only_what_touches_no_data_runs_without_keys(command, code):
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": "sqlite:///:memory:"}
    ran = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *command],
        cwd="/",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == code, ran.stderr
    assert ("startar inte osäkert" in ran.stderr) == bool(code)
