"""Contacts named in the form of a consent: who at each party is to read by it. Without one it opens nothing."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError

from accounts.models import Organisation, User
from core.actions import action, stamp_day
from core.days.periods import Period
from participants.assignment.choices import Helper, free_at
from participants.assignment.helping import add_contact_of_party, end_assignment
from participants.assignment.people_forms import HelperField
from participants.consent.parties import parties_with_consent
from participants.consent.readers import at_work
from participants.enums import CaseRole
from participants.models import CaseAssignment, Consent, Enrolment

_NOBODY = "Ingen än: då kan ingen där läsa"


class ContactField(HelperField):
    """A contact at one party, or nobody; gives the Helper or None."""

    def __init__(self, party: Organisation, helpers: Sequence[Helper], people: Sequence[str]) -> None:
        super().__init__(helpers, with_party=False, required=False, label=f"Kontakt hos {party}")
        self.party = party
        nobody = f"Ingen till. {', '.join(people)} arbetar redan med ärendet" if people else _NOBODY
        self.choices = [("", nobody), *[(key, helper.name) for key, helper in self.helpers.items()]]


def contact_name(party: Organisation) -> str:
    """The name of the field that asks for the party's contact."""
    return f"contact_{party.public_id}"


def contact_fields(enrolment: Enrolment, parties: Sequence[Organisation], *, on: date) -> dict[str, ContactField]:
    """A field for each party, by its name. At most three queries, and one more for each party."""
    people = at_work(enrolment, [party.pk for party in parties], on=on)
    helpers = free_at(enrolment, parties, on)
    return {contact_name(party): ContactField(party, helpers[party.pk], people[party.pk]) for party in parties}


@action
def answer_with_contacts(
    *, answer: Callable[[], Consent], contacts: Sequence[Helper], period: Period | None, by: User
) -> Consent:
    """Write an answer about consent by the action handed in, and ask its contacts in for the period, under one stamp:
    by that they are known for contacts of this answer.

    Raises what the action raises, and ValidationError for `contact` with the party's id where that contact can't be
    asked in.
    """
    consent = answer()
    if period is None:
        return consent
    for helper in contacts:
        try:
            add_contact_of_party(enrolment=consent.enrolment, helper=helper, period=period, by=by)
        except ValidationError as error:
            raise ValidationError({contact_name(helper.organisation): error.messages}) from error
    return consent


def let_go(consents: Iterable[Consent], enrolment: Enrolment, *, by: User) -> None:
    """End the work of contacts who were asked in with these answers or their corrections, given by mistake, in the
    transaction that closes them. A party that another consent lets in keeps its own."""
    moments = {row.recorded_at for consent in consents for row in Consent.objects.versions_of(consent)}
    contacts = CaseAssignment.objects.filter(enrolment=enrolment, role=CaseRole.CONTACT, recorded_at__in=moments)
    readers = [party.pk for party in parties_with_consent(enrolment, stamp_day())]
    for contact in contacts.on_or_after(stamp_day()).exclude(organisation__in=readers):
        end_assignment(assignment=contact, by=by)
