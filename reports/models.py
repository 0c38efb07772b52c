"""Reports: texts and the day its figures are asked for. Figures are never stored by hand."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.actions import stamp
from participants.scope.scope import Scope
from projects.enums import Permission
from projects.models import Project
from reports.enums import HidingRules, ReportState

OF_PROJECT = ("name", "register_number", "association", "funder")
ENDS_FIRST = "Perioden kan inte sluta innan den börjar."


class ReportQuerySet(models.QuerySet):
    """Reports. They hold no persons, only figures in the safe version."""

    def visible_to(self, scope: Scope) -> Self:
        """All reports of projects that the user makes reports for, and the adopted ones of projects where they read."""
        roles = scope.roles
        own = Q(project__in=roles.project_ids(Permission.EDIT_REPORTS))
        adopted = Q(project__in=roles.project_ids(Permission.SEE_REPORTS), state=ReportState.ADOPTED)
        return self.filter(own | adopted)

    def to_release(self, scope: Scope) -> Self:
        """Drafts that ask for a release, of the projects where the user is the host's coordinator."""
        return self.of_host(scope).asking()

    def of_host(self, scope: Scope) -> Self:
        """Reports of projects where the user is the host's coordinator, whether or not they ask for a release."""
        projects = scope.roles.project_ids(Permission.RELEASE_FIGURES)
        return self.filter(project__in=projects, project__host=scope.user.organisation_id)

    def asking(self) -> Self:
        """Drafts that ask for a release."""
        return self.filter(state=ReportState.DRAFT).exclude(release_asked="")

    def without_answer(self) -> Self:
        """Reports in which nothing of their day has been released yet."""
        return self.exclude(releases__as_of=F("as_of"))

    def adopted(self) -> Self:
        """Reports that the steering group may read."""
        return self.filter(state=ReportState.ADOPTED)


class Report(models.Model):
    """A slutrapport: title, period, as-of day and the moment its figures are known at."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="reports")
    title = models.CharField("titel", max_length=160)
    period_start = models.DateField("från")
    period_end = models.DateField("till och med")
    as_of = models.DateField("siffror per")
    known_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    adopted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    # What the writer asks the host's coordinator to release, and why: another day, or targets with a small base.
    release_asked = models.TextField("det du vill visa", blank=True)
    # By which rules small numbers are hidden: adopted reports keep those they were adopted by.
    rules = models.PositiveSmallIntegerField(choices=HidingRules.choices, default=HidingRules.QUARTERS, editable=False)
    # What it says of its project since it was adopted, by the names of the project's columns.
    adopted_of = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="report_period",
                violation_error_message=ENDS_FIRST,
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The report's page."""
        return reverse("report_detail", args=[self.public_id])

    @property
    def has_text(self) -> bool:
        """Whether somebody has written anything in it. One query, none where the sections are read already."""
        return any(section.text.strip() for section in self.sections.all())

    @property
    def is_adopted(self) -> bool:
        """Whether it stands as it is for good."""
        return self.state == ReportState.ADOPTED

    @property
    def said_of_project(self) -> dict[str, str]:
        """The names and numbers of its project that it says, by column: of its adoption, for a draft those of now."""
        return self.adopted_of or {name: getattr(self.project, name) for name in OF_PROJECT}

    @property
    def is_released(self) -> bool:
        """Whether something of its day has been, in releases that are read with it."""
        return any(release.as_of == self.as_of for release in self.releases.all())

    @property
    def figures_known_at(self) -> datetime | None:
        """An adopted report keeps the figures that were known then; a draft shows those known now."""
        return self.known_at if self.is_adopted else None


class Release(models.Model):
    """A release: the host's coordinator lets one report show its day or a target that the safe version hides.

    Holds for the day that the report had then. With another day it has to be released anew.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="releases")
    as_of = models.DateField()
    # What the target says (reports.documents.releases.contents), or its name in addresses, in releases from before
    # that was kept; empty for the day itself.
    target = models.CharField(max_length=20, blank=True)
    reason = models.TextField("så har du prövat sekretessen")
    released_at = models.DateTimeField(default=stamp)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("released_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["report", "as_of", "target"], name="released_once_for_a_report"),
        )

    def __str__(self) -> str:
        return f"Släppt per {self.as_of}"


class ReportSection(models.Model):
    """One of the report's texts."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    heading = models.CharField("rubrik", max_length=120)
    text = models.TextField("text", blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["report", "position"], name="section_position_once"),)

    def __str__(self) -> str:
        return self.heading
