"""Texts that users wrote in forms that couldn't be saved."""

from typing import ClassVar

from django.db import models

from core.enums import Category, Disposal
from core.facts import Fact
from core.privacy import InExtract
from participants.querysets.facts import KeptNoteQuerySet


class KeptNote(Fact):
    """The words of a form that was sent when the case had closed to its writer, for the writer's own organisation.

    They may be about anything, so they are of the kind that free text is by itself; no consent opens them.
    """

    default_category = Category.MEETINGS
    opens_case = True
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "body": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(280, "Texter ur formulär som inte gick att spara", {"body": "Text"})

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="kept_notes")
    body = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")

    objects: ClassVar[KeptNoteQuerySet] = KeptNoteQuerySet.as_manager()  # type: ignore[assignment]

    def get_absolute_url(self) -> str:
        """The page of its case, where it is read."""
        return self.enrolment.get_absolute_url()

    def __str__(self) -> str:
        return f"Text ur ett formulär {self.concerns_on}"
