"""No form runs over what somebody else has saved: each adds only, or knows what its page showed."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import accounts
import actionplans
import casework
import oversight
import participants
import projects
import reports
from core.forms.concurrency import SharedForm
from core.forms.token import TokenForm
from tests.saving.savers import JOBS
from tests.saving.savers_of_answers import ANSWERS

APPS = (accounts, projects, participants, actionplans, casework, oversight, reports)
# Forms whose action compares a number of its own under the lock.
NUMBERED = {"ProjectForm", "PlanForm", "HandOverForm"}
# What others are made of, which no page shows.
ABSTRACT = {"SharedForm", "ComparedForm"}
BASES = {"CorrectingForm", *ABSTRACT, "VersionForm", "AmendForm"}


def _forms() -> list[type[TokenForm]]:
    for app in APPS:
        for module in walk_packages(app.__path__, f"{app.__name__}."):
            if "form" in module.name.rpartition(".")[2]:
                import_module(module.name)
    return sorted(_below(TokenForm), key=lambda form: form.__qualname__)


def _below(form: type[TokenForm]) -> set[type[TokenForm]]:
    below = set(form.__subclasses__())
    own = {form for form in below if not form.__module__.startswith("tests.")}
    return own.union(*map(_below, below))


def test_every_form_adds_only_or_knows_what_its_page_showed() -> None:
    forms = [form for form in _forms() if form.__name__ not in ABSTRACT]
    assert len(forms) > 30
    careless = [
        form.__qualname__
        for form in forms
        if not (issubclass(form, SharedForm) or "seen" in form.base_fields or form.adds_only)
        and form.__name__ not in NUMBERED
    ]
    assert careless == [], "make them core.forms.concurrency.SharedForm, or say in `adds_only` what they add"


def test_no_form_says_both() -> None:
    both = [form.__qualname__ for form in _forms() if issubclass(form, SharedForm) and "adds_only" in vars(form)]
    assert both == []


def test_every_form_with_a_shared_fact_is_saved_by_two_at_once() -> None:
    replaces = {form.__name__ for form in _forms() if issubclass(form, SharedForm) or "seen" in form.base_fields}
    replaces = (replaces | NUMBERED) - BASES
    played = {job.form for job in (*JOBS, *ANSWERS)}
    assert len(played) > 30
    assert played == replaces, "give it a case in tests/saving/savers.py, or take away what is no form any longer"


def _views() -> Iterator[Path]:
    root = Path(accounts.__file__).parents[1]
    for app in APPS:
        yield from (root / app.__name__).rglob("views*/**/*.py")
        yield from (root / app.__name__).rglob("views.py")


def test_every_page_saves_by_the_form_so_that_its_check_is_made() -> None:
    views = list(_views())
    assert len(views) > 20
    around = [
        f"{path.parent.name}/{path.name}"
        for path in views
        if any(
            isinstance(node, ast.alias) and node.name == "save_once" for node in ast.walk(ast.parse(path.read_text()))
        )
    ]
    assert around == [], "call saved: save_once makes no check"
