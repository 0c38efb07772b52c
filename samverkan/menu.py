"""The menu: what the user's roles in the current project open."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextField, Value
from django.urls import reverse

from accounts.enums import Duty
from core.days.dates import today
from participants.http import Request
from projects.enums import Permission
from projects.proposals.rules import waiting_for, within_reach
from reports.models import Report

P = Permission
# Label, address, and what the names of the addresses under it begin with.
_Line = tuple[str, str, tuple[str, ...]]
_ENTRIES = (
    ("Att göra", "home", P.SEE_PERSONS, ("home",)),
    (
        "Deltagare",
        "participant_list",
        P.SEE_PERSONS,
        (
            *("participant", "counted_only", "enrolment", "assessment", "plan", "meeting", "milestone"),
            *("consent", "case", "emergency", "void", "placement_create", "placement_edit"),
        ),
    ),
    ("På min placering", "placement_list", P.SEE_PLACEMENTS, ("placement_list",)),
    ("Resultat", "result", P.SEE_FIGURES, ("result",)),
    ("Rapporter", "report_list", P.SEE_REPORTS, ("report",)),
    ("Läs in register", "import_upload", P.IMPORT, ("import",)),
    ("Projekt", "project_detail", P.SEE_PROJECT, ("project", "ladder", "targets")),
    ("Godkänna", "proposal_list", P.ACCEPT_PROPOSALS, ("proposal",)),
)


# Those with a duty of their own are in no project.
_DUTIES: dict[Duty, list[_Line]] = {
    Duty.ADMINISTRATOR: [
        ("Start", "home", ("home",)),
        ("Användare", "user_list", ("user", "membership")),
        ("Godkänna", "proposal_list", ("proposal",)),
    ],
    Duty.LOG_REVIEWER: [("Start", "home", ("home",)), ("Åtkomstlogg", "log_review_list", ("log_review",))],
}


def _waiting(request: Request, allowed: frozenset[Permission]) -> dict[str, int]:
    """How much waits for the user behind a line of the menu, which no start page tells of.

    One query where nothing does, and none for those to whom nothing comes.
    """
    user, project = request.user, request.project
    if P.ACCEPT_PROPOSALS not in allowed and user.duty != Duty.ADMINISTRATOR:
        return {}
    releases = P.RELEASE_FIGURES in allowed and project.host_id == user.organisation_id
    asking = Report.objects.asking().without_answer().filter(project=project) if releases else Report.objects.none()
    proposals = within_reach(user, today()).waiting().order_by().values_list(Value("proposal_list", TextField()))
    reports = asking.order_by().values_list(Value("report_list", TextField()))
    found = [kind for (kind,) in proposals.union(reports, all=True)]
    accepts = waiting_for(user, today()) if "proposal_list" in found else []
    return {"proposal_list": len(accepts), "report_list": found.count("report_list")}


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
    items = [_item(request, waiting.get(entry[1], 0), *entry) for entry in _entries(user.duty, allowed)]
    return {
        "menu": items,
        "menu_more": sum(item.count or 0 for item in items[4:]),
        "projects": request.roles.projects,
        "current_project": request.project,
        "can_search_persons": P.SEE_PERSONS in allowed,
    }


def _entries(duty: str, allowed: frozenset[Permission]) -> list[_Line]:
    by_role: list[_Line] = [(label, name, prefixes) for label, name, needed, prefixes in _ENTRIES if needed in allowed]
    return by_role or _DUTIES.get(Duty(duty), [])


def _item(request: Request, count: int, label: str, name: str, prefixes: tuple[str, ...]) -> MenuItem:
    match = request.resolver_match
    here = (match.url_name or "") if match else ""
    return MenuItem(label, reverse(name), here.startswith(prefixes), count or None)
