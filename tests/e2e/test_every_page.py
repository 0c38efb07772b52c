"""Every page in a browser: nothing for axe to find in light or dark, no sideways scrolling on the narrowest phone.

A run looks at each page's colours in light, or in dark and with large letters, and at a form as it comes or as it comes
back with faults; at the next page the other way round. `make soak` looks at all in all ways.
"""

import os
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone
from playwright.sync_api import Page, Route

from core.models import Draft
from participants.models import Enrolment
from participants.void.chain import ask_to_void, confirm_void
from tests.e2e.conftest import axe_faults, markup_faults, send, set_letters, too_wide, unseen_focus
from tests.e2e.test_main_job import AS_OF, REGISTER
from tests.guards import access_table
from tests.guards.access_table import CLOSED, PUBLIC_PAGES
from tests.world.cast import Cast, labels
from tests.world.cast.labels import ANONYMOUS
from tests.world.cast.rows import enrol
from tests.world.codes import code_now
from tests.world.factories import PASSWORD
from tests.world.pages import path_to

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        connection.vendor == "postgresql", reason="what a browser makes of a page is the same from any database"
    ),
]

ROWS = {row["address"]: row for row in access_table.rows(*CLOSED, PUBLIC_PAGES) if row["method"] == "GET"}
# Answers that no browser shows as a page.
NOT_PAGES = {"health", "report_pdf", "questions_paper", "import_refused", "account_session"}
SCHEMES = ("light", "dark")
CHANGED_BY_LOOKS = ("color-contrast", "link-in-text-block", "scrollable-region-focusable")
# Between the phone's form and the wide one is 42 rem.
NARROWEST, PHONE, BETWEEN, WIDE = ({"width": width, "height": 900} for width in (320, 390, 673, 1280))
DRAWER = ".is-drawer"
BOXES = "main form:has(.form-actions) :is(textarea, [type=text], [type=date], [type=email], [type=password])"
SEND = "main form:has(.form-actions) .form-actions button[type=submit] >> nth=0"


IS_SOAK = "SOAK" in os.environ
# The pages that change a fact, correct one on the wrong person and take one back: each one template for all kinds.
ALIKE = ("_edit", "_misplaced", "_take_back")
# Changed on a page of its own making.
UNLIKE = {"assessment_edit", "consent_edit", "livelihood_edit", "meeting_edit", "sick_listing_edit"}


class Look(NamedTuple):
    """A page to look at: the name of its address, the query, and which case or report."""

    name: str
    query: str = ""
    of: str = ""
    # Send the form without answers and look at what comes back, too.
    send: bool = False


