"""Reads of facts about a case."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from core.days.periods import PeriodQuerySet
from core.facts import AmendedFact, FactQuerySet

if TYPE_CHECKING:
    from participants.scope.scope import Scope


class CaseFactQuerySet(FactQuerySet):
    """Facts about an enrolment."""

    def visible_to(self, scope: "Scope") -> Self:
        """Facts that the user may read: of the own organisation, or opened to it by consent, in cases that the user
        works with."""
        return self.placed().filter(scope.facts())

    def removed_for(self, scope: "Scope") -> Self:
        """Facts of the user's own organisation that were found to be about somebody else, in the cases that the user
        works with."""
        removed = self.filter(owner=scope.user.organisation_id, misplaced_at__isnull=False)
        return removed.filter(scope.facts())

    def with_void_to(self, scope: "Scope") -> Self:
        """Facts that the user may read, and the own organisation's facts in its wrongly registered cases."""
        return self.placed().filter(scope.facts() | Q(owner=scope.user.organisation_id) & scope.in_cases(scope.void()))

    def readable_by_consent(self) -> Self:
        """Facts that a consent to their kind lets other parties read; all, unless a model says otherwise."""
        return self.all()

    def with_case(self) -> Self:
        """Reads case, person, project and owner together with each fact, as a page about the fact needs them."""
        return self.select_related("enrolment__participant__identity", "enrolment__project", "enrolment__owner")

    def standing(self, public_id: UUID) -> Any:
        """The fact with this public id; None where this queryset holds none. One query."""
        return self.filter(public_id=public_id).first()

    @staticmethod
    def is_standing(found: Any) -> bool:
        """Whether the row itself tells that it is the one that `standing` gives for its public id."""
        return found.superseded_at is None


class AmendedFactQuerySet(CaseFactQuerySet):
    """Facts that are corrected and taken back by new versions. The address of any version leads to the last one."""

    standing = FactQuerySet.latest_version

    def versions_of(self, fact: AmendedFact) -> Self:
        """Every version of a fact."""
        return self.filter(Q(pk=fact.root_id) | Q(first=fact.root_id))

    def said(self) -> Self:
        """Versions that somebody wrote; all, unless the program writes some by itself."""
        return self.all()

    def of_root(self, root: Any) -> Self:
        """The version in force of the fact whose first version has this key."""
        return self.current().filter(Q(pk=root) | Q(first=root))

    def with_case(self) -> Self:
        """Reads who wrote the version, why, and who wrote the first one together with each fact, besides case, person,
        project and owner."""
        return super().with_case().select_related("recorded_by", "why", "first__recorded_by")


class OfWorkQuerySet(CaseFactQuerySet):
    """Facts of a kartläggning's areas. Others read them once the kartläggning is complete, and while it stands."""

    def visible_to(self, scope: "Scope") -> Self:
        """The own organisation's, and of others' those of complete kartläggningar."""
        return super().visible_to(scope).filter(Q(owner=scope.user.organisation_id) | self._complete())

    def readable_by_consent(self) -> Self:
        """Facts of kartläggningar that are complete."""
        return self.filter(self._complete())

    @staticmethod
    def _complete() -> Q:
        standing = apps.get_model("participants", "Assessment").objects.current()
        return Q(Exists(standing.filter(work=OuterRef("work"))))


class AreaAnswerQuerySet(OfWorkQuerySet, AmendedFactQuerySet):  # type: ignore[override]  # two `as_manager`
    """Answers of areas, versions that have been replaced included."""

    def with_case(self) -> Self:
        """Reads the words and the kartläggning together with each answer, besides case, person, project and owner."""
        return super().with_case().select_related("answer", "work")


class KeptNoteQuerySet(CaseFactQuerySet):
    """Texts that were kept from forms that couldn't be saved."""

    def visible_to(self, scope: "Scope") -> Self:
        """Kept texts that the own organisation's users wrote, in cases that the user works with. No consent opens them
        to others."""
        return super().visible_to(scope).filter(owner=scope.user.organisation_id)


