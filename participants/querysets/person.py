"""Reads about participants and what is left to go through in their texts."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import StartsWith

from core.batches import bulk
from core.swedish.keys import name_parts

if TYPE_CHECKING:
    from accounts.models import Organisation
    from participants.models import Participant, PersonIdentity
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


class Begins(StartsWith):
    """A text begins with another, asked in such a way that an index answers on both databases: SQLite uses none for
    LIKE, and PostgreSQL's own order of letters knows no «from here to there»."""

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """From the text itself to what comes before the last sign that there is, by code point."""
        sql, values = self.process_lhs(compiler, connection)
        last = f"{self.rhs}\U0010ffff"
        return f"({sql} >= %s AND {sql} < %s)", [*values, self.rhs, *values, last]


class NamePartQuerySet(QuerySet):
    """Parts of names."""

    def begun_by(self, spelled: str) -> Self:
        """Parts that begin with this."""
        return self.filter(Q(Begins(F("part"), spelled)))

    def write(self, person: "PersonIdentity") -> None:
        """Write the parts of a name anew where they aren't what its key says; part of what writes a name. One query,
        and two more where it has changed."""
        if self.differ(person):
            self.filter(identity=person).delete()
            self.write_new([person])

    def differ(self, person: "PersonIdentity") -> bool:
        """Whether somebody's parts are others than the name's key says. One query."""
        return dict(self.filter(identity=person).values_list("part", "is_start")) != name_parts(person.search_key)

    def write_new(self, people: Iterable["PersonIdentity"]) -> None:
        """Write the parts of names that have none yet. One query for each thousand rows."""
        bulk(self.model, [row for person in people for row in self._of(person)])

    def _of(self, person: "PersonIdentity") -> list[Any]:
        organisation = person.participant.organisation_id
        said = name_parts(person.search_key).items()
        return [
            self.model(identity=person, organisation_id=organisation, part=part, is_start=begins)
            for part, begins in said
        ]


class TextToCheckQuerySet(QuerySet):
    """Texts about somebody protected that a person has to go through."""

    def waiting(self) -> Self:
        """Texts that nobody has gone through yet."""
        return self.filter(checked_at__isnull=True)

    def of(self, participant: "Participant", owner: "Organisation") -> Self:
        """Texts about the person that this organisation has written."""
        return self.filter(participant=participant, owner=owner)
