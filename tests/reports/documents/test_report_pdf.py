"""The document: the same digits as the page, tagged, in Swedish, with nothing in it that isn't ours."""

import io
import json
import re
from datetime import UTC, datetime
from io import StringIO
from urllib.parse import unquote

import outloud
import pikepdf
import pypdf
import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import AccessEvent
from core.pdf import process as pdf
from reports.documents.actions import adopt_report
from tests.reports.documents.test_reports import make_report
from tests.reports.pages.test_result_page import words

HOSTILE = (
    '<link rel="attachment" href="file:///etc/passwd"> <img src="file:///etc/hostname"> '
    '<svg><image href="http://127.0.0.1:9/x"/></svg> <style>@import url(http://127.0.0.1:9/y);</style> </section>'
)


@pytest.fixture
def leader(world, log_in):
    return log_in(world.project_leader)


def fetch(client, report):
    response = client.get(report.get_absolute_url().removesuffix("/") + ".pdf")
    assert response.status_code == 200
    return response


def text_of(content):
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    text = " ".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


def test_page_document_and_command_give_the_same_digits(world, leader, known_project):
    report = make_report(world)
    out = StringIO()
    call_command(
        "step_progression", "--project", known_project.register_number, "--as-of", "2012-06-30", "--format", "json",
        stdout=out,
    )  # fmt: skip
    paper, screen = text_of(fetch(leader, report).content), words(leader.get(report.get_absolute_url()))
    result = words(leader.get("/resultat/", {"per": "2012-06-30"}))
    for target in json.loads(out.getvalue())["targets"]:
        said = f"{100 * target['share']:.1f} %".replace(".", ",")
        counts = f"{target['cleared_in_time']} av {target['due']}"
        adjusted = f"{target['adjusted']['cleared_in_time']} av {target['adjusted']['due']}"
        for text in (paper, screen, result):
            assert said in text
            assert counts in text
            # The two who moved away would be known by subtraction.
            assert adjusted not in text
    assert "31 av 40" in paper
    assert "Sida 2 av" in paper


def test_it_is_a_tagged_swedish_document_with_a_title(world, leader, known_project):
    content = fetch(leader, make_report(world)).content
    with pikepdf.open(io.BytesIO(content)) as document:
        assert document.Root.Lang == "sv"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.docinfo.Title == "Slutrapport"
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert "/Outlines" in document.Root
        kinds = [str(tag.get("/S")) for tag in structure(document.Root.StructTreeRoot)]
        assert kinds.count("/Figure") >= 11
        headers = [tag for tag in structure(document.Root.StructTreeRoot) if tag.get("/S") == "/TH"]
        assert len(headers) > 20
        assert all("/Scope" in str([dict(part) for part in listed(tag.get("/A"))]) for tag in headers)
        figures = [tag for tag in structure(document.Root.StructTreeRoot) if tag.get("/S") == "/Figure"]
        assert any("31" in str(tag.get("/Alt", "")) or "77,5" in str(tag.get("/Alt", "")) for tag in figures)


def structure(element):
    yield element
    for child in listed(element.get("/K")):
        if isinstance(child, pikepdf.Dictionary) and ("/S" in child or "/K" in child):
            yield from structure(child)


def listed(value):
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def test_what_is_typed_is_only_text(world, leader, known_project):
    report = make_report(world, title="Rapport <b>1</b>", texts=(HOSTILE, HOSTILE, HOSTILE))
    content = fetch(leader, report).content
    assert '<link rel="attachment"' in text_of(content)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert not document.attachments
        assert "/EmbeddedFiles" not in document.Root.get("/Names", {})


def test_the_file_name_and_headers_say_nothing_about_anybody(world, leader, known_project):
    response = fetch(leader, make_report(world, title="Om Åsa Öberg"))
    assert response["Content-Type"] == "application/pdf"
    named = unquote(response["Content-Disposition"])
    assert named == f"attachment; filename*=utf-8''Rapport {world.project.name} 2012-06-30.pdf"
    assert response["Cache-Control"] == "no-store, private"


def test_fetching_it_is_logged_as_an_export(world, leader, known_project):
    fetch(leader, make_report(world))
    event = AccessEvent.objects.get(part="report_pdf")
    assert (event.kind, event.subjects_count) == ("export", 0)


def test_it_names_nobody(world, leader, known_project):
    text = text_of(fetch(leader, make_report(world)).content)
    for name in ("Öberg", "Främmande", "Samira", "Hanna"):
        assert name not in text


def test_a_document_that_cannot_be_made_leads_back_with_a_word(world, leader, monkeypatch):
    def fail(html):
        raise pdf.PdfFailedError("too long")

    monkeypatch.setattr("core.pdf.process.render", fail)
    report = make_report(world)
    response = leader.get(report.get_absolute_url().removesuffix("/") + ".pdf", follow=True)
    assert "gick inte att göra till PDF" in words(response)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_document_is_made(transactional_db, log_in, monkeypatch):
    from tests.world import worlds

    world, seen = worlds.build(), []
    monkeypatch.setattr("core.pdf.process.render", lambda html: seen.append(connection.in_atomic_block) or b"%PDF-")
    fetch(log_in(world.project_leader), make_report(world))
    assert seen == [False]


def test_a_report_known_before_anything_was_written_is_empty_but_whole(world, leader, known_project):
    report = make_report(world)
    adopt_report(report=report, based_on=1, by=world.project_leader)
    type(report).objects.filter(pk=report.pk).update(known_at=datetime(1999, 1, 1, tzinfo=UTC))
    assert "Inskrivna 0" in text_of(fetch(leader, report).content)


def test_a_checker_of_pdf_ua_finds_no_errors(world, leader, known_project, tmp_path):
    path = tmp_path / "rapport.pdf"
    path.write_bytes(fetch(leader, make_report(world)).content)
    result = outloud.check(str(path))
    assert result.error is None
    assert len(result.runs) > 50
    assert [f"{finding.rule} {finding.message}" for finding in result.findings if finding.severity == "error"] == []
