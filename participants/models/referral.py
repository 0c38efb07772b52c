"""How somebody was pointed to the project."""

from typing import ClassVar

from django.db import models

from core.enums import Category, Disposal
from core.facts import Fact
from participants.enums import FirstContact, ReferralSource, ReferralState
from participants.querysets.facts import ReferralQuerySet


class Referral(Fact):
    """An anvisning or own application; `concerns_on` is the referral day.

    It may hold no person yet («samordnaren väntar på kontakt»).
    """

    default_category = Category.SUPPORT
    personal_data: ClassVar[dict[str, Disposal]] = {
        "project": Disposal.CODE,
        "participant": Disposal.CODE,
        "source": Disposal.CODE,
        "applied_on": Disposal.DATE,
        "reason": Disposal.TEXT,
        "first_contact_by": Disposal.CODE,
        "state": Disposal.CODE,
        "concerns_on": Disposal.DATE,
    }

    project = models.ForeignKey("projects.Project", models.PROTECT, related_name="referrals")
    participant = models.ForeignKey(
        "participants.Participant", models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    source = models.CharField("anvisad från", max_length=30, choices=ReferralSource.choices)
    applied_on = models.DateField("ansökan", null=True, blank=True)
    reason = models.ForeignKey("core.TextBody", models.PROTECT, null=True, blank=True, related_name="+")
    first_contact_by = models.CharField("första kontakt", max_length=20, choices=FirstContact.choices, blank=True)
    state = models.CharField(max_length=10, choices=ReferralState.choices, default=ReferralState.WAITING)

    objects: ClassVar[ReferralQuerySet] = ReferralQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"Anvisning {self.concerns_on}"
