"""The main jobs with the keyboard alone and JavaScript off."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from core.days.dates import today
from participants.models import Enrolment
from tests.e2e.conftest import SHOWS_FOCUS
from tests.e2e.test_main_job import REGISTER, words
from tests.world.cast import Cast
from tests.world.pages import path_to

pytestmark = pytest.mark.e2e


@pytest.fixture
def sit_down(visit, cast: Cast):
    """Somebody at a keyboard, at a page."""

    def as_user(user: User, path: str) -> "Keys":
        page = visit.log_in(user.email, java_script_enabled=False)
        page.goto(path)
        return Keys(page)

    return as_user


class Keys:
    """Moves as somebody without a mouse does, and fails where the place can't be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def is_at(self, selector: str) -> bool:
        return self.page.evaluate("selector => document.activeElement.matches(selector)", selector)

    def to(self, selector: str) -> "Keys":
        for _ in range(150):
            self.press("Tab")
            is_seen, is_there = self.page.evaluate(
                f"""selector => {{
                    const at = document.activeElement;
                    return [at.matches("body") || ({SHOWS_FOCUS})(at), at.matches(selector)];
                }}""",
                selector,
            )
            assert is_seen, self.here()
            if is_there:
                return self
        raise AssertionError(f"never came to {selector}")

    def comes_to(self, selector: str) -> "Keys":
        """The browser moves there by itself, which it does some time after the page has been read."""
        expect(self.page.locator(selector)).to_be_focused()
        return self

    def here(self) -> str:
        return self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)")

    def press(self, key: str) -> "Keys":
        self.page.keyboard.press(key)
        return self

    def write(self, selector: str, text: str) -> "Keys":
        return self.to(selector).types(text)

    def types(self, text: str) -> "Keys":
        """Where the place is already."""
        self.page.keyboard.type(text)
        return self

    def choose(self, name: str, value: str) -> "Keys":
        """A radio button: into the group, then along it."""
        self.to(f"[name='{name}']").press("Space")
        for _ in range(12):
            if self.is_at(f"[value='{value}']:checked"):
                return self
            self.press("ArrowRight")
        raise AssertionError(f"{name} has no {value}")

    def go(self, selector: str) -> "Keys":
        """To a link or a button, and through it."""
        with self.page.expect_navigation():
            self.to(selector).press("Enter")
        return self

    def reads(self) -> str:
        return words(self.page)


def test_a_meeting_that_clears_a_step(sit_down, cast: Cast):
    case = cast.cases.of_the_unit
    keys = sit_down(cast.hanna, path_to("enrolment_detail", case.ids["enrolment"]))
    keys.go("main .btn-primary")
    keys.write("[name=text]", "Skrivet utan mus och skript.").choose("step", "1")
    criteria = keys.page.locator(".step-1 input[value=met]").count()
    assert criteria > 2
    for _ in range(criteria):
        keys.to(".step-1 input[type=radio]").press("Space")
    keys.go("main button.btn-primary")
    assert "Skrivet utan mus och skript." in keys.reads()
    assert "Klarat" in keys.reads()


def test_somebody_is_enrolled_after_the_faults_are_mended(sit_down, cast: Cast):
    keys = sit_down(cast.hanna, "/deltagare/ny/")
    keys.go("main .form-actions button.btn-primary")
    keys.comes_to(".error-summary")
    keys.to(".error-summary a[href='#id_given_name']").press("Enter").comes_to("#id_given_name")
    keys.page.keyboard.type("Tove")
    keys.write("[name=family_name]", "Tangent")
    keys.to("[name=source]").press("Space")
    keys.go("main .form-actions button.btn-primary")
    assert "Tove Tangent" in keys.reads()


