"""The cost of the scope: pages with it, against those pages with a scope that lets everything through."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from unittest.mock import patch

from django.db.models import Q
from django.test import Client
from django.urls import reverse

from accounts.models import User
from participants.scope.scope import Scope
from workshop import aims
from workshop.bench.measure import Measured
from workshop.bench.pages import log_in
from workshop.scale.people import World
from workshop.scale.sharing import GUEST


def scope_pages(world: World) -> Iterator[Measured]:
    """The measurements of pages with the scope. Their floor is the page with a scope that lets everything through."""
    coordinator = log_in(world.coordinator)
    guest, other = (log_in(User.objects.get(email=email)) for email in (GUEST, f"s-{GUEST}"))
    asked = (
        ("list", coordinator, reverse("participant_list")),
        ("case", coordinator, world.case.get_absolute_url()),
        ("shared list of a contact", guest, reverse("participant_shared")),
        ("shared list of a coordinator", other, reverse("participant_shared")),
    )
    for name, client, url in asked:
        yield Measured(f"scope: {name}", partial(client.get, url), partial(_without_scope, client, url), aims.SCOPE)


def _without_scope(client: Client, url: str) -> object:
    with everything_let_through():
        return client.get(url)


@contextmanager
def everything_let_through() -> Iterator[None]:
    """While the block runs, the scope lets everything through. Only for the floor.

    Order, number of rows and templates are the real page's. The rows are others, of which only half have consents to
    read, so the floor is a little low.
    """

    def of_others(scope: Scope) -> Q:
        return ~Q(owner_id=scope.user.organisation_id) & Q(is_void=False)

    with (
        patch.object(Scope, "own", lambda self: Q(owner_id=self.user.organisation_id, is_void=False)),
        patch.object(Scope, "shared", of_others),
        patch.object(Scope, "shared_for_list", of_others),
    ):
        yield
