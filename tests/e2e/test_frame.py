"""The frame on small screens and on paper: what opens stays on the screen, nothing lies over the button that saves, and
nothing is cut off."""

import os

import pytest
from playwright.sync_api import Page, Route, expect

from core.days.dates import today
from core.swedish.words import day
from tests.e2e.conftest import set_letters, too_wide
from tests.world.cases import days_ago, met
from tests.world.cast import Cast
from tests.world.pages import path_to

pytestmark = pytest.mark.e2e
# One of each role whose menu is another.
NAMES = ("samira", "hanna", "petra", "ada")
IS_SOAK = "SOAK" in os.environ
NARROWEST = {"width": 320, "height": 700}
# What an A4 sheet has between its margins, in the pixels of a style sheet.
PAPER = {"width": 673, "height": 986}


@pytest.fixture
def phone(visit, cast: Cast) -> Page:
    page = visit.log_in(cast.hanna.email)
    page.set_viewport_size(NARROWEST)
    return page


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def is_on_screen(page: Page, selector: str) -> bool:
    box = page.locator(selector).bounding_box()
    return box is not None and box["x"] >= 0 and box["x"] + box["width"] <= NARROWEST["width"]


@pytest.mark.parametrize("name", NAMES)
def test_the_bar_fits_at_every_width_and_size_of_letters(visit, cast: Cast, name: str) -> None:
    """Under long names, and with as many lines as the role's menu has. A run sets every third width, the next role and
    the next size of letters the next ones; `make soak` sets all."""
    user = getattr(cast, name)
    user.name = "Maximiliana Wolfeschlegelsteinhausenbergerdorff"
    user.save()
    project = cast.cases.of_hanna.enrolment.project
    project.name = "Från försörjningsstöd till arbete i norra Ådalen"
    project.save()
    page = visit.log_in(user.email)
    page.goto(path_to("home"))
    outside = []
    for place, letters in enumerate((16, 20, 24), start=NAMES.index(name)):
        set_letters(page, letters)
        for width in range(320, 1480, 40) if IS_SOAK else range(320 + 40 * (place % 3), 1480, 120):
            page.set_viewport_size({"width": width, "height": 800})
            account = page.evaluate("document.querySelector('.top-user > summary').getBoundingClientRect().toJSON()")
            if too_wide(page) or not 0 < account["right"] <= width:
                outside.append(f"{width} px with letters of {letters}")
    assert not outside


def test_the_search_gives_way_before_any_word_of_the_bar(visit, cast: Cast) -> None:
    """At widths where it has more than its least room, no name in the bar is cut."""
    page = visit.log_in(cast.samira.email)
    page.goto(path_to("participant_list"))
    cut = []
    for letters in range(1, 30):
        has_room, is_cut = page.evaluate(
            """letters => {
                const name = [...document.querySelectorAll(".top-user > summary > span")].at(-1);
                name.textContent = "Samira " + "Ö".repeat(letters);
                const least = 9 * parseFloat(getComputedStyle(document.documentElement).fontSize);
                const words = document.createRange();
                words.selectNodeContents(name);
                const width = (thing) => thing.getBoundingClientRect().width;
                return [width(document.querySelector(".top-search")) > least + 1, width(words) > width(name) + 0.02];
            }""",
            letters,
        )
        if has_room and is_cut:
            cut.append(letters)
    assert not cut


def test_what_opens_stays_on_the_narrowest_screen(phone: Page, cast: Cast) -> None:
    phone.goto(path_to("enrolment_detail", cast.cases.of_hanna.ids["enrolment"]))
    phone.click(".actions summary")
    assert is_on_screen(phone, ".actions .pop-sheet")
    phone.click(".top-user > summary")
    assert is_on_screen(phone, ".top-user .pop-sheet")


def test_a_name_of_one_long_word_is_broken_on_the_narrowest_screen(phone: Page, cast: Cast) -> None:
    identity = cast.cases.of_hanna.enrolment.participant.identity
    identity.family_name = "Wolfeschlegelsteinhausenbergerdorff"
    identity.save()
    for name in ("enrolment_detail", "meeting_create"):
        phone.goto(path_to(name, cast.cases.of_hanna.ids["enrolment"]))
        assert identity.family_name in phone.inner_text("h1")
        assert not too_wide(phone), name


