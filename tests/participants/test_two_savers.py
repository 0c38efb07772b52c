"""Two who save the same thing from the same starting point: nothing is lost in silence."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

import core.concurrency
from participants.models import Enrolment
from tests import worlds
from tests.participants.pages import fill, shown
from tests.participants.savers import JOBS, TOLD, Job, case_workers

# In all about thirty rounds at once in `make test`, a thousand in `make soak`.
ROUNDS = max(2, int(os.environ.get("SAVERS", "20")) // 10)


@pytest.fixture(params=JOBS, ids=lambda job: job.name)
def job(request) -> Job:
    return request.param


@pytest.fixture
def savers(log_in) -> Callable[[Any], tuple[Client, Client]]:
    """The case worker and a colleague who works with the same case."""

    def two(world: Any) -> tuple[Client, Client]:
        one, other = case_workers(world)
        return log_in(one), log_in(other)

    return two


@pytest.fixture
def pair_of(log_in) -> Callable[[Any, Job], tuple[Client, Client]]:
    """The two who save."""

    def two(world: Any, job: Job) -> tuple[Client, Client]:
        one, other = job.savers(world)
        return log_in(one), log_in(other)

    return two


def _check_told(answer: Any, job: Job) -> None:
    html = answer.content.decode()
    assert answer.status_code == 200
    assert job.told in html
    assert all(words in html.replace("\xa0", " ") for words in job.words)


def test_the_second_of_two_savers_sees_both_texts_and_can_save_again(world, pair_of, job) -> None:
    job.prepare(world)
    first, second = pair_of(world, job)
    url = job.address(world)
    one, two = job.fill(first, world, 0), job.fill(second, world, 1)
    assert first.post(url, one).status_code == 302
    answer = second.post(url, two, follow=bool(job.gone))
    if job.gone:
        assert job.gone in answer.content.decode()
        return
    _check_told(answer, job)
    again = {**{name: two[name] for name in two.keys() & {"do", "omfattning", "val"}}, **shown(answer.context[job.key])}
    assert second.post(url, again).status_code == job.again


def test_a_page_that_has_seen_nothing_replaces_nothing(world, savers) -> None:
    first, _ = savers(world)
    url = f"/inskrivningar/{world.enrolment.public_id}/ratta/"
    for seen in ("", "x", "[]", "[" * 5000, '{"phone": 1}'):
        answer = first.post(url, {**fill(first, url, phone="070-333"), "seen": seen})
        assert TOLD in answer.content.decode()


def test_what_only_the_other_changed_is_taken_over(world, savers) -> None:
    first, second = savers(world)
    url = f"/inskrivningar/{world.enrolment.public_id}/ratta/"
    one, two = fill(first, url, phone="070-111"), fill(second, url, email="asa@exempel.se")
    first.post(url, one)
    answer = second.post(url, two)
    kept = shown(answer.context["form"])
    assert (kept["phone"], kept["email"]) == ("070-111", "asa@exempel.se")
    assert second.post(url, kept).status_code == 302
    identity = Enrolment.objects.get(pk=world.enrolment.pk).participant.identity
    assert (identity.phone, identity.email) == ("070-111", "asa@exempel.se")


def test_two_at_the_same_second_are_never_both_told_that_it_is_saved(
    transactional_db, pair_of, job, monkeypatch
) -> None:
    """Both are past every check of the form when they begin to save."""
    world = worlds.build()
    job.prepare(world)
    pair = pair_of(world, job)
    save_once = core.concurrency.save_once
    for number in range(1 if job.once else ROUNDS):
        url, ready = job.address(world), Barrier(2)

        def wait_and_save(ready: Barrier = ready, **kwargs: Any) -> Any:
            ready.wait(30)
            return save_once(**kwargs)

        forms = [_anew(job.fill(client, world, who), number) for who, client in enumerate(pair)]
        with monkeypatch.context() as patched:
            patched.setattr(core.concurrency, "save_once", wait_and_save)
            answers = _at_once([(client, url, data) for client, data in zip(pair, forms, strict=True)])
        assert sorted(answer.status_code for answer in answers) == [200, 302]
        loser = next(answer for answer in answers if answer.status_code == 200)
        assert job.told in loser.content.decode()


def _anew(data: dict[str, Any], number: int) -> dict[str, Any]:
    """The answers of another round, each with words and days of its own, so that each one changes something."""
    for name in {"from_day", "enrolled_on"} & data.keys():
        data[name] = str(date.fromisoformat(str(data[name])) + timedelta(days=2 * number))
    words = {"phone", "given_name", "comment", "summary", "text", "text_3", "purpose", "step1_name"}
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
