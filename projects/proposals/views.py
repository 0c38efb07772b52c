"""The pages of a second person: what waits for a yes, and each of it."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.enums import MailKind
from accounts.letters.invitations import is_mailed
from accounts.letters.outbox import post_link
from core.days.dates import today
from core.forms.saving import saved
from projects.http import ProjectRequest
from projects.proposals.actions import accept, as_seen, decline
from projects.proposals.forms import DecisionForm
from projects.proposals.models import Proposal
from projects.proposals.rules import decides_at_all, to_decide, waiting_for, within_reach


def of_second_persons(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For administrators and coordinators: to all others nothing is ever proposed.

    The guarded view raises PermissionDenied.
    """

    @wraps(view)
    def guarded(request: ProjectRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not decides_at_all(request.user, today()):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@of_second_persons
def proposal_list(request: ProjectRequest) -> HttpResponse:
    """Page of the proposals that wait for the user's yes or no."""
    return render(request, "projects/proposals/proposal_list.html", {"proposals": waiting_for(request.user, today())})


@of_second_persons
def proposal_detail(request: ProjectRequest, public_id: UUID) -> HttpResponse:
    """Page of a proposal: the change, for whom and by whom it is proposed, with yes and no."""
    proposal = _find(request, public_id)
    form = DecisionForm(request.POST or None, as_seen=as_seen(proposal))
    links: list[str] = []
    if saved(
        request,
        form,
        lambda: _decide(request, proposal, form, links),
        lambda _: _receipt(request, proposal, form, links),
    ):
        return _after(request, proposal, links)
    if form.is_bound:
        proposal = _find(request, public_id)
    context = {"proposal": proposal, "form": form, "somebody": proposal.user, "begins_on": proposal.begins_on(today())}
    return render(request, "projects/proposals/proposal_detail.html", context)


def _find(request: ProjectRequest, public_id: UUID) -> Proposal:
    """One that is the user's to decide, or that they have decided. Nobody is told of any other.

    An answer to what somebody else has just decided keeps what was typed.
    """
    on = today()
    found = within_reach(request.user, on).filter(public_id=public_id)
    theirs = found if request.method == "POST" else found.waiting()
    if to_decide(list(theirs), request.user, on) or found.filter(decided_by=request.user).exists():
        return found.get()
    raise Http404


def _decide(request: ProjectRequest, proposal: Proposal, form: DecisionForm, links: list[str]) -> UUID:
    """Say yes or no; where the yes makes a link for the owner of the account it is put among `links`."""
    if form.is_yes:
        links.append(accept(proposal=proposal, seen=form.cleaned_data["seen"], by=request.user))
    else:
        decline(proposal=proposal, words=form.cleaned_data["words"], by=request.user)
    return proposal.public_id


def _receipt(request: ProjectRequest, proposal: Proposal, form: DecisionForm, links: list[str]) -> str:
    """The receipt of a decision, after a link has been mailed to its owner; empty where the page shows the link."""
    if not any(links):
        return "Du har godkänt det." if form.is_yes else "Du har sagt nej. Administratören ser varför."
    if not is_mailed():
        return ""
    post_link(MailKind.NEW_ACCOUNT, proposal.user, request.build_absolute_uri("/"))
    return f"En länk för att välja lösenord skickas till {proposal.user.email} inom någon minut."


def _after(request: ProjectRequest, proposal: Proposal, links: list[str]) -> HttpResponse:
    """Without mail a link is shown once, to the one who vouched for it."""
    shown = "" if is_mailed() else "".join(links)
    if not shown:
        return redirect("proposal_list")
    context = {"somebody": proposal.user, "link": request.build_absolute_uri(shown)}
    return render(request, "projects/proposals/proposal_link.html", context)