def test_nothing_is_cut_off_on_paper(visit, cast: Cast) -> None:
    page = visit.log_in(cast.hanna.email)
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    ids = cast.cases.of_hanna.ids
    for path in (
        path_to("home"),
        path_to("participant_list"),
        path_to("enrolment_detail", ids["enrolment"]),
        path_to("plan_detail", ids["enrolment"]),
    ):
        page.goto(path)
        outside = page.evaluate(
            """() => [...document.querySelectorAll("main *")].filter((one) => {
                const box = one.getBoundingClientRect();
                return box.width > 1 && box.height > 1 && (box.left < 0 || box.right > innerWidth);
            }).map((one) => one.outerHTML.slice(0, 100))"""
        )
        assert not outside, path


def test_the_save_bar_takes_the_menu_s_place(phone: Page, cast: Cast) -> None:
    assert phone.locator(".menu").is_visible()
    phone.goto(path_to("meeting_create", cast.cases.of_hanna.ids["enrolment"]))
    assert not phone.locator(".menu").is_visible()
    phone.locator("[name=text]").focus()
    assert phone.evaluate(
        "() => { const box = document.querySelector('.savebar .btn-primary').getBoundingClientRect();"
        " return document.elementFromPoint(box.x + 5, box.y + 5).matches('.btn-primary'); }"
    )


def test_paper_says_its_day_and_what_is_left_out(visit, cast: Cast) -> None:
    case = cast.cases.of_hanna
    for number in range(5):
        met(case.enrolment, cast.hanna, days_ago(200 - 31 * number))
    page = visit.log_in(cast.hanna.email)
    page.goto(path_to("enrolment_detail", case.ids["enrolment"]))
    left_out, earlier = "inte med på utskriften", page.locator("details.earlier")
    assert earlier.is_visible()
    assert left_out not in page.inner_text("main")
    page.emulate_media(media="print")
    text = plain(page.inner_text("main"))
    assert f"Utskriven {plain(day(today()))} av {cast.hanna}" in text
    assert left_out in text
    page.emulate_media(media="screen")
    earlier.locator("summary").click()
    page.emulate_media(media="print")
    assert left_out not in page.inner_text("main")


def test_a_step_is_judged_in_a_drawer_that_closes_without_losing_anything(visit, cast: Cast) -> None:
    page = visit.log_in(cast.hanna.email)
    page.goto(path_to("meeting_create", cast.cases.of_hanna.ids["enrolment"]))
    assert not page.locator(".drawer").is_visible()
    page.check("[name=step][value='1']")
    assert page.locator(".drawer-sheet").is_visible()
    assert page.locator(".drawer > summary").evaluate("opener => opener === document.activeElement")
    first = page.locator(".step-1 input[value=met]").first
    first.check()
    page.keyboard.press("Escape")
    assert not page.locator(".drawer-sheet").is_visible()
    assert page.locator(".drawer > summary").evaluate("opener => opener === document.activeElement")
    page.keyboard.press("Enter")
    assert first.is_checked()
    # As in a dialog of the browser's own: past its last field comes the browser's bar.
    inside = "[document.body, ...document.querySelectorAll('.drawer *')].includes(document.activeElement)"
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    page.click("[data-drawer-done]")
    assert not page.locator(".drawer-sheet").is_visible()


def test_beside_an_open_drawer_nothing_is_reached_or_read(visit, cast: Cast) -> None:
    page = visit.log_in(cast.hanna.email)
    page.goto(path_to("meeting_create", cast.cases.of_hanna.ids["enrolment"]))
    drawer, note = page.locator(".drawer-sheet"), page.locator("[name=text]")
    page.check("[name=step][value='4']")
    expect(page.get_by_role("dialog", name="Bedömning av steget")).to_be_visible()
    head = page.locator(".drawer-head")
    expect(head).to_contain_text(cast.cases.of_hanna.enrolment.participant.identity.name)
    expect(head).to_contain_text("0 av ")
    is_inert = "place => place.closest('[inert]') !== null"
    for place in (
        "header a >> nth=0",
        "aside >> nth=0",
        "[name=text]",
        ".savebar .btn-primary",
        "[name=step] >> nth=0",
    ):
        assert page.locator(place).evaluate(is_inert), place
    assert not page.locator("[data-drawer-done]").evaluate(is_inert)
    # Scrolled to its end, no answer lies behind the button that shuts it.
    page.set_viewport_size({"width": 1280, "height": 640})
    page.click(".step-4 label:has-text('Ja') >> nth=0", force=True)
    beside = """() => {
        const sheet = document.querySelector('.drawer-sheet'), shut = document.querySelector('.drawer > summary');
        sheet.scrollTop = sheet.scrollHeight;
        const { x, y, height } = shut.getBoundingClientRect();
        const under = document.elementFromPoint(x - 8, y + height / 2);
        return [sheet.scrollTop > 0, under.closest('.drawer-head') !== null];
    }"""
    assert page.evaluate(beside) == [True, True]
    page.set_viewport_size({"width": 1280, "height": 900})
    note.evaluate("field => field.focus()")
    assert not note.evaluate("field => field === document.activeElement")
    # A press beside it shuts it, and lands on nothing that lies there.
    page.mouse.click(40, 300)
    expect(drawer).not_to_be_visible()
    note.focus()
    assert note.evaluate("field => field === document.activeElement")
    assert page.locator("[inert]").count() == 0


