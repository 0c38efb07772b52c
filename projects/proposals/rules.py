"""Decides which changes need a second person, and who that can be. A change that isn't known here to be harmless needs
one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from django.db.models import BigIntegerField, DateField, Field, Q, QuerySet

from accounts.enums import Duty
from accounts.letters.invitations import is_mailed
from accounts.models import User
from core.prepared.questions import prepared
from core.swedish.keys import sort_key
from projects.access import ROLE_PERMISSIONS
from projects.enums import Permission, Role
from projects.models import Membership
from projects.proposals.enums import ProposalKind
from projects.proposals.models import Proposal, ProposalQuerySet

# Permissions by which nobody reads of a person. A permission that is added later counts as one that does.
WITHOUT_PERSONS = frozenset(
    {
        Permission.SEE_FIGURES,
        Permission.SEE_PROJECT_FIGURES,
        Permission.EDIT_PROJECT,
        Permission.EDIT_REPORTS,
        Permission.SEE_REPORTS,
        Permission.SEE_PROJECT,
        Permission.EXPORT_PDF,
    }
)

_RELATED: Final = ("user__organisation", "project__host", "proposed_by", "decided_by")
_ASKER: Final[dict[str, Field]] = {"user": BigIntegerField(), "organisation": BigIntegerField(), "on": DateField()}

# Roles whose holders can be a second person.
DECIDING = [role for role in Role if Permission.ACCEPT_PROPOSALS in ROLE_PERMISSIONS[role]]


def reads_persons(role: Role) -> bool:
    """Whether somebody with the role reads of persons."""
    return not ROLE_PERMISSIONS[role] <= WITHOUT_PERSONS


def is_duty_trusted(duty: str) -> bool:
    """Whether a duty is more than to work in projects: it lets in to the log, or to others' accounts."""
    return duty != Duty.CASE_WORK


def lasting_roles(user: User, on: date) -> list[Membership]:
    """The user's roles that read persons, now or from a later day, in the order they were given. One query."""
    lasting = Membership.objects.on_or_after(on).filter(user=user)
    rows = lasting.select_related("project").order_by("pk")
    return [row for row in rows if reads_persons(Role(row.role))]


def has_trust(user: User, on: date) -> bool:
    """Whether a log-in as the user reads of persons, or decides about accounts."""
    return is_duty_trusted(user.duty) or bool(lasting_roles(user, on))


def link_needs_second(user: User, on: date) -> bool:
    """Whether a link for a password can't be given by one administrator.

    It can to somebody new, who has chosen none yet: until there is trust in the account, or as long as only its owner's
    mail has the link.
    """
    is_seen_by_others = not is_mailed() and has_trust(user, on)
    return user.has_usable_password() or user.is_address_new or is_seen_by_others


@dataclass(frozen=True, slots=True)
class SecondPersons:
    """Users among whom a second person is found for some proposals. Two queries, however many proposals there are."""

    administrators: Sequence[User]
    # Of each project; somebody who coordinates two stands twice.
    coordinators: Sequence[tuple[int, User]]

    @classmethod
    def of(cls, proposals: Sequence[Proposal], on: date) -> Self:
        """Everybody of the users' organisations and the proposals' projects who can decide something on the day."""
        places = {proposal.user.organisation_id for proposal in proposals}
        projects = {proposal.project_id for proposal in proposals if proposal.project_id}
        return cls.among(_administrators(places), _coordinators(projects, places, on))

    @classmethod
    def among(cls, administrators: Iterable[User], coordinators: Iterable[Membership]) -> Self:
        """These administrators, and the users with these roles."""
        return cls(list(administrators), [(row.project_id, row.user) for row in coordinators])

    def deciders(self, proposal: Proposal) -> list[User]:
        """The users who can say yes or no, by name: never the one it is for, nor the one who proposed it."""
        found = self._of_role(proposal) if proposal.kind == ProposalKind.ROLE else self._of_account(proposal)
        return sorted(found, key=lambda user: (sort_key(user.name), user.pk))

    def _of_role(self, proposal: Proposal) -> set[User]:
        """The project's coordinators in the user's organisation; where there is none the host's, else any."""
        here = {user for project, user in self.coordinators if project == proposal.project_id}
        others = {user for user in here if _is_another(user, proposal)}
        host = proposal.project.host_id if proposal.project else None
        nearest = [_within(others, place) for place in (proposal.user.organisation_id, host)]
        return next((found for found in nearest if found), others)

    def _of_account(self, proposal: Proposal) -> set[User]:
        """Another administrator of the organisation, or a coordinator of it."""
        may = {*self.administrators, *(user for _, user in self.coordinators)}
        return {user for user in _within(may, proposal.user.organisation_id) if _is_another(user, proposal)}


