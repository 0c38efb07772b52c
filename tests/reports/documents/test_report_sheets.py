"""The first sheets of a report: cover, one page of figures, and contents that lead to where the chapters stand."""

import io
import re

import pytest

from reports.documents.summary import CoverTitle
from tests.reports.documents.test_report_pdf import fetch
from tests.reports.documents.test_reports import make_report


@pytest.fixture
def leader(world, log_in):
    return log_in(world.project_leader)


def sheets(content: bytes, *, by_place: bool = False) -> list[str]:
    """Each sheet's words; by_place: as they stand from the top down."""
    import pymupdf

    with pymupdf.open(stream=io.BytesIO(content), filetype="pdf") as document:
        return [
            re.sub(r"\s+", " ", sheet.get_text(sort=by_place).replace("\N{NO-BREAK SPACE}", " ")) for sheet in document
        ]


def test_cover_then_one_page_then_contents_then_the_first_chapter(world, leader, known_project) -> None:
    cover, one, contents, first, *_ = sheets(fetch(leader, make_report(world)).content)
    assert "Slutrapport" in cover
    assert world.project.name in cover
    assert "1 september 2010 till 30 juni 2012" in cover
    assert "Utkast, inte antagen" in cover
    assert "Sida" not in cover
    assert "Två av fem mål är nådda." in one
    assert "2 av 5 resultatmål är nådda" in one
    assert "77,5 %" in one
    since = "från inskrivningen (inte nått), 77,5 % från anvisning eller ansökan (inte nått)"
    assert f"fick kartläggning och plan i tid {since}" in one
    assert one.count("antalet obedömda visas inte") == 3
    assert "Den räknas inte som ett mål till." in one
    assert "Innehåll" in contents
    assert "Siffror per 30 juni 2012" in contents
    assert "Uppdraget" in first


def test_the_contents_say_on_which_sheet_each_chapter_begins(world, leader, known_project) -> None:
    found = sheets(fetch(leader, make_report(world)).content, by_place=True)
    listed = found[2].partition("På en sida")[2].partition("Om rapporten")[0]
    lines = re.findall(r"(\d) ([A-ZÅÄÖ][^0-9]*(?:\d+ dagar)?) (\d+)(?= )", listed)
    assert [int(number) for number, _, _ in lines] == list(range(1, len(lines) + 1))
    assert len(lines) >= 6
    for number, heading, sheet in lines:
        assert f"{number} {heading}" in found[int(sheet) - 1]


@pytest.mark.parametrize(
    ("title", "kind", "name"),
    [
        ("Slutrapport Vägar till arbete", "Slutrapport", "Vägar till arbete"),
        ("SLUTRAPPORT 2012", "SLUTRAPPORT", "2012"),
        ("Slutrapport", "", "Slutrapport"),
        ("Halvtid", "", "Halvtid"),
    ],
)
def test_the_word_slutrapport_stands_above_the_rest_of_the_title(title, kind, name) -> None:
    assert CoverTitle.of(title) == CoverTitle(kind, name)
