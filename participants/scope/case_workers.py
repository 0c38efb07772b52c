"""The case workers of an organisation in a project: whom a case can be given to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from accounts.models import Organisation, User
from projects.enums import Role
from projects.models import Membership, Project


@dataclass(frozen=True, slots=True)
class CaseWorker:
    """A case worker, present or former."""

    user: User
    works_now: bool

    @property
    def label(self) -> str:
        """The name, with what tells people of one name apart, and whether the person has left."""
        return str(self.user) if self.works_now else f"{self.user} (har slutat)"


def case_workers(project: Project, organisation: Organisation | None, *, on: date) -> list[CaseWorker]:
    """All who are or have been case workers of the organisation in the project, by name. One query."""
    role = Membership.objects.filter(user=OuterRef("pk"), project=project, role=Role.CASE_WORKER)
    users = User.objects.filter(Exists(role), organisation=organisation)
    rows = users.annotate(has_role=Exists(role.on(on))).order_by("name", "pk")
    return [CaseWorker(user, works_now=user.has_role and user.is_active) for user in rows]


def present(workers: Sequence[CaseWorker]) -> list[User]:
    """Those who can be given a case today."""
    return [worker.user for worker in workers if worker.works_now]


def still_there(*, on: date) -> Q:
    """The condition on an assignment by name that the user can be given cases in that project today."""
    role = Membership.objects.filter(project=OuterRef("enrolment__project"), role=Role.CASE_WORKER).on(on)
    return Q(Exists(role.filter(user=OuterRef("user"))), user__is_active=True)
