"""The case worker, logged in, and a case in which nothing waits."""

from datetime import timedelta

import pytest

from core.days.dates import today
from participants.assessment.actions import record_assessment
from tests.world.cases import days_ago, met, plan, started


@pytest.fixture
def quiet(world):
    """The case worker's only case has kartläggning, plan, a first follow-up, and the next far ahead."""
    case = started(world.enrolment, 20)
    record_assessment(enrolment=case, completed_on=days_ago(10), by=world.case_worker)
    plan(case, world.case_worker, valid_on=days_ago(9), next_follow_up_on=today() + timedelta(days=40))
    met(case, world.case_worker, days_ago(8))
    case.refresh_from_db()
    return case
