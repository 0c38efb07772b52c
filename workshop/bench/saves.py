"""The measurement of a save: a meeting with a note and a step with its criteria."""

from collections.abc import Iterator
from itertools import cycle
from uuid import uuid4

from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from django.utils.crypto import get_random_string

from participants.models import Enrolment
from participants.scope.scope import Scope
from workshop import aims
from workshop.answers import Answers, hidden, note, step
from workshop.bench.floor import USUAL, bare_client, floor_user
from workshop.bench.measure import Measured
from workshop.bench.pages import Response, expect, get
from workshop.scale.people import World

# So many cases are written in by turns, so that none gets a history like no other.
_CASES = 500


def save_pages(world: World) -> Iterator[Measured]:
    """The measurement of the save against an ordinary Django save of the same rows; each in cases of its own."""
    mine, others = cases(world)
    ours, plain = Save(world, mine), PlainSave(world, others)
    yield Measured("save a meeting with a step", ours.run, plain.run, aims.SAVE, ready=ours.open)


def cases(world: World) -> tuple[list[Enrolment], list[Enrolment]]:
    """Open cases of the case worker, and of others."""
    by_worker, by_coordinator = (Scope.of(user, world.on) for user in (world.case_worker, world.coordinator))
    mine = Enrolment.objects.assigned_to(by_worker).on(world.on).exclude(pk=world.case.pk).order_by("-pk")
    others = Enrolment.objects.visible_to(by_coordinator).on(world.on).order_by("-pk")
    return list(mine[:_CASES]), list(others.exclude(pk__in=mine.values("pk")).exclude(pk=world.case.pk)[:_CASES])


class Save:
    """The program's save. The form is opened beforehand, since it sends back what the page has shown."""

    def __init__(self, world: World, about: list[Enrolment]) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(world.case_worker)
        self.world, self.cases, self.step = world, cycle(about), step(world)
        self.url, self.answers = "", Answers()

    def open(self) -> None:
        """Open the form of the next case and fill it in."""
        self.url = reverse("meeting_create", args=[next(self.cases).public_id])
        page = get(self.client, self.url).content.decode()
        taking_part = {"users": str(self.world.case_worker.public_id)}
        self.answers = {**hidden(page, beside="token"), **note(self.world), **self.step, **taking_part}

    def run(self) -> None:
        """Press the button."""
        _saved(self.client.post(self.url, self.answers))


class PlainSave:
    """The ordinary save, by somebody who is logged in and sends Django's token against forged requests."""

    def __init__(self, world: World, about: list[Enrolment]) -> None:
        self.client = bare_client(USUAL)
        self.client.force_login(floor_user())
        self.csrf = get_random_string(32)
        self.client.cookies["csrftoken"] = self.csrf
        self.cases, self.answers = cycle(about), {**note(world), **step(world), "csrfmiddlewaretoken": self.csrf}

    def run(self) -> None:
        """Send the form about the next case."""
        answers = {**self.answers, "token": str(uuid4())}
        _saved(self.client.post(f"/mote/{next(self.cases).public_id}/", answers))


def _saved(response: Response) -> None:
    """Raises RuntimeError where the answer doesn't lead on, or leads to the page on which people log in."""
    if resolve_url(settings.LOGIN_URL) in expect(response, 302).headers["Location"]:
        raise RuntimeError("nobody is logged in: nothing to measure")
