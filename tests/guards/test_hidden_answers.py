"""A question that the style sheets hide until an answer asks for it shows while something is wrong with its answer."""

import re
from collections.abc import Iterator

from tests.guards.test_repository import ROOT

# Classes of what stands around questions that show by other answers alone.
HIDES = re.compile(r"\.(?:when|crit)-[\w-]+")
SPARES = ":not(:has(.field-error))"
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)


def hidden(rules: str) -> Iterator[str]:
    """The selectors that hide something."""
    for selectors, said in _RULE.findall(_COMMENT.sub("", rules)):
        if re.search(r"display:\s*none|visibility:\s*hidden", said):
            yield from (selector.strip() for selector in re.split(r",(?![^()]*\))", selectors))


def subject(selector: str) -> str:
    """The last part of a selector: the element itself, without those around it."""
    depth, start = 0, 0
    for place, sign in enumerate(selector):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and sign in " >+~":
            start = place + 1
    return selector[start:]


def hides_a_fault(selector: str) -> bool:
    return bool(HIDES.search(subject(selector))) and SPARES not in subject(selector)


def test_the_guard_sees_a_rule_that_hides_a_fault():
    rules = """
        /* .when-said { display: none; } */
        .a .when-x, .b:has(.c) :is(.when-y, .when-z) { display: none; }
        @supports selector(:has(*)) { .crit-more:not(:has(.field-error)), .when-x label .hint { display: none; } }
        .when-x { color: red; }
    """
    assert list(filter(hides_a_fault, hidden(rules))) == [".a .when-x", ".b:has(.c) :is(.when-y, .when-z)"]


def test_no_question_is_hidden_while_something_is_wrong_with_its_answer():
    found = [
        f"{path.name}: {selector}"
        for path in sorted(ROOT.glob("static/css/*.css"))
        if path.name != "pdf.css"
        for selector in hidden(path.read_text())
        if hides_a_fault(selector)
    ]
    assert found == [], f"add {SPARES}, or the answer is refused for something that can't be seen"


def test_an_answer_that_isnt_asked_for_is_let_be_in_one_way():
    """`BaseForm.leave_out`: no fault, and nothing answered."""
    apps = ("accounts", "projects", "participants", "actionplans", "casework", "oversight", "reports")
    paths = [path for app in apps for path in (ROOT / app).rglob("*.py")]
    assert [str(path.relative_to(ROOT)) for path in paths if re.search(r"\berrors\.pop\(", path.read_text())] == []