LOOKS = {
    ANONYMOUS: [
        Look("account_login", send=True),
        Look("account_reset_password", send=True),
        Look("account_reset_password_done"),
        Look("account_reset_password_from_key"),
        Look("account_reset_password_from_key_done"),
        Look("account_inactive"),
        Look("gallery"),
    ],
    "case worker": [
        Look("home"),
        Look("participant_list"),
        Look("participant_list", "?visa=alla"),
        Look("participant_list", "?sena=on&steg=4"),
        Look("participant_create", send=True),
        Look("participant_create_protected", send=True),
        Look("participant_protect", send=True),
        Look("participant_protect", of="protected"),
        Look("enrolment_texts"),
        Look("enrolment_texts", of="protected"),
        Look("counted_only_create", send=True),
        Look("counted_only_take_back", send=True),
        Look("participant_detail"),
        Look("participant_readers"),
        Look("participant_same", of="claim", send=True),
        Look("participant_extract", send=True),
        Look("participant_shared"),
        Look("emergency_open", send=True),
        Look("case_people"),
        Look("case_person_end"),
        Look("placement_create", send=True),
        Look("placement_edit"),
        Look("placement_take_back", send=True),
        Look("placement_misplaced", send=True),
        Look("consent_list"),
        Look("consent_list", "?per=2026-01-01"),
        Look("consent_create"),
        Look("consent_meeting", send=True),
        Look("consent_ground", send=True),
        Look("consent_withdraw"),
        Look("consent_take_back", send=True),
        Look("consent_misplaced"),
        Look("consent_edit"),
        Look("ground_edit", send=True),
        Look("ground_take_back", send=True),
        Look("ground_misplaced", send=True),
        Look("kept_note_misplaced", send=True),
        Look("enrolment_detail"),
        Look("enrolment_detail", of="ended"),
        Look("enrolment_detail", of="protected"),
        Look("meeting_create", send=True),
        Look("meeting_create", "?steg=4"),
        Look("meeting_detail"),
        Look("meeting_correct", send=True),
        Look("meeting_edit"),
        Look("meeting_take_back", send=True),
        Look("meeting_misplaced", send=True),
        Look("draft_list"),
        Look("draft_detail"),
        Look("step_withdraw", send=True),
        Look("plan_detail"),
        Look("plan_compare"),
        Look("plan_edit", send=True),
        Look("plan_copy"),
        Look("assessment_create"),
        Look("assessment_complete", send=True),
        Look("assessment_work_take_back", send=True),
        Look("assessment_work_misplaced", send=True),
        Look("area_edit", send=True),
        Look("assessment_own_words", send=True),
        Look("assessment_compare"),
        Look("assessment_detail"),
        Look("assessment_edit", send=True),
        Look("assessment_take_back", send=True),
        Look("assessment_misplaced", send=True),
        Look("revision_edit", send=True),
        Look("revision_take_back", send=True),
        Look("revision_misplaced", send=True),
        Look("milestone_edit", send=True),
        Look("milestone_mark", send=True),
        Look("milestone_take_back", send=True),
        Look("milestone_misplaced", send=True),
        Look("signature_create", send=True),
        Look("signature_edit"),
        Look("signature_take_back", send=True),
        Look("signature_misplaced", send=True),
        Look("paper_create", send=True),
        Look("paper_edit"),
        Look("paper_take_back", send=True),
        Look("paper_misplaced", send=True),
        Look("certificate_create", send=True),
        Look("certificate_edit"),
        Look("certificate_take_back", send=True),
        Look("certificate_misplaced", send=True),
        Look("workplace_sheet_create", send=True),
        Look("workplace_sheet_edit"),
        Look("workplace_sheet_take_back", send=True),
        Look("workplace_sheet_misplaced", send=True),
        Look("activity_create", send=True),
        Look("activity_group", send=True),
        Look("activity_attendance"),
        Look("activity_edit"),
        Look("activity_end", send=True),
        Look("activity_take_back", send=True),
        Look("activity_misplaced", send=True),
        Look("exit_misplaced", of="ended", send=True),
        Look("sick_listing_create", send=True),
        Look("sick_listing_edit"),
        Look("sick_listing_take_back", send=True),
        Look("sick_listing_misplaced", send=True),
        Look("employment_create", send=True),
        Look("employment_edit"),
        Look("employment_take_back", send=True),
        Look("employment_misplaced", send=True),
        Look("livelihood_list"),
        # Nothing can be recorded yet, and something can.
        Look("livelihood_create"),
        Look("livelihood_create", of="ended", send=True),
        Look("livelihood_edit"),
        Look("livelihood_take_back", send=True),
        Look("livelihood_misplaced", send=True),
        Look("outcome_create", send=True),
        Look("outcome_edit"),
        Look("outcome_take_back", send=True),
        Look("outcome_misplaced", send=True),
        Look("grouping_create", send=True),
        Look("grouping_edit"),
        Look("grouping_take_back", send=True),
        Look("grouping_misplaced", send=True),
        Look("talk_create", send=True),
        Look("talk_edit"),
        Look("talk_take_back", send=True),
        Look("talk_misplaced", send=True),
        Look("sip_create", send=True),
        Look("sip_edit"),
        Look("sip_take_back", send=True),
        Look("sip_misplaced", send=True),
        Look("ability_list"),
        Look("ability_create", send=True),
        Look("ability_edit"),
        Look("ability_take_back", send=True),
        Look("ability_misplaced", send=True),
        Look("case_sheet"),
        Look("enrolment_exit", send=True),
        Look("enrolment_exit", of="ended"),
        Look("enrolment_reopen", of="ended", send=True),
        Look("enrolment_correct"),
        Look("void_ask", send=True),
        Look("void_list"),
        Look("account_reauthenticate", send=True),
        Look("account_change_password", send=True),
        Look("account_phone"),
        Look("mfa_index"),
        Look("account_logout"),
    ],
    "coordinator": [
        Look("home"),
        Look("participant_list"),
        Look("enrolment_detail"),
        Look("enrolment_detail", of="nobody's"),
        Look("enrolment_assign", send=True),
        Look("referral_list"),
        Look("referral_create", send=True),
        Look("referral_detail", of="waiting"),
        Look("referral_detail", of="without a person"),
        Look("referral_detail", of="ended"),
        Look("referral_edit", of="waiting", send=True),
        Look("referral_end", of="waiting", send=True),
        Look("referral_reopen", of="ended"),
        Look("referral_enrol", of="waiting", send=True),
        Look("referral_enrol_protected", of="without a person", send=True),
        Look("referral_protect", of="waiting", send=True),
        Look("place_list"),
        Look("place_create", send=True),
        Look("place_edit", send=True),
        Look("twins_list"),
        Look("twins_find", of="twins"),
        Look("twins_join", of="twins"),
        Look("twins_part", of="twins", send=True),
        Look("void_list"),
        Look("void_decide", of="asked", send=True),
        Look("void_decide", of="alone", send=True),
        Look("void_undo", of="void", send=True),
        Look("proposal_list"),
        Look("proposal_detail"),
        Look("caseload_hand_over"),
        Look("import_upload", send=True),
        Look("import_preview"),
        Look("result"),
        Look("result", "?per=i+går"),
        Look("result_persons"),
        Look("project_detail"),
        Look("report_list"),
        Look("report_detail", of="adopted"),
        Look("report_release", of="asking"),
    ],
    "project leader": [
        Look("result"),
        Look("report_list"),
        Look("report_create", send=True),
        Look("report_detail"),
        Look("report_edit"),
        Look("report_adopt"),
        Look("project_detail"),
        Look("project_edit"),
        Look("ladder_edit"),
        Look("targets_edit"),
        Look("questions_edit"),
        Look("listed_list"),
        Look("listed_create", send=True),
        Look("listed_edit", send=True),
    ],
    "steering group": [Look("report_list"), Look("report_detail", of="adopted")],
    "supervisor": [Look("placement_list")],
    "administrator": [
        Look("home"),
        Look("user_list"),
        Look("user_create", send=True),
        Look("user_detail"),
        Look("user_edit", send=True),
        Look("user_close"),
        Look("membership_create", send=True),
    ],
    "log reviewer": [Look("home"), Look("log_review_list"), Look("log_review_detail")],
    "no project": [Look("home")],
}


