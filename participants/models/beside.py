"""Rows that stand in a file beside the project's own work: support that others give, signed papers, texts of forms that
couldn't be saved, and marks of what stood wrong."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.enums import Category, Disposal
from core.facts import AmendedFact, Fact
from core.privacy import AMENDED, InExtract
from core.swedish.words import day
from participants.enums import MisplacedKind, MisplacedWay, PaperAbout, PlanHolder, TalkHolder
from participants.querysets.facts import AmendedFactQuerySet, KeptNoteQuerySet, SignedPaperQuerySet, SipQuerySet


class SupportTalk(AmendedFact):
    """A talk with a psychologist or social worker, as support: which day and how long, and nothing of what was said.

    That somebody has such talks is about health.
    """

    default_category = Category.HEALTH
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "held_by": Disposal.CODE,
        "minutes": Disposal.CODE,
        "concerns_on": Disposal.DATE,
        "why": Disposal.TEXT,
        "taken_back": Disposal.CODE,
    }
    in_extract = InExtract(96, "Samtalsstöd", {"held_by": "Med", "minutes": "Minuter", **AMENDED})

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="support_talks")
    held_by = models.CharField("med", max_length=20, choices=TalkHolder.choices)
    minutes = models.PositiveSmallIntegerField("minuter")

    objects: ClassVar[AmendedFactQuerySet] = AmendedFactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="support_talk_corrected_once"
            ),
        )

    def __str__(self) -> str:
        return f"Samtalsstöd {self.concerns_on}"

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("talk_edit", args=[self.public_id])

    @property
    def in_words(self) -> str:
        """«Psykolog, 45 minuter, 3 mars 2026»."""
        return f"{self.get_held_by_display()}, {self.minutes} minuter, {day(self.concerns_on)}"


class CoordinatedPlan(AmendedFact):
    """A coordinated individual plan (SIP) that exists elsewhere: from which day, who holds it, and whom to ask about
    it. It is pointed at and never copied. Of several the latest holds."""

    default_category = Category.PLAN
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "holder": Disposal.CODE,
        "contact": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
        "why": Disposal.TEXT,
        "taken_back": Disposal.CODE,
    }
    in_extract = InExtract(97, "SIP", {"holder": "Planansvarig", "contact": "Kontakt", **AMENDED})

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="coordinated_plans")
    holder = models.CharField("planansvarig", max_length=20, choices=PlanHolder.choices)
    contact = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[SipQuerySet] = SipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="sip_corrected_once"
            ),
        )

    def __str__(self) -> str:
        return f"SIP {self.concerns_on}"

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("sip_edit", args=[self.public_id])

    @property
    def in_words(self) -> str:
        """«SIP från 3 mars 2026, planansvarig regionen, fråga Eva Ek»."""
        asked = f", fråga {self.contact.text}" if self.contact and self.contact.text else ""
        return f"SIP från {day(self.concerns_on)}, planansvarig {self.get_holder_display().lower()}{asked}"


class SignedPaper(AmendedFact):
    """A paper that the participant has signed on the fact's day, as it was photographed or scanned.

    A consent form names parties, and a plan may say anything, so no consent opens it to others than its own
    organisation. Who signed a plan stands in rows of its own, which others read.
    """

    default_category = Category.PLAN
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "about": Disposal.CODE,
        "number": Disposal.CODE,
        "file": Disposal.CODE,
        "concerns_on": Disposal.DATE,
        "why": Disposal.TEXT,
        "taken_back": Disposal.CODE,
    }
    in_extract = InExtract(
        226, "Underskrivna papper", {"about": "Vad det gäller", "number": "Plan", "file": "Fil", **AMENDED}
    )

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="signed_papers")
    about = models.CharField("gäller", max_length=20, choices=PaperAbout.choices)
    # Of the revision that was signed, where it is about a plan.
    number = models.PositiveSmallIntegerField("plan", null=True, blank=True)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+")

    objects: ClassVar[SignedPaperQuerySet] = SignedPaperQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="signed_paper_corrected_once"
            ),
            models.CheckConstraint(
                condition=Q(about=PaperAbout.PLAN, number__isnull=False)
                | Q(about=PaperAbout.CONSENT, number__isnull=True),
                name="signed_paper_of_a_plan_has_its_number",
            ),
        )

    def __str__(self) -> str:
        return f"Underskrivet papper {self.concerns_on}"

    @property
    def category_said(self) -> Category:
        """The kind that its matter is of."""
        return PaperAbout(self.about).category if self.about else self.default_category

    @property
    def is_kept(self) -> bool:
        """Whether its pages are still here."""
        return bool(self.file.digest)

    @property
    def matter(self) -> str:
        """«Samtycke» or «Plan 2»."""
        return f"Plan {self.number}" if self.about == PaperAbout.PLAN else self.get_about_display()

    @property
    def in_words(self) -> str:
        """«Plan 2, 3 mars 2026»."""
        return f"{self.matter}, {day(self.concerns_on)}"

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("paper_edit", args=[self.public_id])


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
