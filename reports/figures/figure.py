"""The parts of a figure, and a project's figures as of a day. `catalogue.py` lists them all (docs/adr/0030)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from reports.figures.edition import Edition
from reports.figures.ground import Ground
from reports.safe.ground import SafeGround
from reports.tables.chapter import Chapter

R = TypeVar("R")
Plain = Mapping[str, dict[str, Any]]


def _not_plain(result: Any) -> Plain:
    return {}


def _hidden(*results: Any) -> Any:
    """Nothing: what a figure shows readers who may not see the persons, until it says that some of it can be shown."""
    return None


def _no_chapter(result: Any, edition: Edition) -> Chapter | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figure(Generic[R]):
    """One thing that is said about a project: how it is counted, what is hidden of it, and how it is shown.

    result:      the ground's tallies → all that is known, for readers who may see the persons
    safe:        what readers who may not see the persons are shown, by docs/adr/0024
    first_safe:  what the first release showed such readers of a result: for reports that were adopted by it
    beside_own:  what of a safe result is left for somebody who knows some of the persons, by the result of the others
    chapter:     how page and report show a result that isn't None; None where it has no part of its own
    plain:       its values for other programs, by the target that they are about
    on_paper:    whether reports show it; one that came later isn't put into reports that were adopted without it

    Where a figure doesn't say safe, first_safe or beside_own, nothing of it is shown to those readers: its result is
    None, and it has no chapter. A figure that came after the first release has no first_safe.
    """

    code: str
    result: Callable[[Ground], R]
    safe: Callable[[SafeGround], R] = _hidden
    first_safe: Callable[[R], R] = _hidden
    beside_own: Callable[[R, R], R] = _hidden
    chapter: Callable[[R, Edition], Chapter | None] = _no_chapter
    plain: Callable[[R], Plain] = _not_plain
    on_paper: bool = True


@dataclass(frozen=True, slots=True)
class ProjectFigures:
    """Every figure's result, of one edition: read by page, report, PDF and command line alike."""

    edition: Edition
    results: Mapping[str, Any]

    def __getitem__(self, figure: Figure[R]) -> R:
        """The figure's result, with the type that the figure says; None where it is hidden whole."""
        return cast("R", self.results[figure.code])
