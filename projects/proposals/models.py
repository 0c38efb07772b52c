"""Something that an administrator proposes for a user, and what a second person said."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.enums import Duty
from core.actions import stamp
from core.days.periods import ONE_DAY
from projects.enums import Role
from projects.proposals.enums import Decision, ProposalKind


class ProposalQuerySet(models.QuerySet):
    """Proposals."""

    def waiting(self) -> Self:
        """Proposals that nobody has decided or taken back."""
        return self.filter(decision="")

    def about_roles(self) -> Self:
        """Proposals that give a role in a project."""
        return self.filter(kind=ProposalKind.ROLE)


class Proposal(models.Model):
    """A role, a duty or a link that gives nothing until it is accepted. Decided once; then it never changes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=ProposalKind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
    project = models.ForeignKey("projects.Project", models.CASCADE, null=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    duty = models.CharField(max_length=20, choices=Duty.choices, blank=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=stamp)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # Why not; or why the server's command decided.
    words = models.CharField(max_length=500, blank=True)

    objects: ClassVar[ProposalQuerySet] = ProposalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("proposed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "project", "role"],
                condition=Q(decision="", kind=ProposalKind.ROLE),
                name="proposal_role_waits_once",
                violation_error_message="Rollen är redan föreslagen.",
            ),
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=Q(decision="") & ~Q(kind=ProposalKind.ROLE),
                name="proposal_waits_once",
                violation_error_message="Det är redan föreslaget.",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")) | Q(decision=Decision.WITHDRAWN),
                name="proposal_second_person",
                violation_error_message="En annan person behöver godkänna.",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("user")),
                name="proposal_not_by_oneself",
                violation_error_message="Ingen godkänner något åt sig själv.",
            ),
        )

    def __str__(self) -> str:
        if self.kind == ProposalKind.ROLE:
            return f"{self.get_role_display()}, {self.project}"
        return str(self.get_duty_display() if self.kind == ProposalKind.DUTY else ProposalKind.LINK.label)

    def get_absolute_url(self) -> str:
        """The address of the page where a second person decides."""
        return reverse("proposal_detail", args=[self.public_id])

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided yet."""
        return not self.decision

    @property
    def last_day(self) -> date | None:
        """The last day of a role, as people say it."""
        return self.valid_until and self.valid_until - ONE_DAY

    def begins_on(self, on: date) -> date:
        """The first day of a role that is accepted today: never a day that has been."""
        return max(self.valid_from or on, on)
