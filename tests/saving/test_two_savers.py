"""Two who save the same thing from the same starting point: nothing is lost in silence."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.crypto import salted_hmac

import core.forms.concurrency
import core.forms.saving
from core.swedish.words import NOTHING
from participants.models import Enrolment
from tests.saving.savers import JOBS, TOLD, Job, case_workers
from tests.saving.savers_of_answers import ANSWERS
from tests.world import worlds
from tests.world.pages import fill, shown

# In all about sixty rounds at once in `make test`, a thousand in `make soak`.
Sent = tuple[Client, str, dict[str, Any], bool]
ROUNDS = max(2, int(os.environ.get("SAVERS", "20")) // 10)


@pytest.fixture(params=[*JOBS, *ANSWERS], ids=lambda job: job.name)
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
    assert job.is_told(answer)
    assert all(words in html.replace("\xa0", " ") for words in job.words)


def test_the_second_of_two_savers_sees_both_texts_and_can_save_again(world, pair_of, job) -> None:
    job.prepare(world)
    first, second = pair_of(world, job)
    url, theirs = job.address(world), job.of(0)
    shared = getattr(job.opened(second, world), "shared", None)
    one, two = theirs.fill(first, world, 0), job.fill(second, world, 1)
    assert first.post(theirs.address(world), one).status_code == 302
    saved = shared and shared.read()
    answer = second.post(url, two, follow=bool(job.gone))
    assert (shared and shared.read()) == saved
    if job.gone:
        assert job.is_told(answer)
        return
    _check_told(answer, job)
    assert second.post(url, job.again_from(answer, two)).status_code == job.again


@pytest.mark.parametrize("job", [job for job in (*JOBS, *ANSWERS) if job.other], ids=lambda job: job.name)
def test_the_one_with_another_form_is_told_as_well_where_this_form_was_first(world, pair_of, job) -> None:
    job.prepare(world)
    first, second = pair_of(world, job)
    theirs = job.of(0)
    one, two = theirs.fill(first, world, 0), job.fill(second, world, 1)
    assert second.post(job.address(world), two).status_code == 302
    assert theirs.is_told(first.post(theirs.address(world), one, follow=bool(theirs.gone)))


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
    save_once = core.forms.saving.save_once
    for number in range(1 if job.once else ROUNDS):
        jobs, ready = [job.of(who) for who in (0, 1)], Barrier(2)

        def wait_and_save(ready: Barrier = ready, **kwargs: Any) -> Any:
            ready.wait(30)
            return save_once(**kwargs)

        sent = [
            (client, saver.address(world), _anew(saver.fill(client, world, who), number), bool(saver.gone))
            for who, (client, saver) in enumerate(zip(pair, jobs, strict=True))
        ]
        with monkeypatch.context() as patched:
            patched.setattr(core.forms.saving, "save_once", wait_and_save)
            answers = _at_once(sent)
        told = [saver.is_told(answer) for saver, answer in zip(jobs, answers, strict=True)]
        assert sorted(told) == [False, True]
        winner = answers[told.index(False)]
        assert winner.status_code == 302 or winner.redirect_chain


def _anew(data: dict[str, Any], number: int) -> dict[str, Any]:
    """The answers of another round, each with words and days of its own, so that each one changes something."""
    if not number:
        return data
    if "phone" in data:
        data["phone"] = f"{data['phone']} {number}"
    for name in {"from_day", "enrolled_on"} & data.keys():
        data[name] = str(date.fromisoformat(str(data[name])) + timedelta(days=2 * number))
    words = {"others", "given_name", "comment", "summary", "text", "text_3", "purpose", "step1_name"}
    words |= {"main_activity", "answer", "own_view", "health"}
    # A choice on other pages, in one word.
    words |= {"reason"} if " " in str(data.get("reason")) else set()
    letters = "".join(chr(97 + int(digit)) for digit in str(number))
    return {name: f"{value} {letters}" if name in words and value else value for name, value in data.items()}


def _at_once(posts: list[Sent]) -> list[Any]:
    def post(sent: Sent) -> Any:
        client, url, data, follows = sent
        try:
            return client.post(url, data, follow=follows)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(posts)) as pool:
        return list(pool.map(post, posts))


@pytest.mark.parametrize("salt", ["seen", "core.forms.concurrency", "core.concurrency"])
def test_a_page_that_was_open_through_an_upgrade_blames_nobody(world, savers, salt, monkeypatch) -> None:
    """Each of these was the salt once; a page of that version has seen what stands, or what stood."""
    first, second = savers(world)
    url = f"/inskrivningar/{world.enrolment.public_id}/ratta/"
    monkeypatch.setattr(core.forms.concurrency, "_digest", partial(_digest_by, salt))
    mine, theirs = (fill(client, url, phone=phone) for client, phone in ((first, "070-333"), (second, "070-444")))
    monkeypatch.undo()
    assert first.post(url, mine).status_code == 302
    answer = second.post(url, theirs)
    assert answer.status_code == 200
    assert TOLD in answer.content.decode()


def _digest_by(salt: str, said: str | None) -> str | None:
    return salted_hmac(salt, said, algorithm="sha256").hexdigest()[:20] if said not in (None, NOTHING) else None
