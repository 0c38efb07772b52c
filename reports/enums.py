"""Choices about reports."""

from django.db.models import IntegerChoices, TextChoices


class ReportState(TextChoices):
    """A report is written, then adopted; an adopted one is what the steering group reads."""

    DRAFT = "draft", "Utkast"
    ADOPTED = "adopted", "Antagen"


class HidingRules(IntegerChoices):
    """How small numbers are hidden: as the first release did, or as ADR 24 says."""

    FIRST = 1, "Före kvartalen"
    QUARTERS = 2, "Kvartal"
