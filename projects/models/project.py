"""Projects and the parties that take part in them."""

import uuid
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Organisation
from core.models import SortedByName

ENDS_FIRST = "Slutdagen kan inte ligga före startdagen."


def _default_beyond_control() -> list[str]:
    return ["deceased", "moved"]


def _days(label: str, default: int, *, may_be_none: bool = False) -> models.PositiveSmallIntegerField:
    limits = [MinValueValidator(1), MaxValueValidator(365)]
    return models.PositiveSmallIntegerField(
        label, default=default, validators=limits, null=may_be_none, blank=may_be_none
    )


class Project(SortedByName):
    """A cooperation project with its association, period and deadlines."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("namn", max_length=120)
    register_number = models.CharField(
        "diarienummer",
        max_length=40,
        unique=True,
        error_messages={"unique": "Diarienumret används redan av ett annat projekt."},
    )
    association = models.CharField("samordningsförbund", max_length=120, blank=True)
    funder = models.CharField("finansiär", max_length=120, blank=True)
    purpose = models.TextField("syfte", blank=True)
    host = models.ForeignKey(
        Organisation, models.PROTECT, related_name="hosted_projects", verbose_name="värdorganisation"
    )
    starts_on = models.DateField("startar", null=True, blank=True)
    ends_on = models.DateField("slutar", null=True, blank=True)
    # The first last day that came to pass before the period was changed: figures have been shown as of it.
    first_ended_on = models.DateField(null=True, blank=True, editable=False)
    first_meeting_days = _days("första personliga mötet, dagar från ansökan", 14)
    assessment_days = _days("kartläggning, dagar från inskrivning", 14)
    plan_days = _days("handlingsplan, dagar från inskrivning", 14)
    # Empty where the project has no such deadline: not every project places people.
    placement_days = _days("första placeringen, arbetsdagar från inskrivning", 5, may_be_none=True)
    first_follow_up_days = _days("första uppföljning, dagar från planen", 14)
    follow_up_min_days = _days("uppföljning tidigast efter, dagar", 28)
    follow_up_max_days = _days("uppföljning senast efter, dagar", 42)
    beyond_control = models.JSONField("avslut utanför projektets makt", default=_default_beyond_control)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="project_ends_after_start",
                violation_error_message=ENDS_FIRST,
            ),
            models.CheckConstraint(
                condition=Q(follow_up_max_days__gte=F("follow_up_min_days")),
                name="project_follow_up_interval",
                violation_error_message="Uppföljningens senaste dag kan inte ligga före den tidigaste.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The project's page, which always shows the project one has chosen."""
        return reverse("project_detail")

    def has_ended(self, on: date) -> bool:
        """Whether the last day has passed: from then on nothing waits on a person."""
        return self.ends_on is not None and self.ends_on < on


class ProjectOrganisation(models.Model):
    """A party that takes part in a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["project", "organisation"], name="party_once_per_project"),)

    def __str__(self) -> str:
        return str(self.organisation)