def test_the_proposal_is_read_aloud_without_its_rule(visit, cast: Cast) -> None:
    page = visit.log_in(cast.hanna.email)
    page.goto(path_to("meeting_create", cast.cases.of_hanna.ids["enrolment"]))
    page.check("[name=step][value='4']")
    for crit in page.locator(".step-4 .crit").all():
        crit.locator("input[value=met]").check(force=True)
    expect(page.locator("[data-proposal-told]")).to_have_text("Förslag: klarat.")
    assert page.locator("[data-proposal-here]").get_attribute("aria-live") is None


def test_the_page_says_what_was_judged_once_the_drawer_is_shut(visit, cast: Cast) -> None:
    page = visit.log_in(cast.hanna.email)
    page.goto(path_to("meeting_create", cast.cases.of_hanna.ids["enrolment"]))
    said, opener = page.locator(".drawer-said"), page.locator(".drawer > summary")
    page.check("[name=step][value='4']")
    page.click("[data-drawer-done]")
    expect(said).to_have_text("")
    expect(opener).to_have_text("Bedöm steget", use_inner_text=True)
    opener.click()
    page.locator(".step-4 input[value=met]").first.check(force=True)
    page.wait_for_selector("[data-proposal-here] b")
    page.click("[data-drawer-done]")
    count = page.locator(".step-4 .crit").count()
    if count > 1:
        expect(said).to_contain_text("fråg")
        expect(said).to_contain_text("inte besvarad")
    opener.click()
    for crit in page.locator(".step-4 .crit").all():
        crit.locator("input[value=met]").check(force=True)
    expect(page.locator("[data-proposal-here] b")).to_contain_text(": klarat")
    page.click("[data-drawer-done]")
    expect(said).to_have_text("Steg 4: ja på alla. Förslag: klarat. Frågan om stöd är inte besvarad.")
    expect(opener).to_have_text("Ändra bedömningen", use_inner_text=True)
    opener.click()
    page.locator(".when-self-support input[value=yes]").check(force=True)
    page.click("[data-drawer-done]")
    expect(said).to_have_text("Steg 4: ja på alla. Förslag: klarat.")


def test_a_proposal_that_comes_once_the_drawer_is_shut_is_said_too(visit, cast: Cast) -> None:
    page = visit.log_in(cast.hanna.email)
    page.goto(path_to("meeting_create", cast.cases.of_hanna.ids["enrolment"]))
    held: list[Route] = []
    page.route("**/forslag/", lambda route: held.append(route))
    page.check("[name=step][value='4']")
    for crit in page.locator(".step-4 .crit").all():
        crit.locator("input[value=met]").check(force=True)
    page.click("[data-drawer-done]")
    said = page.locator(".drawer-said")
    expect(said).to_have_text("Steg 4: ja på alla. Frågan om stöd är inte besvarad.")
    held[-1].continue_()
    expect(said).to_have_text("Steg 4: ja på alla. Förslag: klarat. Frågan om stöd är inte besvarad.")


