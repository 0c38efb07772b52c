"""Who can look after a participant at a placement."""

from datetime import date

from accounts.models import Organisation, User
from participants.consent.parties import parties_of
from participants.models import ConsentGrant, Enrolment
from participants.placement.page import supervisors_in_project
from participants.scope.scope import SUPERVISED


def supervisors_for(enrolment: Enrolment, on: date) -> list[User]:
    """The project's supervisors at the owner and at parties that a consent tells who comes or when, by name.

    Also those whose consent hasn't begun: they read nothing before.
    """
    opened = {enrolment.owner_id} | _told(enrolment, on)
    return [supervisor for supervisor in supervisors_in_project(enrolment, on) if supervisor.organisation_id in opened]


def parties_shut_out(enrolment: Enrolment, on: date) -> list[Organisation]:
    """Other parties that have a supervisor in the project, but aren't told anything."""
    opened, there = (
        _told(enrolment, on),
        {supervisor.organisation_id for supervisor in supervisors_in_project(enrolment, on)},
    )
    return [party for party in parties_of(enrolment) if party.pk in there and party.pk not in opened]


def _told(enrolment: Enrolment, on: date) -> set[int]:
    """The parties that a consent tells something of a placement on the day or from a later one."""
    to_come = ConsentGrant.objects.on_or_after(on).filter(enrolment=enrolment, category__in=SUPERVISED)
    return set(to_come.values_list("organisation", flat=True))
