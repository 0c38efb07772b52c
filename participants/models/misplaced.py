"""Marks in files where something was written on the wrong person."""

from typing import ClassVar

from django.db import models

from core.enums import Category, Disposal
from core.facts import Fact
from core.privacy import InExtract
from participants.enums import MisplacedKind, MisplacedWay
from participants.querysets.facts import KeptNoteQuerySet


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
