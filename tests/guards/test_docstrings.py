"""A public function that raises says so: whoever calls it shouldn't have to read its body."""

import ast
import re

from tests.guards.test_repository import CODE, ROOT

# How a docstring names what is refused: a field, the form as a whole, or neither where no form asks.
_FIELDS = re.compile(r"`\w+`|the form|no field|by column")


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


def _actions():
    """Place and docstring of each action, and whether it raises something, itself or by the module's private checks."""
    for path in (path for package in CODE for path in sorted((ROOT / package).rglob("*.py"))):
        functions = {node.name: node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}
        for name, function in functions.items():
            if any(ast.unparse(decorator) == "action" for decorator in function.decorator_list):
                place, said = f"{path.relative_to(ROOT)}: {name}", ast.get_docstring(function) or ""
                yield place, said, _raises(function, functions)


def _raises(function, functions):
    nodes = list(ast.walk(function))
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    private = [functions[name] for name in called - {function.name} if name.startswith("_") and name in functions]
    return any(isinstance(node, ast.Raise) and node.exc for node in nodes) or any(
        _raises(check, functions) for check in private
    )


def test_an_action_says_what_its_checks_raise_and_by_which_field():
    actions = list(_actions())
    assert len(actions) > 50
    silent = [place for place, said, raises in actions if raises and not re.search(r"\b[Rr]aises\b", said)]
    assert silent == []
    refusing = {place: said.partition("ValidationError")[2] for place, said, _ in actions if "ValidationError" in said}
    assert [place for place, where in refusing.items() if not _FIELDS.search(where)] == []


def test_what_raises_says_so():
    raising = list(_raising())
    assert len(raising) > 50
    assert [place for place, docstring in raising if not re.search(r"\b[Rr]aises\b", docstring)] == []
