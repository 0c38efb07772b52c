"""The cases that something written on the wrong person can be moved to."""

from accounts.models import User
from core.forms.saving import made_before
from participants.models import Enrolment, Misplacement
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.scope.scope import Scope
from projects.enums import Permission


def right_cases(scope: Scope, wrong: Enrolment) -> EnrolmentQuerySet:
    """The cases of the user's own organisation that the user works with, but for the wrong one, by name: those assigned
    to the user and, for a coordinator, those of the project. An emergency lets nobody move anything."""
    projects = {key for needed in (Permission.EDIT_CASE, Permission.ASSIGN) for key in scope.roles.project_ids(needed)}
    own = Enrolment.objects.lasting_to(scope).filter(owner=scope.user.organisation_id, project__in=projects)
    return own.exclude(pk=wrong.pk).with_person().order_by("participant__identity__sort_key", "pk")


def moved_before(token: str, user: User) -> bool:
    """Whether an earlier press of the user's form with this token has moved its fact, or taken it away. One query."""
    return bool(token) and Misplacement.objects.filter(public_id__in=made_before(token, user)).exists()
