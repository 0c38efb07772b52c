"""Who somebody was said to be, version by version: a correction adds one, and nothing is overwritten."""

import uuid
from datetime import date
from typing import ClassVar, NamedTuple

from django.conf import settings
from django.db import models

from accounts.models import Organisation
from core.actions import stamp
from core.enums import Category, Disposal
from core.models import TextBody
from core.privacy import InExtract
from core.swedish.keys import LONGEST
from participants.enums import Sex
from participants.models.participant import Participant, PersonIdentity
from participants.querysets.person import NamePartQuerySet


class Who(NamedTuple):
    """Name, number and contact of a person in one version. An empty number or contact isn't known."""

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
    constraints. No fact: what it says is blanked in every version when the identity is protected. The author of a
    version that was made for an older row is unknown.
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
        "of_another": Disposal.CODE,
        "joins": Disposal.CODE,
    }
    in_extract = InExtract(
        40,
        "Namn, nummer och kontakt, version för version",
        {
            "replaces": "Ersätter",
            "given_name": "Förnamn",
            "family_name": "Efternamn",
            "number": "Nummer",
            "birth_date": "Född",
            "sex": "Kön",
            "phone": "Telefon",
            "email": "E-post",
            "of_another": "Den andra personens första uppgifter",
            "joins": "Två blev en person",
        },
    )

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
    # The first version of somebody who has been joined with this person, and the one that says who the two are now.
    of_another = models.BooleanField("den andra personens", default=False, editable=False)
    joins = models.BooleanField("två blev en", default=False, editable=False)

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
        """Name, number and contact that the version holds."""
        return Who(*(getattr(self, name) for name in Who._fields))


class NamePart(models.Model):
    """The rest of a word of a name's search key from one place on (`core.swedish.keys.name_parts`), so that an index
    tells in which names a word is, and no search reads all names.

    Written with the name by `PersonIdentity.save`, and by all that writes names in another way; gone with it.
    """

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "identity": Disposal.CODE,
        "organisation": Disposal.CODE,
        "part": Disposal.IDENTITY,
        "is_start": Disposal.CODE,
    }
    in_extract = InExtract(
        25,
        "Delar av namnet, för sökning",
        {"identity": "Namn", "part": "Del av söknyckeln", "is_start": "Början av ett namn"},
        on_paper=False,
    )

    identity = models.ForeignKey(PersonIdentity, models.CASCADE, related_name="parts")
    # The person's own, so that a search reads no other organisation's names.
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False, db_index=False)
    part = models.CharField(max_length=LONGEST, editable=False)
    is_start = models.BooleanField(editable=False)

    objects: ClassVar[NamePartQuerySet] = NamePartQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = (
            models.Index(
                fields=["organisation", "is_start", "part", "identity"],
                # By code points, whatever the database's language: what begins alike then stands together.
                opclasses=["int8_ops", "bool_ops", "varchar_pattern_ops", "int8_ops"],
                name="name_part",
            ),
        )

    def __str__(self) -> str:
        return f"Del av namn {self.pk}"


class SamePersonAnswer(models.Model):
    """The answer whether somebody who was registered beside `participant` is the same person.

    After a yes the newcomer's row is gone. Its public id, which the access log still has, leads here, until the yes is
    taken back (`undone_at`): then both persons have an answer no, which says why.
    """

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "participant": Disposal.CODE,
        "newcomer": Disposal.CODE,
        "is_same": Disposal.CODE,
        "why": Disposal.TEXT,
        "undone_at": Disposal.DATE,
    }
    in_extract = InExtract(
        50,
        "Svar på frågan om samma person",
        {"newcomer": "Den som frågan gällde", "is_same": "Samma person", "undone_at": "Svaret togs tillbaka"},
    )

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="same_person_answers")
    newcomer = models.UUIDField("den som skrevs in", db_index=True)
    is_same = models.BooleanField("samma person")
    why = models.ForeignKey(TextBody, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(default=stamp, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["newcomer"],
                condition=models.Q(is_same=True, undone_at__isnull=True),
                name="same_person_answer_one_yes",
            ),
        )

    def __str__(self) -> str:
        return f"Svar {self.pk}"


class JoinKeepsake(models.Model):
    """The rows of two persons before they were joined, by which that can be undone for a time.

    `subject` is the joined person. `data` holds names and numbers, so the row goes whole, as a draft does, when the
    person is protected, when the time is over, and when the join has been undone.
    """

    dropped_whole: ClassVar[bool] = True

    answer = models.OneToOneField(SamePersonAnswer, models.CASCADE, related_name="keepsake")
    subject = models.UUIDField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    data = models.JSONField()
    kept_at = models.DateTimeField(default=stamp, editable=False)

    class Meta:
        # What clearing asks.
        indexes = (models.Index(fields=["kept_at"], name="join_keepsake_age"),)

    def __str__(self) -> str:
        return f"Det som var före svar {self.answer_id}"


class SelfEnrolment(models.Model):
    """Name or address of the person were those of the user who enrolled: on the coordinators' start page until seen.

    `is_self` is what the user answered when asked.
    """

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "enrolment": Disposal.CODE,
        "user": Disposal.CODE,
        "is_self": Disposal.CODE,
        "seen_at": Disposal.DATE,
        "seen_by": Disposal.CODE,
    }
    in_extract = InExtract(
        330,
        "Inskrivning av någon som ser ut som den som skrev in",
        {"is_self": "Svarade att det är samma person", "seen_at": "Sett", "seen_by": "Sett av"},
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.OneToOneField("participants.Enrolment", models.PROTECT, related_name="self_enrolment")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_self = models.BooleanField("är den som skrev in")
    recorded_at = models.DateTimeField(default=stamp, editable=False)
    seen_at = models.DateTimeField("sedd", null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        # What every coordinator's start page asks.
        indexes = (
            models.Index(fields=["enrolment"], condition=models.Q(seen_at__isnull=True), name="self_enrolment_unseen"),
        )

    def __str__(self) -> str:
        return f"Egen inskrivning {self.pk}"
