"""Ten ways to lose a text: in each it is there again, less five seconds of typing at most."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect

import actionplans.meetings.views
from actionplans.models import Meeting, StepClock
from core.models import Draft
from projects.enums import Role
from tests.world.cases import started
from tests.world.factories import PASSWORD, CaseAssignmentFactory, EnrolmentFactory
from tests.world.worlds import member, model_project

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("quiet")]

WORDS = "Kommer i tid, och vill prova restaurangkök efter sommaren."
NO_PROPOSAL = "Förslaget kan inte visas just nu. Det räknas fram när mötet sparas."
NOTE, SAVE = "textarea[name=text]", "main button.btn-primary"


@pytest.fixture
def case(transactional_db):
    project = model_project()
    worker = member(project, project.host, Role.CASE_WORKER, "Hanna Handläggare")
    member(project, project.host, Role.CASE_WORKER, "Kim Kollega")
    case = started(EnrolmentFactory(project=project), 60)
    CaseAssignmentFactory(enrolment=case, user=worker)
    StepClock.objects.all().delete()
    return case


@pytest.fixture
def email(case) -> str:
    return case.assignments.get().user.email


@pytest.fixture
def page(visit, case, email) -> Page:
    """The page of a new meeting, where somebody has typed."""
    page = visit.log_in(email)
    page.goto(of(case))
    # Key by key at the end alone: each key is a way to the browser and back.
    page.fill(NOTE, WORDS[:-3])
    page.locator(NOTE).press_sequentially(WORDS[-3:])
    return page


def of(case) -> str:
    return f"/inskrivningar/{case.public_id}/moten/nytt/"


def kept(page: Page) -> None:
    """Wait until the page says that the draft is kept: within five seconds of the last sign."""
    expect(page.locator(".draft-state")).to_have_text(re.compile(r"^Utkast sparat kl\.\s\d\d\.\d\d"), timeout=5000)


def there_again(visit, case, email, page: Page | None = None) -> Page:
    """The words stand in the form for whoever logs in anew and opens its page."""
    page = page or visit.log_in(email)
    page.goto(of(case))
    assert page.input_value(NOTE) == WORDS
    return page


def saves(page: Page) -> None:
    page.click(SAVE)
    page.wait_for_selector("text=Mötet är sparat")
    assert Meeting.objects.count() == 1
    assert not Draft.objects.exists()


def log_in_on(page: Page, email: str) -> None:
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)


def test_1_the_session_has_ended(visit, case, email, page) -> None:
    Session.objects.all().delete()
    page.click(SAVE)
    page.wait_for_url("**/logga-in/**")
    assert "Det du skrev är kvar som utkast" in page.inner_text("main")
    saves(there_again(visit, case, email))


def test_2_and_3_the_server_or_the_network_is_gone(case, page) -> None:
    page.route("**/*", lambda route: route.abort())
    page.click(SAVE)
    expect(page.locator(".draft-state")).to_contain_text("Ingen kontakt med servern")
    assert page.input_value(NOTE) == WORDS
    expect(page.locator(SAVE)).to_have_text("Spara mötet")
    page.unroute("**/*")
    page.wait_for_selector("text=Mötet är sparat", timeout=15000)
    assert Meeting.objects.count() == 1


def test_3_the_browser_is_offline(case, page) -> None:
    page.context.set_offline(True)
    page.locator(NOTE).press("Control+Enter")
    expect(page.locator(".draft-state")).to_contain_text("Ingen kontakt med servern")
    page.context.set_offline(False)
    page.wait_for_selector("text=Mötet är sparat", timeout=15000)
    assert Meeting.objects.count() == 1


def test_3_who_types_on_after_a_press_that_reached_nobody_is_told_to_press_again(case, page) -> None:
    page.context.set_offline(True)
    page.locator(NOTE).press("Control+Enter")
    state = page.locator(".draft-state")
    expect(state).to_contain_text("Den sparas när servern svarar igen.")
    page.locator(NOTE).press_sequentially(" Och mer.")
    expect(state).not_to_contain_text("Den sparas")
    page.context.set_offline(False)
    expect(state).to_contain_text("Utkast sparat", timeout=8000)
    expect(state).to_contain_text("tryck igen när du är klar")
    saves(page)
    assert Meeting.objects.get().paragraphs.get().body.text == WORDS + " Och mer."


def test_1_no_log_in_is_put_into_the_form_of_whoever_is_logged_out(case, page) -> None:
    kept(page)
    Session.objects.all().delete()
    with page.expect_response("**/forslag/") as asked:
        page.check("[name=step][value='1']", force=True)
    assert asked.value.status in (401, 403)
    page.wait_for_timeout(300)
    assert page.locator("[name=password], #innehall #innehall").count() == 0
    expect(page.locator("[data-proposal-here]")).to_have_text(NO_PROPOSAL)
    expect(page.locator("[data-proposal-told]")).to_have_text(NO_PROPOSAL)


def test_4_the_browser_is_killed(visit, case, email, page) -> None:
    kept(page)
    page.context.close()
    page = visit.log_in(email)
    page.goto("/")
    page.click("main a:has-text('Ett möte')")
    assert page.input_value(NOTE) == WORDS
    saves(page)


def test_5_back_and_forward(visit, case, email, page) -> None:
    kept(page)
    page.go_back()
    there_again(visit, case, email, page)
    saves(page)
    page.go_back()
    if page.locator(NOTE).count() and page.input_value(NOTE):
        page.click(SAVE)
        page.wait_for_load_state()
    assert Meeting.objects.count() == 1


def test_6_a_fault_of_ours(visit, case, email, page, monkeypatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(actionplans.meetings.views, "log_meeting", None)
        page.click(SAVE)
        page.wait_for_selector("text=Något gick fel hos oss")
    saves(there_again(visit, case, email, page))


def test_7_the_right_is_withdrawn(visit, case, email, page) -> None:
    kept(page)
    case.assignments.update(valid_until="2020-01-01", valid_from="2019-01-01")
    page.click(SAVE)
    expect(page.locator("main")).to_contain_text(WORDS)
    assert not Meeting.objects.exists()


def test_8_an_answer_is_wrong(visit, case, email, page) -> None:
    page.click(".meeting-facts > summary")
    page.fill("[name=held_on]", "")
    page.click(SAVE)
    page.wait_for_selector(".error-summary")
    assert page.input_value(NOTE) == WORDS
    page.goto("/")
    there_again(visit, case, email, page)


def test_9_the_text_is_too_long(visit, case, page) -> None:
    long = WORDS + " x" * 20_000
    page.fill(NOTE, long)
    expect(page.locator(".signs-left.over")).to_contain_text("tecken för mycket")
    kept(page)
    page.goto(of(case))
    assert page.input_value(NOTE) == long
    page.click(SAVE)
    page.wait_for_selector(".error-summary")
    assert page.input_value(NOTE) == long


def test_10_a_log_in_in_another_tab(visit, case, email, page) -> None:
    other = page.context.new_page()
    other.goto("/")
    other.evaluate("[...document.forms].find((form) => form.action.includes('logga-ut')).submit()")
    other.wait_for_url("**/logga-in/**")
    log_in_on(other, email)
    other.click("main button[type=submit]")
    other.wait_for_load_state()
    saves(page)


def test_another_user_of_the_computer_sees_nothing_of_it(visit, case, email, page) -> None:
    kept(page)
    other = page.context.new_page()
    other.goto("/")
    other.evaluate("[...document.forms].find((form) => form.action.includes('logga-ut')).submit()")
    other.wait_for_url("**/logga-in/**")
    kim = case.project.memberships.get(user__name="Kim Kollega").user
    CaseAssignmentFactory(enrolment=case, user=kim, role="substitute")
    log_in_on(other, kim.email)
    other.click("main button[type=submit]")
    other.wait_for_load_state()
    for path in ("/", "/utkast/", of(case), case.get_absolute_url()):
        other.goto(path)
        assert WORDS not in other.content()
    page.click(SAVE)
    expect(page.locator("main")).to_contain_text("Sidan öppnades av någon annan")
    assert WORDS not in page.content()
    assert not Meeting.objects.exists()
    there_again(visit, case, email)


def test_leaving_by_a_link_asks_once(case, page) -> None:
    page.click("h1 a")
    page.wait_for_selector("dialog.ask")
    page.click("dialog.ask >> text=Stanna kvar")
    assert page.input_value(NOTE) == WORDS
    page.click("h1 a")
    page.wait_for_url(f"**{case.get_absolute_url()}")
    assert "Du har ett utkast som inte är sparat" in page.inner_text("main")


# Answers of the server to a keeping, and what the page says of each: never that a draft is kept.
REFUSALS = {
    "no longer shown": ((403, "text/html", "<h1>Nej</h1>"), "sidan har stått öppen för länge"),
    "not there": ((404, "text/html", "<h1>Finns inte</h1>"), "sidan har stått öppen för länge"),
    "changed meanwhile": ((409, "application/json", '{"fault": "Inget utkast sparas."}'), "Inget utkast sparas."),
    "too long": ((413, "application/json", '{"fault": "Texten är för lång."}'), "Texten är för lång."),
    "too long for the server before ours": ((413, "text/html", ""), "Utkastet är inte sparat"),
    "a fault": ((500, "text/html", "<h1>Fel</h1>"), "Något gick fel hos oss"),
    "no log": ((503, "text/html", "<h1>Fel</h1>"), "Något gick fel hos oss"),
    "another page": ((200, "text/html", "<h1>Logga in</h1>"), "Utkastet är inte sparat"),
}


@pytest.mark.parametrize(("answer", "said"), REFUSALS.values(), ids=REFUSALS)
def test_a_draft_that_is_not_kept_is_never_said_to_be(page, answer, said) -> None:
    kept(page)
    status, kind, body = answer

    def refuse(route: Route) -> None:
        route.fulfill(status=status, content_type=f"{kind}; charset=utf-8", body=body)

    page.route("**/utkast/spara/", refuse)
    page.locator(NOTE).press_sequentially(" Mer.")
    line = page.locator(".draft-state")
    expect(line).to_contain_text(said, timeout=5000)
    expect(line).not_to_contain_text("Utkast sparat")
    assert page.input_value(NOTE) == f"{WORDS} Mer."
    page.click("h1 a")
    expect(page.locator("dialog.ask")).to_contain_text("Det finns inget utkast av det")
    page.click("dialog.ask >> text=Stanna kvar")
    assert page.input_value(NOTE) == f"{WORDS} Mer."


def test_words_of_a_page_that_has_closed_since_are_read_from_the_list(case, page) -> None:
    kept(page)
    Draft.objects.update(address="/moten/00000000-0000-4000-8000-000000000000/andra/")
    page.goto("/utkast/")
    page.click("main >> text=Läs texten")
    expect(page.locator("main")).to_contain_text(WORDS)
