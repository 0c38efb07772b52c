"""Every sign on paper is readable, or is told before: typefaces, and what stands for a sign that none has."""

import logging
import subprocess

import pytest

from core.pdf import document, signs
from core.pdf import process as pdf
from core.pdf.signs import REPLACEMENT, Undrawn, drawn, has_glyph, undrawn
from tests.world.papers import faults
from tests.world.scripts import EVERYTHING, HOSTILE, SCRIPTS

PAGE = '<!doctype html><html lang="sv"><head><title>Prov</title></head><body><h1>Prov</h1>{}</body></html>'
# Of the signs that some typeface has, every so many is drawn.
STEP = 97


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_of_people_who_live_in_sweden_has_its_typeface(script):
    text = SCRIPTS[script]
    assert [sign for sign in text if not (sign.isascii() or has_glyph(sign))] == []
    assert faults(pdf.render(PAGE.format(f"<p>{text} <b>{text}</b></p>"))) == []


def test_signs_of_no_typeface_leave_no_hole_in_a_document():
    assert faults(pdf.render(PAGE.format(f"<p>{HOSTILE} <b>{EVERYTHING} {HOSTILE}</b></p>"))) == []


def test_every_sign_that_is_said_to_be_drawn_is_drawn():
    there = [
        chr(number) for number, has in enumerate(signs._drawable()) if has and number > 0xFF and has_glyph(chr(number))
    ]
    some = there[::STEP]
    assert len(some) > 400
    rows = "".join(f"<p>{' '.join(some[at : at + 40])}</p>" for at in range(0, len(some), 40))
    assert faults(pdf.render(PAGE.format(rows))) == []


def test_a_long_text_in_chinese_has_only_the_shapes_that_it_uses():
    text = "".join(chr(number) for number in range(0x4E00, 0x9F00, 20))
    content = pdf.render(PAGE.format(f"<p>{text}</p>"))
    assert faults(content) == []
    assert len(content) < 1_500_000


def test_what_cannot_be_drawn_is_told_by_heading_and_replaced():
    html = PAGE.format("<h2>Uppdraget &amp; <i>målet</i></h2><p>a\ue000b\U00010d52c\ue000</p><h2>Slut</h2><p>Åsa</p>")
    assert undrawn(html) == [Undrawn("Uppdraget & målet", ("\ue000", "\U00010d52"))]
    assert undrawn(html)[0].codes == "U+E000, U+10D52"
    assert f"a{REPLACEMENT}b{REPLACEMENT}c{REPLACEMENT}" in drawn(html)


def test_what_can_be_drawn_is_left_as_it_is():
    html = PAGE.format(f"<p>{EVERYTHING}</p>")
    assert (undrawn(html), drawn(html)) == ([], html)


def test_a_machine_whose_typefaces_cannot_be_listed_has_ours(monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise FileNotFoundError

    monkeypatch.setattr(subprocess, "run", fail)
    signs._drawable.cache_clear()
    try:
        assert (has_glyph("ő"), has_glyph("ữ"), has_glyph("ไ")) == (True, True, False)
        assert "can't be listed" in caplog.text
    finally:
        signs._drawable.cache_clear()


def test_the_maker_of_documents_knows_every_line_of_their_style_sheet(caplog):
    document._sheet.cache_clear()
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        document._sheet()
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []
