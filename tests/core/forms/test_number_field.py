"""Whole numbers as people write them, in every form."""

import ast
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from core.forms.numbers import NumberField

ROOT = Path(__file__).resolve().parents[3]
# Django's own fields of numbers, which take what Python takes.
DJANGOS = {"IntegerField", "FloatField", "DecimalField"}
APPS = ("accounts", "actionplans", "casework", "core", "oversight", "participants", "projects", "reports", "samverkan")


@pytest.mark.parametrize(
    ("typed", "number"), [("10", 10), (" 10\u00a0", 10), ("010", 10), ("-3", -3), ("1\u200b0", 10)]
)
def test_plain_digits_are_a_number(typed: str, number: int) -> None:
    assert NumberField().clean(typed) == number


@pytest.mark.parametrize(
    "typed", ["1_0", "+10", "10.0", "1e1", "\u0661\u0660", "0x10", "1 0", "--1", "\u00b2", "1" * 19]
)
def test_nothing_else_is(typed: str) -> None:
    with pytest.raises(ValidationError):
        NumberField().clean(typed)


def test_an_empty_answer_is_none() -> None:
    assert NumberField(required=False).clean(" ") is None


def test_every_form_asks_for_numbers_by_it() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in DJANGOS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "forms"
    ]
    assert found == []
    assert any("NumberField(" in path.read_text(encoding="utf-8") for path in (ROOT / "participants").rglob("forms.py"))
