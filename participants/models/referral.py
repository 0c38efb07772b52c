"""Who sent somebody, what came of it, and which of the project's groups the person belongs to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.enums import Category, Disposal
from core.facts import AmendedFact, Fact
from core.privacy import AMENDED, InExtract
from core.swedish.words import day
from participants.enums import ConsentForm, FirstContact, ReferralSource, ReferralState
from participants.grouping.words import Groups
from participants.querysets.grouping import CaseGroupingQuerySet
from participants.querysets.referral import ReferralQuerySet


class Referral(Fact):
    """An anvisning or own application; `concerns_on` is the day of it.

    It may hold no person yet: an agency asks to be called. Each change is a new version. One that has led to an
    enrolment says which; how it ended otherwise stands in `state`, `ended_on` and `said` (why, or to whom).
    """

    default_category = Category.SUPPORT
    personal_data: ClassVar[dict[str, Disposal]] = {
        "project": Disposal.CODE,
        "participant": Disposal.CODE,
        "is_protected": Disposal.CODE,
        "enrolment": Disposal.CODE,
        "source": Disposal.CODE,
        "applied_on": Disposal.DATE,
        "reason": Disposal.TEXT,
        "first_contact_by": Disposal.CODE,
        "consent_on": Disposal.DATE,
        "consent_given": Disposal.CODE,
        "state": Disposal.CODE,
        "ended_on": Disposal.DATE,
        "said": Disposal.TEXT,
        "concerns_on": Disposal.DATE,
    }
    in_extract = InExtract(
        60,
        "Anvisningar",
        {
            "is_protected": "Identiteten är skyddad",
            "first_contact_by": "Första kontakten togs av",
            "consent_on": "Samtycke till anvisningen",
            "consent_given": "Samtycket lämnades",
            "ended_on": "Avslutad",
            "said": "Varför, eller till vem",
        },
    )

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="referrals")
    participant = models.ForeignKey(
        "participants.Participant", models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    # Whether it waits for somebody whose identity is protected, and therefore names nobody.
    is_protected = models.BooleanField("skyddad identitet", default=False, db_default=False)
    enrolment = models.ForeignKey(
        "participants.Enrolment", models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    source = models.CharField("anvisad från", max_length=30, choices=ReferralSource.choices)
    applied_on = models.DateField("ansökan", null=True, blank=True)
    reason = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    first_contact_by = models.CharField("första kontakt", max_length=20, choices=FirstContact.choices, blank=True)
    # The consent that a referral from another organisation rests on, which the sender has asked for.
    consent_on = models.DateField("samtycke till anvisningen", null=True, blank=True)
    consent_given = models.CharField(
        "samtycket lämnades", max_length=10, choices=ConsentForm.choices, blank=True, default="", db_default=""
    )
    state = models.CharField(max_length=20, choices=ReferralState.choices, default=ReferralState.WAITING)
    ended_on = models.DateField("avslutad", null=True, blank=True)
    said = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[ReferralQuerySet] = ReferralQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = (
            models.Index(
                fields=["project", "owner", "concerns_on"],
                condition=models.Q(superseded_at__isnull=True, state=ReferralState.WAITING),
                name="referral_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"Anvisning {self.concerns_on}"

    def get_absolute_url(self) -> str:
        """The page of the referral."""
        return reverse("referral_detail", args=[self.public_id])

    @property
    def is_waiting(self) -> bool:
        """Whether nothing has come of it yet."""
        return self.state == ReferralState.WAITING


class CaseGrouping(AmendedFact):
    """Lines of the project's lists that hold for an enrolment from a day (`concerns_on`) until the day of the next one:
    its unit, and in rows its target groups, methods and obstacles.

    One with a line that says something about health is of that kind of information, and so is one without any line:
    that nothing holds any more tells that something did. The action that writes the rows says the kind.
    """

    default_category = Category.SUPPORT
    counted_as = "uppgift om målgrupp,uppgifter om målgrupp"
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "unit": Disposal.CODE,
        "concerns_on": Disposal.DATE,
        "why": Disposal.TEXT,
        "taken_back": Disposal.CODE,
    }
    in_extract = InExtract(84, "Målgrupp, metod och hinder", {"unit": "Enhet", **AMENDED})

    enrolment = models.ForeignKey("participants.Enrolment", models.PROTECT, related_name="groupings")
    # A line of the project's list of units.
    unit = models.ForeignKey("projects.Listed", models.PROTECT, null=True, blank=True, related_name="unit_of")

    objects: ClassVar[CaseGroupingQuerySet] = CaseGroupingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="grouping_corrected_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "concerns_on"], condition=Q(superseded_at=None), name="grouping_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"Målgrupp, metod och hinder {self.concerns_on}"

    @property
    def category_said(self) -> Category:
        """Health, as long as its lines aren't there to say that it isn't."""
        return Category.HEALTH

    @property
    def in_rows(self) -> str:
        """«Målgrupp: född utanför Sverige. Metod: 7-TJUGO.»"""
        return Groups.of(self).in_words

    @property
    def in_words(self) -> str:
        """«Från 3 mars 2026. Målgrupp: född utanför Sverige. Enhet: Byggeriet.»"""
        return f"Från {day(self.concerns_on)}. {Groups.of(self).in_words}"

    def get_absolute_url(self) -> str:
        """The page where it is corrected."""
        return reverse("grouping_edit", args=[self.public_id])


class CaseGroupingLine(models.Model):
    """One of the target groups, methods and obstacles of a grouping. What it says is of the grouping's own kind of
    information."""

    personal_category: ClassVar[Category] = Category.SUPPORT
    personal_data: ClassVar[dict[str, Disposal]] = {"record": Disposal.CODE, "line": Disposal.CODE}
    in_extract = InExtract(86, "Målgrupper, metoder och hinder, rad för rad", {"record": "Hör till", "line": "Rad"})

    record = models.ForeignKey(CaseGrouping, models.CASCADE, related_name="lines")
    # A line of the project's list of target groups, methods or obstacles.
    line = models.ForeignKey("projects.Listed", models.PROTECT, related_name="grouped")

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["record", "line"], name="grouping_line_once"),)

    def __str__(self) -> str:
        return str(self.line)
