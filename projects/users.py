"""Users of an organisation and their memberships, as its administrator keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.access_log import log_change
from accounts.enums import Duty
from accounts.invitations import link_path
from accounts.models import Organisation, User
from accounts.namesakes import shown_name
from accounts.sessions import end_sessions
from core.actions import action
from core.dates import today
from core.swedish import clean
from projects.enums import Role
from projects.models import Membership, Project

ONESELF = "Du kan inte ändra ditt eget uppdrag eller dina egna roller. Be en annan administratör."
HAS_ROLES = "Personen har roller i projekt. Avsluta dem först: en administratör eller loggranskare har inga."
HAS_DUTY = "Bara den som arbetar i projekt kan ha en roll. Ändra uppdraget först."


@dataclass(frozen=True, slots=True)
class UserFields:
    """What an administrator says of a user."""

    name: str
    email: str
    duty: Duty


@dataclass(frozen=True, slots=True)
class Caseload:
    """How many cases somebody answers for in a project, and who can hand them over; never whose they are."""

    project: str
    count: int
    coordinators: tuple[str, ...]


def users_of(organisation: Organisation) -> QuerySet[User]:
    """The organisation's users with their memberships, those who can log in first."""
    memberships = Membership.objects.select_related("project").order_by("project__name", "role", "valid_from")
    users = User.objects.filter(organisation=organisation).exclude(duty=Duty.SYSTEM)
    return users.prefetch_related(Prefetch("memberships", memberships)).order_by("-is_active", "name", "pk")


def projects_of(organisation: Organisation) -> QuerySet[Project]:
    """Projects that the organisation hosts or takes part in."""
    return Project.objects.filter(Q(host=organisation) | Q(parties__organisation=organisation)).distinct()


def roles_in(project: Project, organisation: Organisation) -> list[Role]:
    """The roles that its administrator can give: the project leader is the host's."""
    return [role for role in Role if role != Role.PROJECT_LEADER or project.host_id == organisation.pk]


@action
def open_user(*, fields: UserFields, organisation: Organisation, by: User) -> User:
    """A new user, who can't log in before having chosen a password by the link."""
    _check_email(fields.email, None)
    user = User.objects.create_user(fields.email, None, name=fields.name, organisation=organisation, duty=fields.duty)
    _log("user_create", user, by)
    return user


@action
def make_link(*, user: User, by: User) -> str:
    """The address by which the user chooses a password: whoever has it logs in as the user, so its making is logged."""
    locked = _locked(user, by)
    _log("user_link", locked, by)
    return link_path(locked)


@action
def change_user(*, user: User, fields: UserFields, by: User) -> None:
    """Another name, address or duty."""
    locked = _locked(user, by)
    _check_email(fields.email, locked)
    if fields.duty != Duty.CASE_WORK and _lasting(locked).exists():
        raise ValidationError({"duty": HAS_ROLES})
    User.objects.filter(pk=locked.pk).update(
        name=fields.name, email=clean(fields.email).lower(), duty=Duty(fields.duty)
    )
    _log("user_edit", locked, by)


@action
def set_open(*, user: User, is_open: bool, by: User) -> None:
    """Close an account and end its sessions, or open it again; nothing if somebody else already has."""
    locked = _locked(user, by)
    if locked.is_active == is_open:
        return
    User.objects.filter(pk=locked.pk).update(is_active=is_open)
    end_sessions(locked)
    _log("user_reopen" if is_open else "user_close", locked, by)


@action
def add_membership(
    *, user: User, project: Project, role: Role, valid_from: date, valid_until: date | None, by: User
) -> Membership:
    """Give a role for a time; the end is the first day without it."""
    locked = _locked(user, by)
    organisation = locked.own_organisation
    if locked.duty != Duty.CASE_WORK:
        raise ValidationError(HAS_DUTY)
    if not projects_of(organisation).filter(pk=project.pk).exists():
        raise ValidationError({"project": "Er organisation är inte med i projektet."})
    if role not in roles_in(project, organisation):
        raise ValidationError({"role": "Projektledaren utses av den organisation som är värd för projektet."})
    _check_free(locked, project, role, valid_from, valid_until)
    made = Membership.objects.create(
        user=locked, project=project, role=role, valid_from=valid_from, valid_until=valid_until
    )
    _log("membership_create", locked, by)
    return made


@action
def end_membership(*, membership: Membership, valid_until: date, by: User) -> None:
    """Set the first day without the role; it can be today. It makes the role shorter, never longer."""
    user = _locked(membership.user, by)
    held = Membership.objects.get(pk=membership.pk)
    if valid_until < held.valid_from:
        raise ValidationError({"last_day": "Sista dagen kan inte ligga före den första."})
    if held.valid_until and valid_until > held.valid_until:
        raise ValidationError({"last_day": "Rollen slutar redan tidigare. Ge en ny roll för tiden efter."})
    Membership.objects.filter(pk=held.pk).update(valid_until=valid_until)
    _log("membership_end", user, by)


def caseloads(user: User, *, on: date) -> list[Caseload]:
    """Cases that would stand without anybody, by project."""
    assignments = apps.get_model("participants", "CaseAssignment").objects.active_on(on).responsible()
    rows = assignments.filter(user=user, enrolment__is_void=False).filter(
        Q(enrolment__exited_on__isnull=True) | Q(enrolment__exited_on__gt=on)
    )
    counted = rows.values_list("enrolment__project", "enrolment__project__name").annotate(count=Count("pk"))
    return [Caseload(name, count, _coordinators(user, key, on)) for key, name, count in counted.order_by("count")]


def _coordinators(user: User, project: int, on: date) -> tuple[str, ...]:
    held = Membership.objects.active_on(on).filter(project=project, role=Role.COORDINATOR, user__is_active=True)
    same = held.filter(user__organisation=user.organisation_id).exclude(user=user)
    return tuple(same.order_by("user__name").values_list(shown_name("user"), flat=True))


def live_or_coming(memberships: Sequence[Membership], *, on: date) -> list[Membership]:
    """Those that hold, or will."""
    return [one for one in memberships if one.valid_until is None or one.valid_until > on]


def _log(part: str, user: User, by: User) -> None:
    """About whom, by an id that says nothing to others: the log is kept longer than a name may be."""
    log_change(by=by, part=part, reason=str(user.public_id))


def _locked(user: User, by: User) -> User:
    """The row, if it is the administrator's to change."""
    if user.pk == by.pk:
        raise ValidationError(ONESELF)
    return User.objects.select_for_update().get(pk=user.pk, organisation=by.organisation_id)


def _lasting(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=today()), user=user)


def _check_email(email: str, user: User | None) -> None:
    same = User.objects.filter(email__iexact=clean(email))
    if (same.exclude(pk=user.pk) if user else same).exists():
        raise ValidationError({"email": "Adressen används redan."})


def _check_free(user: User, project: Project, role: Role, start: date, end: date | None) -> None:
    if end is not None and end <= start:
        raise ValidationError({"last_day": "Sista dagen kan inte ligga före den första."})
    same = Membership.objects.filter(user=user, project=project, role=role)
    others = same.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=start))
    if (others.filter(valid_from__lt=end) if end else others).exists():
        raise ValidationError({"role": "Personen har redan den rollen i projektet under den tiden."})
