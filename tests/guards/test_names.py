"""Names say what they hold: a loop's variable is the noun of what it goes through."""

import ast
from collections.abc import Iterator

import pytest

from tests.guards.test_repository import CODE, ROOT

PLACES = [*CODE, "tests"]


def _bound(tree: ast.AST) -> Iterator[str]:
    """The names that loops, comprehensions and lambdas bind."""
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.comprehension):
            yield from (name.id for name in ast.walk(node.target) if isinstance(name, ast.Name))
        elif isinstance(node, ast.Lambda):
            yield from (argument.arg for argument in node.args.args)


def test_the_guard_sees_each_kind_of_loop():
    source = "for one in a: pass\n[b for two, b in c]\n{d: d for three in e}\nsorted(f, key=lambda four: four)\n"
    assert {"one", "two", "three", "four"} <= set(_bound(ast.parse(source)))


@pytest.mark.parametrize("place", PLACES)
def test_no_loop_variable_says_nothing(place):
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / place).rglob("*.py")
        if "migrations" not in path.parts and {"one", "it", "this", "that"} & set(_bound(ast.parse(path.read_text())))
    ]
    assert found == []


def test_a_class_name_means_one_thing_in_the_program():
    homes: dict[str, list[str]] = {}
    for place in CODE:
        for path in (ROOT / place).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.ClassDef) and node.name not in ("Meta", "Command", "Migration"):
                    homes.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert len(homes) > 400
    several = {name: paths for name, paths in homes.items() if len(paths) > 1}
    assert several == {}
