"""Whom a case can be opened to: colleagues, whole units, and case workers of parties that a consent lets in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import Organisation, User
from participants.consent.parties import parties_with_consent
from participants.models import Enrolment
from participants.scope.case_workers import case_workers, present


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody to whom a case can be opened: a user, or an organisation's whole unit."""

    organisation: Organisation
    user: User | None = None

    @property
    def key(self) -> str:
        """The public id that a form sends for this choice."""
        return str((self.user or self.organisation).public_id)

    @property
    def name(self) -> str:
        """In words."""
        return str(self.user) if self.user else f"Hela enheten, {self.organisation}"


def substitutes_for(enrolment: Enrolment, on: date) -> list[Helper]:
    """Colleagues who don't work with the case for good already, and the whole unit."""
    return _free(enrolment, _helpers(enrolment, enrolment.owner, on))


def contacts_for(enrolment: Enrolment, on: date) -> list[Helper]:
    """Case workers and whole units of the parties that a consent lets in."""
    parties = parties_with_consent(enrolment, on)
    return _free(enrolment, [helper for party in parties for helper in _helpers(enrolment, party, on)])


def free_at(enrolment: Enrolment, parties: Iterable[Organisation], on: date) -> dict[int, list[Helper]]:
    """By party, the case workers and whole units that could be its contact, whether or not a consent lets it in."""
    asked = list(parties)
    free = _free(enrolment, [helper for party in asked for helper in _helpers(enrolment, party, on)])
    return {party.pk: [helper for helper in free if helper.organisation.pk == party.pk] for party in asked}


def _helpers(enrolment: Enrolment, party: Organisation, on: date) -> list[Helper]:
    people = [Helper(party, user) for user in present(case_workers(enrolment.project, party, on=on))]
    return people if enrolment.participant.is_protected else [*people, Helper(party)]


def _free(enrolment: Enrolment, helpers: Iterable[Helper]) -> list[Helper]:
    kept = set(enrolment.assignments.filter(valid_until=None).values_list("organisation", "user"))
    return [helper for helper in helpers if (helper.organisation.pk, helper.user and helper.user.pk) not in kept]
