"""A public function that raises says so: whoever calls it shouldn't have to read its body."""

import ast
import re

from tests.guards.test_repository import CODE, ROOT


def _functions(body, before=""):
    """Every public function and method with its dotted name; what stands inside a function belongs to it."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{before}{node.name}.")
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"{before}{node.name}", node


def _raising():
    """Place and docstring of each that raises something new; a bare `raise` only lets pass."""
    for path in (path for package in CODE for path in sorted((ROOT / package).rglob("*.py"))):
        if "migrations" in path.parts:
            continue
        for name, function in _functions(ast.parse(path.read_text()).body):
            if any(isinstance(node, ast.Raise) and node.exc for node in ast.walk(function)):
                yield f"{path.relative_to(ROOT)}: {name}", ast.get_docstring(function) or ""


def test_what_raises_says_so():
    raising = list(_raising())
    assert len(raising) > 50
    assert [place for place, docstring in raising if not re.search(r"\b[Rr]aises\b", docstring)] == []
