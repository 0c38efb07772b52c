"""Texts come out as they were written: paragraphs, lines, and lists of bullets or numbers."""

import pytest

from core.templatetags.prose import written


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("En rad", "<p>En rad</p>"),
        ("En\nrad\n\nSedan", "<p>En<br>rad</p>\n<p>Sedan</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("• a\n• b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("3) c\n4) d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        ("1. a\n1. b", "<ol><li>a</li></ol>\n<ol><li>b</li></ol>"),
        ("Mål:\n- a\n\nSlut", "<p>Mål:</p>\n<ul><li>a</li></ul>\n<p>Slut</p>"),
        ("- a\n\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("-5 grader\n2026. Då", "<p>-5 grader<br>2026. Då</p>"),
        ("- <b>", "<ul><li>&lt;b&gt;</li></ul>"),
        ("- ", "<p>- </p>"),
    ],
)
def test_a_text_is_told_as_it_was_written(text, html):
    assert written(text) == html
