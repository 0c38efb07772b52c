"""No fact of any kind is moved to somebody who wasn't born on its day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from actionplans.models import MilestoneStatus
from participants.amending.born import UNBORN_THERE
from participants.enums import ExitReason, MisplacedWay
from participants.exits.actions import end_enrolment
from participants.models import Misplacement
from tests.guards.test_amended_facts import PAGES
from tests.saving.test_presses_of_moves import FACTS
from tests.world.cases import days_ago, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.pages import faults, submit

# A wrong registration and a referral go by pages of their own; a consent, and what was typed in a form that couldn't be
# saved, are no dated fact about the other person; a begun kartläggning has no day but that of its writing.
OTHERWISE = {"void_ask", "referral_end", "consent_misplaced", "kept_note_misplaced", "assessment_work_misplaced"}


def _exit(world):
    return end_enrolment(enrolment=world.enrolment, exited_on=days_ago(3), reason=ExitReason.WORK, by=world.case_worker)


def _addresses(world) -> dict[str, str]:
    made = {page: reverse(page, args=[make(world).public_id]) for page, make in FACTS.items() if page not in OTHERWISE}
    _exit(world)
    milestone = MilestoneStatus.objects.filter(enrolment=world.enrolment).current().get()
    made["milestone_misplaced"] = reverse("milestone_misplaced", args=[milestone.public_id])
    return made | {"exit_misplaced": reverse("exit_misplaced", args=[world.enrolment.public_id])}


@pytest.mark.parametrize("page", sorted({pages.move for pages in PAGES.values()} - OTHERWISE))
def test_nothing_is_moved_to_before_the_right_persons_birth(world, log_in, page: str) -> None:
    world.enrolment = started(world.enrolment, 60)
    right = EnrolmentFactory(project=world.project, enrolled_on=days_ago(90))
    right.participant.birth_date = days_ago(0) + timedelta(days=1)
    right.participant.save(update_fields=["birth_date"])
    CaseAssignmentFactory(enrolment=right, user=world.case_worker)
    client, address = log_in(world.case_worker), _addresses(world)[page]
    answer = submit(client, address, way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))
    assert faults(answer) == {"right": [UNBORN_THERE]}
    assert not Misplacement.objects.exists()
    right.participant.birth_date = date(1990, 1, 1)
    right.participant.save(update_fields=["birth_date"])
    again = submit(client, address, way=MisplacedWay.MOVED_AWAY, right=str(right.public_id))
    assert UNBORN_THERE not in again.content.decode()
