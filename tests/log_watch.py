"""Reads the program's own log along with the whole suite, and looks for what must never stand in it."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

# Ids of persons and cases, personal numbers, addresses of mail and of pages about somebody.
NEVER = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<!\d)\d{6}(?:\d{2})?[-+]?\d{4}(?!\d)"
    r"|[\w.+-]+@[\w-]+\.\w+|/(?:deltagare|inskrivningar|moten|samtycken|steg|placeringar|anvandare|rapporter|import)/"
)
# Shorter names are parts of ordinary words.
SHORTEST = 5


class LogWatch(logging.Handler):
    """Keeps what is written until it has been looked through."""

    def __init__(self, formatter: logging.Formatter, *filters: logging.Filter) -> None:
        super().__init__()
        self.setFormatter(formatter)
        for each in filters:
            self.addFilter(each)
        self.lines: list[str] = []
        self.names: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    @contextmanager
    def of_names(self, model: type) -> Iterator[None]:
        """While this runs, the names of all identities that are made are among what must not be found."""
        made = model.set_keys

        def remembered(identity):
            self.names.update(name for name in (identity.given_name, identity.family_name) if len(name) >= SHORTEST)
            return made(identity)

        model.set_keys = remembered
        yield
        model.set_keys = made

    def found(self) -> list[str]:
        """Lines that tell of somebody; all lines are forgotten then."""
        lines, self.lines = self.lines, []
        return [line for line in lines if NEVER.search(line) or self._names_somebody(line)]

    def _names_somebody(self, line: str) -> bool:
        words = set(re.findall(r"\w+", line))
        return bool(words & {word for name in self.names for word in re.findall(r"\w{5,}", name)}) if words else False
