"""Reads of referrals."""

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from core.facts import FactQuerySet
from participants.enums import ReferralState
from participants.querysets.names import named
from projects.enums import Permission

if TYPE_CHECKING:
    from participants.scope.scope import Scope
    from projects.models import Project


class ReferralQuerySet(FactQuerySet):
    """Referrals: each says who sent a person, when, and what came of it."""

    def visible_to(self, scope: "Scope") -> Self:
        """Referrals that the user receives. Of somebody protected there are none to be seen here: the case is open to
        those alone who are named."""
        return self.shown().received_by(scope)

    def received_by(self, scope: "Scope") -> Self:
        """Referrals of the user's own organisation in projects where the user receives them, protected people's too."""
        projects = scope.roles.project_ids(Permission.RECEIVE)
        return self.filter(owner=scope.user.organisation_id, project__in=projects)

    def shown(self) -> Self:
        """Referrals of nobody who is protected."""
        protected = apps.get_model("participants", "Participant").objects.protected()
        return self.filter(~Q(Exists(protected.filter(pk=OuterRef("participant")))))

    def in_project(self, project: "Project") -> Self:
        """Referrals to the project."""
        return self.filter(project=project)

    def named(self, text: str, *, owner: int | None = None) -> Self:
        """Referrals whose person's name, number or year of birth holds each word of `text`; with `owner`, as in
        `EnrolmentQuerySet.named`."""
        return self.filter(*named(text, owner))

    def waiting(self) -> Self:
        """Referrals of which nothing has come yet."""
        return self.current().filter(state=ReferralState.WAITING)

    def ended(self) -> Self:
        """Referrals that have ended without an enrolment."""
        return self.current().exclude(state__in=[ReferralState.WAITING, ReferralState.ACCEPTED])

    def with_person(self) -> Self:
        """Reads the person, the words and who wrote it together with each referral."""
        return self.select_related(
            "participant__identity", "reason", "said", "project", "recorded_by", "enrolment__participant"
        )

    def versions_of(self, referral: Any) -> list[Any]:
        """All versions of a referral, the newest first. One query for each."""
        found = [referral]
        while (earlier := found[-1].corrects_id) and (row := self.filter(pk=earlier).first()):
            found.append(row)
        return found
