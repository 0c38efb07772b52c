"""A kartläggning area by area with the keyboard alone: left by one person, continued by another in another browser."""

import pytest
from playwright.sync_api import expect

from core.days.dates import today
from participants.areas.corrections import take_back_work
from participants.models import AreaAnswer, Assessment, AssessmentWork
from tests.e2e.test_main_job import words
from tests.e2e.test_without_mouse import Keys
from tests.world.cast import Cast
from tests.world.pages import path_to

pytestmark = pytest.mark.e2e
SAVE = "details[open] button.btn-primary"


def on_the_case(cast: Cast, visit, user, *, scripts: bool) -> Keys:
    page = visit.log_in(user.email, java_script_enabled=scripts)
    page.goto(path_to("enrolment_detail", cast.cases.of_the_unit.ids["enrolment"]))
    return Keys(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_left_after_two_areas_it_is_continued_at_the_third_in_another_browser(cast, visit, scripts: bool) -> None:
    case = cast.cases.of_the_unit.ids["enrolment"]
    begun = AssessmentWork.objects.current().get(enrolment__public_id=case)
    take_back_work(work=begun, reason="Börjar om.", by=cast.hanna)
    hers = on_the_case(cast, visit, cast.hanna, scripts=scripts)
    hers.page.goto(path_to("assessment_create", case))
    hers.write("#id_adaptation", "Hör dåligt.").go(SAVE)
    hers.comes_to("#id_background")
    hers.page.keyboard.type("Har varit kock.")
    hers.go(SAVE)
    assert "2 av 5 områden har svar. Kvar: 3. Deltagarens egen syn" in hers.reads()
    theirs = on_the_case(cast, visit, cast.kim, scripts=scripts)
    assert "påbörjad, 2 av 5 områden har svar" in theirs.reads()
    theirs.go("a[href$='kartlaggning/?omrade=3']").comes_to("#id_own_view")
    theirs.page.keyboard.type("Vill arbeta.")
    theirs.go(SAVE).comes_to("#id_motivation")
    # An area that is folded opens by its line, and folds the others.
    theirs.to("#adaptation summary").press("Enter")
    expect(theirs.page.locator("details[open]")).to_have_count(1)
    expect(theirs.page.locator("#id_adaptation")).to_have_value("Hör dåligt.")
    theirs.to("#motivation summary").press("Enter").write("#id_motivation", "Att bli klar.").go(SAVE)
    theirs.to("#id_declines_health").press("Space").go(SAVE)
    assert "Alla fem områden har svar." in words(theirs.page)
    theirs.go("main a[href$='klar/']").go("main .form-actions button.btn-primary")
    done = Assessment.objects.current().get(enrolment__public_id=case, work__isnull=False, concerns_on=today())
    said = AreaAnswer.objects.current().filter(work=done.work).order_by("pk").values_list("area", "recorded_by__name")
    assert [area for area, _ in said] == ["adaptation", "background", "own_view", "motivation", "health"]
    assert len({name for _, name in said}) == 2
