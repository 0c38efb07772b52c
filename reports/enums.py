"""Choices about reports."""

from django.db.models import TextChoices


class ReportState(TextChoices):
    """A report is written, then adopted; an adopted one is what the steering group reads."""

    DRAFT = "draft", "Utkast"
    ADOPTED = "adopted", "Antagen"
