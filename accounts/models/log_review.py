"""Reviews of the access log: a month's sample, and what was said of each reading."""

import uuid
from typing import ClassVar, Self

from django.db import models

from accounts.enums import AccessKind, Duty, LogRisk, LogVerdict
from accounts.models.access_log import AccessEvent
from accounts.models.organisation import Organisation
from accounts.models.user import User
from core.pages import Page, address_of
from core.swedish.of_apps import said_by_apps


class LogReviewQuerySet(models.QuerySet):
    """Reviews of the access log."""

    def visible_to(self, user: User) -> Self:
        """Reviews of the own organisation, for the user appointed to review its log; none for others."""
        is_reviewer = user.duty == Duty.LOG_REVIEWER and user.is_active
        return self.filter(organisation=user.organisation_id) if is_reviewer else self.none()


class LogReview(models.Model):
    """A sample of one month's readings, looked through by the log reviewer. Once finished it never changes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    month = models.DateField()
    seed = models.BigIntegerField()
    readings_count = models.PositiveIntegerField()
    # Unusual log-ins as they were found when the sample was drawn: who, when and what.
    log_ins = models.JSONField(default=list)
    drawn_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[LogReviewQuerySet] = LogReviewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-drawn_at",)

    def __str__(self) -> str:
        return f"Granskning {self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        """The sample."""
        return address_of(Page.LOG_REVIEW, self.public_id)


class LogReviewItem(models.Model):
    """A reading in the sample: what one user read about one person on one day, by the first event of that day."""

    review = models.ForeignKey(LogReview, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    event = models.ForeignKey(AccessEvent, models.PROTECT, related_name="+")
    person = models.UUIDField()
    times = models.PositiveIntegerField()
    risks = models.JSONField(default=list)
    verdict = models.CharField(max_length=10, choices=LogVerdict.choices, blank=True)
    note = models.ForeignKey("core.TextBody", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["review", "position"], name="log_review_position_once"),)

    def __str__(self) -> str:
        return f"Läsning {self.position}"

    @property
    def is_at_once(self) -> bool:
        """Whether it is something that was done with many persons by one press. It is then about none of them alone."""
        return self.event.kind == AccessKind.CHANGE and self.event.part in said_by_apps("AT_ONCE")

    @property
    def risks_in_words(self) -> list[str]:
        """Why it is in the sample; nothing for one that chance has drawn."""
        return [str(LogRisk(risk).label) for risk in self.risks]
