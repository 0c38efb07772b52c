"""Carries out an approved proposal: gives the role, the duty or the link, if its conditions still hold."""

from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError

from accounts.enums import Duty
from accounts.letters.invitations import is_mailed, link_path
from accounts.login.tokens import end_links
from accounts.models import User
from core.actions import stamp_day
from core.days.periods import Period
from projects.enums import Role
from projects.models import Membership
from projects.proposals.enums import ProposalKind
from projects.proposals.models import Proposal
from projects.proposals.rules import is_duty_trusted
from projects.users.memberships import check_free, check_place

HAS_ROLES = "Personen har roller i projekt. Avsluta dem först: en administratör eller loggranskare har inga."
HAS_DUTY = "Bara den som arbetar i projekt kan ha en roll. Ändra uppdraget först."


def carry_out(proposal: Proposal) -> str:
    """Do what was proposed, in an action that has locked the proposal. Gives the link's address, or nothing.

    Raises ValidationError where who proposed it, the account, the project or the days allow it no more; for `project`,
    `role` or `last_day` where the membership can't be given.
    """
    _check_still(proposal)
    doing: dict[str, Callable[[Proposal], str]] = {
        ProposalKind.ROLE: _give_role,
        ProposalKind.DUTY: _give_duty,
        ProposalKind.LINK: _give_link,
    }
    return doing[proposal.kind](proposal)


def _check_still(held: Proposal) -> None:
    """Check that the user who proposed it still may, and that the account is still open. Raises ValidationError for the
    form."""
    proposer = User.objects.get(pk=held.proposed_by_id)
    is_theirs = proposer.organisation_id == held.user.organisation_id and proposer.duty == Duty.ADMINISTRATOR
    if not (is_theirs and proposer.is_active):
        raise ValidationError("Den som föreslog det är inte administratör längre. Det behöver föreslås på nytt.")
    if not held.user.is_active:
        raise ValidationError("Kontot är stängt. Det behöver öppnas först.")


def _give_role(held: Proposal) -> str:
    project, role, on = held.project, Role(held.role), stamp_day()
    if project is None or held.user.duty != Duty.CASE_WORK:
        raise ValidationError(HAS_DUTY)
    if project.has_ended(on):
        raise ValidationError("Projektet är avslutat. Ingen kan få en roll i det.")
    check_place(project, role, held.user.own_organisation)
    begins = held.begins_on(on)
    if Period.of(begins, held.valid_until).is_over(on):
        raise ValidationError("Tiden för rollen har gått ut.")
    check_free(held.user, project, role, begins, held.valid_until)
    Membership.objects.create(
        user=held.user, project=project, role=role, valid_from=begins, valid_until=held.valid_until
    )
    _end_early_links(held.user)
    return ""


def _give_duty(held: Proposal) -> str:
    if has_lasting(held.user, stamp_day()) and is_duty_trusted(held.duty):
        raise ValidationError(HAS_ROLES)
    User.objects.filter(pk=held.user_id).update(duty=Duty(held.duty))
    _end_early_links(held.user)
    return ""


def _give_link(held: Proposal) -> str:
    """The second person has read the address and vouches for it."""
    end_links(held.user)
    User.objects.filter(pk=held.user_id).update(address_changed_at=None)
    return link_path(User.objects.get(pk=held.user_id))


def has_lasting(user: User, on: date) -> bool:
    """Whether the user has any role that holds or will."""
    return Membership.objects.filter(user=user).on_or_after(on).exists()


def _end_early_links(user: User) -> None:
    """A link that was given out before there was trust in the account, and was never used."""
    if not user.has_usable_password() and not is_mailed():
        end_links(user)
