"""A docstring can be read alone: it names its thing, points at none above it, and says what a function raises."""

import ast
import re

import pytest

from tests.guards.test_repository import CODE, ROOT

# How a docstring names what is refused: a field, the form as a whole, or neither where no form asks.
_FIELDS = re.compile(r"`\w+`|the form|no field|by column")
# Words that send the reader to the docstring above, or leave open what sort of thing is meant.
VAGUE_BEGINNING = re.compile(r"(Those|The same|That|What|Whoever|Whatever|It|They|Also)\b")
VAGUE_WORDS = re.compile(
    r"\b(those of them|as (it|they) stands?\b(?! in)|whoever|whatever|whosever"
    r"|the same(?=[.,;:)]|$)|the same (as|for|of|once|with))\b",
    re.IGNORECASE,
)


def _functions(body, before=""):
    """Every public function and method with its dotted name; what stands inside a function belongs to it."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{before}{node.name}.")
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"{before}{node.name}", node


def _modules():
    """Path and syntax tree of every module of the program, migrations apart."""
    for path in (path for package in CODE for path in sorted((ROOT / package).rglob("*.py"))):
        if "migrations" not in path.parts:
            yield path.relative_to(ROOT), ast.parse(path.read_text())


def _raising():
    """Place and docstring of each function that raises something new; a bare `raise` only lets pass."""
    for path, tree in _modules():
        for name, function in _functions(tree.body):
            if any(isinstance(node, ast.Raise) and node.exc for node in ast.walk(function)):
                yield f"{path}: {name}", ast.get_docstring(function) or ""


def _actions():
    """Place and docstring of each action, and whether it raises something, itself or by the module's private checks."""
    for path, tree in _modules():
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for name, function in functions.items():
            if any(ast.unparse(decorator) == "action" for decorator in function.decorator_list):
                place, said = f"{path}: {name}", ast.get_docstring(function) or ""
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


def _docstrings():
    """Place and text of every docstring: of modules, classes and functions, private ones too."""
    for path, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and (text := ast.get_docstring(node)):
                yield f"{path}: {getattr(node, 'name', 'module')}", text


def vague_words(docstring: str) -> str:
    """The first beginning or phrase in it that can't be understood without another docstring; empty where none is."""
    words = " ".join(docstring.split())
    found = VAGUE_BEGINNING.match(words) or VAGUE_WORDS.search(words)
    return found[0] if found else ""


@pytest.mark.parametrize(
    "docstring",
    [
        "Those that end today.",
        "What a form sends.",
        "The same for a list.",
        "Grants; those of them that hold.",
        "The plan as it\nstands.",
        "The number, whatever it is.",
        "For lists: the same.",
    ],
)
def test_the_guard_sees_vague_words(docstring):
    assert vague_words(docstring) != ""


def test_the_guard_lets_plain_words_pass():
    assert vague_words("Grants of one party that end on the same day, in the order as they stand in the file.") == ""


def test_docstrings_can_be_read_alone():
    docstrings = list(_docstrings())
    assert len(docstrings) > 2500
    vague = [f"{place}: {words}" for place, text in docstrings if (words := vague_words(text))]
    assert vague == []
