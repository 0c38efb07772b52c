"""Reading the work list, and cases to stand on it."""

from participants.changes import enrolments_changed
from participants.models import Enrolment
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory

HOME = "/"


def tasks(client) -> list[tuple[str, str, str]]:
    """Heading, what, and when of each line."""
    groups = client.get(HOME).context["groups"]
    return [(group.heading, task.what, task.when.replace("\xa0", " ")) for group in groups for task in group.tasks]


def case_of(world, **fields) -> Enrolment:
    enrolment = EnrolmentFactory(project=world.project, **fields)
    CaseAssignmentFactory(enrolment=enrolment, user=world.case_worker)
    enrolments_changed([enrolment.pk])
    return enrolment
