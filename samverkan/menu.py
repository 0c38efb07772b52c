"""The menu: what the user's roles in the current project open."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, DateField, QuerySet, TextField, Value
from django.urls import reverse

import actionplans.urls
import casework.urls
import oversight.urls
import participants.urls
import projects.urls
import reports.urls
from accounts.enums import Duty
from accounts.login.sessions import seconds_left
from core.days.dates import today
from core.enums import MenuLine
from core.prepared.questions import prepared
from participants.http import Request
from projects.enums import Permission, Role
from projects.proposals.rules import in_reach_of, waiting_for
from reports.models import Report

P = Permission
APPS = (projects.urls, participants.urls, actionplans.urls, casework.urls, oversight.urls, reports.urls)
# What a role opens. USERS and LOG are opened by a duty instead.
_NEEDED: dict[MenuLine, Permission] = {
    MenuLine.TASKS: P.SEE_PERSONS,
    MenuLine.PERSONS: P.SEE_PERSONS,
    MenuLine.PLACEMENTS: P.SEE_PLACEMENTS,
    MenuLine.FIGURES: P.SEE_FIGURES,
    MenuLine.REPORTS: P.SEE_REPORTS,
    MenuLine.REGISTER: P.IMPORT,
    MenuLine.PROJECT: P.SEE_PROJECT,
    MenuLine.PROPOSALS: P.ACCEPT_PROPOSALS,
}
# Those with a duty of their own are in no project.
_OF_DUTY: dict[Duty, tuple[MenuLine, ...]] = {
    Duty.ADMINISTRATOR: (MenuLine.TASKS, MenuLine.USERS, MenuLine.PROPOSALS),
    Duty.LOG_REVIEWER: (MenuLine.TASKS, MenuLine.LOG),
}
# To them the first page holds nothing to do in a case; to a coordinator it tells how everybody's cases stand.
_FIRST_OF_DUTY, _FIRST_OF_COORDINATOR = "Start", "Läget"


def line_of(address: str) -> MenuLine | None:
    """The line of the menu under which a page lies, by the name of its address; None for a page under none."""
    found = (line for app in APPS for line, names in app.MENU.items() if address.startswith(tuple(names)))
    return next(found, None) if address else None


def _start(line: MenuLine) -> str:
    return next(reverse(app.MENU_STARTS[line]) for app in APPS if line in getattr(app, "MENU_STARTS", {}))


def _waiting(request: Request, allowed: frozenset[Permission]) -> dict[MenuLine, int]:
    """How much waits for the user behind a line of the menu, which no start page tells of.

    One query where nothing does, and none for those to whom nothing comes.
    """
    user, project, on = request.user, request.project, today()
    if P.ACCEPT_PROPOSALS not in allowed and user.duty != Duty.ADMINISTRATOR:
        return {}
    releases = P.RELEASE_FIGURES in allowed and project.host_id == user.organisation_id
    ids = {"user": user.pk, "organisation": user.organisation_id, "project": project.pk if project else None}
    found = [kind for (kind,) in _lines_with_more.ask(releases, on=on, **ids)]
    accepts = waiting_for(user, on) if MenuLine.PROPOSALS in found else []
    return {MenuLine.PROPOSALS: len(accepts), MenuLine.REPORTS: found.count(MenuLine.REPORTS)}


@prepared(user=BigIntegerField(), organisation=BigIntegerField(), project=BigIntegerField(), on=DateField())
def _lines_with_more(releases: bool, *, user: Any, organisation: Any, project: Any, on: Any) -> QuerySet:
    """A row for each thing that may wait for the user: the line of the menu behind which it lies."""
    reach = in_reach_of(user=user, organisation=organisation, on=on)
    proposals = reach.waiting().order_by().values_list(Value(MenuLine.PROPOSALS, TextField()))
    if not releases:
        return proposals
    asking = Report.objects.asking().without_answer().filter(project=project)
    return proposals.union(asking.order_by().values_list(Value(MenuLine.REPORTS, TextField())), all=True)


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the menu; `count`: how much waits for the user there, None for nothing."""

    label: str
    url: str
    is_current: bool
    count: int | None = None


def menu(request: Request) -> dict[str, Any]:
    """Context for `base.html`: menu, projects to choose from, and the current project."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not hasattr(request, "roles"):
        return {"menu": [], "projects": (), "current_project": None, "can_search_persons": False}
    allowed = request.roles.permissions(request.project)
    waiting = _waiting(request, allowed)
    roles = request.roles.by_project[request.project.pk] if request.project else ()
    lines = _lines(user.duty, allowed, coordinates=Role.COORDINATOR in roles)
    items = [_item(request, line, label, waiting.get(line, 0)) for line, label in lines]
    return {
        "menu": items,
        "menu_more": sum(item.count or 0 for item in items[4:]),
        "projects": request.roles.projects,
        "current_project": request.project,
        "can_search_persons": P.SEE_PERSONS in allowed,
        "session_seconds": seconds_left(request.session),
    }


def _lines(duty: str, allowed: frozenset[Permission], *, coordinates: bool) -> list[tuple[MenuLine, str]]:
    """The menu's lines: those that the user's roles in the project open, else those of the user's duty. Each with its
    label."""
    first = _FIRST_OF_COORDINATOR if coordinates else MenuLine.TASKS.label
    opened = [line for line, needed in _NEEDED.items() if needed in allowed]
    by_role = [(line, first if line is MenuLine.TASKS else line.label) for line in opened]
    of_duty = _OF_DUTY.get(Duty(duty), ())
    by_duty = [(line, _FIRST_OF_DUTY if line is MenuLine.TASKS else line.label) for line in of_duty]
    return by_role or by_duty


def _item(request: Request, line: MenuLine, label: str, count: int) -> MenuItem:
    match = request.resolver_match
    here = line_of((match.url_name or "") if match else "")
    return MenuItem(label, _start(line), here is line, count or None)
