"""Proposing, deciding and taking back. What takes rights away is no proposal: projects/users/actions.py."""

from hashlib import sha256

from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Duty
from accounts.letters.outbox import tell
from accounts.log.access import log_change
from accounts.login.tokens import end_links
from accounts.models import User
from core.actions import action, stamp, stamp_day
from core.days.periods import Period
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from projects.enums import Role
from projects.models import Project
from projects.proposals.enums import Decision, ProposalKind
from projects.proposals.grants import carry_out
from projects.proposals.models import Proposal
from projects.proposals.rules import deciders

GONE = "Det är redan avgjort, eller inte längre ditt att avgöra. Ingenting är ändrat."
CHANGED = "Kontots uppgifter har ändrats sedan du öppnade sidan. Läs dem igen och välj på nytt."
NO_WORDS = "Skriv varför, så att administratören förstår."


def propose_role(*, user: User, project: Project, role: Role, period: Period, by: User) -> Proposal:
    """Ask a coordinator of the project to let the user in; part of an action that has locked the user.

    Raises ValidationError for `role` where that role waits for an answer already.
    """
    waiting = user.proposals.waiting().about_roles()
    if waiting.filter(project=project, role=role).exists():
        raise ValidationError({"role": "Rollen är redan föreslagen och väntar på svar."})
    days = {"valid_from": period.first, "valid_until": period.until}
    return _propose(user, by, kind=ProposalKind.ROLE, project=project, role=role, **days)


def propose_duty(*, user: User, duty: Duty, by: User) -> Proposal:
    """Ask a second person to trust the user with a duty; an earlier proposal that waits is taken back."""
    _take_back(user, ProposalKind.DUTY, by)
    return _propose(user, by, kind=ProposalKind.DUTY, duty=duty)


def propose_link(*, user: User, by: User) -> Proposal:
    """Ask a second person for a link by which the user chooses a new password. Gives the proposal that waits then."""
    waiting = user.proposals.waiting().filter(kind=ProposalKind.LINK).first()
    return waiting or _propose(user, by, kind=ProposalKind.LINK)


@action
def accept(*, proposal: Proposal, seen: str, by: User) -> str:
    """Carry the proposal out, as its second person. Gives the address of the link, where it is one, else nothing.

    `seen` is what `as_seen` said when the page was shown. Raises ChangedMeanwhile where the account is another since,
    and ValidationError for the form where the proposal is decided, isn't the user's to decide, or can't be carried out
    any more; for `project`, `role` or `last_day` where the membership can't be given.
    """
    held = _mine(proposal, by)
    if seen != as_seen(held):
        raise ChangedMeanwhile(CHANGED)
    link = carry_out(held)
    _decide(held, Decision.ACCEPTED, by)
    return link


@action
def decline(*, proposal: Proposal, words: str, by: User) -> None:
    """Say no, and why; the administrator reads it.

    Raises ValidationError for `words` where there are none, and for the form where the proposal is decided, or isn't
    the user's to decide.
    """
    if not words.strip():
        raise ValidationError({"words": NO_WORDS})
    _decide(_mine(proposal, by), Decision.DECLINED, by, words)


@action
def withdraw(*, proposal: Proposal, by: User) -> None:
    """Take back what waits, or a link that was accepted: it holds no longer, used or not.

    Raises ValidationError for anything else, and where `by` isn't an administrator of the user's organisation.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=proposal.user_id, organisation=by.organisation_id)
    held = Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    is_link = is_link_out(held, user)
    if user.pk == by.pk or by.duty != Duty.ADMINISTRATOR or not (held.is_waiting or is_link):
        raise ValidationError(GONE)
    if is_link:
        call_back(user)
        log_change(by=by, part="proposal_withdraw", reason=str(user.public_id))
    else:
        _decide(held, Decision.WITHDRAWN, by)


def is_link_out(proposal: Proposal, user: User) -> bool:
    """Whether a link was accepted that the user may still have: they haven't logged in since."""
    if proposal.kind != ProposalKind.LINK or proposal.decision != Decision.ACCEPTED or proposal.decided_at is None:
        return False
    return user.last_login is None or user.last_login < proposal.decided_at


def call_back(user: User) -> None:
    """End the links of an account. Nobody vouches for its address any more, so mail alone gives no new one."""
    end_links(user)
    User.objects.filter(pk=user.pk).update(address_changed_at=stamp())


def withdraw_all(user: User, by: User) -> None:
    """Take back everything that waits for the user; part of an action that has locked the user."""
    for held in Proposal.objects.select_for_update(no_key=True).waiting().filter(user=user):
        _decide(held, Decision.WITHDRAWN, by)


def as_seen(proposal: Proposal) -> str:
    """A digest of the facts by which a second person decides. It changes if the account does."""
    user = proposal.user
    shown = (user.name, user.email, user.duty, user.organisation_id, proposal.valid_from, proposal.valid_until)
    return sha256("\x1f".join(str(part) for part in shown).encode()).hexdigest()


def locked(proposal: Proposal) -> Proposal:
    """The proposal read anew, with the user's row locked before its own. Raises ValidationError if it is decided."""
    user = User.objects.select_for_update(no_key=True).get(pk=proposal.user_id)
    held = Proposal.objects.select_for_update(no_key=True).waiting().filter(pk=proposal.pk).first()
    if held is None:
        raise ValidationError(GONE)
    held.user = user
    return held


@action
def accept_at_server(*, proposal: Proposal, words: str) -> str:
    """Carry a proposal out that nobody can decide; gives the address of the link, where it is one, else nothing.

    Raises ValidationError of no field where somebody can decide, no reason is given, or it can't be carried out any
    more; for `project`, `role` or `last_day` where the membership can't be given.
    """
    if not words.strip():
        raise ValidationError("Skriv varför.")
    held = locked(proposal)
    if able := deciders(held, stamp_day()):
        raise ValidationError(f"Det avgörs av {' eller '.join(str(user) for user in able)}.")
    link = carry_out(held)
    _decide(held, Decision.ACCEPTED, User.objects.system(), words)
    return link


def _mine(proposal: Proposal, by: User) -> Proposal:
    held = locked(proposal)
    if by not in deciders(held, stamp_day()):
        raise ValidationError(GONE)
    return held


def _propose(user: User, by: User, **fields: object) -> Proposal:
    made = Proposal.objects.create(user=user, proposed_by=by, **fields)
    log_change(by=by, part=f"proposal_{made.kind}", reason=str(user.public_id))
    addresses = [user.email for user in deciders(made, stamp_day())]
    text = f"Något väntar på ditt ja eller nej i Samverkan. Logga in och öppna Godkänna ({reverse('proposal_list')}).\n"
    tell(addresses, "Du har en uppgift i Samverkan", text)
    return made


def _decide(held: Proposal, decision: Decision, by: User, words: str = "") -> None:
    fields = {"decision": decision, "decided_by": by, "decided_at": stamp(), "words": words.strip()[:500]}
    Proposal.objects.filter(pk=held.pk, decision="").update(**fields)
    part = {"accepted": "proposal_accept", "declined": "proposal_decline"}.get(decision, "proposal_withdraw")
    body = TextBody.objects.write(words.strip()) if words.strip() else None
    log_change(by=by, part=part, reason=str(held.user.public_id), words=body)


def _take_back(user: User, kind: ProposalKind, by: User) -> None:
    for held in Proposal.objects.select_for_update(no_key=True).waiting().filter(user=user, kind=kind):
        _decide(held, Decision.WITHDRAWN, by)
