"""Pages that an app leads to without knowing whose they are: the app that has one says so at start.

An app knows those below it and none above. So it names the page by what it shows, and not by its address.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from uuid import UUID

from django.http import HttpResponseRedirect
from django.urls import reverse


class Page(StrEnum):
    """A subject that some app has a page about."""

    HOME = "home"
    DRAFTS = "drafts"
    CASE_LIST = "case_list"
    CASE = "case"  # of an enrolment's public id
    PERSON = "person"  # of a participant's public id
    SHEET = "sheet"  # of an enrolment's public id
    EXTRACT = "extract"  # of a participant's public id
    READERS = "readers"  # of a participant's public id
    LOG_REVIEWS = "log_reviews"
    LOG_REVIEW = "log_review"  # of a review's public id
    FIGURES = "figures"
    REPORTS = "reports"
    WORKPLACE = "workplace"  # of a workplace's public id


# Stands in a route for what its page is about.
_ANY = str(UUID(int=0))

# The names of their addresses, filled in by each app's `ready`.
names: dict[Page, str] = {}


def address_of(page: Page, *args: object) -> str:
    """The address of a page. Raises KeyError where no app has said that it has one."""
    return reverse(names[page], args=args)


def addresses_of(page: Page, keys: Iterable[object]) -> list[str]:
    """The addresses of a page about each of these, in their order. The route is worked out once: of a list of fifty it
    took 2 700 calls. Raises KeyError where no app has said that the page has one."""
    address = address_about(names[page])
    return [address(key) for key in keys]


def address_about(url_name: str) -> Callable[[object], str]:
    """Gives the address of a page about each of several things, by its key. The route is worked out once, and may be
    kept no longer than a request, since the project may stand in it."""
    route = reverse(url_name, args=[_ANY])
    return lambda key: route.replace(_ANY, str(key))


def go_to(page: Page, *args: object) -> HttpResponseRedirect:
    """A redirect to a page. Raises KeyError where no app has said that it has one."""
    return HttpResponseRedirect(address_of(page, *args))
