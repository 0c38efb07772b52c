"""The participant; name, contact and number stand apart so that they can be blanked."""

import secrets
import uuid
from datetime import date
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from accounts.models import Organisation
from core.enums import Category, Disposal
from core.pages import Page, address_of
from core.privacy import Emptiable, InExtract
from core.swedish.keys import search_key, sort_key
from participants.enums import PersonalNumberKind, ProtectionLevel, Sex
from participants.querysets.person import ParticipantQuerySet

# Stands where the name of somebody without any would.
NO_NAME = "Utan namn"
# No letters or digits that are taken for one another when they are read out.
_ALIAS_SIGNS = "ABCDEFHJKLMNPRSTUVXYZ2346789"


def new_alias() -> str:
    """An alias for a person whose name may not be seen, drawn by chance, so that it tells nothing."""
    return "Deltagare " + "".join(secrets.choice(_ALIAS_SIGNS) for _ in range(8))


class Participant(Emptiable):
    """A person as one organisation knows them. Two organisations may each have their own row about one person."""

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "organisation": Disposal.CODE,
        "sex": Disposal.CODE,
        "birth_date": Disposal.IDENTITY,
        "language": Disposal.CODE,
        "needs_interpreter": Disposal.CODE,
        "protection": Disposal.CODE,
        "protected_at": Disposal.DATE,
        "alias": Disposal.CODE,
        "created_at": Disposal.DATE,
    }
    in_extract = InExtract(
        10,
        "Personen",
        {
            "sex": "Kön",
            "birth_date": "Född",
            "language": "Språk",
            "needs_interpreter": "Behöver tolk",
            "protection": "Skyddade personuppgifter",
            "protected_at": "Namn och nummer togs bort",
            "alias": "Namn där det riktiga inte får visas",
            "created_at": "Inskriven i programmet",
        },
    )
    always_known: ClassVar[tuple[str, ...]] = ("alias", "protection", "protected_at", "created_at")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    sex = models.CharField("kön", max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = models.DateField("född", null=True, blank=True)
    language = models.CharField("språk", max_length=40, blank=True)
    needs_interpreter = models.BooleanField("behöver tolk", default=False)
    protection = models.CharField(
        "skyddade personuppgifter", max_length=30, choices=ProtectionLevel.choices, default=ProtectionLevel.NONE
    )
    # When all that told who it is was last taken away: what was written before knows nothing of it.
    protected_at = models.DateTimeField(null=True, blank=True, editable=False)
    alias = models.CharField(max_length=20, editable=False, default=new_alias, db_default="")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[ParticipantQuerySet] = ParticipantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        # The few with a protected identity: every list leaves them out.
        indexes = (
            models.Index(
                fields=["organisation"],
                condition=~models.Q(protection=ProtectionLevel.NONE),
                name="participant_protected",
            ),
        )

    def __str__(self) -> str:
        return f"Deltagare {str(self.public_id)[:8]}"

    def get_absolute_url(self) -> str:
        """The participant's page."""
        return address_of(Page.PERSON, self.public_id)

    @property
    def is_protected(self) -> bool:
        """Whether the identity is protected, at any level."""
        return self.protection != ProtectionLevel.NONE


class PersonIdentity(Emptiable):
    """Name and contact, with the keys that search and sorting use."""

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "participant": Disposal.CODE,
        "given_name": Disposal.IDENTITY,
        "family_name": Disposal.IDENTITY,
        "phone": Disposal.IDENTITY,
        "email": Disposal.IDENTITY,
        "search_key": Disposal.IDENTITY,
        "sort_key": Disposal.IDENTITY,
    }
    in_extract = InExtract(
        20,
        "Namn och kontakt",
        {
            "given_name": "Förnamn",
            "family_name": "Efternamn",
            "phone": "Telefon",
            "email": "E-post",
            "search_key": "Söknyckel, gjord av namnet",
        },
    )

    participant = models.OneToOneField(Participant, models.CASCADE, primary_key=True, related_name="identity")
    # Somebody may have one name alone, and then the other is empty.
    given_name = models.CharField("förnamn", max_length=80, blank=True)
    family_name = models.CharField("efternamn", max_length=80, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-post", blank=True)
    search_key = models.CharField(max_length=2000, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)

    class Meta:
        indexes = (models.Index(fields=["sort_key", "participant"], name="identity_sort"),)

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row, and the parts of the name by which searches find it."""
        super().save(*args, **kwargs)
        apps.get_model("participants", "NamePart").objects.write(self)

    def set_keys(self) -> "PersonIdentity":
        """Work out the keys from the name; call before every save.

        A protected person gets the alias and nothing else, even if the row says more.
        """
        if self.participant.is_protected:
            self.family_name, self.given_name, self.phone, self.email = self.participant.alias, "", "", ""
        # A few letters unfold into three, and each has several spellings: cut rather than refuse such a name.
        self.search_key = search_key(self.given_name, self.family_name, self.given_name)[:2000]
        self.sort_key = sort_key(self.family_name, self.given_name)[:400]
        return self

    @property
    def full_name(self) -> str:
        """Family name first, as in a register: «Mohamud, Ibrahim». For lists in the order of names."""
        return name_in_list(self.given_name, self.family_name)

    @property
    def name(self) -> str:
        """The name as people say it: «Ibrahim Mohamud». For headings and running text."""
        return name_in_text(self.given_name, self.family_name)


class PersonalNumber(models.Model):
    """A personal or coordination number: unique within the organisation, never across organisations.

    But for a claim: written down by somebody who couldn't see that another person of the organisation has it already,
    and so wasn't told. It holds for its own person like any number, until somebody has said whether the two are one.
    """

    personal_category: ClassVar[Category] = Category.IDENTITY
    personal_data: ClassVar[dict[str, Disposal]] = {
        "participant": Disposal.CODE,
        "organisation": Disposal.CODE,
        "value": Disposal.IDENTITY,
        "kind": Disposal.CODE,
        "valid_from": Disposal.DATE,
        "valid_until": Disposal.DATE,
    }
    in_extract = InExtract(30, "Personnummer och samordningsnummer", {"value": "Nummer"})

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="numbers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    value = models.CharField("personnummer", max_length=12)
    kind = models.CharField(max_length=20, choices=PersonalNumberKind.choices)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    is_claim = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "value"],
                condition=models.Q(is_claim=False),
                name="personal_number_once_per_organisation",
                violation_error_message="Numret finns redan hos er.",
            ),
        )
        # Claims too, so that a look-up costs equally much with and without a hit.
        indexes = (
            models.Index(fields=["organisation", "value"], name="personal_number_lookup"),
            # The few that somebody is asked about, on every start page.
            models.Index(fields=["organisation"], condition=models.Q(is_claim=True), name="personal_number_claims"),
        )

    def __str__(self) -> str:
        return f"Nummer {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the number. Raises ValidationError where the participant is protected."""
        if self.participant.is_protected:
            raise ValidationError("Den som har skyddade personuppgifter kan inte ha personnummer här.")
        super().save(*args, **kwargs)

    @property
    def formatted(self) -> str:
        """As people read it: 19620518-9829."""
        return f"{self.value[:8]}-{self.value[8:]}"


def name_in_text(given_name: str, family_name: str) -> str:
    """«Ibrahim Mohamud»; the only name of somebody who has one, and words in its place for somebody without any, whom a
    register may hold: a link that says nothing can't be followed."""
    return " ".join(filter(None, (given_name, family_name))) or NO_NAME


def name_in_list(given_name: str, family_name: str) -> str:
    """«Mohamud, Ibrahim»; as `name_in_text` for somebody with one name or none."""
    return ", ".join(filter(None, (family_name, given_name))) or NO_NAME


def birth_year(birth_date: date | None) -> str:
    """«f. 1987», or nothing."""
    return f"f. {birth_date.year}" if birth_date else ""
