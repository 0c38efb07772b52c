"""The case workers of an organisation in a project: the people to whom a case can be given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, DateField, Exists, OuterRef, Q, QuerySet

from accounts.models import Organisation, User
from core.prepared.questions import prepared
from projects.enums import Role
from projects.models import Membership, Project


@dataclass(frozen=True, slots=True)
class CaseWorker:
    """A user who is or has been a case worker, and whether cases can be given to that user now."""

    user: User
    works_now: bool

    @property
    def label(self) -> str:
        """The worker's name; with what tells people of one name apart, and with a word if the person has left."""
        return str(self.user) if self.works_now else f"{self.user} (har slutat)"


def case_workers(project: Project, organisation: Organisation | None, *, on: date) -> list[CaseWorker]:
    """All who are or have been case workers of the organisation in the project, by name. One query."""
    rows = _with_role.ask(project=project.pk, organisation=organisation and organisation.pk, on=on)
    return [CaseWorker(user, works_now=user.has_role and user.is_active) for user in rows]


@prepared(project=BigIntegerField(), organisation=BigIntegerField(), on=DateField())
def _with_role(*, project: Any, organisation: Any, on: Any) -> QuerySet:
    role = Membership.objects.filter(user=OuterRef("pk"), project=project, role=Role.CASE_WORKER)
    users = User.objects.filter(Exists(role), organisation=organisation)
    return users.annotate(has_role=Exists(role.on(on))).order_by("sort_key", "pk")


def present(workers: Sequence[CaseWorker]) -> list[User]:
    """The users among `workers` who can be given a case today."""
    return [worker.user for worker in workers if worker.works_now]


def still_there(*, on: date) -> Q:
    """Condition on an assignment by name: on the day its user is active and a case worker in the enrolment's
    project."""
    role = Membership.objects.filter(project=OuterRef("enrolment__project"), role=Role.CASE_WORKER).on(on)
    return Q(Exists(role.filter(user=OuterRef("user"))), user__is_active=True)