def _administrators(places: Any) -> QuerySet[User]:
    """The administrators of organisations."""
    return User.objects.filter(duty=Duty.ADMINISTRATOR, is_active=True, organisation__in=places).order_by("pk")


def _coordinators(projects: Any, places: Any, on: Any) -> QuerySet[Membership]:
    """The roles on the day of those who coordinate one of the projects, or any from one of the organisations."""
    held = Membership.objects.on(on).filter(role__in=DECIDING, user__is_active=True)
    held = held.filter(Q(project__in=projects) | Q(user__organisation__in=places), user__duty=Duty.CASE_WORK)
    return held.select_related("user").order_by("pk")


def _is_another(user: User, proposal: Proposal) -> bool:
    return user.pk not in (proposal.user_id, proposal.proposed_by_id)


def _within(users: Iterable[User], organisation: int | None) -> set[User]:
    return {user for user in users if user.organisation_id == organisation}


def deciders(proposal: Proposal, on: date) -> list[User]:
    """The users who can decide about one proposal on the day."""
    return SecondPersons.of([proposal], on).deciders(proposal)


def decides_at_all(user: User, on: date) -> bool:
    """Whether the user is somebody to whom proposals can come."""
    if user.duty == Duty.ADMINISTRATOR:
        return user.is_active
    held = Membership.objects.on(on).filter(user=user, role__in=DECIDING)
    return user.is_active and user.duty == Duty.CASE_WORK and held.exists()


def to_decide(proposals: Sequence[Proposal], user: User, on: date) -> list[Proposal]:
    """The proposals that the user can decide on the day, in the order given. Two queries."""
    return _theirs(user, proposals, SecondPersons.of(proposals, on))


def _theirs(user: User, proposals: Sequence[Proposal], second: SecondPersons) -> list[Proposal]:
    return [proposal for proposal in proposals if user in second.deciders(proposal)]


def waiting_for(user: User, on: date) -> list[Proposal]:
    """Proposals that wait for the user's yes or no on the day. One query where there are none, else three: the menu of
    every page asks."""
    values = {"user": user.pk, "organisation": user.organisation_id, "on": on}
    waiting = _in_reach.ask(**values)
    if not waiting:
        return []
    second = SecondPersons.among(_administrators_about.ask(**values), _coordinators_about.ask(**values))
    return _theirs(user, waiting, second)


@prepared(**_ASKER)
def _in_reach(*, user: Any, organisation: Any, on: Any) -> QuerySet:
    return in_reach_of(user=user, organisation=organisation, on=on).waiting().select_related(*_RELATED)


@prepared(**_ASKER)
def _administrators_about(*, user: Any, organisation: Any, on: Any) -> QuerySet:
    waiting = in_reach_of(user=user, organisation=organisation, on=on).waiting().order_by()
    return _administrators(waiting.values("user__organisation"))


@prepared(**_ASKER)
def _coordinators_about(*, user: Any, organisation: Any, on: Any) -> QuerySet:
    waiting = in_reach_of(user=user, organisation=organisation, on=on).waiting().order_by()
    of_roles = waiting.filter(project__isnull=False).values("project")
    return _coordinators(of_roles, waiting.values("user__organisation"), on)


def within_reach(user: User, on: date) -> ProposalQuerySet:
    """Proposals that may be the user's to decide: of the own organisation, and in projects one coordinates."""
    return in_reach_of(user=user.pk, organisation=user.organisation_id, on=on).select_related(*_RELATED)


def in_reach_of(*, user: Any, organisation: Any, on: Any) -> ProposalQuerySet:
    """As `within_reach`, by the keys of the user and of the user's organisation, for a question that is prepared."""
    held = Membership.objects.on(on).filter(user=user, role__in=DECIDING)
    return Proposal.objects.filter(Q(user__organisation=organisation) | Q(project__in=held.values("project")))
