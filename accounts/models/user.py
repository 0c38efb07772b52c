"""Users."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from accounts.enums import Duty
from accounts.models.organisation import Organisation
from accounts.namesakes import tell_apart
from core.models import SortedByName
from core.swedish.keys import clean


class UserManager(BaseUserManager["User"]):
    """Users are told apart by e-mail address, in which capitals make no difference."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store a user; without a password nobody can log in as them."""
        user = self.model(email=clean(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by e-mail."""
        return self.get(email=clean(username or "").lower())

    def system(self) -> "User":
        """The user that stands for the program itself: commands without a person behind them."""
        user, _ = self.get_or_create(
            email="programmet@samverkan.invalid",
            defaults={"name": "Samverkan", "duty": Duty.SYSTEM, "is_active": False, "password": "!"},
        )
        return user


class User(SortedByName, AbstractBaseUser):
    """Somebody who logs in: with a name, an organisation and a duty."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("e-post", max_length=254, unique=True)
    name = models.CharField("namn", max_length=120)
    # By which the user is reached at work.
    phone = models.CharField("telefon", max_length=40, blank=True, default="", db_default="")
    # What tells people with one name apart; empty for the only one. Kept here, since names stand on every page.
    distinction = models.CharField(max_length=254, blank=True, default="", db_default="", editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="users", verbose_name="organisation"
    )
    duty = models.CharField("uppdrag", max_length=20, choices=Duty.choices, default=Duty.CASE_WORK)
    is_active = models.BooleanField("aktiv", default=True)
    # An administrator has changed the address, and its owner hasn't logged in since: no link for a password holds.
    address_changed_at = models.DateTimeField(null=True, editable=False)
    # Links for a password that were given out before this are worth nothing.
    links_ended_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                Lower("email"), name="user_email_unique", violation_error_message="Adressen används redan."
            ),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) | models.Q(duty=Duty.SYSTEM),
                name="user_has_organisation",
                violation_error_message="Välj organisation.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.distinction})" if self.distinction else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A name, an address or an organisation that changes may be what told the user apart, or others from it."""
        super().save(*args, **kwargs)
        changed = kwargs.get("update_fields")
        if changed is None or {"name", "email", "organisation"} & set(changed):
            tell_apart(self)

    @property
    def own_organisation(self) -> Organisation:
        """The organisation of somebody who logs in. Raises ValueError for the program itself, which has none."""
        if self.organisation is None:
            raise ValueError("The program itself belongs to no organisation.")
        return self.organisation

    @property
    def is_address_new(self) -> bool:
        """Whether an administrator alone has vouched for the address."""
        return self.address_changed_at is not None

    def get_full_name(self) -> str:
        """Name as shown."""
        return str(self)

    def get_short_name(self) -> str:
        """First part of the name."""
        return self.name.partition(" ")[0]
