"""The answer to «what may this user read in this case»: worked out by Scope, applied here."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from core.enums import Category
from core.privacy import mask
from participants.enums import REASONS_OF_HEALTH, ExitReason
from participants.models import Enrolment, PersonalNumber, PersonIdentity

EVERYTHING = frozenset(Category)
# Reasons of an exit that aren't told to whoever may not read of health: that somebody is ill, and a reason that nobody
# knows, so that one that isn't told needn't be an illness.
REASONS_UNTOLD: Final = REASONS_OF_HEALTH | {ExitReason.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Grant:
    """A party that may read one kind of information in a case, until a day."""

    organisation_id: int
    organisation: str
    category: Category
    valid_through: date


@dataclass(frozen=True, slots=True)
class CaseReading:
    """The kinds of information that one user may read in one case. The own organisation's facts are all readable; other
    organisations' facts only by consent.

    `grants` holds the grants of all parties, so that the page can say who else reads. `author_id` is the key of the
    user where that user writes in the project, and `coordinates` says whether the user coordinates it: authors and
    coordinators read what has been taken back.
    """

    organisation_id: int | None
    is_own: bool
    grants: tuple[Grant, ...]
    author_id: int | None = None
    coordinates: bool = False

    @property
    def granted(self) -> frozenset[Category]:
        """The kinds of information that consent opens to the user's organisation."""
        return frozenset(grant.category for grant in self.grants if grant.organisation_id == self.organisation_id)

    @property
    def of_case(self) -> frozenset[Category]:
        """The kinds of information, written by the organisation that owns the case, that the user may read."""
        return EVERYTHING if self.is_own else self.granted

    def others(self, category: Category) -> list[str]:
        """Names of the other organisations that may read this kind of information today, by consent."""
        names = (
            grant.organisation
            for grant in self.grants
            if grant.category == category and grant.organisation_id != self.organisation_id
        )
        return list(dict.fromkeys(names))

    def facts(self) -> Q:
        """Condition on a fact of this case: the user may read it."""
        return Q(owner_id=self.organisation_id) | Q(category__in=sorted(self.granted))

    def taken_back(self) -> Q:
        """Condition on a fact with a first version that has been taken back: the user may read its words, as the author
        of the first version or as a coordinator of the organisation that wrote it."""
        is_author = Q(first__recorded_by=self.author_id) | Q(first=None, recorded_by=self.author_id)
        by_role = Q() if self.coordinates else Q(pk__in=[]) if self.author_id is None else is_author
        return Q(owner_id=self.organisation_id) & by_role

    def mask(self, enrolment: Enrolment) -> None:
        """Empty the fields of the enrolment that the user may not read. It can be shown afterwards, but not saved.

        Who may read the exit in any form knows that the case has ended: one of health is read of health too.
        """
        if self.is_own:
            return
        person, ended = enrolment.participant, (enrolment.exited_on, enrolment.exit_reason)
        mask(enrolment, self.of_case)
        mask(person, self.of_case)
        if Category.HEALTH in self.of_case and ended[1] in REASONS_OF_HEALTH:
            enrolment.exited_on, enrolment.exit_reason = ended
        elif Category.HEALTH not in self.of_case and enrolment.exit_reason in REASONS_UNTOLD:
            enrolment.exit_reason = ""
        if Category.IDENTITY not in self.of_case:
            person.identity = PersonIdentity(participant=person, family_name=person.alias)
            person.identity.is_emptied = True
            # As if the numbers had been asked for already, and there were none.
            person._prefetched_objects_cache = {"numbers": PersonalNumber.objects.none()}  # type: ignore[attr-defined]
