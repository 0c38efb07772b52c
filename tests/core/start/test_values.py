"""Which values of the environment the program starts with where real data is."""

import pytest

from core.start.values import (
    Key,
    faults_of_database,
    faults_of_hosts,
    faults_of_keys,
    faults_of_mail,
    faults_of_origins,
)

GOOD = "pX3v_9tKq7LmZ2-aBcR8"
OTHER = "hT7_kQ2mZx9-LpWv4Rb8"


def keys(*values):
    return [Key(f"KEY_{number}", value, 20) for number, value in enumerate(values)]


def test_keys_of_chance_that_differ_are_taken():
    assert list(faults_of_keys(keys(GOOD, OTHER, "Zr6_mK4vTx1-QwCs8Yb3"))) == []


@pytest.mark.parametrize(
    "value",
    [
        "",
        "kort",
        GOOD[:19],
        "x" * 60,
        "ab" * 30,
        "abcdefghijklmnopqrstuvwxyz",
        "0123456789abcdefghijklmnop",
        "development-only-log-key",
        "django-insecure-" + GOOD,
    ],
)
def test_a_key_that_is_missing_or_can_be_guessed_is_named_but_never_shown(value):
    [fault] = faults_of_keys(keys(value, OTHER))
    assert fault.startswith("KEY_0 saknas eller går att gissa")
    assert not value or value not in fault


@pytest.mark.parametrize(
    "second", [GOOD, f"{GOOD}1", f"en-{GOOD}", f"{GOOD[:-1]}9", GOOD.swapcase(), f"{OTHER[:10]}{GOOD[4:16]}", GOOD * 3]
)
@pytest.mark.parametrize("turned", [False, True])
def test_any_two_keys_of_which_the_one_gives_away_the_other_are_named(second, turned):
    pair = (second, GOOD) if turned else (GOOD, second)
    [fault] = faults_of_keys(keys("Zr6_mK4vTx1-QwCs8Yb3", *pair))
    assert fault.startswith("KEY_1 och KEY_2 är lika")


@pytest.mark.parametrize(
    "host", ["samverkan.example.se", "SAMVERKAN.example.se", "samverkan", "192.0.2.7", "2001:db8::1", "[2001:db8::1]"]
)
def test_a_name_or_address_written_out_is_a_host(host):
    assert list(faults_of_hosts([host, "annan.example.se"])) == []


NO_HOSTS = [
    "",
    " ",
    "*",
    ".se",
    ".example.se",
    "*.example.se",
    "http://samverkan.example.se",
    "https://samverkan.example.se",
    "samverkan.example.se/",
    "samverkan.example.se:443",
    "samverkan.example.se.",
    "-a.example.se",
    "a..se",
    "sam verkan.example.se",
    "samverkan.example.se\n*",
    "a@example.se",
    "0.0.0.0",
    "::",
    f"{'a' * 64}.se",
    ".".join(["a" * 60] * 5),
]


@pytest.mark.parametrize("host", NO_HOSTS)
def test_anything_else_is_none(host):
    [fault] = faults_of_hosts(["samverkan.example.se", host])
    assert "ALLOWED_HOSTS" in fault
    assert list(faults_of_mail(host))


def test_no_host_at_all_is_told():
    assert list(faults_of_hosts([]))


@pytest.mark.parametrize("origin", ["https://samverkan.example.se", "https://samverkan.example.se:8443"])
def test_an_origin_is_https_and_a_name(origin):
    assert list(faults_of_origins([origin])) == []
    assert list(faults_of_origins([])) == []


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "*",
        "http://*",
        "https://*",
        "https://*.se",
        "https://.se",
        "https://*.example.se",
        "http://samverkan.example.se",
        "samverkan.example.se",
        "//samverkan.example.se",
        "https://",
        "https:samverkan.example.se",
        "https://samverkan.example.se/",
        "https://samverkan.example.se/a",
        "https://samverkan.example.se?a",
        "https://samverkan.example.se#a",
        "https://a@samverkan.example.se",
        "https://samverkan.example.se:port",
        "https://samverkan.example.se:99999",
        "https://samverkan.example.se:0",
        "https://[::1",
        "https://samverkan.example.se\n",
    ],
)
def test_any_other_origin_is_none(origin):
    [fault] = faults_of_origins(["https://samverkan.example.se", origin])
    assert "TRUSTED_ORIGINS" in fault


def test_a_mail_server_has_a_name():
    assert list(faults_of_mail("mail.example.se")) == []


@pytest.mark.parametrize("kind", ["sqlite3", "postgresql"])
def test_two_kinds_of_database_are_known(kind):
    assert list(faults_of_database(f"django.db.backends.{kind}")) == []


@pytest.mark.parametrize("kind", ["django.db.backends.mysql", "django.db.backends.oracle", "mssql", ""])
def test_another_kind_is_told(kind):
    [fault] = faults_of_database(kind)
    assert fault.startswith("DATABASE_URL")
