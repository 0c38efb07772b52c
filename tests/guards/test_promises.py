"""docs/promises.md names tests that exist: a promise whose test is gone isn't held by anything."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/promises.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_every_test_that_holds_a_promise_exists():
    named = NAMED.findall(PAGE.read_text())
    assert len(named) > 20
    assert [file for file, _ in named if not (ROOT / file).exists()] == []
    functions = [(file, name) for file, name in named if name]
    assert [pair for pair in functions if f"def {pair[1]}(" not in (ROOT / pair[0]).read_text()] == []


def test_every_promise_names_its_test():
    rows = [
        line for line in PAGE.read_text().splitlines() if line.startswith("| ") and not line.startswith("| promise")
    ]
    assert len(rows) > 15
    assert [row for row in rows if not NAMED.search(row)] == []
