"""What was answered when one number stood on two people."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import Organisation
from core.actions import stamp
from core.enums import Category, Disposal
from core.models import TextBody
from participants.models.participant import Participant


class SamePersonAnswer(models.Model):
    """Whether somebody who was enrolled out of sight, under a number that `participant` has, is the same person.

    After a yes the newcomer's row is gone, and its public id, which the access log goes on naming, leads here.
    """

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "participant": Disposal.CODE,
        "newcomer": Disposal.CODE,
        "is_same": Disposal.CODE,
        "why": Disposal.TEXT,
    }

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="same_person_answers")
    newcomer = models.UUIDField("den som skrevs in", db_index=True)
    is_same = models.BooleanField("samma person")
    why = models.ForeignKey(TextBody, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(default=stamp, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["newcomer"], condition=models.Q(is_same=True), name="same_person_answer_one_yes"
            ),
        )

    def __str__(self) -> str:
        return f"Svar {self.pk}"
