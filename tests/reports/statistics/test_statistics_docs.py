"""docs/statistics.md says what the code says."""

import inspect
import re
from pathlib import Path

import pytest

from reports import statistics
from reports.statistics.docs import HEADINGS, MODULES, PATH, in_order, parse, render

# Helpers that a section's own text explains.
HELPERS = {"combine", "followed_days", "target_day"}
DEFINED = [
    function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
]


def test_the_document_is_current() -> None:
    assert PATH.read_text(encoding="utf-8") == render(), "run: python -m reports.statistics.docs"


def test_all_modules_with_statistics_are_told_of() -> None:
    folder = Path(statistics.__file__).parent
    with_definitions = {path.stem for path in folder.glob("*.py") if "@defined(" in path.read_text(encoding="utf-8")}
    assert {module.__name__.rpartition(".")[2] for module in MODULES} == with_definitions


def test_every_figure_has_its_section() -> None:
    described = {section.function.__name__ for section in in_order()}
    assert {function.__name__ for function in DEFINED} - HELPERS <= described


@pytest.mark.parametrize("function", [f for f in DEFINED if f.__name__ not in HELPERS], ids=lambda f: f.__name__)
def test_a_definition_has_all_headings_in_order_and_points_at_its_section(function: object) -> None:
    text, fields = parse(inspect.getdoc(function) or "")
    assert text
    assert tuple(fields) == HEADINGS
    anchor = fields["Source"].removeprefix("docs/statistics.md#")
    assert [section.function for section in in_order() if section.anchor == anchor] == [function]


def test_anchors_are_plain_and_stand_once() -> None:
    anchors = re.findall(r'<a id="([a-z0-9-]+)"></a>', render())
    assert anchors == [section.anchor for section in in_order()]
    assert len(set(anchors)) == len(anchors)


def test_a_heading_that_runs_over_lines_is_joined() -> None:
    assert parse("Sum.\n\nMore.\n\nUnit:   a\n        b\nEmpty:  c") == (
        "Sum.\n\nMore.",
        {"Unit": "a b", "Empty": "c"},
    )