class PlacementPeriodQuerySet(PeriodQuerySet, AmendedFactQuerySet):  # type: ignore[override]  # two `as_manager`
    """Placements, versions that have been replaced included."""

    first_column = "concerns_on"
    until_column = "until"

    def with_case(self) -> Self:
        """Reads place and who looks after it together with each placement, besides case, person, project and owner."""
        return super().with_case().select_related("place", "supervisor", "guide", "guide_phone")

    def supervised_by(self, scope: "Scope") -> Self:
        """Current placements that the user supervises on the scope's day and may read something of; see
        participants.scope.scope.Scope."""
        return self.current().on(scope.on).filter(scope.supervised())


class CertificateQuerySet(AmendedFactQuerySet):
    """Certificates of placements, versions that have been replaced included."""

    def with_case(self) -> Self:
        """Reads the words together with each certificate, besides case, person, project and owner."""
        return super().with_case().select_related("place", "extent", "tasks", "verdict", "signer")


class CaseOutcomeQuerySet(AmendedFactQuerySet):
    """Outcomes of cases, versions that have been replaced included."""

    def with_case(self) -> Self:
        """Reads the line of the list together with each outcome, besides case, person, project and owner."""
        return super().with_case().select_related("outcome")


class SignedPaperQuerySet(KeptNoteQuerySet, AmendedFactQuerySet):  # type: ignore[override]  # two `as_manager`
    """Signed papers, versions that have been replaced included: the own organisation's alone, as kept texts are."""

    def with_case(self) -> Self:
        """Reads of how many pages each is, and never these, besides case, person, project and owner."""
        return super().with_case().select_related("file").defer("file__content")


class SipQuerySet(AmendedFactQuerySet):
    """SIPs that exist elsewhere, versions that have been replaced included."""

    def with_case(self) -> Self:
        """Reads whom to ask together with each, besides case, person, project and owner."""
        return super().with_case().select_related("contact")


class AbilityStatementQuerySet(AmendedFactQuerySet):
    """Views of the ability to work, versions that have been replaced included."""

    def with_case(self) -> Self:
        """Reads the party's own words together with each view, besides case, person, project and owner."""
        return super().with_case().select_related("words")


class EmploymentPeriodQuerySet(PeriodQuerySet, AmendedFactQuerySet):  # type: ignore[override]  # two `as_manager`
    """Employments, versions that have been replaced included."""

    first_column = "concerns_on"
    until_column = "until"

    def with_case(self) -> Self:
        """Reads form and employer together with each employment, besides case, person, project and owner."""
        return super().with_case().select_related("form", "employer")


class LivelihoodQuerySet(AmendedFactQuerySet):
    """Records of means of support, versions that have been replaced included."""

    def with_case(self) -> Self:
        """Reads means of support, occupation and education together with each record, besides case, person, project
        and owner; the means in a query of their own."""
        return super().with_case().select_related("occupation", "education").prefetch_related("sources__line")


class SickListingQuerySet(PeriodQuerySet, AmendedFactQuerySet):  # type: ignore[override]  # two `as_manager`
    """Sick-listings, versions that have been replaced included."""

    first_column = "concerns_on"
    until_column = "until"

    def said(self) -> Self:
        """Sick-listings as somebody wrote, corrected or took them back, without the pieces of what a later one cut."""
        return self.filter(Q(corrects__isnull=True) | Q(why__isnull=False))

    def standing(self, public_id: UUID) -> Any:
        """The last version that somebody wrote of the sick-listing with this public id, also where it names a piece of
        it; None where this queryset holds none. Two queries."""
        found: Any = self.filter(public_id=public_id).first()
        return found and self.said().versions_of(found).order_by("-pk").first()

    @staticmethod
    def is_standing(found: Any) -> bool:
        """Whether it is in force and as somebody wrote it."""
        return found.stands and (found.corrects_id is None or found.why_id is not None)

    def full_time(self) -> Self:
        """Current sick-listings of 100 per cent."""
        return self.current().filter(percent=100)


class EmergencyAccessQuerySet(CaseFactQuerySet):
    """Cases opened in an emergency."""

    def live_at(self, moment: datetime) -> Self:
        """Emergency openings that hold at the moment."""
        return self.filter(recorded_at__lte=moment, until__gt=moment)
