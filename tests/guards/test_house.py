"""The house: imports without circles, nothing of an app above named below it, small folders, small modules."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, get_resolver

from tests.guards.test_repository import CODE, ROOT

WORLD = ROOT / "tests" / "world"
MOST_MODULES = 12
MOST_LINES = 250
# Tests that try whole tables of docs/access.md, so that they call the people and things of the cast as those do.
OF_TABLES = {
    "tests/e2e/test_every_page.py",
    "tests/guards/crawl.py",
    "tests/guards/reach.py",
    "tests/guards/test_access.py",
    "tests/guards/test_choices_of_persons.py",
    "tests/guards/test_days.py",
    "tests/guards/test_hostile_values.py",
    "tests/guards/test_later_presses.py",
    "tests/guards/test_links.py",
    "tests/guards/test_pages.py",
}
RANK = {app: place for place, app in enumerate(CODE)} | dict.fromkeys(["casework", "oversight", "reports"], 5)


def modules() -> dict[str, Path]:
    """Every module of the program by its dotted name, migrations apart."""
    paths = (path for app in CODE for path in (ROOT / app).rglob("*.py"))
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in paths
        if "migrations" not in path.parts
    }


MODULES = modules()


def imported_by(path: Path) -> Iterator[str]:
    """Our modules that a module imports when it runs, inside functions too; what is for type checkers alone isn't."""
    tree = ast.parse(path.read_text())
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in for_types:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else str(node.module)
        elif isinstance(node, ast.Import) and id(node) not in for_types:
            yield from (alias.name for alias in node.names)


def without_ends(arrows: dict[str, set[str]]) -> dict[str, set[str]]:
    """What is left of a graph when each node that leads nowhere has been taken away, again and again: its circles, and
    what leads into them."""
    left = {name: set(targets) for name, targets in arrows.items()}
    while ends := {name for name, targets in left.items() if not targets}:
        left = {name: targets - ends for name, targets in left.items() if name not in ends}
    return left


def test_the_guard_sees_a_circle():
    assert without_ends({"a": {"b"}, "b": {"c"}, "c": set()}) == {}
    assert set(without_ends({"a": {"b"}, "b": {"a"}, "c": set()})) == {"a", "b"}


def test_no_modules_import_each_other_in_a_circle():
    arrows = {name: {other for other in imported_by(path) if other in MODULES} for name, path in MODULES.items()}
    assert sum(map(len, arrows.values())) > 1000
    assert without_ends({name: targets - {name} for name, targets in arrows.items()}) == {}


def pages() -> dict[str, str]:
    """The app that has each address, by the address's name."""
    found: dict[str, str] = {}

    def walk(patterns: list) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                found[str(pattern.name)] = pattern.callback.__module__.partition(".")[0]
            else:
                walk(pattern.url_patterns)

    walk(get_resolver().url_patterns)
    return {name: app for name, app in found.items() if app in RANK}


def is_above(app: str, other: str) -> bool:
    """Whether `app` stands above `other`, or beside it as a stranger."""
    return app != other and RANK[app] >= RANK[other]


@pytest.mark.parametrize("app", CODE)
def test_no_app_names_a_page_of_an_app_above(app):
    """It says what the page shows instead (`core.pages.Page`), and the app that has it says where that is."""
    owners = pages()
    assert len(owners) > 60
    asked = re.compile(r"""(?:redirect|reverse|url|go_to)\(?\s*["'](\w+)["']""")
    sources = [*(ROOT / app).rglob("*.py"), *(ROOT / "templates" / app).rglob("*.html")]
    assert [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources
        for name in asked.findall(path.read_text())
        if is_above(owners.get(name, app), app)
    ] == []


@pytest.mark.parametrize("app", ["core", "accounts", "projects", "participants", "actionplans"])
def test_no_app_names_a_model_or_a_relation_of_an_app_above(app):
    higher = [config for config in apps.get_app_configs() if config.label in RANK and is_above(config.label, app)]
    names = {model.__name__ for config in higher for model in config.get_models()}
    related = {
        relation.get_accessor_name()
        for config in apps.get_app_configs()
        if config.label in RANK and not is_above(config.label, app)
        for model in config.get_models()
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label in RANK
        and is_above(relation.related_model._meta.app_label, app)
        and relation.get_accessor_name()
    }
    labels = "|".join(config.label for config in higher)
    named = re.compile(rf"""get_model\(\s*["'](?:{labels})["']""")
    labelled = re.compile(rf"""["'](?:{labels})\.(\w+)["']""")
    found = []
    for name, path in MODULES.items():
        if name.partition(".")[0] == app:
            text = path.read_text()
            asked = {node.attr for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Attribute)}
            # A name that a model or row of the app has itself says nothing of an app above.
            own = {"steps", "meetings", "reports"}
            # Each fact has an organisation that owns it, as it has a user who wrote it.
            names -= {"Organisation"} if name == "core.facts" else set()
            found += [f"{name}: {what}" for what in {*(asked & related) - own, *(names & set(labelled.findall(text)))}]
            found += [f"{name}: {what}" for what in named.findall(text)]
    assert found == []


