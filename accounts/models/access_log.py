"""The access log: events that are never changed, in a chain for each user."""

from django.db import models

from accounts.enums import AccessKind
from accounts.models.user import User


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
    """The reason that somebody gave for reading, in their own words. It isn't part of the event, since the log holds no
    content."""

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
