"""Every document that the program makes: by two checkers, with every script, hostile signs and words without an end."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from actionplans.models import Meeting
from actionplans.plans.actions import MilestoneRecord
from actionplans.weeks.entries import Entry, Week, plain
from core.models import TextBody
from core.pdf.signs import REPLACEMENT
from participants.models import PersonIdentity
from projects.enums import AssessmentArea
from projects.models import AreaQuestions
from reports.documents.actions import write_report
from tests.guards.crawl import _pdf_text
from tests.world import consents
from tests.world.cases import plan, started
from tests.world.full_case import fill_case
from tests.world.pages import fill
from tests.world.papers import faults
from tests.world.scripts import EVERYTHING, HOSTILE, UNBROKEN

ROOT = Path(__file__).resolve().parents[2]
TEXT = f"{EVERYTHING}\n- {HOSTILE}\n- {UNBROKEN}\n\n1. {UNBROKEN}\n2. två"
# Each module that makes a document, and the test below that opens it.
MADE_BY = {
    "reports/documents/views.py": "report",
    "oversight/extract/views.py": "extract",
    "participants/consent/views.py": "consent",
    "projects/questions/views.py": "kartläggning to fill in",
    "actionplans/own_copy/views.py": "own copy",
    "casework/sheet/views.py": "sheet",
    "actionplans/workplace_sheets/views.py": "workplace sheet",
    "participants/certificates/views.py": "certificate",
}
# These take documents that others have made, and make none.
TAKEN_BY = {"participants/papers/views.py"}
MAKERS = ("core.pdf", "weasyprint")
# Whole pages that are shown on screen; every other one is paper.
ON_SCREEN = {"templates/base.html", "templates/base_public.html"}


def _imported(tree: ast.Module) -> Iterator[str]:
    """The full names of what a module imports, wherever in it and under whatever name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def _modules() -> dict[str, set[str]]:
    """Each module outside `core` and `workshop` that makes documents, with all that it calls."""
    found = {}
    for path in ROOT.glob("*/**/*.py"):
        name = str(path.relative_to(ROOT))
        if name.split("/")[0] not in ("tests", "core", "workshop", ".venv"):
            tree = ast.parse(path.read_text())
            if any(module.startswith(MAKERS) for module in _imported(tree)):
                found[name] = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return found


def test_who_makes_a_document_says_before_which_signs_it_lacks():
    found = _modules()
    takers = {name for name, calls in found.items() if "pdf.render" not in calls and "pdf.received" in calls}
    assert takers == TAKEN_BY
    assert set(found) - takers == set(MADE_BY), "add the document below"
    assert [name for name in MADE_BY if "undrawn" not in found[name]] == []


def test_every_document_is_made_of_the_same_style_and_says_its_language():
    whole = [path for path in (ROOT / "templates").rglob("*.html") if "<html" in path.read_text()]
    papers = [path for path in whole if str(path.relative_to(ROOT)) not in ON_SCREEN]
    assert len(papers) == len(MADE_BY), "add the document below"
    for path in papers:
        assert "css/pdf.css" in path.read_text()
        assert '<html lang="sv">' in path.read_text()
        assert re.search(r"<title>[^<]+</title>", path.read_text())


@pytest.fixture
def report(world):
    fields = {"title": f"Rapport {EVERYTHING}"[:160], "texts": (TEXT, UNBROKEN, HOSTILE)}
    days = {"period_start": world.enrolment.enrolled_on, "period_end": world.enrolment.enrolled_on}
    return write_report(project=world.project, by=world.project_leader, as_of=days["period_end"], **days, **fields)


def test_a_report(world, report, log_in):
    client = log_in(world.project_leader)
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Några tecken går inte att skriva ut" in page
    assert "U+E000" in page
    content = client.get(reverse("report_pdf", args=[report.public_id])).content
    assert faults(content) == []
    assert REPLACEMENT in _pdf_text(content)


