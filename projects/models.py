"""Projects, their ladder of steps, their result targets and their members."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import Organisation
from core.actions import stamp
from core.days.periods import Period, PeriodQuerySet
from projects.enums import Role, StepRule

ENDS_FIRST = "Slutdagen kan inte ligga före startdagen."


def _default_beyond_control() -> list[str]:
    return ["deceased", "moved"]


def _days(label: str, default: int) -> models.PositiveSmallIntegerField:
    limits = [MinValueValidator(1), MaxValueValidator(365)]
    return models.PositiveSmallIntegerField(label, default=default, validators=limits)


class Project(models.Model):
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
    first_follow_up_days = _days("första uppföljning, dagar från planen", 14)
    follow_up_min_days = _days("uppföljning tidigast efter, dagar", 28)
    follow_up_max_days = _days("uppföljning senast efter, dagar", 42)
    beyond_control = models.JSONField("avslut utanför projektets makt", default=_default_beyond_control)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("name",)
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


class VersionQuerySet(models.QuerySet):
    """Versions that hold from a day; the newest written for a day replaces earlier ones for the same day."""

    def current(self) -> Self:
        """Versions that nothing has replaced."""
        return self.filter(superseded_at__isnull=True)

    def in_force(self, day: date) -> Self:
        """Versions that hold on `day`, the nearest first."""
        return self.current().filter(valid_from__lte=day).order_by("-valid_from")


class Version(models.Model):
    """Something that a project decides and may decide again: valid from a day, never overwritten."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    valid_from = models.DateField("gäller från")
    recorded_at = models.DateTimeField(default=stamp, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True


class Ladder(Version):
    """One version of a project's ladder of steps."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="ladders")

    class Meta:
        ordering = ("valid_from", "recorded_at")
        constraints = (
            models.UniqueConstraint(
                fields=["project", "valid_from"],
                condition=Q(superseded_at__isnull=True),
                name="ladder_one_current_per_day",
            ),
        )

    def __str__(self) -> str:
        return f"Stege från {self.valid_from}"


class Step(models.Model):
    """A step of one ladder version. Steps measure; they lock nothing."""

    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField("nummer")
    name = models.CharField("namn", max_length=60)
    meaning = models.CharField("innebär", max_length=300, blank=True)
    rule = models.CharField("förslagsregel", max_length=10, choices=StepRule.choices)
    at_least = models.PositiveSmallIntegerField("minst antal", default=1)
    self_support = models.BooleanField(
        "handlar om egen försörjning", default=False, help_text="Varje inskrivning räknas på det högsta av dessa steg."
    )

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["ladder", "number"], name="step_number_once_per_ladder"),)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class StepCriterion(models.Model):
    """What supports the judgement of a step."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField("ordning")
    text = models.CharField("kriterium", max_length=200)
    is_required = models.BooleanField("måste vara uppfyllt", default=False)
    exempts_full_time_sick = models.BooleanField("gäller inte den som är sjukskriven på heltid", default=False)
    supervisor_required = models.BooleanField("kräver handledare", default=False)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["step", "position"], name="criterion_position_once_per_step"),)

    def __str__(self) -> str:
        return self.text


class TargetVersion(Version):
    """One version of a project's result targets: for those enrolled from `valid_from` on."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="target_versions")

    class Meta:
        ordering = ("valid_from", "recorded_at")
        constraints = (
            models.UniqueConstraint(
                fields=["project", "valid_from"],
                condition=Q(superseded_at__isnull=True),
                name="targets_one_current_per_day",
            ),
        )

    def __str__(self) -> str:
        return f"Resultatmål från {self.valid_from}"


class ResultTarget(models.Model):
    """So many per cent shall have cleared a step within so many months."""

    version = models.ForeignKey(TargetVersion, models.CASCADE, related_name="targets")
    step_number = models.PositiveSmallIntegerField("steg")
    months = models.PositiveSmallIntegerField("månader", validators=[MinValueValidator(1), MaxValueValidator(60)])
    percent = models.PositiveSmallIntegerField("procent", validators=[MinValueValidator(1), MaxValueValidator(100)])
    counts_higher = models.BooleanField("ett högre steg räknas också", default=True)
    exclusive = models.BooleanField("räknas bara på det högsta steget", default=False)

    class Meta:
        ordering = ("step_number",)
        constraints = (
            models.UniqueConstraint(fields=["version", "step_number"], name="target_once_per_step"),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100, months__gte=1),
                name="target_in_range",
                violation_error_message="Ange 1–100 procent och minst 1 månad.",
            ),
        )

    def __str__(self) -> str:
        return f"Steg {self.step_number}: {self.percent} % på {self.months} månader"


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


# A model of its own folder; Django looks for models here.
from projects.proposals.models import Proposal  # noqa: E402, F401
