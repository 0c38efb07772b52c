"""Who asks that an enrolment is wrongly registered, who answers, and who lets it count again."""

from collections.abc import Sequence
from datetime import date

from accounts.enums import Duty
from accounts.models import User
from participants.enums import CaseRole, VoidState
from participants.models import Enrolment, Voiding
from participants.scope.scope import Scope
from projects.enums import Role
from projects.models import Membership


def may_ask(user: User, enrolment: Enrolment, *, on: date) -> bool:
    """Whether the user may ask to mark the enrolment: as responsible for it, by name or with the unit, or as its
    coordinator."""
    live = enrolment.assignments.on(on).responsible()
    is_theirs = any(row.user_id in (user.pk, None) and row.organisation_id == user.organisation_id for row in live)
    return is_theirs or user in deciders(enrolment, on=on)


def asker_of(step: Voiding | None) -> User | None:
    """The user who asked the question that waits for an answer or was declined; None where there is none."""
    if step and step.state == VoidState.DECLINED and step.corrects:
        return step.corrects.recorded_by
    return step.recorded_by if step and step.state == VoidState.ASKED else None


def may_drop(user: User, step: Voiding | None, enrolment: Enrolment, *, on: date) -> bool:
    """Whether the user may drop the question: as the one who asked or, if that one no longer has the case, as one who
    may ask."""
    asker = asker_of(step)
    if asker is None or asker == user:
        return asker is not None
    return may_ask(user, enrolment, on=on) and not has_case(asker, enrolment, on=on)


def has_case(user: User, enrolment: Enrolment, *, on: date) -> bool:
    """Whether the user still works with the enrolment, without counting the emergency way in."""
    return Enrolment.objects.lasting_to(Scope.of(user, on)).filter(pk=enrolment.pk).exists()


def deciders(enrolment: Enrolment, *, on: date) -> list[User]:
    """The coordinators of the case's own organisation in its project, by name."""
    held = Membership.objects.on(on).filter(project=enrolment.project_id, role=Role.COORDINATOR)
    users = User.objects.filter(organisation=enrolment.owner_id, is_active=True, duty=Duty.CASE_WORK)
    return list(users.filter(pk__in=held.values("user")).order_by("sort_key", "pk"))


def others(asker: User, coordinators: Sequence[User]) -> list[User]:
    """The case's coordinators who can answer the question that `asker` has asked."""
    return [user for user in coordinators if user != asker]


def may_decide(user: User, asker: User, coordinators: Sequence[User]) -> bool:
    """Whether the user may answer the question: as a coordinator other than `asker`; if there is no other, as
    `asker`."""
    second = others(asker, coordinators)
    return user in second if second else user == asker


def may_undo(user: User, enrolment: Enrolment, coordinators: Sequence[User], *, on: date) -> bool:
    """Whether the user may let the enrolment count again: as its coordinator; where there is none, as one assigned by
    name."""
    if coordinators:
        return user in coordinators
    return enrolment.assignments.on(on).filter(user=user).exclude(role=CaseRole.CONTACT).exists()
