"""From a referral to the participant's own sheet, with the keyboard alone, counted key by key."""

import pytest
from playwright.sync_api import Page

from actionplans.models import PlanRevision
from participants.models import Assessment, Enrolment
from tests.e2e.test_main_job import words
from tests.e2e.test_without_mouse import SAVE, Keys
from tests.world.cast import Cast

pytestmark = pytest.mark.e2e

# Card, Moran and Newell 1980: a key of somebody who types as most do, and the thought before each thing that is done.
KEY, THOUGHT = 0.28, 1.35
AT_MOST, ENROLLED_WITHIN = 12 * 60, 3 * 60
AREA = "details[open] button.btn-primary"
ANSWERS = {
    "adaptation": "Hör dåligt på vänster öra och behöver sitta nära. Ryggen tål inga tunga lyft, högst fem kilo.",
    "background": "Kock i elva år, senast på ett äldreboende. Gillar att laga mat för många. Truckkort från 2014.",
    "own_view": "Vill tillbaka till ett kök, helst på halvtid först. Det svåraste är morgnarna.",
    "motivation": "Att hålla en tid tillsammans med andra. Sonen börjar skolan i höst.",
    "health": "Sover fem timmar och äter sällan frukost. Promenerar varje kväll.",
}


class CountedKeys(Keys):
    """Counts the keys, and the things that are done: each place gone to, and each button pressed."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.keys, self.things = 0, 0

    def to(self, selector: str) -> Keys:
        self.things += 1
        return self if self.is_at(selector) else super().to(selector)

    def press(self, key: str) -> Keys:
        self.keys += 1
        return super().press(key)

    def types(self, text: str) -> Keys:
        self.keys += len(text)
        return super().types(text)

    @property
    def seconds(self) -> float:
        return self.keys * KEY + self.things * THOUGHT


@pytest.mark.parametrize("scripts", [True, False])
def test_twelve_minutes_are_enough(visit, cast: Cast, scripts: bool) -> None:
    keys = CountedKeys(visit.log_in(cast.samira.email, java_script_enabled=scripts))
    keys.page.goto("/anvisningar/ny/")

    # --- The referral, which waits in the queue ---
    keys.write("[name=number]", "19620518-9829").write("[name=given_name]", "Ibrahim")
    keys.write("[name=family_name]", "Mohamud").choose("source", "social_services")
    keys.write("[name=reason]", "Utan arbete i två år. Vill prova kök.")
    keys.write("[name=consent_on]", "idag").choose("consent_given", "oral").go(SAVE)
    assert "Ibrahim Mohamud" in keys.reads()
    assert "Vill prova kök" in keys.reads()

    # --- Enrolled from it, with all that it says ---
    keys.go("main a[href$='/skriv-in/']").write("[name=responsible]", "Hanna").go(SAVE)
    case = Enrolment.objects.get(participant__identity__family_name="Mohamud")
    assert "Kartläggning" in keys.reads(), "the page says what is missing"
    assert keys.seconds <= ENROLLED_WITHIN

    # --- Five areas, one after another, by who is responsible ---
    page = keys.page = visit.log_in(cast.hanna.email, java_script_enabled=scripts)
    page.goto(case.get_absolute_url())
    keys.go("main a[href*='/kartlaggning/']")
    for area, text in ANSWERS.items():
        keys.write(f"#id_{area}", text).go(AREA)
    assert "Alla fem områden har svar." in words(page)
    keys.go("main a[href$='klar/']").go(SAVE)
    assert Assessment.objects.current().filter(enrolment=case).exists()

    # --- A plan with its four parts ---
    page.goto(case.get_absolute_url())
    keys.go("main a[href$='/handlingsplan/andra/']")
    keys.write("[name=main_activity]", "Arbetsträning i Återbrukets kök")
    for row, what in enumerate(("Kök", "Kök", "Friskvård"), start=1):
        keys.write(f"[name=w{row}_start]", "9-12").write(f"[name=w{row}_what]", what)
    keys.write("[name=m1_text]", "Stå vid spisen en hel förmiddag").write("[name=m1_due_on]", "om 3 veckor")
    keys.write("[name=next_follow_up_on]", "om 2 veckor").go(SAVE)
    assert PlanRevision.objects.current().get(enrolment=case).is_complete
    assert "komplett" in keys.reads().lower()

    # --- The sheet, printed ---
    keys.go("main a[href$='/till-deltagaren/']")
    with page.expect_download() as download:
        keys.to("main form[action$='.pdf'] button").press("Enter")
    assert download.value.suggested_filename.endswith(".pdf")
    assert keys.seconds <= AT_MOST
