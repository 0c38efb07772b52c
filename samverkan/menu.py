"""The menu: what the user's roles in the current project open."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.enums import Duty
from projects.enums import Permission
from projects.http import Request

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
            *("consent", "case", "emergency", "placement_create", "placement_edit"),
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


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the menu."""

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
    return {
        "menu": [_item(request, *entry) for entry in _entries(user.duty, allowed)],
        "projects": request.roles.projects,
        "current_project": request.project,
        "can_search_persons": P.SEE_PERSONS in allowed,
    }


def _entries(duty: str, allowed: frozenset[Permission]) -> list[_Line]:
    by_role: list[_Line] = [(label, name, prefixes) for label, name, needed, prefixes in _ENTRIES if needed in allowed]
    return by_role or _DUTIES.get(Duty(duty), [])


def _item(request: Request, label: str, name: str, prefixes: tuple[str, ...]) -> MenuItem:
    match = request.resolver_match
    here = (match.url_name or "") if match else ""
    return MenuItem(label, reverse(name), here.startswith(prefixes))
