"""Imports run one way, and statistics know no Django."""

import ast
import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = [
    *("core", "accounts", "projects", "participants", "actionplans"),
    *("casework", "oversight", "reports", "workshop", "samverkan"),
]


@pytest.fixture(scope="module")
def linted():
    """What import-linter says, in a process of its own: it wants the working directory and a fresh module table."""
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(is_debug_mode=False))"
    return subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_contracts_name_every_package_in_the_agreed_order():
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(rule for rule in rules["contracts"] if rule["type"] == "layers")
    assert [name for floor in layers["layers"] for name in floor.split(" | ")] == [
        *("samverkan", "workshop", "reports", "casework", "oversight"),
        *("actionplans", "participants", "projects", "accounts", "core"),
    ]
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages == set(LAYERS)
    assert sorted(rules["root_packages"]) == sorted(LAYERS)


def test_no_import_runs_against_the_layers(linted):
    assert linted.returncode == 0, linted.stdout + linted.stderr
    assert "2 kept, 0 broken" in linted.stdout


@pytest.mark.parametrize(
    "module", [f"reports.statistics.{name}" for name in ("steps", "curves", "deadlines", "proportions")]
)
def test_figures_are_reckoned_without_django(module):
    code = f"import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = json.loads(ran.stdout)
    assert module in loaded
    assert [name for name in loaded if name.partition(".")[0] == "django"] == []


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            yield node.module or "", node.level
        elif isinstance(node, ast.Import):
            yield from ((alias.name, 0) for alias in node.names)


def test_imports_are_absolute_and_never_of_tests():
    found = [
        (path, *imported) for name in LAYERS for path in (ROOT / name).rglob("*.py") for imported in _imports(path)
    ]
    assert len(found) > 200
    assert [(path, module) for path, module, level in found if level or module.partition(".")[0] == "tests"] == []
