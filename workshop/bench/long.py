"""The measurements of pages about somebody of whom much is kept, of the plan with its week, and of the queue."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from workshop import aims
from workshop.aims import Aim
from workshop.bench.measure import Measured
from workshop.bench.pages import get, lines_of, log_in
from workshop.scale.long import fill_queue, live_for_years
from workshop.scale.people import World


def long_pages(world: World, bare: Client) -> Iterator[Measured]:
    """The measurements of pages after the known case has gone on for five years and sixty referrals wait: to be taken
    last, since both are written when the first is asked for. A floor has as many rows as its page lists."""
    coordinator, worker = log_in(world.coordinator), log_in(world.case_worker)
    case = live_for_years(world)
    fill_queue(world)

    def page(name: str, client: Client, url: str, aim: Aim) -> Measured:
        rows = lines_of(get(client, url))
        return Measured(name, lambda: get(client, url), lambda: get(bare, f"/rader/{rows}/"), aim)

    yield page("participant of five years", worker, case.get_absolute_url(), aims.PARTICIPANT)
    yield page("plan of five years", worker, reverse("plan_detail", args=[case.public_id]), aims.PARTICIPANT)
    yield page("form of the plan, with its week", worker, reverse("plan_edit", args=[case.public_id]), aims.PLAN_FORM)
    yield page(
        "meeting form after five years", worker, reverse("meeting_create", args=[case.public_id]), aims.MEETING_FORM
    )
    yield page("queue of referrals", coordinator, reverse("referral_list"), aims.LIST)
