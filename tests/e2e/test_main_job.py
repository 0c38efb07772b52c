"""The main job in a browser: register in, meeting logged, figure moved, same figure in the PDF."""

import io
import re
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from accounts.models import Organisation
from projects.enums import Role
from tests.e2e.conftest import send
from tests.world.worlds import member, model_project

REGISTER = Path(__file__).parents[1] / "data" / "deltagarforteckning.xlsx"
pytestmark = pytest.mark.e2e

# The day before this one nobody's third month is up but the imported; see the figures below.
AS_OF = "2012-06-30"


@pytest.fixture
def people(transactional_db):
    host = Organisation.objects.create(name="Vuxenenheten")
    project = model_project(host=host, starts_on=date(2010, 9, 1))
    return {
        role: member(project, host, role, f"Prov {role.label}")
        for role in (Role.CASE_WORKER, Role.COORDINATOR, Role.PROJECT_LEADER, Role.STEERING_GROUP)
    }


def test_from_register_to_report(visit, people):
    coordinator = visit.log_in(people[Role.COORDINATOR].email)
    import_register(coordinator, people[Role.CASE_WORKER].name)
    before = first_target(coordinator, AS_OF)
    assert before == (83, 137)

    case_worker = visit.log_in(people[Role.CASE_WORKER].email)
    log_meeting_that_clears_step_1(case_worker)
    after = first_target(coordinator, AS_OF)
    assert after == (84, 137)

    leader = visit.log_in(people[Role.PROJECT_LEADER].email)
    assert first_target(leader, AS_OF) == after
    text = report_text(leader)
    assert re.search(r"84 av 137", text), text[:3000]
    share = "61,3"
    assert share in text
    leader.goto(f"/resultat/?per={AS_OF}")
    assert share in words(leader)

    steering = visit.log_in(people[Role.STEERING_GROUP].email)
    steering.goto("/rapporter/")
    assert "Slutrapport" in words(steering)


def words(page, selector: str = "main") -> str:
    """The text somebody reads, with ordinary blanks."""
    return page.inner_text(selector).replace("\xa0", " ")


def import_register(page, responsible: str) -> None:
    page.goto("/import/")
    page.set_input_files("input[type=file]", REGISTER)
    page.click("main button.btn-primary")
    page.wait_for_url("**/import/*/")
    said = words(page)
    assert "143 inskrivningar kan läsas in" in said
    assert "Rad 106" in said
    page.select_option("select[name=responsible]", label=responsible)
    page.click("main button.btn-primary")
    page.wait_for_url("**/klar/")
    assert "143 inskrivningar inlästa" in words(page)


def first_target(page, as_of: str) -> tuple[int, int]:
    """Cleared and due of the first target, as the result page says them."""
    page.goto(f"/resultat/?per={as_of}")
    cleared, due = re.search(r"(\d+)\s+av\s+(\d+)", words(page, "main table")).groups()
    return int(cleared), int(due)


def log_meeting_that_clears_step_1(page) -> None:
    """Row 139 of the register, Ali, Abdi, left; row 37's Lindqvist, Ebba never cleared step 1 and is still enrolled."""
    page.goto("/deltagare/")
    page.fill("[name=q] >> nth=0", "19600326-9807")
    page.press("[name=q] >> nth=0", "Enter")
    page.wait_for_load_state()
    page.click("main a:has-text('Lindqvist, Ebba')")
    page.click("text=Nytt möte")
    page.click(".meeting-facts > summary")
    page.fill("[name=held_on]", "2010-12-20")
    page.fill("[name=text]", "Kommer som avtalat och trivs.")
    page.check("[name=step][value='1']")
    for answer in page.query_selector_all(".step-1 input[value=met]"):
        answer.check()
    page.click("[data-drawer-done]")
    button = page.locator("button:has-text('Spara mötet')")
    button.dblclick()
    page.wait_for_url(re.compile(r"/moten/[0-9a-f-]{36}/$"))
    said = words(page)
    assert "Mötet är sparat" in said
    assert "Klarat" in said
    assert "20 december 2010" in said


def report_text(page) -> str:
    """Write a report as of the day, adopt it, and return the text of its PDF."""
    page.goto("/rapporter/ny/")
    page.fill("[name=title]", "Slutrapport")
    for name, value in (("period_start", "2010-09-01"), ("period_end", "2012-06-30"), ("as_of", AS_OF)):
        page.fill(f"[name={name}]", value)
    page.fill("[name=text_1]", "Projektet nådde det som det skulle.")
    page.click("main button.btn-primary")
    page.wait_for_url("**/rapporter/*-*/")
    answer = page.request.get(page.url.rstrip("/") + ".pdf")
    assert answer.headers["content-type"] == "application/pdf"
    text = "\n".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.body())).pages)
    page.click("main a:has-text('Anta')")
    send(page, "main button:has-text('Anta rapporten')")
    return text.replace("\xa0", " ")
