"""Questions to the database that Django compiles once, and that are asked with new values.

Making the SQL of a page anew took most of the page's time. What may be prepared, and why, is told in ADR 38.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

import django
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, QuerySet

from core.prepared.slots import Slot, example

# The releases of Django whose compiler the tests have been run with. With another one questions are asked plainly.
TRIED: Final = {(5, 2)}
# At most this many shapes of a question are kept; the one that was asked longest ago is dropped.
MOST: Final = 200
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d")

# All prepared questions of the program, by the name of the function that builds them.
QUESTIONS: dict[str, "Prepared"] = {}


class NotPreparableError(Exception):
    """A question holds something that belongs to the moment or to the one who asks."""


class Shape(NamedTuple):
    """The key of a question that is kept, everything that changes its words: what it is built with besides values,
    which values are NULL, and the kind of database."""

    arguments: tuple[Hashable, ...]
    missing: frozenset[str]
    vendor: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """A question with its SQL; "" where nobody can answer it. `places` are those of the slots among the parameters."""

    question: QuerySet
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, Slot], ...]
    converters: dict[int, Any]
    has_composites: bool

    @classmethod
    def of(cls, question: QuerySet) -> "Compiled":
        """The question, compiled. Raises NotPreparableError for one with a day or a moment, or with prefetching by a
        question of its own, which would keep such a value where it isn't seen."""
        compiler = question.query.get_compiler(question.db)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            sql, parameters = "", ()
        fetched: tuple[Any, ...] = question._prefetch_related_lookups  # type: ignore[attr-defined]
        by_name = all(isinstance(lookup, str) for lookup in fetched)
        if not by_name or any(map(_is_of_the_moment, parameters)):
            raise NotPreparableError(sql)
        places = tuple((place, value) for place, value in enumerate(parameters) if isinstance(value, Slot))
        columns = [column for column, *_ in compiler.select or ()][: compiler.col_count]
        converters, has_composites = compiler.get_converters(columns), compiler.has_composite_fields(columns)
        return cls(question, compiler, sql, tuple(parameters), places, converters, has_composites)

    def filled(self, values: Mapping[str, Any], asked: BaseDatabaseWrapper) -> tuple[Any, ...]:
        """The parameters with the values in their slots, as this connection takes them."""
        parameters = list(self.parameters)
        for place, slot in self.places:
            parameters[place] = slot.filled(values, asked)
        return tuple(parameters)

    def rows(self, values: Mapping[str, Any]) -> list[Any]:
        """The answer. The kept question itself stays as it is, so that several threads can ask it at once."""
        if not self.sql:
            return []
        # The connection itself: to find it through Django's stand-in costs eight calls each time.
        asking = connections[DEFAULT_DB_ALIAS]
        parameters, bound = self.filled(values, asking), copy(self.compiler)
        bound.connection, bound.as_sql = asking, lambda *args, **kwargs: (self.sql, parameters)
        bound.get_converters = lambda columns: self.converters
        bound.has_composite_fields = lambda columns: self.has_composites
        asked = object.__new__(type(self.question))  # copy() would ask the question to copy its answer
        # `query` is a property, which would lead to the kept question's own; what stands there, all threads share.
        asked.__dict__.update(self.question.__dict__, _query=copy(self.question.query), _result_cache=None)
        vars(asked.query)["get_compiler"] = lambda *args, **kwargs: bound
        return list(asked)

    def count(self, values: Mapping[str, Any]) -> int:
        """The number of rows of the answer."""
        if not self.sql:
            return 0
        asking = connections[DEFAULT_DB_ALIAS]
        with asking.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({self.sql}) AS counted", self.filled(values, asking))  # noqa: S608 - Django's own words
            return int(cursor.fetchone()[0])


def _is_of_the_moment(value: Any) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and _MOMENT.search(value) is not None)


class Prepared:
    """A question whose SQL is kept, one for each shape. It gives rows and never a QuerySet: one that were narrowed
    would go on asking what was compiled."""

    def __init__(self, build: Callable[..., QuerySet], fields: Mapping[str, Field]) -> None:
        self.build, self.fields = build, fields
        self.kept = lru_cache(maxsize=MOST)(self._compile)

    def ask(self, *arguments: Hashable, **values: Any) -> list[Any]:
        """The rows. `arguments` are what changes the words of the question, `values` what is put into them."""
        if django.VERSION[:2] not in TRIED:
            return list(self.build(*arguments, **values))
        return self.kept(self.shape(*arguments, **values)).rows(values)

    def first(self, *arguments: Hashable, **values: Any) -> Any:
        """The first row; None where there is none."""
        return next(iter(self.ask(*arguments, **values)), None)

    def count(self, *arguments: Hashable, **values: Any) -> int:
        """The number of rows, without reading them: of a question with a limit, at most that many."""
        if django.VERSION[:2] not in TRIED:
            return self.build(*arguments, **values).count()
        return self.kept(self.shape(*arguments, **values)).count(values)

    def shape(self, *arguments: Hashable, **values: Any) -> Shape:
        """The shape of a question with these arguments and values."""
        missing = frozenset(name for name, value in values.items() if value is None)
        return Shape(arguments, missing, connections[DEFAULT_DB_ALIAS].vendor)

    def compiled(self, shape: Shape) -> Compiled:
        """The question of this shape, compiled anew with slots. Raises NotPreparableError."""
        slots = {name: None if name in shape.missing else Slot(name, field) for name, field in self.fields.items()}
        return Compiled.of(self.build(*shape.arguments, **slots))

    def refuse_frozen(self, shape: Shape) -> None:
        """Build the question as it would be asked plainly, with two sets of values that have nothing in common.

        Raises NotPreparableError if the words then aren't those of the prepared one, or if a value doesn't stand where
        the slots say.
        """
        for sample in range(2):
            values = {
                name: None if name in shape.missing else example(field, sample, place)
                for place, (name, field) in enumerate(self.fields.items())
            }
            kept, plain = self.compiled(shape), _sql(self.build(*shape.arguments, **values))
            if (_words(kept.sql), kept.filled(values, connections[DEFAULT_DB_ALIAS])) != (_words(plain[0]), plain[1]):
                raise NotPreparableError(kept.sql, plain)

    def _compile(self, shape: Shape) -> Compiled:
        if not self.kept.cache_info().currsize:
            self.refuse_frozen(shape)
        return self.compiled(shape)


def prepared(**fields: Field) -> Callable[[Callable[..., QuerySet]], Prepared]:
    """Decorator of a function that builds a question: from arguments, which change its words, and from values by name,
    each of the type of a field. The function may use nothing else."""

    def decorate(build: Callable[..., QuerySet]) -> Prepared:
        question = QUESTIONS[f"{build.__module__}.{build.__qualname__}"] = Prepared(build, fields)
        return question

    return decorate


def _sql(question: QuerySet) -> tuple[str, tuple[Any, ...]]:
    try:
        sql, parameters = question.query.get_compiler(question.db).as_sql()
    except EmptyResultSet:
        return "", ()
    return sql, tuple(parameters)


def _words(sql: str) -> str:
    """The SQL without the brackets that Django sets around an expression and not around a value."""
    return sql.replace("(%s)", "%s")
