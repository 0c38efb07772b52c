"""Meetings: what was said stands in paragraphs, each with its author, owner and reader level."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Organisation
from actionplans.enums import MeetingKind, ReaderLevel
from core.enums import Category, Disposal
from core.facts import AmendedFact, Fact
from core.privacy import AMENDED, InExtract
from participants.models import Enrolment
from participants.querysets.facts import AmendedFactQuerySet, CaseFactQuerySet
from participants.scope.scope import Scope

if TYPE_CHECKING:
    from actionplans.models.step import StepAssessment


class MeetingQuerySet(AmendedFactQuerySet):
    """Meetings of cases; those of a whole project are nobody's to read by a case."""

    def with_case(self) -> Self:
        """With project and owner, too."""
        return super().with_case().select_related("project", "owner")


class Meeting(AmendedFact):
    """A meeting about a case, or of the whole project (then without enrolment). `concerns_on` is the meeting day.

    Notes and judgements belong to the version that was written first.
    """

    default_category = Category.MEETINGS
    counted_as = "möte,möten"
    # Of one that has just been written: the day that is agreed for the next meeting, by this one and those before.
    booked_on: date | None = None
    opens_case = True
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "project": Disposal.CODE,
        "kind": Disposal.CODE,
        "next_meeting_on": Disposal.DATE,
        "cancels_next": Disposal.CODE,
        "taken_back": Disposal.CODE,
        "why": Disposal.TEXT,
        "participant_present": Disposal.CODE,
        "in_emergency": Disposal.CODE,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        250,
        "Möten",
        {
            "next_meeting_on": "Nästa möte",
            "cancels_next": "Det bokade mötet är inställt",
            "participant_present": "Deltagaren var med",
            "in_emergency": "Skrivet i nödläge",
            **AMENDED,
        },
    )

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, null=True, blank=True, related_name="meetings")
    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="meetings")
    kind = models.CharField("slag", max_length=20, choices=MeetingKind.choices)
    participant_present = models.BooleanField("deltagaren var med", default=True)
    next_meeting_on = models.DateField("nästa möte", null=True, blank=True)
    # Said in so many words: what has been booked goes no other way before its day.
    cancels_next = models.BooleanField("det bokade mötet är inställt", default=False)
    # Written by somebody who had opened the case in an emergency: it moves no deadline of those who work with it.
    in_emergency = models.BooleanField("skrivet i nödläge", default=False, editable=False)
    # When it came here from another file, for figures of the moments before.
    here_since = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = (models.Index(fields=["enrolment", "concerns_on"], name="meeting_of_enrolment"),)
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="meeting_corrected_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.concerns_on}"

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("meeting_detail", args=[self.public_id])

    def judged(self) -> list["StepAssessment"]:
        """The judgements of steps that were made at the meeting and stand, with their steps. One query."""
        root = cast(Meeting, self.first or self)
        return list(root.step_assessments.filter(superseded_at=None).select_related("step").order_by("pk"))


class MeetingParty(models.Model):
    """Somebody who took part: a user, or someone without an account."""

    personal_category: ClassVar[Category] = Category.MEETINGS
    personal_data: ClassVar[dict[str, Disposal]] = {
        "meeting": Disposal.CODE,
        "user": Disposal.CODE,
        "organisation": Disposal.CODE,
        "name": Disposal.IDENTITY,
    }
    in_extract = InExtract(260, "Med på möten", {"name": "Namn på den som saknar konto"}, others={"name"})

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="parties")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name or str(self.user or self.organisation or "")


class MeetingParagraphQuerySet(CaseFactQuerySet):
    """Reads of notes."""

    def visible_to(self, scope: Scope) -> Self:
        """The own organisation's, and of others' those that were written for whomever consent lets in."""
        shared = Q(owner=scope.user.organisation_id) | Q(reader_level=ReaderLevel.CONSENTED)
        return super().visible_to(scope).filter(shared)

    def readable_by_consent(self) -> Self:
        """Notes that weren't kept for the own organisation."""
        return self.filter(reader_level=ReaderLevel.CONSENTED)

    def with_case(self) -> Self:
        """With meeting, words and author too."""
        return super().with_case().select_related("meeting__project", "body", "author")

    # A correction is written from whichever version's address: what is corrected is the latest.
    standing = CaseFactQuerySet.latest_version


class MeetingParagraph(Fact):
    """A piece of the note. It is corrected by a new version that names it, never overwritten."""

    default_category = Category.MEETINGS
    counted_as = "anteckning,anteckningar"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "meeting": Disposal.CODE,
        "author": Disposal.CODE,
        "reader_level": Disposal.CODE,
        "version": Disposal.CODE,
        "body": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        270,
        "Anteckningar från möten",
        {"author": "Skriven av", "reader_level": "Kan läsas av", "version": "Version", "body": "Text"},
    )

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, null=True, blank=True, related_name="paragraphs")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="paragraphs")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reader_level = models.CharField(max_length=20, choices=ReaderLevel.choices, default=ReaderLevel.OWN)
    version = models.PositiveSmallIntegerField(default=1)
    body = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")

    objects: ClassVar[MeetingParagraphQuerySet] = MeetingParagraphQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="paragraph_corrected_once"
            ),
        )

    def __str__(self) -> str:
        return f"Anteckning {self.version}"
