"""What is done often is done one way."""

import ast
import re
from functools import cache
from pathlib import Path

from projects.models import Project

ROOT = Path(__file__).resolve().parents[2]
_SENTENCE = re.compile(r"[A-ZÅÄÖ]\S*(?: \S+){3,}\.")
# A form is saved by core.forms.saving.saved alone; these are what that is made of.
PARTS_OF_SAVING = {"save_once", "add_faults", "already_made", "require_unchanged", "is_saved_now"}
# What is done and said without a form's token: a second press finds it done, and says so in other words.
SAID_WITHOUT_TOKEN = {"projects/proposals/of_a_user.py: take_back", "reports/documents/views.py: report_adopt"}
# A context processor of every page, whose request needn't have a scope: nobody is logged in, or nothing was found.
MENUS = ["samverkan/menu.py"]

MANAGERS = {"objects", "_default_manager", "_base_manager"}
# Rows that no case holds, read in a view by what isn't a scope: address of the module, model, and why.
READ_WITHOUT_SCOPE = {
    "oversight/log/views.py: LogReview": "a review is its organisation's; what it shows of persons asks the scope",
}
# «Goes on through the day», or not, written by hand: in a query, and of a row.
OPEN_END = (
    re.compile(r"\bQ\((\w+)__isnull=True\) \| Q\(\1__gt=(?!F\()"),
    re.compile(r"(\S+\.(?:\w*until|exited_on)) is None or \1 > (?:\w+\.)?(?:on|today\(\))(?!\w)"),
    re.compile(r"(\S+\.(?:\w*until|exited_on)) and \1 <= (?:\w+\.)?(?:on|today\(\))(?!\w)"),
)


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


def modules(*, without: set[str]) -> list[Path]:
    """The program's modules, but for these packages."""
    packages = [package.parent for package in ROOT.glob("*/__init__.py")]
    found = [path for package in packages if package.name not in without for path in package.rglob("*.py")]
    assert len(found) > 300
    return found


