"""A user's proposals, as the administrator meets them."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.http import LoggedRequest
from accounts.models import User
from projects.proposals.actions import is_link_out, withdraw
from projects.proposals.models import Proposal
from projects.proposals.rules import SecondPersons, deciders

_SHOWN = 6
_NOBODY = "den som driver programmet: hos er finns ingen annan som kan"


def proposals_of(user: User, *, on: date) -> list[tuple[Proposal, list[User], bool]]:
    """The six latest proposals for a user: each with who can decide on the day (none once it is decided), and
    whether it can be taken back. Three queries."""
    rows = user.proposals.select_related("user", "project__host", "proposed_by", "decided_by")
    latest = list(rows.order_by("-proposed_at", "-pk")[:_SHOWN])
    second = SecondPersons.of(latest, on)
    return [
        (row, second.deciders(row) if row.is_waiting else [], row.is_waiting or is_link_out(row, user))
        for row in latest
    ]


def say_what_waits(request: LoggedRequest, user: User, *, on: date) -> bool:
    """Tell the administrator that a second person is asked. Whether anything waits."""
    waiting = list(user.proposals.waiting().select_related("user", "project__host"))
    for proposal in waiting:
        names = " eller ".join(str(person) for person in deciders(proposal, on)) or _NOBODY
        messages.info(request, f"{proposal}: väntar på godkännande av {names}.")
    return bool(waiting)


def take_back(request: LoggedRequest, user: User) -> HttpResponse:
    """Answer the button that takes back a proposal that waits, or a link that hasn't been used."""
    try:
        proposal = user.proposals.get(public_id=request.POST.get("proposal", ""))
        withdraw(proposal=proposal, by=request.user)
    except (Proposal.DoesNotExist, ValidationError):
        messages.warning(request, "Det är redan avgjort. Ingenting är ändrat.")
    else:
        messages.success(request, "Det är återtaget.")
    return redirect("user_detail", user.public_id)
