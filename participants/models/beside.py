"""Rows that stand in a file beside its facts: texts of forms that couldn't be saved, and marks of what stood wrong."""

from typing import ClassVar

from django.db import models

from core.enums import Category, Disposal
from core.facts import Fact
from core.privacy import InExtract
from participants.enums import MisplacedKind, MisplacedWay
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


class Misplacement(Fact):
    """A mark in a file that something was written on the wrong person: there, or before it came to this file.

    It says nothing of the content, nor of the other person. `concerns_on` is the day when it was put right.
    """

    default_category = Category.MEETINGS
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "what": Disposal.CODE,
        "way": Disposal.CODE,
        "stood_from": Disposal.DATE,
        "readers": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        330,
        "Skrivet på fel person",
        {
            "what": "Vad det var",
            "way": "Vad som gjordes",
            "stood_from": "Stod på fel person från",
            "readers": "Läst medan det stod på fel person",
        },
    )

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="misplacements")
    what = models.CharField("vad", max_length=20, choices=MisplacedKind.choices)
    way = models.CharField("sätt", max_length=20, choices=MisplacedWay.choices)
    stood_from = models.DateTimeField("stod från")
    readers = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[KeptNoteQuerySet] = KeptNoteQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.concerns_on}"
