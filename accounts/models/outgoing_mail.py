"""Letters that wait to be sent."""

from django.db import models
from django.utils import timezone

from accounts.enums import MailKind
from accounts.models.user import User


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
