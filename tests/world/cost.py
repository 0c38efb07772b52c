"""What an answer costs, in numbers that don't depend on the machine: statements, SQL made and function calls."""

import cProfile
import pstats
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.db.models.sql import compiler
from django.test.utils import CaptureQueriesContext

_COMPILERS = (
    compiler.SQLCompiler,
    compiler.SQLInsertCompiler,
    compiler.SQLDeleteCompiler,
    compiler.SQLUpdateCompiler,
    compiler.SQLAggregateCompiler,
)


@dataclass(frozen=True, slots=True)
class Cost:
    """Statements that the database was asked (savepoints aside), characters of SQL that Django made anew, and Python
    function calls."""

    statements: int
    characters: int
    calls: int


def cost_of(ask: Callable[[], Any]) -> Cost:
    """What the answer costs once all that is kept between answers is there: it is asked three times. Each time must
    meet the same world."""
    ask()
    with _sql_made() as made, CaptureQueriesContext(connection) as caught:
        ask()
    statements = sum("SAVEPOINT" not in query["sql"] for query in caught)
    profile = cProfile.Profile()
    profile.runcall(ask)
    return Cost(statements, sum(made), pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@contextmanager
def _sql_made() -> Iterator[list[int]]:
    """The length of each statement that Django's compilers make meanwhile; what stands inside another isn't counted
    twice."""
    made: list[int] = []
    inside = [0]

    def counted(original: Callable[..., Any]) -> Callable[..., Any]:
        def as_sql(self: Any, *args: Any, **kwargs: Any) -> Any:
            inside[0] += 1
            try:
                answer = original(self, *args, **kwargs)
            finally:
                inside[0] -= 1
            if not inside[0]:
                made.append(sum(len(sql) for sql, _ in (answer if isinstance(answer, list) else [answer])))
            return answer

        return as_sql

    with ExitStack() as patched:
        for kind in _COMPILERS:
            if "as_sql" in vars(kind):
                patched.enter_context(patch.object(kind, "as_sql", counted(kind.as_sql)))
        yield made
