"""A kind of the timeline, or a rule of the work list, that has been written stands in its list too."""

from collections.abc import Iterator
from importlib import import_module
from inspect import isabstract
from pathlib import Path

import pytest

from casework.case.kinds import KINDS
from casework.worklist.all_rules import RULES
from casework.worklist.rules.rule import DeadlineRule, WorkRule
from participants.timeline.entries import Entries

ROOT = Path(__file__).resolve().parents[2]


def written(base: type, pattern: str) -> Iterator[type]:
    """The classes of files that fit the pattern which inherit `base` and aren't themselves bases of others."""
    for path in sorted(ROOT.glob(pattern)):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        found = (value for value in vars(module).values() if isinstance(value, type) and issubclass(value, base))
        made = (value for value in found if value.__module__ == module.__name__ and not isabstract(value))
        yield from (value for value in made if value != DeadlineRule)


@pytest.mark.parametrize(
    ("base", "pattern", "listed"),
    [(Entries, "[a-z]*/*/timeline.py", KINDS), (WorkRule, "casework/worklist/rules/*.py", RULES)],
    ids=["kinds", "rules"],
)
def test_each_one_that_is_written_stands_in_the_list(base: type, pattern: str, listed: tuple) -> None:
    classes = list(written(base, pattern))
    assert len(classes) == len(listed) > 3
    assert set(classes) == {type(entry) for entry in listed}
