"""Organisations, users and the access log."""

import uuid
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.enums import AccessKind, Duty, LogRisk, LogVerdict, MailKind, OrganisationKind
from accounts.namesakes import tell_apart
from core.pages import Page, address_of
from core.swedish.keys import clean


class Organisation(models.Model):
    """A party: an authority, a municipal board, a region. Owner of what its people write."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("namn", max_length=120, unique=True)
    kind = models.CharField("slag", max_length=30, choices=OrganisationKind.choices, default=OrganisationKind.OTHER)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Users are told apart by e-mail address, whatever the case of its letters."""

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


class User(AbstractBaseUser):
    """Somebody who logs in: with a name, an organisation and a duty."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("e-post", max_length=254, unique=True)
    name = models.CharField("namn", max_length=120)
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
        ordering = ("name",)
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
        """The organisation of somebody who logs in; only the program itself has none."""
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


class AccessEvent(models.Model):
    """One thing that somebody did: who, when, what part, why. Rows are never changed or deleted.

    Each user has a chain of their own: the hash covers the event, its subjects and the hash before it.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    organisation_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=AccessKind.choices)
    part = models.CharField(max_length=60)
    reason = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=32, blank=True)
    subjects_count = models.PositiveIntegerField()
    # Of the words in the note beside the event, with the text's own salt.
    note_digest = models.CharField(max_length=64, blank=True, default="")
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "number"], name="access_event_one_chain_per_user"),)
        indexes = (
            models.Index(fields=["at"], name="access_event_at"),
            models.Index(
                fields=["user", "at"], condition=models.Q(kind=AccessKind.EXPORT), name="access_event_exports"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id}:{self.number} {self.kind} {self.part}"


class AccessSubject(models.Model):
    """A person that an event concerned: by public id without a foreign key, so that the log outlives disposal."""

    event = models.ForeignKey(AccessEvent, models.PROTECT, related_name="subjects")
    person = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=["person", "event"], name="access_subject_person"),)

    def __str__(self) -> str:
        return str(self.person)


class AccessNote(models.Model):
    """What somebody wrote about why, in own words. Beside the event, since the log itself holds no content."""

    event = models.OneToOneField(AccessEvent, models.PROTECT, related_name="note")
    body = models.ForeignKey("core.TextBody", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.body)


class AccessHead(models.Model):
    """The end of a user's chain: locked while the next event is added."""

    user = models.OneToOneField(User, models.PROTECT, primary_key=True, related_name="+")
    number = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id}:{self.number}"


class LogReviewQuerySet(models.QuerySet):
    """Reviews of the access log."""

    def visible_to(self, user: User) -> Self:
        """Those of the own organisation, for the one appointed to review its log."""
        is_reviewer = user.duty == Duty.LOG_REVIEWER and user.is_active
        return self.filter(organisation=user.organisation_id) if is_reviewer else self.none()


class LogReview(models.Model):
    """A sample of one month's readings, looked through by the log reviewer. Once finished it never changes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    month = models.DateField()
    seed = models.BigIntegerField()
    readings_count = models.PositiveIntegerField()
    # Unusual log-ins as they were found when the sample was drawn: who, when and what.
    log_ins = models.JSONField(default=list)
    drawn_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[LogReviewQuerySet] = LogReviewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-drawn_at",)

    def __str__(self) -> str:
        return f"Granskning {self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        """The sample."""
        return address_of(Page.LOG_REVIEW, self.public_id)


class LogReviewItem(models.Model):
    """A reading in the sample: what one user read about one person on one day, by the first event of that day."""

    review = models.ForeignKey(LogReview, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    event = models.ForeignKey(AccessEvent, models.PROTECT, related_name="+")
    person = models.UUIDField()
    times = models.PositiveIntegerField()
    risks = models.JSONField(default=list)
    verdict = models.CharField(max_length=10, choices=LogVerdict.choices, blank=True)
    note = models.ForeignKey("core.TextBody", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["review", "position"], name="log_review_position_once"),)

    def __str__(self) -> str:
        return f"Läsning {self.position}"

    @property
    def risks_in_words(self) -> list[str]:
        """Why it is in the sample; nothing for one that chance has drawn."""
        return [str(LogRisk(risk).label) for risk in self.risks]


class OutgoingMail(models.Model):
    """A letter that waits to be sent, outside the request that wrote it. Gone once it is.

    A link in it is made when it is sent: what waits here logs nobody in.
    """

    kind = models.CharField(max_length=20, choices=MailKind.choices)
    # A link goes to the user's own address; without a user it is for nobody, and leaves in the same way.
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    home = models.URLField(max_length=300, blank=True)
    # What holds no link is written when it is left here.
    to = models.EmailField(max_length=254, blank=True)
    subject = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind}, {self.written_at:%Y-%m-%d %H:%M}"
