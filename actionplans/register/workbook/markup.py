"""XML parts of a workbook, walked tag by tag within a budget: no entities, no document types, nothing fetched."""

from typing import IO
from xml.parsers import expat

from actionplans.register.workbook.limits import EXIT_DAMAGED, Budget, RefusedError

Attributes = dict[str, str]


class Silent:
    """Is told of each tag by its name without prefix, and of the text between tags; does nothing with it."""

    def start(self, tag: str, attributes: Attributes) -> None:
        """A tag begins."""

    def end(self, tag: str) -> None:
        """A tag ends."""

    def text(self, text: str) -> None:
        """Text stands between two tags; long text comes in pieces."""


def walk(part: IO[bytes], walker: Silent, budget: Budget) -> None:
    """Tell the walker what is in the part. Raises RefusedError for what isn't plain XML, or is too much of it."""
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
    """The name without its namespace; LibreOffice's additions keep a sign of theirs, since they repeat names."""
    space, _blank, local = name.rpartition(" ")
    return f"calcext:{local}" if "calcext" in space else local


def _refuse(*_declaration: object) -> None:
    raise RefusedError(EXIT_DAMAGED)
