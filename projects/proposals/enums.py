"""Choices about proposals."""

from django.db.models import TextChoices


class ProposalKind(TextChoices):
    """What is proposed for a user."""

    ROLE = "role", "Roll"
    DUTY = "duty", "Uppdrag"
    LINK = "link", "Länk för lösenord"


class Decision(TextChoices):
    """What became of it."""

    ACCEPTED = "accepted", "Godkänt"
    DECLINED = "declined", "Avslaget"
    WITHDRAWN = "withdrawn", "Återtaget"
