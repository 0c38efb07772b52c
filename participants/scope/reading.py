"""What one user may read in one case: worked out by Scope, and acted on here."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from core.enums import Category
from core.privacy import mask
from participants.models import Enrolment, PersonalNumber, PersonIdentity

EVERYTHING = frozenset(Category)


@dataclass(frozen=True, slots=True)
class Grant:
    """That a party may read a kind of information in a case, until a day."""

    organisation_id: int
    organisation: str
    category: Category
    valid_through: date


@dataclass(frozen=True, slots=True)
class CaseReading:
    """What one user may read in one case: all that the own organisation owns, of others what consent opens.

    `grants` are those of all parties, so that the page can say who else reads.
    """

    organisation_id: int | None
    is_own: bool
    grants: tuple[Grant, ...]

    @property
    def granted(self) -> frozenset[Category]:
        """The kinds that consent opens to the user's organisation."""
        return frozenset(grant.category for grant in self.grants if grant.organisation_id == self.organisation_id)

    @property
    def of_case(self) -> frozenset[Category]:
        """The kinds that may be read of what the case's owner has written."""
        return EVERYTHING if self.is_own else self.granted

    def others(self, category: Category) -> list[str]:
        """The other parties that consent lets read a kind today."""
        names = (
            grant.organisation
            for grant in self.grants
            if grant.category == category and grant.organisation_id != self.organisation_id
        )
        return list(dict.fromkeys(names))

    def facts(self) -> Q:
        """The condition on the facts of this case."""
        return Q(owner_id=self.organisation_id) | Q(category__in=sorted(self.granted))

    def mask(self, enrolment: Enrolment) -> None:
        """Take away from a case what may not be read of it; it can be shown afterwards, but not saved."""
        if self.is_own:
            return
        person = enrolment.participant
        mask(enrolment, self.of_case)
        mask(person, self.of_case)
        if Category.IDENTITY not in self.of_case:
            person.identity = PersonIdentity(participant=person, family_name=person.alias)
            person.identity.is_emptied = True
            # As if the numbers had been asked for already, and there were none.
            person._prefetched_objects_cache = {"numbers": PersonalNumber.objects.none()}  # type: ignore[attr-defined]
