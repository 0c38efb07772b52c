"""The project's register of workplaces that take participants in."""

import uuid
from typing import Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core.models import SortedByName
from core.pages import Page, address_of
from core.swedish.words import plural
from projects.enums import WorkplaceKind
from projects.models.listed import Listed
from projects.models.project import Project

MOST_PLACES: Final = 500


class Workplace(SortedByName):
    """A workplace of a project's register, shared by all its organisations. It says nothing of any person: who is there
    is said by the placements, which name the place in their own words."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="workplaces")
    name = models.CharField("namn", max_length=120)
    kind = models.CharField("slag", max_length=20, choices=WorkplaceKind.choices)
    unit = models.ForeignKey(Listed, models.PROTECT, null=True, blank=True, related_name="workplaces")
    places = models.PositiveSmallIntegerField(
        "antal platser",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)],
    )
    takes_in = models.BooleanField("tar emot nu", default=True)

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["project", "sort_key"],
                name="workplace_once",
                violation_error_message="Arbetsplatsen står redan i registret.",
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=True) | Q(places__gte=1, places__lte=MOST_PLACES), name="workplace_places"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page where it is changed."""
        return address_of(Page.WORKPLACE, self.public_id)

    @property
    def in_words(self) -> str:
        """«Kommunal, enheten Växthuset, 3 platser»; unit and number where they are known."""
        unit = f"enheten {self.unit}" if self.unit else ""
        number = plural(self.places, "plats,platser") if self.places else ""
        return ", ".join(filter(None, (self.get_kind_display(), unit, number)))
