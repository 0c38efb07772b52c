"""Releases by the host's coordinator in one report: of a day that the safe version doesn't have, or of a small base."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from reports.enums import HidingRules
from reports.models import Release, Report
from reports.safe.days import SafeDays

# The day itself, among what can be released; a target is named as an address names it.
DAY = ""


@dataclass(frozen=True, slots=True)
class Released:
    """The figures that have been released in a report, for its present day."""

    releases: tuple[Release, ...]

    @classmethod
    def of(cls, report: Report) -> Self:
        """One statement."""
        found = report.releases.filter(as_of=report.as_of).select_related("released_by__organisation")
        return cls(tuple(found))

    @property
    def day(self) -> bool:
        """Whether the day was."""
        return any(release.target == DAY for release in self.releases)

    @property
    def targets(self) -> frozenset[str]:
        """The targets that were."""
        return frozenset(release.target for release in self.releases if release.target != DAY)


def shows_figures(report: Report, released: Released, on: date) -> bool:
    """Whether the report may show figures of its day: the safe version has it, or it was released."""
    return report.is_adopted or released.day or report.as_of in SafeDays.of(report.project, on)


def has_first_rules(report: Report) -> bool:
    """Whether the report was adopted by the first release, and so keeps what it hid."""
    return report.is_adopted and report.rules == HidingRules.FIRST