def test_no_page_is_left_out():
    shown = {name for name, row in ROWS.items() if "200" in row.values()} - NOT_PAGES
    assert len(shown) > 35
    assert shown - {look.name for looks in LOOKS.values() for look in looks} == set()


def looks_of(role: str) -> list[Look]:
    """The pages to look at as the role. A run leaves out two in three of those made by one template for every kind of
    fact, one of each kind and the next kind another one; `make soak` looks at all."""
    names = {look.name for look in LOOKS[role]}
    kinds = sorted(kind for kind in {name.removesuffix("_misplaced") for name in names} if f"{kind}_misplaced" in names)
    left_out = {
        f"{kind}{ending}"
        for number, kind in enumerate(kinds)
        for place, ending in enumerate(ALIKE)
        # Nothing else has the form of a fact that can't be recorded on a page of its own.
        if (number + place) % 3 and (ending != "_edit" or f"{kind}_create" in names)
    } - UNLIKE
    return [look for look in LOOKS[role] if IS_SOAK or look.name not in left_out]


# At the end of a run all wait for the last test, so a role with many pages has several.
PARTS = {role: 1 + len(looks) // 50 for role, looks in LOOKS.items()}


@pytest.mark.parametrize(("role", "part"), [(role, part) for role, parts in PARTS.items() for part in range(parts)])
def test_axe_finds_nothing_and_nothing_is_too_wide(visit, cast: Cast, role, part):
    page = visit.open("/halsa") if role == ANONYMOUS else visit.log_in(labels.users(cast)[role].email)
    faults = []
    looks = list(enumerate(looks_of(role)))
    for number, look in looks[part :: PARTS[role]]:
        path = path_of(cast, look)
        answer = page.goto(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        schemes = SCHEMES if IS_SOAK else (SCHEMES[number % 2],)
        if IS_SOAK or not look.send or number // 2 % 2:
            faults += faults_of(page, *schemes)
        if look.send:
            empty(page)
            press(page)
            assert page.title().startswith("Fel: "), f"{path}: sent empty, and no fault"
            if IS_SOAK or not number // 2 % 2:
                faults += faults_of(page, *schemes)
    assert not faults, "\n".join(faults)


def empty(page: Page) -> None:
    """Take away what the form came with."""
    for box in page.query_selector_all(BOXES):
        if box.is_visible():
            box.fill("")


def path_of(cast: Cast, look: Look) -> str:
    """The address of the page, of the thing that its table speaks of."""
    if look.name == "account_reset_password_from_key":
        return path_to(look.name, "1", "abc-def")
    ids = {
        **labels.cases(cast).get(look.of, cast.cases.of_hanna).ids,
        "import": cast.batches.of_samira,
        "log": cast.reviews.of_lo,
        "user": cast.stig.public_id,
        "membership": cast.stig.public_id,
        "proposal": cast.proposals.role,
        "report": labels.reports(cast).get(look.of or "draft", cast.reports.asking),
        "listed": labels.listed(cast).get(look.of or "own"),
        "void": labels.voids(cast).get(look.of),
        "referral": labels.referrals(cast).get(look.of),
        "place": labels.workplaces(cast).get(look.of or "own"),
    }
    if look.name == "draft_detail":
        said = {"data": {"text": ["Kommer i tid."]}, "labels": {"text": "Vad sas?"}}
        ids["draft"] = Draft.objects.create(author=cast.hanna, form="MeetingForm", address="/", **said).public_id
    if look.of == "claim":
        ids["participant"] = cast.claim
    row = ROWS[look.name]
    if look.of == "twins":
        return path_to(look.name, *cast.twins[: row["path"].count("<id>")])
    kind = row.get("id of") or look.name.partition("_")[0]
    query = look.query or "?" + urlencode(access_table.QUERIES.get(look.name, {}))
    return path_to(look.name, *([ids[kind]] if "<id>" in row["path"] else [])) + query


def faults_of(page: Page, *schemes: str) -> list[str]:
    """Light on a wide screen; dark on the narrowest, with all that can be opened open. What only one of them is asked
    for is asked in these schemes alone where some are named."""
    light, dark = (not schemes or scheme in schemes for scheme in SCHEMES)
    found = [f"light: {fault}" for fault in axe_faults(page, without=() if light else CHANGED_BY_LOOKS)]
    found += unseen_focus(page)
    found += [f"HTML: {fault}" for fault in markup_faults(page)]
    if dark:
        page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROWEST)
    set_open(page, f"main details:not({DRAWER})", "true")
    # The page is the same: only what colours and room can change is asked once more.
    found += [f"dark, narrow: {fault}" for fault in (axe_faults(page, *CHANGED_BY_LOOKS) if dark else ())]
    set_open(page, "details", "true")
    if page.query_selector(DRAWER):
        # Beside it nothing is reached or read, so it is looked at alone.
        found += [f"dark, narrow, drawer: {fault}" for fault in axe_faults(page, *CHANGED_BY_LOOKS)]
    if too_wide(page):
        found.append("scrolls sideways at 320 px")
    if light:
        page.set_viewport_size(BETWEEN)
        if too_wide(page):
            found.append("scrolls sideways at 673 px, where the wide form begins")
    if dark:
        page.set_viewport_size(PHONE)
        set_letters(page, 32)
        if too_wide(page):
            found.append("scrolls sideways at 390 px with letters twice as large")
        set_letters(page, 16)
    set_open(page, f"[data-menu], {DRAWER}", "false")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    return [f"{page.title()} ({page.url}) {fault}" for fault in found]


def set_open(page: Page, selector: str, value: str) -> None:
    page.evaluate(f"for (const one of document.querySelectorAll('{selector}')) one.open = {value}")


def test_pages_of_a_project_with_many_persons(visit, cast: Cast):
    """The import from upload to receipt, and the pages that its persons fill."""
    page = visit.log_in(cast.samira.email)
    page.goto("/import/")
    page.set_input_files("input[type=file]", REGISTER)
    page.click("main button.btn-primary")
    page.wait_for_url("**/import/*/")
    faults = faults_of(page)
    page.click("main button.btn-primary")
    page.wait_for_url("**/klar/")
    faults += faults_of(page)
    late = urlencode(access_table.QUERIES["result_persons"])
    for path in ("/deltagare/?visa=alla", f"/resultat/?per={AS_OF}", f"/resultat/personer/?{late}"):
        page.goto(path)
        faults += faults_of(page)
    page.goto("/deltagare/")
    page.click("summary:has-text('Ge flera en ansvarig')")
    page.select_option("select[name=responsible]", index=1)
    send(page, "button[value=alla]")
    assert "Ska " in page.inner_text("h1")
    faults += faults_of(page)
    page = visit.log_in(cast.petra.email)
    for path in (f"/resultat/?per={AS_OF}", path_to("report_detail", cast.reports.draft)):
        page.goto(path)
        faults += faults_of(page)
    assert not faults, "\n".join(faults)


def test_pages_that_need_something_to_have_happened(visit, cast: Cast):
    """Two persons who can be joined, and a form whose case was closed while it stood open."""
    page = visit.log_in(cast.samira.email)
    page.goto(path_to("twins_join", *twins_that_can_be_joined(cast)))
    faults = faults_of(page)
    press(page)
    assert page.title().startswith("Fel: ")
    faults += faults_of(page)
    page, case = visit.log_in(cast.hanna.email), cast.cases.of_hanna
    page.goto(path_to("meeting_misplaced", case.ids["meeting"]))
    page.check("[value=taken_away]")
    void(case.enrolment, cast)
    press(page)
    assert page.inner_text("h1") == "Ärendet är inte längre öppet för dig"
    faults += faults_of(page)
    assert not faults, "\n".join(faults)


def twins_that_can_be_joined(cast: Cast) -> list[UUID]:
    """The ids of somebody who was registered twice, the second time wrongly."""
    first, second = (enrol(cast.cases.of_hanna.enrolment.project, "Tvilling", by=cast.hanna) for _ in range(2))
    void(second, cast)
    return [first.participant.public_id, second.participant.public_id]


def void(enrolment: Enrolment, cast: Cast) -> None:
    """The enrolment turns out to be wrong, which closes its case to everybody."""
    ask_to_void(enrolment=enrolment, why="Registrerad två gånger", home="", by=cast.hanna)
    confirm_void(enrolment=enrolment, home="", by=cast.samira)


def test_setting_up_the_second_step_and_logging_in_with_it(visit, cast: Cast):
    email = cast.hanna.email
    page = visit.log_in(email)
    page.goto("/konto/tvasteg/aktivera/")
    page.fill("[name=password]", PASSWORD)
    press(page)
    faults = faults_of(page)
    secret = page.inner_text("code.key")
    page.fill("[name=code]", code_now(secret))
    press(page)
    for path in ("", "reservkoder/", "reservkoder/nya/", "avaktivera/"):
        assert page.goto(f"/konto/tvasteg/{path}").status == 200
        faults += faults_of(page)
    page = visit.open("/logga-in/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    press(page)
    assert page.url.endswith("/logga-in/tvasteg/")
    faults += faults_of(page)
    press(page)
    faults += faults_of(page)
    assert not faults, "\n".join(faults)


def press(page: Page) -> None:
    send(page, SEND)


def test_pages_that_say_no(visit, cast: Cast):
    page = visit.log_in(cast.stig.email)
    faults = []
    for path, status in (("/deltagare/", 403), ("/finns-inte/", 404)):
        assert page.goto(path).status == status
        faults += faults_of(page)
    page = visit.open("/logga-in/")
    page.context.clear_cookies()
    press(page)
    faults += faults_of(page)
    # Nothing breaks to order, so these come from their templates, with the style sheets of the real server.
    for name in ("429", "500", "503"):
        body = render_to_string(f"{name}.html", {"count": 20, "opens_at": timezone.now()})
        page.route("**/trasig/", partial(answer_with, body))
        page.goto("/trasig/")
        faults += faults_of(page)
    assert not faults, "\n".join(faults)


def answer_with(body: str, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html")
