"""Who has which role in a project, when."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.days.periods import Period, PeriodQuerySet
from projects.enums import Role
from projects.models.project import ENDS_FIRST, Project


class Membership(models.Model):
    """A user's role in a project for a time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    project = models.ForeignKey(Project, models.CASCADE, related_name="memberships")
    role = models.CharField("roll", max_length=20, choices=Role.choices)
    valid_from = models.DateField("från")
    valid_until = models.DateField("till", null=True, blank=True)

    objects: ClassVar[PeriodQuerySet] = PeriodQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "project", "role"],
                condition=Q(valid_until__isnull=True),
                name="membership_role_once",
                violation_error_message="Personen har redan den rollen i projektet.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="membership_period",
                violation_error_message=ENDS_FIRST,
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    @property
    def period(self) -> Period:
        """The days on which the user has the role."""
        return Period.of(self.valid_from, self.valid_until)