def sentences_in(path: Path) -> set[str]:
    """Every whole sentence of four words or more that a module holds in a string, docstrings apart."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in docstrings]
    return {text for text in texts if isinstance(text, str) and _SENTENCE.fullmatch(text)}


def test_every_form_is_saved_by_the_one_function():
    by_hand = {
        str(path.relative_to(ROOT)): sorted(found)
        for path in modules(without={"core", "tests"})
        if (found := names_in(path) & PARTS_OF_SAVING)
    }
    assert by_hand == {}, "call core.forms.saving.saved"


# The callables that sign or make a digest, and where each takes its salt: the place among the arguments.
SALTED = {"salted_hmac": 0, "signing.dumps": 2, "signing.loads": 2, "Signer": 9, "TimestampSigner": 9}


def salts_in(path: Path) -> set[str]:
    """The salts that a module signs by, each as it is written; of those that have a name there, the value."""
    tree = ast.parse(path.read_text())
    values = {
        ast.unparse(target): ast.unparse(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        place = SALTED.get(ast.unparse(node.func).removeprefix("django.core.")) if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and place is not None:
            given = [*node.args[place : place + 1], *(word.value for word in node.keywords if word.arg == "salt")]
            found |= {values.get(ast.unparse(salt), ast.unparse(salt)) for salt in given}
    return found


def test_no_salt_is_the_name_of_a_module():
    """A module that moves would change it, and nothing that was signed before is understood."""
    salts = {salt: path for path in modules(without={"tests"}) for salt in salts_in(path)}
    assert len(salts) > 4
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in modules(without={"tests"})}
    named = {salt for salt in salts if "__" in salt or salt.strip("'\"") in names}
    assert named == set(), "give the salt a word of its own"


def says_done(path: Path) -> set[str]:
    """The functions of a module that say by themselves that something has been done."""
    functions = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)]
    return {node.name for node in functions if "messages.success(" in ast.unparse(node)}


def test_a_receipt_is_said_by_the_press_that_saved():
    """A view that says it beside `saved` says it again at each later press, when it may no longer be true."""
    said = {
        f"{path.relative_to(ROOT)}: {name}" for path in modules(without={"core", "tests"}) for name in says_done(path)
    }
    assert said == SAID_WITHOUT_TOKEN, "hand `saved` the receipt"


def test_what_a_form_refuses_is_said_by_nothing_else_in_the_same_words():
    """A rule that a form and an action both keep stands once: in the action, or in the model that holds it too."""
    of_forms: dict[str, str] = {}
    of_others: dict[str, str] = {}
    for path in modules(without={"tests"}):
        if "migrations" not in path.parts:
            said = of_forms if "form" in str(path.relative_to(ROOT)) else of_others
            said |= dict.fromkeys(sentences_in(path), str(path.relative_to(ROOT)))
    assert len(of_forms) > 100
    twice = {said: [of_forms[said], of_others[said]] for said in of_forms.keys() & of_others.keys()}
    assert twice == {}, "let the form ask the action's rule, or import its sentence"


def test_that_somebody_else_was_faster_is_told_by_one_exception():
    others = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in modules(without={"core", "tests"})
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and "Changed" in node.name
    ]
    assert others == [], "raise core.forms.concurrency.ChangedMeanwhile, with words that fit the page"


def test_a_timeline_looks_its_rows_up_and_never_goes_through_all_for_each():
    """Of 900 meetings with notes each note was compared with each meeting. `CaseHistory.where` finds them at once."""
    kinds = [path for path in modules(without={"tests"}) if path.name == "timeline.py"]
    assert len(kinds) > 15
    going_through = re.compile(r"in case\.(?:of|current)\(\w+\)\s+if [^\])}]*== row\.")
    assert [str(path.relative_to(ROOT)) for path in kinds if going_through.search(path.read_text())] == []


def asks_for_today(path: Path) -> bool:
    """Whether the module imports the function that gives today, or asks its module for it."""
    return any(
        (isinstance(node, ast.ImportFrom) and any(alias.name == "today" for alias in node.names))
        or (isinstance(node, ast.Attribute) and node.attr == "today" and ast.unparse(node.value).endswith("dates"))
        for node in ast.walk(ast.parse(path.read_text()))
    )


def begins_something(path: Path) -> bool:
    """Whether a request or a command begins in the module, so that it says which day it is to all that it calls."""
    return path in views() or path.name == "middleware.py" or "commands" in path.parts


def test_today_is_asked_for_once_and_handed_on():
    """A request that crosses midnight would judge by two days. An action asks core.actions.stamp_day instead."""
    asking = [path for path in modules(without={"core", "tests", "workshop"}) if asks_for_today(path)]
    assert len(asking) > 20
    assert [str(path.relative_to(ROOT)) for path in asking if not begins_something(path)] == MENUS


@cache
def views() -> list[Path]:
    """The modules that hold views."""
    found = [path for path in modules(without={"tests"}) if path.stem == "views" or path.stem.endswith("_views")]
    assert len(found) > 30
    return found


@cache
def relations_to_cases() -> set[str]:
    """What a project calls its rows of models that know `visible_to`."""
    related = [relation for relation in Project._meta.related_objects if relation.get_accessor_name()]
    return {
        relation.get_accessor_name()
        for relation in related
        if hasattr(relation.related_model._default_manager.all(), "visible_to")
    }


def gives_rows(node: ast.Attribute) -> bool:
    """Whether an attribute is a model's manager, or a project's relation to rows that the scope rules."""
    of_project = node.attr in relations_to_cases() and ast.unparse(node.value).endswith("project")
    return node.attr in MANAGERS or of_project


def reads_without_scope(path: Path) -> set[str]:
    """Models, and relations of a project to what the scope rules, that a module reads rows of by anything but a method
    that is handed the request's scope."""
    tree = ast.parse(path.read_text())
    managers = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and gives_rows(node)]
    scoped = {
        id(node.func.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.args and ast.unparse(node.args[0]) == "request.scope"
    }
    return {ast.unparse(node).removesuffix(".objects") for node in managers if id(node) not in scoped}


def test_views_read_through_the_scope_or_ask_a_question_with_a_name():
    """A view that filters all rows there are leaks as soon as one condition is forgotten, and nothing says so."""
    found = {f"{path.relative_to(ROOT)}: {model}" for path in views() for model in reads_without_scope(path)}
    assert sorted(found) == sorted(READ_WITHOUT_SCOPE), (
        "begin with `visible_to(request.scope)` or the case at hand, or put the question in choices.py or page.py"
    )


def test_whether_something_goes_on_is_asked_of_its_period():
    """By hand, one place counts the day after the last one in, and the next place doesn't."""
    by_hand = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in modules(without={"core", "tests"})
        if "migrations" not in path.parts
        for pattern in OPEN_END
        for found in pattern.finditer(path.read_text())
    ]
    assert by_hand == [], "use core.days.periods: PeriodQuerySet, lasts_through or Period.is_over"


