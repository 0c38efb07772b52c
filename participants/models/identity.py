"""Who somebody was said to be, version by version: a correction adds one, and nothing is overwritten."""

from datetime import date
from typing import ClassVar, NamedTuple

from django.conf import settings
from django.db import models

from core.actions import stamp
from core.enums import Category, Disposal
from participants.enums import Sex
from participants.models.participant import Participant


class Who(NamedTuple):
    """What one version says. An empty number or contact is one that isn't known."""

    given_name: str
    family_name: str
    number: str
    birth_date: date | None
    sex: str
    phone: str
    email: str


class IdentityVersion(models.Model):
    """Name, number, contact, birth date and sex as they stood from a moment on, and who wrote them down.

    The newest version is what `PersonIdentity`, `PersonalNumber` and `Participant` repeat for lists, search and
    constraints. No fact: what it says is blanked in every version when the identity is protected. Whoever wrote a
    version from before there were any is unknown.
    """

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "participant": Disposal.CODE,
        "replaces": Disposal.CODE,
        "given_name": Disposal.IDENTITY,
        "family_name": Disposal.IDENTITY,
        "number": Disposal.IDENTITY,
        "birth_date": Disposal.IDENTITY,
        "sex": Disposal.CODE,
        "phone": Disposal.IDENTITY,
        "email": Disposal.IDENTITY,
    }

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="identity_versions")
    # One to one: of two who correct the same version at once the second is refused.
    replaces = models.OneToOneField("self", models.CASCADE, null=True, related_name="replaced_by")
    recorded_at = models.DateTimeField(default=stamp, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    given_name = models.CharField("förnamn", max_length=80, blank=True)
    family_name = models.CharField("efternamn", max_length=80, blank=True)
    number = models.CharField("personnummer", max_length=12, blank=True)
    birth_date = models.DateField("född", null=True)
    sex = models.CharField("kön", max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-post", blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["participant"], condition=models.Q(replaces__isnull=True), name="identity_version_first_once"
            ),
        )

    def __str__(self) -> str:
        return f"Uppgifter {self.pk}"

    @property
    def who(self) -> Who:
        """What the version says."""
        return Who(*(getattr(self, name) for name in Who._fields))