def test_an_extract(world, log_in):
    fill_case(world.enrolment, world.case_worker)
    for body in TextBody.objects.all():
        # Words that are also another person's name are hidden, so no two texts are alike.
        TextBody.objects.filter(pk=body.pk).update(text=f"{body.pk} {TEXT}")
    PersonIdentity.objects.update(given_name=EVERYTHING[:60], family_name=UNBROKEN[:60])
    assert Meeting.objects.exists()
    client, key = log_in(world.case_worker), world.enrolment.participant.public_id
    page = client.get(reverse("participant_extract", args=[key])).content.decode()
    assert "U+E000" in page
    content = client.post(reverse("participant_extract_pdf", args=[key]), {"reason": "asked"}).content
    assert faults(content) == []


def test_a_consent(world, log_in):
    case = consents.gather(world)
    PersonIdentity.objects.update(given_name=EVERYTHING[:60], family_name=UNBROKEN[:60])
    client, key = log_in(case.worker), case.enrolment.public_id
    answers = {
        "parties": [str(case.af.public_id)],
        "categories": ["plan"],
        "purpose": f"{HOSTILE[:60]} {UNBROKEN[:100]} praktik",
        "period": "3",
    }
    data = fill(client, reverse("consent_create", args=[key]), **answers)
    url = reverse("consent_paper", args=[key])
    told = client.post(url, data)
    assert "Några tecken går inte att skriva ut" in told.content.decode()
    known = re.search(r'name="undrawn" value="([^"]*)"', told.content.decode())[1]
    content = client.post(url, data | {"undrawn": known}).content
    assert faults(content) == []
    other = client.post(url, data | {"undrawn": known, "purpose": "planera \ue001 praktik"})
    assert "U+E001" in other.content.decode(), "another sign is told anew"


def test_a_kartlaggning_to_fill_in(world, log_in):
    AreaQuestions.objects.create(
        project=world.project, area=AssessmentArea.HEALTH, text=f"{EVERYTHING}\n{UNBROKEN}\n{HOSTILE}"
    )
    page = log_in(world.project_leader).get(reverse("questions_edit")).content.decode()
    assert "Några tecken går inte att skriva ut" in page
    content = log_in(world.case_worker).get(reverse("questions_paper")).content
    assert faults(content) == []
    said = _pdf_text(content)
    assert all(area.numbered in said for area in AssessmentArea)
    assert "Med egna ord" in said


def test_a_participants_own_copy_of_the_plan(world, log_in):
    case = started(world.enrolment, 30)
    words = plain(f"{HOSTILE[:40]} {UNBROKEN[:60]}")
    week = Week((Entry(0, 540, 600, words, words), Entry(6, 0, 1440, plain(EVERYTHING[:110]))))
    goals = [MilestoneRecord(text=f"{number} {TEXT}"[:300]) for number in range(40)]
    said = {"main_activity": f"{EVERYTHING} {UNBROKEN}"[:500], "week": week, "milestones": goals}
    plan(case, world.case_worker, **said)
    PersonIdentity.objects.update(given_name=EVERYTHING[:60], family_name=UNBROKEN[:60])
    client, key = log_in(world.case_worker), case.public_id
    assert "U+E000" in client.get(reverse("plan_copy", args=[key])).content.decode()
    content = client.post(reverse("plan_copy_pdf", args=[key])).content
    assert faults(content) == []


def test_a_hand_over_sheet(world, log_in):
    fill_case(world.enrolment, world.case_worker)
    TextBody.objects.update(text=TEXT)
    PersonIdentity.objects.update(given_name=EVERYTHING[:60], family_name=UNBROKEN[:60])
    client, key = log_in(world.case_worker), world.enrolment.public_id
    page = client.get(reverse("case_sheet", args=[key])).content.decode()
    assert "U+E000" in page
    content = client.post(reverse("case_sheet_pdf", args=[key]), {"reason": "hand_over"}).content
    assert faults(content) == []


def test_a_paper_whose_signs_can_all_be_drawn_says_nothing(world, log_in):
    days = {"period_start": world.enrolment.enrolled_on, "period_end": world.enrolment.enrolled_on}
    report = write_report(
        project=world.project, by=world.project_leader, as_of=days["period_end"], title="Slut", **days,
        texts=(EVERYTHING, "", ""),
    )  # fmt: skip
    page = log_in(world.project_leader).get(report.get_absolute_url()).content.decode()
    assert "Några tecken" not in page
