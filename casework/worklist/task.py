"""A line of the work list, and the project and days that a work list covers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from core.pages import address_about
from projects.models import Project

LATE, SOON = "late", "soon"
# The start page is about now: two weeks is what people plan ahead, and one heading says so in words.
AHEAD_DAYS: Final = 14


def _addresses() -> Callable[[str, UUID], str]:
    """Gives the address of a page about a case, by its name; each route is worked out once, for this request alone."""
    route = cache(address_about)
    return lambda url_name, public_id: route(url_name)(public_id)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The project and the days that a work list covers, from `on` to the horizon. `may_edit` decides whether links lead
    to forms or to the case."""

    project: Project
    on: date
    may_edit: bool
    address: Callable[[str, UUID], str] = field(default_factory=_addresses, compare=False)

    @property
    def horizon(self) -> date:
        """The last day that the list covers."""
        return self.on + timedelta(days=AHEAD_DAYS)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do in one case. `kind` is "late" or "soon"; `responsible` says in words who answers for the case.

    person: the participant's public id.  case: the address of the case.  apart: what tells the person from another of
    the same name on the list, «f. 1988»; empty where there is none.
    """

    name: str
    apart: str
    person: UUID
    case: str
    what: str
    detail: str
    due_on: date
    kind: str
    when: str
    url: str
    action: str
    responsible: str
