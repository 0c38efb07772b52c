"""Kartläggning."""

from typing import ClassVar

from django.db import models

from core.enums import Category, Disposal
from core.facts import Fact
from participants.querysets.facts import CaseFactQuerySet


class Assessment(Fact):
    """That a kartläggning was completed on `concerns_on`. A later one is a new fact; the earlier stays."""

    default_category = Category.ASSESSMENT
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "summary": Disposal.TEXT,
        "is_imported": Disposal.CODE,
        "concerns_on": Disposal.DATE,
    }

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="assessments")
    summary = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    is_imported = models.BooleanField(default=False)

    objects: ClassVar[CaseFactQuerySet] = CaseFactQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"Kartläggning {self.concerns_on}"
