"""Choices about proposals."""

from django.db.models import TextChoices


class ProposalKind(TextChoices):
    """The kind of change that is proposed for a user."""

    ROLE = "role", "Roll"
    DUTY = "duty", "Uppdrag"
    LINK = "link", "Länk för lösenord"


class Decision(TextChoices):
    """The decision about a proposal."""

    ACCEPTED = "accepted", "Godkänt"
    DECLINED = "declined", "Avslaget"
    WITHDRAWN = "withdrawn", "Återtaget"