def test_who_may_no_longer_save_the_meeting_is_told_so_beside_the_judgement(visit, cast: Cast) -> None:
    page = visit.log_in(cast.hanna.email)
    page.goto(path_to("meeting_create", cast.cases.of_hanna.ids["enrolment"]))
    cast.cases.of_hanna.enrolment.assignments.update(valid_until=days_ago(0))
    page.check("[name=step][value='4']")
    page.locator(".step-4 input[value=met]").first.check(force=True)
    expect(page.locator("[data-proposal-here]")).to_contain_text("Ärendet är inte längre öppet för dig")


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_when_an_answer_is_chosen_and_what_it_opens_is_in_sight(visit, cast: Cast, width: int) -> None:
    page = visit.log_in(cast.hanna.email)
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(path_to("meeting_create", cast.cases.of_hanna.ids["enrolment"]))
    pills = ".meeting [data-next-days-here] .pill"
    boxes = [pill.evaluate("pill => pill.getBoundingClientRect().width") for pill in page.locator(pills).all()]
    other = page.locator(f"{pills} input[value=other]")
    other.check(force=True)
    assert boxes == [pill.evaluate("pill => pill.getBoundingClientRect().width") for pill in page.locator(pills).all()]
    day_field, bar = (page.locator(place).bounding_box() for place in ("[name=next_meeting_on]", ".savebar"))
    assert day_field["y"] >= 0
    assert day_field["y"] + day_field["height"] <= bar["y"]


def test_a_proposal_of_the_answers_before_never_stands_as_that_of_these(visit, cast: Cast) -> None:
    page = visit.log_in(cast.hanna.email)
    page.goto(path_to("meeting_create", cast.cases.of_hanna.ids["enrolment"]))
    page.check("[name=step][value='4']")
    for crit in page.locator(".step-4 .crit").all():
        crit.locator("input[value=met]").check(force=True)
    place = page.locator("[data-proposal-here]")
    expect(place).to_contain_text(": klarat")
    held: list[Route] = []
    page.route("**/forslag/", lambda route: held.append(route))
    page.locator(".step-4 input[value=not_met]").first.check(force=True)
    expect(place).to_have_text("")
    expect(page.locator("[data-proposal-told]")).to_have_text("")
    page.click("[data-drawer-done]")
    expect(page.locator(".drawer-said")).not_to_contain_text("Förslag")
    # The network is gone meanwhile: it is said, and asked for anew.
    held.pop().abort()
    expect(place).to_have_text("Förslaget kan inte visas just nu. Det räknas fram när mötet sparas.")
    page.unroute("**/forslag/")
    expect(page.locator(".drawer-said")).to_contain_text("Förslag", timeout=8000)


def test_the_fields_of_a_delmal_stand_level(visit, cast: Cast) -> None:
    page = visit.log_in(cast.hanna.email)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(path_to("plan_edit", cast.cases.of_hanna.ids["enrolment"]))
    row = page.locator(".milestone-row").first
    row.locator("[data-day]").fill("i morgon")
    row.locator("[data-day]").blur()
    page.wait_for_function("document.querySelector('.milestone-row .day-said').textContent")
    tops = [row.locator(f"[name$={name}]").bounding_box()["y"] for name in ("text", "due_on", "state")]
    # Lists are drawn a pixel taller than boxes.
    assert max(tops) - min(tops) <= 2, tops


def test_the_arrow_keys_walk_along_the_steps_without_opening_the_drawer(visit, cast: Cast) -> None:
    page = visit.log_in(cast.hanna.email)
    page.goto(path_to("meeting_create", cast.cases.of_hanna.ids["enrolment"]))
    page.focus("[name=step][value='']")
    page.keyboard.press("ArrowRight")
    assert page.locator("[name=step][value='1']").is_checked()
    assert page.locator(".drawer > summary").is_visible()
    assert not page.locator(".drawer-sheet").is_visible()


def test_a_step_that_is_chosen_when_the_page_comes_lies_open_in_it(visit, cast: Cast) -> None:
    page = visit.log_in(cast.hanna.email)
    page.goto(path_to("meeting_create", cast.cases.of_hanna.ids["enrolment"]) + "?steg=1")
    assert page.locator(".step-1 .crit").first.is_visible()
    assert not page.locator(".drawer > summary").is_visible()


def test_what_is_written_from_right_to_left_is_read_so(visit, cast: Cast) -> None:
    page = visit.log_in(cast.hanna.email)
    page.goto(path_to("meeting_create", cast.cases.of_hanna.ids["enrolment"]))
    reads = "one => [getComputedStyle(one).unicodeBidi, getComputedStyle(one).textAlign]"
    assert page.locator("[name=text]").evaluate(reads) == ["plaintext", "start"]
    page.goto(path_to("enrolment_detail", cast.cases.of_hanna.ids["enrolment"]))
    assert page.locator(".events .said p").first.evaluate(reads) == ["plaintext", "start"]
