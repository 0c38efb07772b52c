"""Contacts named in the form of a consent: who at each party is to read by it. Without one it opens nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import ChoiceField

from accounts.models import Organisation, User
from core.days.periods import Period
from participants.assignment.choices import Helper, free_at
from participants.assignment.helping import add_contact_of_party
from participants.assignment.people_forms import HelperField
from participants.consent.readers import at_work
from participants.models import Enrolment

_NOBODY = "Ingen än: då kan ingen där läsa"


class ContactField(HelperField):
    """A contact at one party, or nobody; gives the Helper or None."""

    def __init__(self, party: Organisation, helpers: Sequence[Helper], people: Sequence[str]) -> None:
        super().__init__(helpers, with_party=False, required=False, label=f"Kontakt hos {party}")
        self.party = party
        nobody = f"Ingen till. {', '.join(people)} arbetar redan med ärendet" if people else _NOBODY
        self.choices = [("", nobody), *[(key, helper.name) for key, helper in self.helpers.items()]]

    def clean(self, value: Any) -> Helper | None:  # type: ignore[override]
        """The chosen one; None where nobody is."""
        return self.helpers.get(ChoiceField.clean(self, value))


def contact_name(party: Organisation) -> str:
    """The name of the field that asks for the party's contact."""
    return f"contact_{party.public_id}"


def contact_fields(enrolment: Enrolment, parties: Sequence[Organisation], *, on: date) -> dict[str, ContactField]:
    """A field for each party, by its name. At most three queries, and one more for each party."""
    people = at_work(enrolment, [party.pk for party in parties], on=on)
    helpers = free_at(enrolment, parties, on)
    return {contact_name(party): ContactField(party, helpers[party.pk], people[party.pk]) for party in parties}


def invite(enrolment: Enrolment, contacts: Sequence[Helper], period: Period, *, by: User) -> None:
    """Ask each contact in for the period, in the transaction of the consent.

    Raises ValidationError for the field of the party whose contact can't be asked in.
    """
    for helper in contacts:
        try:
            add_contact_of_party(enrolment=enrolment, helper=helper, period=period, by=by)
        except ValidationError as error:
            raise ValidationError({contact_name(helper.organisation): error.messages}) from error