def test_a_register_from_preview_to_approval(sit_down, cast: Cast):
    keys = sit_down(cast.samira, "/import/").to("input[type=file]")
    with keys.page.expect_file_chooser() as chooser:
        keys.press("Space")
    chooser.value.set_files(REGISTER)
    keys.go("main .form-actions button.btn-primary")
    assert "143 inskrivningar kan läsas in" in keys.reads()
    keys.write("select[name=responsible]", "Hanna")
    keys.go("main .form-actions button.btn-primary")
    assert "143 inskrivningar inlästa" in keys.reads()


def test_an_enrolment_is_ended(sit_down, cast: Cast):
    case = cast.cases.of_hanna
    keys = sit_down(cast.hanna, path_to("enrolment_exit", case.ids["enrolment"]))
    keys.choose("reason", "work").go("main .form-actions button.btn-primary")
    assert Enrolment.objects.get(pk=case.enrolment.pk).exited_on == today()


def test_a_consent_is_read_aloud_given_and_taken_back(sit_down, cast: Cast):
    case = cast.cases.of_hanna
    keys = sit_down(cast.hanna, path_to("consent_create", case.ids["enrolment"]))
    keys.to("[name=parties]").press("Space").to("[name=categories]").press("Space")
    keys.write("[name=purpose]", "planera praktik").go("button[value=read]")
    assert "Säger du ja till det?" in keys.reads()
    keys.choose("form", "oral").go("button[value=give]")
    assert " är sparat." in words(keys.page, "body")
    keys.go("a[href$='/aterkalla/']").go("button.btn-danger")
    assert "Återkallat, och det gäller redan." in words(keys.page, "body")


def test_a_report_is_written_and_adopted(sit_down, cast: Cast):
    keys = sit_down(cast.petra, "/rapporter/").go("main .actions .btn-primary")
    keys.write("[name=title]", "Slutrapport utan mus").write("[name=text_1]", "Skriven utan mus.")
    keys.go("main .form-actions button.btn-primary")
    assert "Utkast" in keys.reads()
    keys.go("main .actions a[href$='/anta/']").go("main .form-actions button.btn-primary")
    assert "Slutrapport utan mus" in keys.reads()
    assert "Antagen" in keys.reads()


def test_the_skip_link_leads_past_the_menu(sit_down, cast: Cast):
    keys = sit_down(cast.hanna, "/deltagare/").to(".skip").press("Enter").press("Tab")
    assert keys.page.evaluate("document.activeElement.closest('main') !== null"), keys.here()


SAVE = "main .form-actions button[type=submit]"


def test_facts_are_corrected_and_taken_back(sit_down, cast: Cast):
    ids = cast.cases.of_hanna.ids
    keys = sit_down(cast.hanna, path_to("assessment_edit", ids["mapping"]))
    keys.write("[name=summary]", "Skrivet utan mus. ").write("[name=why]", "Skrevs fel").go(SAVE)
    assert "Skrivet utan mus." in keys.reads()
    for name, key in {"assessment": "mapping", "sick_listing": "sick_listing", "placement": "placement"}.items():
        keys.page.goto(path_to(f"{name}_take_back", ids[key]))
        keys.write("[name=reason]", "Skrevs av misstag").go(SAVE)
        assert "räknas inte längre" in words(keys.page, "body")


def test_what_stood_on_the_wrong_person_is_taken_away(sit_down, cast: Cast):
    case = cast.cases.of_hanna
    keys = sit_down(cast.hanna, path_to("meeting_detail", case.ids["meeting"]))
    keys.go("a[href$='/fel-person/']").choose("way", "taken_away").go(SAVE)
    said = words(keys.page, "body")
    assert re.search(r"Mötet \d+ \w+ \d{4} står inte längre här\.", said)


def test_a_plan_gets_a_delmal_and_that_is_corrected(sit_down, cast: Cast):
    case = cast.cases.of_the_unit
    keys = sit_down(cast.hanna, path_to("plan_edit", case.ids["enrolment"]))
    keys.write("[name=m1_text]", "Söka kurs utan mus").write("[name=m1_due_on]", "om 3 veckor")
    keys.write("[name=main_activity]", "Praktik").go(SAVE)
    assert "Söka kurs utan mus" in keys.reads()
