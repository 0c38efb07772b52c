"""Reads of facts about a case."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from core.days.periods import PeriodQuerySet
from core.facts import FactQuerySet

if TYPE_CHECKING:
    from participants.scope.scope import Scope


class CaseFactQuerySet(FactQuerySet):
    """Facts about an enrolment."""

    def visible_to(self, scope: "Scope") -> Self:
        """Those of the own organisation, and those that consent opens to it, in cases that the user works with."""
        return self.filter(scope.facts())

    def with_void_to(self, scope: "Scope") -> Self:
        """Those, and the own organisation's in its wrongly registered cases."""
        return self.filter(scope.facts() | Q(owner=scope.user.organisation_id) & scope.in_cases(scope.void()))

    def readable_by_consent(self) -> Self:
        """Facts that a consent to their kind lets others read."""
        return self.all()

    def with_case(self) -> Self:
        """Together with the case, its person, project and owner: what a page about the fact opens."""
        return self.select_related("enrolment__participant__identity", "enrolment__project", "enrolment__owner")

    def standing(self, public_id: UUID) -> Any:
        """The fact with this address; None where these hold no such fact. One query."""
        return self.filter(public_id=public_id).first()

    def latest_version(self, public_id: UUID) -> Any:
        """The fact that has taken the place of the one with this address, or that one. One query for each version."""
        found: Any = self.filter(public_id=public_id).first()
        while found and found.superseded_at and (later := self.filter(corrects=found).first()):
            found = later
        return found


class KeptNoteQuerySet(CaseFactQuerySet):
    """Words kept for the writer's own organisation."""

    def visible_to(self, scope: "Scope") -> Self:
        """The own organisation's, in cases that the user works with; no consent opens them."""
        return super().visible_to(scope).filter(owner=scope.user.organisation_id)


class PlacementPeriodQuerySet(PeriodQuerySet, CaseFactQuerySet):  # type: ignore[override]  # two `as_manager`
    """Placements. Facts that are replaced since are among them."""

    first_column = "concerns_on"
    until_column = "until"

    def with_case(self) -> Self:
        """With place and supervisor too."""
        return super().with_case().select_related("place", "supervisor")

    standing = CaseFactQuerySet.latest_version

    def supervised_by(self, scope: "Scope") -> Self:
        """Those that the user looks after on the day and may read something of; see participants.scope.scope.Scope."""
        return self.current().on(scope.on).filter(scope.supervised())


class ReferralQuerySet(FactQuerySet):
    """Referrals."""

    def visible_to(self, scope: "Scope") -> Self:
        """Those of a person whom the user may read; one that holds no person yet is nobody's to read."""
        persons = apps.get_model("participants", "Participant").objects.visible_to(scope)
        return self.filter(participant__in=persons)


class SickListingQuerySet(PeriodQuerySet, CaseFactQuerySet):  # type: ignore[override]  # two `as_manager`
    """Sick-listings. Facts that are replaced since are among them."""

    first_column = "concerns_on"
    until_column = "until"

    def full_time(self) -> Self:
        """Current facts that say 100 per cent."""
        return self.current().filter(percent=100)


class EmergencyAccessQuerySet(CaseFactQuerySet):
    """Cases opened in an emergency."""

    def live_at(self, moment: datetime) -> Self:
        """Those that hold at the moment."""
        return self.filter(recorded_at__lte=moment, until__gt=moment)
