"""Two who save the same thing from the same starting point: nothing is lost in silence."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

import core.concurrency
from core.dates import today
from participants.models import Enrolment
from projects.enums import Role
from tests import worlds
from tests.actionplans.cases import met
from tests.factories import CaseAssignmentFactory
from tests.participants.pages import fill, shown

# In all about twenty rounds at once in `make test`, a thousand in `make soak`.
ROUNDS = max(2, int(os.environ.get("SAVERS", "20")) // 10)


@dataclass(frozen=True)
class Job:
    """A form with a shared fact: its address, what each of two answers, and words of each that the page must show."""

    name: str
    address: Callable[[Enrolment], str]
    first: dict[str, Any]
    second: dict[str, Any]
    words: tuple[str, str]
    prepare: Callable[[Any], None] = lambda world: None


def _case(path: str) -> Callable[[Enrolment], str]:
    return lambda case: f"/inskrivningar/{case.public_id}/{path}"


def _note_address(case: Enrolment) -> str:
    paragraph = case.meetings.get().paragraphs.filter(superseded_at=None).get()
    return reverse("meeting_correct", args=[paragraph.public_id])


def _with_note(world: Any) -> None:
    met(world.enrolment, world.case_worker, today() - timedelta(days=3), text="Först.")


JOBS = [
    Job("phone", _case("ratta/"), {"phone": "070-111 11 11"}, {"phone": "070-222 22 22"}, ("111 11 11", "222 22 22")),
    Job("name", _case("ratta/"), {"given_name": "Anna"}, {"given_name": "Britta"}, ("Anna", "Britta")),
    Job("entry", _case("ratta/"), {"enrolled_on": "2026-01-13"}, {"enrolled_on": "2026-01-14"}, ("13", "14")),
    Job(
        "exit",
        _case("avslut/"),
        {"exited_on": "2026-06-30", "reason": "work", "comment": "Fick jobb."},
        {"exited_on": "2026-06-29", "reason": "moved", "comment": "Flyttade."},
        ("Fick jobb.", "Flyttade."),
    ),
    Job(
        "sick",
        _case("sjukskrivning/"),
        {"percent": "100", "from_day": "2026-03-01"},
        {"percent": "50", "from_day": "2026-03-02"},
        ("100 %", "50 %"),
    ),
    Job(
        "assessment",
        _case("kartlaggning/"),
        {"completed_on": "2026-02-01", "summary": "Vill arbeta ute."},
        {"completed_on": "2026-02-02", "summary": "Vill studera."},
        ("Vill arbeta ute.", "Vill studera."),
    ),
    Job("note", _note_address, {"text": "Rätt ett."}, {"text": "Rätt två."}, ("Rätt ett.", "Rätt två."), _with_note),
]


@pytest.fixture(params=JOBS, ids=lambda job: job.name)
def job(request) -> Job:
    return request.param


@pytest.fixture
def savers(log_in) -> Callable[[Any], tuple[Client, Client]]:
    """The case worker and a colleague who works with the same case."""

    def two(world: Any) -> tuple[Client, Client]:
        colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        CaseAssignmentFactory(enrolment=world.enrolment, user=colleague, role="substitute")
        return log_in(world.case_worker), log_in(colleague)

    return two


def _check_told(answer: Any, job: Job) -> None:
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Någon annan hann spara före dig" in html
    assert all(words in html.replace("\xa0", " ") for words in job.words)


def test_the_second_of_two_savers_sees_both_texts_and_can_save_again(world, savers, job) -> None:
    job.prepare(world)
    first, second = savers(world)
    url = job.address(world.enrolment)
    one, two = fill(first, url, **job.first), fill(second, url, **job.second)
    assert first.post(url, one).status_code == 302
    answer = second.post(url, two)
    _check_told(answer, job)
    assert second.post(url, shown(answer.context["form"])).status_code == 302


def test_a_page_that_has_seen_nothing_replaces_nothing(world, savers) -> None:
    first, _ = savers(world)
    url = _case("ratta/")(world.enrolment)
    for seen in ("", "x", "[]", "[" * 5000, '{"phone": 1}'):
        answer = first.post(url, {**fill(first, url, phone="070-333"), "seen": seen})
        assert "Någon annan hann spara före dig" in answer.content.decode()


def test_what_only_the_other_changed_is_taken_over(world, savers) -> None:
    first, second = savers(world)
    url = _case("ratta/")(world.enrolment)
    one, two = fill(first, url, phone="070-111"), fill(second, url, email="asa@exempel.se")
    first.post(url, one)
    answer = second.post(url, two)
    kept = shown(answer.context["form"])
    assert (kept["phone"], kept["email"]) == ("070-111", "asa@exempel.se")
    assert second.post(url, kept).status_code == 302
    identity = Enrolment.objects.get(pk=world.enrolment.pk).participant.identity
    assert (identity.phone, identity.email) == ("070-111", "asa@exempel.se")


def test_two_at_the_same_second_are_never_both_told_that_it_is_saved(
    transactional_db, savers, job, monkeypatch
) -> None:
    """Both are past every check of the form when they begin to save."""
    world = worlds.build()
    job.prepare(world)
    pair = savers(world)
    save_once = core.concurrency.save_once
    for number in range(ROUNDS):
        url, ready = job.address(world.enrolment), Barrier(2)

        def wait_and_save(ready: Barrier = ready, **kwargs: Any) -> Any:
            ready.wait(30)
            return save_once(**kwargs)

        forms = [
            _anew(fill(client, url, **answers), number)
            for client, answers in zip(pair, (job.first, job.second), strict=True)
        ]
        with monkeypatch.context() as patched:
            patched.setattr(core.concurrency, "save_once", wait_and_save)
            answers = _at_once([(client, url, data) for client, data in zip(pair, forms, strict=True)])
        assert sorted(answer.status_code for answer in answers) == [200, 302]
        loser = next(answer for answer in answers if answer.status_code == 200)
        assert "Någon annan hann spara före dig" in loser.content.decode()


def _anew(data: dict[str, Any], number: int) -> dict[str, Any]:
    """The answers of another round, each with words and days of its own, so that each one changes something."""
    for name in {"from_day", "enrolled_on"} & data.keys():
        data[name] = str(date.fromisoformat(str(data[name])) + timedelta(days=2 * number))
    words = {"phone", "given_name", "comment", "summary", "text"}
    letters = "".join(chr(97 + int(digit)) for digit in str(number))
    return {name: f"{value} {letters}" if name in words and value else value for name, value in data.items()}


def _at_once(posts: list[tuple[Client, str, dict[str, Any]]]) -> list[Any]:
    def post(sent: tuple[Client, str, dict[str, Any]]) -> Any:
        client, url, data = sent
        try:
            return client.post(url, data)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(post, posts))
