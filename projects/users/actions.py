"""Users of an organisation and their memberships, as its administrator keeps them.

What takes away holds at once. What gives a way to persons, or to others' accounts, is proposed and waits for a second
person: see projects/proposals.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet

from accounts.enums import Duty
from accounts.letters.addresses import change_address
from accounts.letters.invitations import link_path
from accounts.log.access import log_change
from accounts.login.sessions import end_sessions
from accounts.login.tokens import end_links
from accounts.models import Organisation, User
from accounts.namesakes import shown_name
from core.actions import action, stamp_day
from core.days.periods import BACKWARDS, Period
from core.swedish.keys import clean
from projects.enums import Role
from projects.models import Membership, Project
from projects.proposals.actions import propose_duty, propose_link, propose_role, withdraw_all
from projects.proposals.grants import HAS_DUTY, HAS_ROLES, has_lasting
from projects.proposals.models import Proposal
from projects.proposals.rules import has_trust, is_duty_trusted, lasting_roles, link_needs_second, reads_persons
from projects.users.memberships import check_free, check_place

ONESELF = "Du kan inte ändra ditt eget uppdrag eller dina egna roller. Be en annan administratör."
UNPROVEN = "Bekräfta att det är du när du ändrar adressen."


@dataclass(frozen=True, slots=True)
class UserFields:
    """An administrator's answers about a user."""

    name: str
    email: str
    duty: Duty
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Caseload:
    """How many cases somebody answers for in a project, and who can hand them over; never whose they are."""

    project: str
    count: int
    coordinators: tuple[str, ...]


def users_of(organisation: Organisation) -> QuerySet[User]:
    """The organisation's users with their memberships, those who can log in first."""
    memberships = Membership.objects.select_related("project").order_by("project__sort_key", "role", "valid_from")
    users = User.objects.filter(organisation=organisation).exclude(duty=Duty.SYSTEM)
    return users.prefetch_related(Prefetch("memberships", memberships)).order_by("-is_active", "sort_key", "pk")


@action
def open_user(*, fields: UserFields, organisation: Organisation, by: User) -> User:
    """A new user, who can't log in before having chosen a password by the link. Any duty is only proposed.

    Raises ValidationError for `email` where the address is in use.
    """
    _check_email(fields.email, None)
    said = {"name": fields.name, "phone": fields.phone}
    user = User.objects.create_user(fields.email, None, organisation=organisation, **said)
    _log("user_create", user, by)
    if is_duty_trusted(fields.duty):
        propose_duty(user=user, duty=fields.duty, by=by)
    return user


@action
def make_link(*, user: User, by: User) -> str:
    """The address by which somebody new chooses a password. It logs in as the user, so that giving it out is logged.

    Empty where a second person must say yes first: then it is proposed. Raises ValidationError for the form where the
    account is one's own.
    """
    locked = _locked(user, by)
    if link_needs_second(locked, stamp_day()):
        propose_link(user=locked, by=by)
        return ""
    _log("user_link", locked, by)
    return link_path(locked)


@action
def change_user(*, user: User, fields: UserFields, by: User, is_proven: bool = False) -> None:
    """Another name, address, telephone or duty. Another address asks for proof that the administrator sits there.

    Raises ValidationError for `email` where the address is in use, for `proof` without proof, for `duty` where the user
    has roles, and for the form where the account is one's own.
    """
    locked = _locked(user, by)
    _check_email(fields.email, locked)
    address = clean(fields.email).lower()
    if address != locked.email:
        if not is_proven:
            raise ValidationError({"proof": UNPROVEN})
        is_in_use = locked.has_usable_password() or has_trust(locked, stamp_day())
        change_address(locked, address, is_in_use=is_in_use)
    locked.name, locked.phone = fields.name, fields.phone
    locked.save(update_fields=["name", "phone"])
    _log("user_edit", locked, by)
    if fields.duty != locked.duty:
        _change_duty(locked, fields.duty, by)


def _change_duty(user: User, duty: Duty, by: User) -> None:
    """Change a user's duty: a lesser one at once, a greater one when a second person has said yes."""
    if not is_duty_trusted(duty):
        User.objects.filter(pk=user.pk).update(duty=duty)
        return
    if has_lasting(user, stamp_day()):
        raise ValidationError({"duty": HAS_ROLES})
    propose_duty(user=user, duty=duty, by=by)


