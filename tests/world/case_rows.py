"""What stands in a case, as rows: who works with it, a guest's meeting, a placement."""

from datetime import timedelta

from accounts.models import User
from actionplans.enums import MeetingKind
from actionplans.models import Meeting, MeetingParagraph
from core.days.dates import today
from core.models import TextBody
from participants.enums import CaseRole
from participants.models import CaseAssignment, Enrolment, PlacementPeriod
from tests.world import worlds


def assign(enrolment: Enrolment, user: User | None, role: CaseRole) -> None:
    """The user works with the case from its first day, or where nobody is named the owner's whole unit."""
    organisation = user.organisation if user else enrolment.owner
    CaseAssignment.objects.create(
        enrolment=enrolment,
        user=user,
        organisation=organisation,
        role=role,
        valid_from=enrolment.enrolled_on,
        recorded_by=User.objects.system(),
    )


def assign_contact(enrolment: Enrolment, user: User) -> None:
    """Somebody of another organisation works with the case too."""
    assign(enrolment, user, CaseRole.CONTACT)


def meeting_by(enrolment: Enrolment, user: User) -> Meeting:
    """A meeting that the user's organisation owns."""
    common = {"enrolment": enrolment, "concerns_on": today(), "owner": user.organisation, "recorded_by": user}
    meeting = Meeting.objects.create(project=enrolment.project, kind=MeetingKind.FOLLOW_UP, **common)
    body = TextBody.objects.write("Gästens egna ord")
    MeetingParagraph.objects.create(meeting=meeting, author=user, body=body, **common)
    return meeting


def placement(enrolment: Enrolment, *, by: User, **fields: object) -> PlacementPeriod:
    """At a place now, under the own organisation's supervisor unless something else is said."""
    supervisor = fields.pop("supervisor", None) or User.objects.get(name=worlds.SUPERVISOR)
    given = {"concerns_on": today() - timedelta(days=10), "owner": enrolment.owner} | fields
    place = TextBody.objects.write("Kanarietext plats")
    return PlacementPeriod.objects.create(
        enrolment=enrolment, place=place, supervisor=supervisor, recorded_by=by, **given
    )
