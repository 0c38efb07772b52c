"""Where a participant is on placement, and who looks after them there."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.days.periods import Period
from core.enums import Category, Disposal
from core.facts import AmendedFact
from core.privacy import AMENDED, InExtract
from participants.querysets.facts import PlacementPeriodQuerySet


class PlacementPeriod(AmendedFact):
    """At a place from `concerns_on` until a day (half-open; open end: until further notice), under a supervisor.

    It lets the supervisor read who comes and when, as far as Scope says, and nothing else of the case.
    """

    default_category = Category.PLAN
    counted_as = "placering,placeringar"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "place": Disposal.TEXT,
        "supervisor": Disposal.CODE,
        "until": Disposal.DATE,
        "taken_back": Disposal.CODE,
        "why": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(190, "Placeringar", {"place": "Plats", "supervisor": "Handledare", **AMENDED})

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="placements")
    place = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="placements")
    until = models.DateField("till", null=True, blank=True)
    # When it came here from another file, for figures of the moments before.
    here_since = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[PlacementPeriodQuerySet] = PlacementPeriodQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="placement_corrected_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("concerns_on")),
                name="placement_period",
                violation_error_message="Placeringen kan inte sluta innan den börjar.",
            ),
        )
        indexes = (
            models.Index(
                fields=["supervisor", "enrolment"],
                condition=Q(superseded_at__isnull=True),
                name="placement_supervisor",
            ),
        )

    def __str__(self) -> str:
        return f"Placering från {self.concerns_on}"

    @property
    def period(self) -> Period:
        """The days of the placement; the enrolment may end before."""
        return Period.of(self.concerns_on, self.until)

    @property
    def in_words(self) -> str:
        """«Köket, 3 mars 2026 – 31 mars 2026, handledare Hedda Ek»."""
        return f"{self.place.text}, {self.period.in_words}, handledare {self.supervisor}"

    def get_absolute_url(self) -> str:
        """The page where it is changed."""
        return reverse("placement_edit", args=[self.public_id])
