"""The numbers needed to meet the targets that aren't met, as a chapter of sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from core.days.dates import quarter_end
from core.swedish.words import percent
from reports.figures.edition import Edition
from reports.figures.steps import NeededOutcome
from reports.statistics.needed import Needed
from reports.statistics.steps import TargetResult
from reports.tables.chapter import Chapter


@dataclass(frozen=True, slots=True)
class NeededLine:
    """A target that isn't met, for a note about it."""

    slug: str
    name: str
    needed: Needed
    is_together: bool = False

    @property
    def result(self) -> TargetResult:
        """The result so far."""
        return self.needed.result

    @property
    def day(self) -> date | None:
        """The day that is looked ahead to; None where nobody's day is still to come."""
        return None if self.needed.quarter is None else quarter_end(self.needed.quarter)

    @property
    def then_part(self) -> int:
        """How many have cleared the step in time by that day, if it goes as it must, or as well as it can."""
        return self.result.cleared_in_time + min(self.needed.least, self.needed.coming)

    @property
    def then_whole(self) -> int:
        """How many are due by that day."""
        return self.result.due + self.needed.coming

    @property
    def then_share(self) -> str:
        """The share on that day."""
        return percent(self.then_part / self.then_whole, aim=self.result.target.percent)


@dataclass(frozen=True, kw_only=True)
class NeededChapter(Chapter):
    """A note for each target that isn't met."""

    lines: tuple[NeededLine, ...]

    page_template: ClassVar[str] = "reports/chapters/needed.html"


def needed_chapter(rows: Sequence[NeededOutcome], edition: Edition) -> NeededChapter | None:
    """None where every target is met, and where there is nobody to say anything of."""
    lines = tuple(NeededLine(row.slug, row.name, row.needed, row.is_together) for row in rows)
    if not any(line.then_whole for line in lines):
        return None
    heading = "Vad krävs för målet?"
    return NeededChapter(anchor="vad-kravs", heading=heading, paper_heading=heading, lines=lines)
