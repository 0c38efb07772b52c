"""Who sent somebody, and what came of it."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from core.enums import Category, Disposal
from core.facts import Fact
from core.privacy import InExtract
from participants.enums import ConsentForm, FirstContact, ReferralSource, ReferralState
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
