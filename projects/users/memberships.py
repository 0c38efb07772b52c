"""Which roles an organisation's users can have, and where."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from accounts.models import Organisation, User
from core.days.periods import BACKWARDS, Period
from projects.enums import Role
from projects.models import Membership, Project


def projects_of(organisation: Organisation) -> QuerySet[Project]:
    """Projects that the organisation hosts or takes part in."""
    return Project.objects.filter(Q(host=organisation) | Q(parties__organisation=organisation)).distinct()


def roles_in(project: Project, organisation: Organisation) -> list[Role]:
    """The roles that its users can have: the project leader is the host's."""
    return [role for role in Role if role != Role.PROJECT_LEADER or project.host_id == organisation.pk]


def check_place(project: Project, role: Role, organisation: Organisation) -> None:
    """Raises ValidationError where the organisation's users can't have the role in the project."""
    if not projects_of(organisation).filter(pk=project.pk).exists():
        raise ValidationError({"project": "Er organisation är inte med i projektet."})
    if role not in roles_in(project, organisation):
        raise ValidationError({"role": "Projektledaren utses av den organisation som är värd för projektet."})


def check_free(user: User, project: Project, role: Role, start: date, end: date | None) -> None:
    """Raises ValidationError where the days are none, or the user has the role on some of them."""
    if end is not None and end <= start:
        raise ValidationError({"last_day": BACKWARDS})
    same = Membership.objects.filter(user=user, project=project, role=role)
    if same.overlapping(Period.of(start, end)).exists():
        raise ValidationError({"role": "Personen har redan den rollen i projektet under den tiden."})
