"""Papers for workplaces."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.enums import Category, Disposal
from core.facts import AmendedFact
from core.privacy import AMENDED, InExtract
from core.swedish.words import day
from participants.models import Enrolment
from participants.querysets.facts import AmendedFactQuerySet


class WorkplaceSheetQuerySet(AmendedFactQuerySet):
    """Sheets for workplaces, versions that have been replaced included."""

    def with_case(self) -> Self:
        """Reads the words together with each sheet, besides case, person, project and owner."""
        return super().with_case().select_related("place", "times", "words")


class WorkplaceSheet(AmendedFact):
    """The words that a workplace gets on paper about somebody who is placed there, as the participant agreed on
    `concerns_on`.

    The times are those that were agreed to, and don't follow the plan. What the sheet doesn't tell stands nowhere on
    the paper.
    """

    default_category = Category.PLAN
    counted_as = "blad till en arbetsplats,blad till arbetsplatser"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "place": Disposal.TEXT,
        "times": Disposal.TEXT,
        "words": Disposal.TEXT,
        "tells_phone": Disposal.CODE,
        "tells_contact": Disposal.CODE,
        "taken_back": Disposal.CODE,
        "why": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        192,
        "Blad till arbetsplatsen",
        {
            "place": "Arbetsplats",
            "times": "Tider",
            "words": "Bra att veta",
            "tells_phone": "Deltagarens telefon",
            "tells_contact": "Vem arbetsplatsen kan ringa",
            **AMENDED,
        },
    )

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="workplace_sheets")
    place = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")
    times = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    words = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    tells_phone = models.BooleanField("deltagarens telefon", default=False)
    tells_contact = models.BooleanField("vem arbetsplatsen kan ringa", default=False)

    objects: ClassVar[WorkplaceSheetQuerySet] = WorkplaceSheetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="workplace_sheet_corrected_once"
            ),
        )

    def __str__(self) -> str:
        return f"Blad till arbetsplatsen {self.concerns_on}"

    @property
    def in_words(self) -> str:
        """«Byggeriet, 3 mars 2026»."""
        return f"{self.place.text or 'Platsen är borttagen'}, {day(self.concerns_on)}"

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("workplace_sheet_edit", args=[self.public_id])
