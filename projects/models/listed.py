"""The project's own lists: what its forms offer, and when."""

import uuid
from datetime import date
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.days.periods import Period, PeriodQuerySet
from core.models import SortedByName
from core.swedish.words import day
from projects.enums import ListKind
from projects.models.project import Project


class ListedQuerySet(PeriodQuerySet):
    """Lines of lists; without a first day they have always held."""

    def on(self, on: date) -> "ListedQuerySet":
        """Lines that can be chosen for the day."""
        return self.on_or_after(on).filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))


class Listed(SortedByName):
    """A line of one of the project's lists. It is offered for days within its period.

    `code` is the line's key in the model list, by which figures know what it means; empty for the project's own.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="listed")
    kind = models.CharField("lista", max_length=20, choices=ListKind.choices, editable=False)
    name = models.CharField("namn", max_length=120)
    code = models.CharField(max_length=40, blank=True, editable=False)
    valid_from = models.DateField("från", null=True, blank=True)
    valid_until = models.DateField("till", null=True, blank=True)
    # The share of the participants that a target group is meant to be.
    wished_percent = models.PositiveSmallIntegerField(
        "önskad andel", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    # Whether whoever has this means of support is supported by the public; None in other lists.
    is_public_support = models.BooleanField("offentlig försörjning", null=True, blank=True)
    # Whether it says something about somebody's health; None in other lists, and where nobody has said.
    is_about_health = models.BooleanField("säger något om hälsan", null=True, blank=True)

    objects: ClassVar[ListedQuerySet] = ListedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["project", "kind", "sort_key"],
                name="listed_once",
                violation_error_message="Det står redan i listan.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_from__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="listed_period",
            ),
            models.CheckConstraint(
                condition=Q(wished_percent__isnull=True) | Q(wished_percent__gte=1, wished_percent__lte=100),
                name="listed_wished_percent",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page where it is changed."""
        return reverse("listed_edit", args=[self.public_id])

    @property
    def holds(self) -> str:
        """The days for which it can be chosen: «från 3 mars 2026», «till och med …», or nothing where always."""
        if self.valid_from:
            return Period.of(self.valid_from, self.valid_until).in_words
        last = Period.of(date.min, self.valid_until).last
        return f"till och med {day(last)}" if last else ""

    @property
    def counts_as_health(self) -> bool:
        """Whether it is treated as being about health: also where nobody has said that it isn't."""
        return ListKind(self.kind).may_be_about_health and self.is_about_health is not False

    @property
    def lacks_answer_of_health(self) -> bool:
        """Whether nobody has said if it is about health, though its list asks."""
        return self.counts_as_health and self.is_about_health is None

    def is_over(self, on: date) -> bool:
        """Whether it could be chosen for the last time before the day."""
        return self.valid_until is not None and self.valid_until <= on
