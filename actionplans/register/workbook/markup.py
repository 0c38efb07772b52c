"""Walks the XML parts of a workbook tag by tag, within a budget. Entities and document types are refused, and nothing
is fetched."""

from typing import IO
from xml.parsers import expat

from actionplans.register.workbook.limits import EXIT_DAMAGED, Budget, RefusedError

Attributes = dict[str, str]


class Silent:
    """A walker that does nothing. It is told of each tag by its name without prefix, and of the text between tags."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """A tag begins."""

    def end(self, tag: str) -> None:
        """A tag ends."""

    def text(self, text: str) -> None:
        """Text stands between two tags; long text comes in pieces."""


def walk(part: IO[bytes], walker: Silent, budget: Budget) -> None:
    """Tell the walker of each tag and text in the part. Raises RefusedError for a part that isn't plain XML or is too
    large."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def start(name: str, attributes: Attributes) -> None:
        budget.spend("elements")
        walker.start(_local(name), {_local(key): value for key, value in attributes.items()})

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: walker.end(_local(name))
    parser.CharacterDataHandler = walker.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.ParseFile(part)
    except expat.ExpatError:
        raise RefusedError(EXIT_DAMAGED) from None


def _local(name: str) -> str:
    """The tag's name without its namespace. LibreOffice's own tags keep a prefix, since their names repeat those of the
    standard."""
    space, _blank, local = name.rpartition(" ")
    return f"calcext:{local}" if "calcext" in space else local


def _refuse(*_declaration: object) -> None:
    raise RefusedError(EXIT_DAMAGED)