@action
def set_open(*, user: User, is_open: bool, by: User) -> bool:
    """Close an account and end its sessions, or open it again. Gives whether it did: False if it is so already.

    What its owner could do isn't given back by that: it is proposed anew. Raises ValidationError for the form where
    the account is one's own.
    """
    locked = _locked(user, by)
    if locked.is_active == is_open:
        return False
    User.objects.filter(pk=locked.pk).update(is_active=is_open)
    end_sessions(locked)
    end_links(locked)
    _log("user_reopen" if is_open else "user_close", locked, by)
    if is_open:
        _propose_again(locked, by)
    else:
        withdraw_all(locked, by)
    return True


def _propose_again(user: User, by: User) -> None:
    on = stamp_day()
    for held in lasting_roles(user, on):
        Membership.objects.filter(pk=held.pk).update(valid_until=max(held.valid_from, on))
        period = Period.of(max(held.valid_from, on), held.valid_until)
        propose_role(user=user, project=held.project, role=Role(held.role), period=period, by=by)
    if is_duty_trusted(user.duty):
        User.objects.filter(pk=user.pk).update(duty=Duty.CASE_WORK)
        propose_duty(user=user, duty=Duty(user.duty), by=by)


@action
def add_membership(
    *, user: User, project: Project, role: Role, valid_from: date, valid_until: date | None, by: User
) -> Membership | Proposal:
    """Give a role for a time; the end is the first day without it. A role that reads persons is only proposed.

    Raises ValidationError for `project` and `role` where the organisation can't have them, for `role` where the user
    has it already or it waits, for `last_day` before the first, and for the form: one's own account, or a duty of
    another kind.
    """
    locked = _locked(user, by)
    if locked.duty != Duty.CASE_WORK:
        raise ValidationError(HAS_DUTY)
    check_place(project, role, locked.own_organisation)
    check_free(locked, project, role, valid_from, valid_until)
    if reads_persons(role):
        period = Period.of(valid_from, valid_until)
        return propose_role(user=locked, project=project, role=role, period=period, by=by)
    made = Membership.objects.create(
        user=locked, project=project, role=role, valid_from=valid_from, valid_until=valid_until
    )
    _log("membership_create", locked, by)
    return made


@action
def end_membership(*, membership: Membership, valid_until: date, by: User) -> None:
    """Set the first day without the role; it can be today. It makes the role shorter, never longer.

    Raises ValidationError for `last_day` before the first day or after the last one, and for one's own role.
    """
    user = _locked(membership.user, by)
    held = Membership.objects.get(pk=membership.pk)
    if valid_until < held.valid_from:
        raise ValidationError({"last_day": BACKWARDS})
    if held.valid_until and valid_until > held.valid_until:
        raise ValidationError({"last_day": "Rollen slutar redan tidigare. Ge en ny roll för tiden efter."})
    Membership.objects.filter(pk=held.pk).update(valid_until=valid_until)
    _log("membership_end", user, by)


# How many open cases each project would have without anybody if the user left, by project; participants joins its own.
counts_of_cases: list[Callable[[User, date], Mapping[int, int]]] = []


def caseloads(user: User, *, on: date) -> list[Caseload]:
    """How many cases would stand without anybody, by project, the fewest first. A query more for each project."""
    counted: Counter[int] = Counter()
    for cases_of in counts_of_cases:
        counted.update(cases_of(user, on))
    names = dict(Project.objects.filter(pk__in=counted).values_list("pk", "name"))
    fewest_first = sorted(counted.items(), key=lambda item: item[1])
    return [Caseload(names[key], count, _coordinators(user, key, on)) for key, count in fewest_first]


def _coordinators(user: User, project: int, on: date) -> tuple[str, ...]:
    held = Membership.objects.on(on).filter(project=project, role=Role.COORDINATOR, user__is_active=True)
    same = held.filter(user__organisation=user.organisation_id).exclude(user=user)
    return tuple(same.order_by("user__sort_key", "user").values_list(shown_name("user"), flat=True))


def live_or_coming(memberships: Sequence[Membership], *, on: date) -> list[Membership]:
    """Memberships that hold on the day, or will."""
    return [row for row in memberships if not row.period.is_over(on)]


def _log(part: str, user: User, by: User) -> None:
    """About whom, by an id that says nothing to others: the log is kept longer than a name may be."""
    log_change(by=by, part=part, reason=str(user.public_id))


def _locked(user: User, by: User) -> User:
    """The user's row, locked. Raises ValidationError for the administrator's own."""
    if user.pk == by.pk:
        raise ValidationError(ONESELF)
    return User.objects.select_for_update(no_key=True).get(pk=user.pk, organisation=by.organisation_id)


def _check_email(email: str, user: User | None) -> None:
    same = User.objects.filter(email__iexact=clean(email))
    if (same.exclude(pk=user.pk) if user else same).exists():
        raise ValidationError({"email": "Adressen används redan."})