def test_an_enrolment_is_locked_in_one_place():
    """In one order everywhere, or two that lock the other's first wait for each other for good."""
    locking = re.compile(r"Enrolment\.objects[^\n]*select_for_update|\.enrolments\.select_for_update")
    found = [name for name, path in MODULES.items() if locking.search(path.read_text())]
    assert found == ["participants.locking"]


def test_a_lock_hinders_nobody_who_writes_a_row_that_points_there():
    """A whole lock is for rows that are deleted. Under any other, who has written waits at the commit for one who may
    be waiting for them, as an import that had locked the project did for the person of a meeting."""
    locks = re.compile(r"select_for_update\(([^)]*\)?[^)]*)\)")
    found = [(name, how) for name, path in MODULES.items() for how in locks.findall(path.read_text())]
    whole = {name for name, how in found if "no_key" not in how and not name.startswith("workshop.")}
    assert len(found) > 30
    assert sorted(whole) == ["participants.joining.answers", "participants.twins.actions"]


def test_a_folder_holds_no_more_than_can_be_looked_over():
    folders: dict[Path, int] = {}
    for path in MODULES.values():
        folders[path.parent] = folders.get(path.parent, 0) + (path.name != "__init__.py")
    assert len(folders) > 60
    assert {str(folder.relative_to(ROOT)): count for folder, count in folders.items() if count > MOST_MODULES} == {}


def test_a_module_is_read_in_a_few_screens():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in MODULES.values()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_a_module_of_the_world_that_tests_share_is_read_in_a_few_screens():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in WORLD.rglob("*.py")}
    assert len(lengths) > 15
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def labels_in(text: str) -> list[str]:
    """Where a module asks for somebody or something of the cast by a label that is written out there."""
    asked = []
    for node in ast.walk(ast.parse(text)):
        chosen_by = [node.slice] if isinstance(node, ast.Subscript) else node.args if isinstance(node, ast.Call) else []
        is_written = any(isinstance(part, ast.Constant | ast.JoinedStr) for part in chosen_by)
        if is_written and ast.unparse(node).startswith("labels."):
            asked.append(ast.unparse(node))
    return asked


def test_the_guard_sees_a_label():
    asked = ['labels.users(cast)["former"]', 'labels.client_as(cast, "former")', 'labels.cases(cast).get(f"{own}")']
    assert [len(labels_in(text)) for text in asked] == [1, 1, 1]
    assert labels_in('cast.fia; labels.users(cast)[role]; row["former"]') == []


def test_who_is_meant_by_name_is_asked_for_by_name():
    """`cast.hanna`, not `labels.users(cast)["case worker"]`: labels are for tests that read them from the tables."""
    sources = {str(path.relative_to(ROOT)): path.read_text() for path in (ROOT / "tests").rglob("*.py")}
    imported = re.compile(r"^from tests\.world\.cast(?: import .*\blabels\b|\.labels import )", re.M)
    readers = {name for name, text in sources.items() if imported.search(text)}
    assert readers == OF_TABLES
    assert {name: asked for name in OF_TABLES if (asked := labels_in(sources[name]))} == {}


def test_most_functions_are_a_few_lines():
    lengths = sorted(
        node.body[-1].end_lineno - node.body[0].lineno + 1 - _lines_of_docstring(node)
        for path in MODULES.values()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    )
    assert len(lengths) > 2000
    assert lengths[len(lengths) // 2] <= 5
    assert lengths[len(lengths) * 9 // 10] <= 16


def _lines_of_docstring(function: ast.FunctionDef) -> int:
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return 0
    following = function.body[1].lineno if len(function.body) > 1 else (first.end_lineno or 0) + 1
    return following - first.lineno
