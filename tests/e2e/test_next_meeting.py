"""When to meet next follows the day of the meeting, in the page and when it is sent; what is chosen there stays."""

from datetime import timedelta

import pytest

from actionplans.models import Meeting, StepClock
from core.days.dates import today, workday
from core.swedish.words import weekday
from projects.enums import Role
from tests.world.cases import days_ago, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.worlds import member, model_project

pytestmark = pytest.mark.e2e


@pytest.fixture
def case(transactional_db):
    project = model_project()
    worker = member(project, project.host, Role.CASE_WORKER, "Hanna Handläggare")
    case = started(EnrolmentFactory(project=project), 60)
    CaseAssignmentFactory(enrolment=case, user=worker)
    StepClock.objects.all().delete()
    return case


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_day_that_is_read_is_the_day_that_is_saved(visit, case, has_scripts):
    page = visit.log_in(case.assignments.get().user.email, java_script_enabled=has_scripts)
    page.goto(f"/inskrivningar/{case.public_id}/moten/nytt/")
    page.check("[name=next_choice][value='5v']")
    page.click(".meeting-facts > summary")
    page.fill("[name=held_on]", str(days_ago(14)))
    page.fill("[name=text]", "Kom i tid.")
    right = workday(days_ago(14) + timedelta(weeks=5))
    if has_scripts:
        page.wait_for_selector(f"input[name=counted_from][value='{days_ago(14)}']", state="attached")
    else:
        assert weekday(workday(today() + timedelta(weeks=5))) in page.inner_text("main")
        page.click("main button.btn-primary")
        assert "Dagarna räknas från mötesdagen" in page.inner_text("main")
        assert not Meeting.objects.exists()
    assert f"Om 5 veckor, {weekday(right)}" in page.inner_text("main")
    assert page.is_checked("[name=next_choice][value='5v']")
    page.click("main button.btn-primary")
    page.wait_for_selector("text=Mötet är sparat")
    assert Meeting.objects.get().next_meeting_on == right


def test_a_choice_that_is_made_while_the_days_are_asked_for_stays(visit, case):
    page = visit.log_in(case.assignments.get().user.email)
    page.goto(f"/inskrivningar/{case.public_id}/moten/nytt/")
    page.fill("[name=text]", "Kom i tid.")
    page.click(".meeting-facts > summary")
    asked = []

    def hold(route):
        if "next_days" in route.request.post_data:
            asked.append(route)
        else:
            route.continue_()

    page.route("**/moten/forslag/", hold)
    page.fill("[name=held_on]", str(days_ago(14)))
    page.check("[name=next_choice][value='5v']")
    asked.pop().continue_()
    for _ in range(50):
        page.wait_for_timeout(20)
        if asked:
            asked.pop().continue_()
    page.wait_for_selector(f"input[name=counted_from][value='{days_ago(14)}']", state="attached")
    assert page.is_checked("[name=next_choice][value='5v']")
    assert page.evaluate("document.activeElement.value") == "5v"
    page.click("main button.btn-primary")
    page.wait_for_selector("text=Mötet är sparat")
    assert Meeting.objects.get().next_meeting_on == workday(days_ago(14) + timedelta(weeks=5))
