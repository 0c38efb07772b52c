"""What is done often is done one way."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# A form is saved by core.forms.saving.saved alone; these are what that is made of.
PARTS_OF_SAVING = {"save_once", "add_faults", "already_made", "require_unchanged"}


def names_in(path: Path) -> set[str]:
    """Every name that a module reads, imports, defines or asks an object for."""
    named: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.alias | ast.FunctionDef):
            named.add(node.name)
        elif isinstance(node, ast.Attribute):
            named.add(node.attr)
        elif isinstance(node, ast.Name):
            named.add(node.id)
    return named


def test_every_form_is_saved_by_the_one_function():
    modules = [
        path
        for package in ROOT.glob("*/__init__.py")
        if package.parent.name not in {"core", "tests"}
        for path in package.parent.rglob("*.py")
    ]
    assert len(modules) > 300
    by_hand = {
        str(path.relative_to(ROOT)): sorted(found) for path in modules if (found := names_in(path) & PARTS_OF_SAVING)
    }
    assert by_hand == {}, "call core.forms.saving.saved"
