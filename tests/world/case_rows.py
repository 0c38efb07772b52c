"""What stands in a case, as rows: who works with it, a guest's meeting, a placement, a sick-listing,
an employment, means of support, a view of the ability to work."""

from datetime import timedelta

from accounts.models import User
from actionplans.models import Meeting
from core.days.dates import today
from participants.abilities.parties import ANSWERS, AbilityParty
from participants.enums import CaseRole
from participants.models import (
    AbilityStatement,
    EmploymentPeriod,
    Enrolment,
    LivelihoodRecord,
    PlacementPeriod,
    SickListing,
)
from tests.world import worlds
from tests.world.factories import CaseAssignmentFactory
from tests.world.factories.background import (
    EmploymentPeriodFactory,
    PlacementPeriodFactory,
    SickListingFactory,
)
from tests.world.factories.beside import AbilityStatementFactory
from tests.world.factories.livelihood import LivelihoodRecordFactory, LivelihoodSourceFactory
from tests.world.factories.plans import MeetingFactory, MeetingParagraphFactory


def assign(enrolment: Enrolment, user: User | None, role: CaseRole) -> None:
    """The user works with the case from its first day, or where nobody is named the owner's whole unit."""
    held = {"role": role, "valid_from": enrolment.enrolled_on, "recorded_by": User.objects.system()}
    CaseAssignmentFactory(unit=user is None, enrolment=enrolment, user=user, **held)


def assign_contact(enrolment: Enrolment, user: User) -> None:
    """Somebody of another organisation works with the case too."""
    assign(enrolment, user, CaseRole.CONTACT)


def meeting_by(enrolment: Enrolment, user: User) -> Meeting:
    """A meeting that the user's organisation owns."""
    meeting = MeetingFactory(enrolment=enrolment, owner=user.organisation, recorded_by=user)
    MeetingParagraphFactory(meeting=meeting, body="Gästens egna ord")
    return meeting


def placement(enrolment: Enrolment, *, by: User, **fields: object) -> PlacementPeriod:
    """At a place now, under the own organisation's supervisor unless something else is said."""
    supervisor = fields.pop("supervisor", None) or User.objects.get(name=worlds.SUPERVISOR)
    given = {"concerns_on": today() - timedelta(days=10), "place": "Kanarietext plats"} | fields
    return PlacementPeriodFactory(enrolment=enrolment, supervisor=supervisor, recorded_by=by, **given)


def sick_listing(enrolment: Enrolment, *, by: User) -> SickListing:
    """Half time for a week, from the enrolment."""
    day = enrolment.enrolled_on
    until = day + timedelta(days=7)
    return SickListingFactory(enrolment=enrolment, recorded_by=by, percent=50, concerns_on=day, until=until)


def employment(enrolment: Enrolment, *, by: User, **fields: object) -> EmploymentPeriod:
    """Employed with support since ten days, until further notice."""
    given = {
        "concerns_on": today() - timedelta(days=10),
        "percent": 75,
        "employer": "Kanarietext arbetsgivare",
    } | fields
    return EmploymentPeriodFactory(enrolment=enrolment, recorded_by=by, **given)


def livelihood(enrolment: Enrolment, *, by: User, **fields: object) -> LivelihoodRecord:
    """Half pay, and half support, at the enrolment."""
    given = {"concerns_on": enrolment.enrolled_on} | fields
    record = LivelihoodRecordFactory(enrolment=enrolment, recorded_by=by, **given)
    for code, name in (("wage", "Lön"), ("social_assistance", "Försörjningsstöd")):
        LivelihoodSourceFactory(record=record, line__code=code, line__name=name)
    return record


def ability(
    enrolment: Enrolment, *, by: User, party: AbilityParty = AbilityParty.HEALTH_CARE, **fields: object
) -> AbilityStatement:
    """The first of the party's answers, in words of its own."""
    given = {"concerns_on": today() - timedelta(days=4), "words": "Kanarietext bedömning av arbetsförmågan"} | fields
    of_party = {"party": party, "answer": ANSWERS[party][0], "category": party.category}
    return AbilityStatementFactory(enrolment=enrolment, recorded_by=by, **of_party | given)
