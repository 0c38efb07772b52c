"""Reads about participants and what is left to go through in their texts."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet

if TYPE_CHECKING:
    from accounts.models import Organisation
    from participants.models import Participant
    from participants.scope.scope import Scope


class ParticipantQuerySet(QuerySet):
    """Participants."""

    def visible_to(self, scope: "Scope") -> Self:
        """Participants with an enrolment that the user may open."""
        enrolments = apps.get_model("participants", "Enrolment").objects.visible_to(scope)
        return self.filter(Exists(enrolments.filter(participant=OuterRef("pk"))))

    def protected(self) -> Self:
        """Participants whose identity is protected, at any level."""
        return self.exclude(protection="none")

    def known_to(self, organisation_id: int | None, number: str) -> Self:
        """Participants that the organisation itself has registered under this number (twelve digits)."""
        return self.filter(organisation_id=organisation_id, numbers__value=number)


class TextToCheckQuerySet(QuerySet):
    """Texts about somebody protected that a person has to go through."""

    def waiting(self) -> Self:
        """Texts that nobody has gone through yet."""
        return self.filter(checked_at__isnull=True)

    def of(self, participant: "Participant", owner: "Organisation") -> Self:
        """Texts about the person that this organisation has written."""
        return self.filter(participant=participant, owner=owner)
