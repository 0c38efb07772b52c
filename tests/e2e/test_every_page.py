"""Every page in a browser: nothing for axe to find in light or dark, no sideways scrolling on the narrowest phone."""

from datetime import date

import pytest

from actionplans.actions import MeetingRecord, MilestoneRecord, PlanRecord, log_meeting, save_plan
from actionplans.enums import MeetingKind
from participants.actions import record_assessment
from reports.models import Report
from tests import worlds
from tests.e2e.conftest import axe_faults, too_wide

pytestmark = pytest.mark.e2e


@pytest.fixture
def world(transactional_db):
    """The cast, with a plan, a meeting and a report to look at."""
    world = worlds.build()
    case, by = world.enrolment, world.case_worker
    record_assessment(enrolment=case, completed_on=date(2026, 1, 20), by=by)
    plan = PlanRecord(
        valid_on=date(2026, 1, 22),
        main_activity="Återbruket",
        schedule="Måndag 9–12",
        next_follow_up_on=date(2026, 2, 5),
        milestones=[MilestoneRecord(text="Hålla tider")],
    )
    save_plan(enrolment=case, record=plan, based_on=0, by=by)
    said = MeetingRecord(kind=MeetingKind.FOLLOW_UP, held_on=date(2026, 2, 4), text="Trivs bra.", users=[by])
    world.meeting = log_meeting(enrolment=case, record=said, by=by)
    world.report = Report.objects.create(
        project=world.project,
        title="Slutrapport",
        period_start=date(2026, 1, 1),
        period_end=date(2026, 6, 30),
        as_of=date(2026, 6, 30),
        known_at=world.meeting.recorded_at,
        created_by=world.project_leader,
    )
    return world


def addresses(world) -> dict[str, list[str]]:
    """The pages, by who opens them."""
    case = f"/inskrivningar/{world.enrolment.public_id}/"
    return {
        "case_worker": [
            "/",
            "/deltagare/",
            "/deltagare/ny/",
            case,
            f"{case}moten/nytt/",
            f"{case}handlingsplan/",
            f"{case}handlingsplan/andra/",
            f"{case}kartlaggning/",
            f"{case}avslut/",
            f"{case}ratta/",
            f"/moten/{world.meeting.public_id}/",
            f"/moten/{world.meeting.paragraphs.get().public_id}/ratta/",
            "/resultat/",
            "/konto/losenord/",
            "/konto/tvasteg/",
        ],
        "coordinator": ["/", f"{case}ansvarig/", "/resultat/?per=2026-06-30", "/import/", "/projekt/"],
        "project_leader": [
            "/resultat/",
            "/rapporter/",
            "/rapporter/ny/",
            f"/rapporter/{world.report.public_id}/",
            f"/rapporter/{world.report.public_id}/andra/",
            "/projekt/andra/",
            "/projekt/stege/",
            "/projekt/mal/",
        ],
        "administrator": ["/"],
    }


@pytest.mark.parametrize("who", ["case_worker", "coordinator", "project_leader", "administrator"])
def test_axe_finds_nothing_and_nothing_is_too_wide(visit, world, who):
    user = getattr(world, who)
    light = visit.log_in(user.email)
    faults = []
    for path in addresses(world)[who]:
        answer = light.goto(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        for scheme in ("light", "dark"):
            light.emulate_media(color_scheme=scheme)
            faults += [f"{path} {scheme}: {fault}" for fault in axe_faults(light)]
        light.emulate_media(color_scheme="light")
        light.set_viewport_size({"width": 320, "height": 700})
        if too_wide(light):
            faults.append(f"{path}: scrolls sideways at 320 px")
        light.set_viewport_size({"width": 1280, "height": 900})
    assert not faults, "\n".join(faults)


def test_log_in_pages(visit, transactional_db):
    for path in ("/logga-in/", "/glomt-losenord/"):
        for scheme in ("light", "dark"):
            page = visit.open(path, width=320, color_scheme=scheme)
            assert axe_faults(page) == []
            assert not too_wide(page)


def test_a_meeting_is_logged_by_keyboard_without_javascript(visit, world):
    page = visit.log_in(world.case_worker.email, java_script_enabled=False)
    page.goto(f"/inskrivningar/{world.enrolment.public_id}/moten/nytt/")
    page.focus("[name=text]")
    page.keyboard.type("Skrivet utan mus och skript.")
    page.focus("[name=step] >> nth=0")
    page.keyboard.press("ArrowRight")
    assert page.is_checked("[name=step][value='1']")
    for answer in page.query_selector_all(".step-1 input[value=met]"):
        answer.focus()
        page.keyboard.press("Space")
    page.focus("button:has-text('Spara mötet')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/moten/*/")
    said = page.inner_text("main").replace("\xa0", " ")
    assert "Skrivet utan mus och skript." in said
    assert "Klarat" in said
