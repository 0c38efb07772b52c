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
NAME = re.compile(r"\w{5,}")


class LogWatch(logging.Handler):
    """Keeps what is written until it has been looked through."""

    def __init__(self, formatter: logging.Formatter, *filters: logging.Filter) -> None:
        super().__init__()
        self.setFormatter(formatter)
        for each in filters:
            self.addFilter(each)
        self.lines: list[str] = []
        # Kept as the words that a line is compared with: there are thousands of names, and a line for every refusal.
        self.words: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    @contextmanager
    def of_names(self, model: type) -> Iterator[None]:
        """While this runs, the names of all identities that are made are among what must not be found."""
        made = model.set_keys

        def remembered(identity):
            self.words.update(NAME.findall(f"{identity.given_name} {identity.family_name}"))
            return made(identity)

        model.set_keys = remembered
        yield
        model.set_keys = made

    def found(self) -> list[str]:
        """Lines that tell of somebody; all lines are forgotten then."""
        lines, self.lines = self.lines, []
        return [line for line in lines if NEVER.search(line) or self._names_somebody(line)]

    def _names_somebody(self, line: str) -> bool:
        return not self.words.isdisjoint(NAME.findall(line))