# Names that lists are ordered by: as columns of a query, as keys of a sort, or in a template.
ORDERED_BY_NAME = re.compile(
    r"""order_by\([^)]*["']-?(?:\w+__)?name["']|ordering = \([^)]*["']-?name["']|\|dictsort"""
    r"""|key=lambda (?!\w+: .*(?:sort_key))\w+: .*\w\.name\b|sorted\((?!.*key=)[^\n]*(?:user\)|organisation\)|_name\b)"""  # noqa: E501
)
WRITES_NAME = re.compile(r"""\.update\((?:[^()]|\([^()]*\))*\bname=""")


def test_names_are_sorted_by_our_own_alphabet():
    """A database sorts É after Z, and Å by its own machine's habits; two databases differ."""
    places = [*modules(without={"tests"}), *ROOT.glob("templates/**/*.html")]
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in places
        if "migrations" not in path.parts
        for hit in ORDERED_BY_NAME.finditer(path.read_text())
    ]
    assert found == [], "order by sort_key, or sort with core.swedish.keys.sort_key"


def test_a_name_is_written_together_with_the_key_that_sorts_it():
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for path in modules(without={"tests"})
        if "migrations" not in path.parts
        for hit in WRITES_NAME.finditer(path.read_text())
    ]
    assert found == [], "change the row and save it, so that sort_key follows the name"


def test_headings_say_names_as_people_do():
    """Family name first is for lists in the order of names."""
    block = re.compile(r"{% block (?:heading|lede|back|title) %}.*?{% endblock", re.DOTALL)
    heads = ROOT / "templates/participants/includes/case_head.html"
    said = {path: " ".join(block.findall(path.read_text())) for path in ROOT.glob("templates/**/*.html")}
    said[heads] = heads.read_text()
    assert len([text for text in said.values() if "identity.name" in text]) > 10
    assert [str(path.relative_to(ROOT)) for path, text in said.items() if "identity.full_name" in text] == []


def test_what_begins_with_an_underscore_stays_in_its_module():
    """What another module needs gets a public name and a docstring; a package's own `__init__` may hand it on."""
    borrowed = {
        f"{path.relative_to(ROOT)}: {name.name}"
        for path in modules(without={"tests"})
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and path.name != "__init__.py"
        for name in node.names
        if name.name.startswith("_")
    }
    assert not borrowed


def test_what_people_write_is_read_by_the_one_field():
    """It drops what nobody sees and says how much too much there is; Django's cuts off in silence what is pasted. The
    workshop has an ordinary Django form, which the program's is measured against."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules(without={"core", "tests", "workshop"})
        for node in ast.walk(ast.parse(path.read_text()))
        if _is_plain_text_field(node)
    ]
    assert found == [], "use core.forms.fields.TextField"


_DJANGOS = {f"forms.{name}Field" for name in ("Char", "Email", "URL", "Regex", "Slug", "GenericIPAddress")}


def _is_plain_text_field(node: ast.AST) -> bool:
    """A field of Django's for words, made or inherited from, but for the hidden ones that no page asks about."""
    if isinstance(node, ast.ClassDef):
        return any(ast.unparse(base) in _DJANGOS for base in node.bases)
    is_made = isinstance(node, ast.Call) and ast.unparse(node.func) in _DJANGOS
    return is_made and "HiddenInput" not in ast.unparse(node)


def test_a_code_of_the_second_factor_is_made_where_it_waits_for_a_period_that_lasts() -> None:
    """One at the end of its thirty seconds is refused a moment later, and a test with it."""
    makers = [path for path in (ROOT / "tests").rglob("*.py") if "totp.hotp_value(" in path.read_text()]
    assert [str(path.relative_to(ROOT)) for path in makers if path != Path(__file__)] == ["tests/world/codes.py"]
