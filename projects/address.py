"""The project in the address: `/p/1a2b3c4d/rapporter/` is the page of reports in that project.

Users of several projects have it in every address, so that a page, its links and its forms stay in the project that
they show when another project is chosen in another tab. Addresses without it lead on to the chosen project.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, get_script_prefix, resolve, set_script_prefix

from projects.models import Project

_IN_PROJECT = re.compile(r"/p/(?P<key>[0-9a-f]{8})(?P<page>/.*)", re.DOTALL)


def key_of(project: Project) -> str:
    """The part of an address that names the project."""
    return project.public_id.hex[:8]


def address_in(project: Project, page: str) -> str:
    """The address of a page (a path that begins with a slash) in a project."""
    return f"/p/{key_of(project)}{page}"


def parted(address: str) -> tuple[str, str]:
    """The project's key, empty where none is named, and the address of the page without it."""
    found = _IN_PROJECT.fullmatch(address)
    return (found["key"], found["page"]) if found else ("", address)


def name_of(address: str) -> str:
    """The name of the page at an address, in a project or not; empty where there is none."""
    try:
        return resolve(parted(address)[1]).url_name or ""
    except Resolver404:
        return ""


def enter(request: HttpRequest, project: Project) -> None:
    """Let the addresses that are made from now on lead into this project, where its user has several."""
    if len(request.roles.projects) > 1:  # type: ignore[attr-defined]
        set_script_prefix(address_in(project, "/"))


@contextmanager
def _addresses_begin_as_now() -> Iterator[None]:
    before = get_script_prefix()
    try:
        yield
    finally:
        set_script_prefix(before)


class ProjectAddressMiddleware:
    """Take the project out of the address before anything else looks at it; addresses that are made get it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.project_key, page = parted(request.path_info)  # type: ignore[attr-defined]
        with _addresses_begin_as_now():
            if page != request.path_info:
                request.path_info = page
                set_script_prefix(request.path.removesuffix(page) + "/")
            return self.get_response(request)
