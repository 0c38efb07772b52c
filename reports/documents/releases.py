"""Releases by the host's coordinator in one report: of a day that the safe version doesn't have, or of a small base."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from reports.enums import HidingRules
from reports.figures.targets import TargetBook
from reports.models import Release, Report
from reports.safe.days import SafeDays
from reports.statistics.steps import Target

# The day itself, among what can be released; a target is named as an address names it.
DAY = ""
# The names in addresses of the deadlines, which can be released as targets can.
DEADLINE_SLUGS = ("ansokan", "inskrivning")


@dataclass(frozen=True, slots=True)
class Released:
    """The figures that have been released in a report, for its present day.

    names: how an address of the report names what each release let it show, by the release's key. A target that has
    been decided anew since it was weighed isn't there: its figures were weighed by nobody.
    """

    releases: tuple[Release, ...]
    names: Mapping[int, str]

    @classmethod
    def of(cls, report: Report) -> Self:
        """One statement, and a few more where a target has been released."""
        found = report.releases.filter(as_of=report.as_of).select_related("released_by__organisation")
        return cls(tuple(found), _names(report, [release for release in found if release.target != DAY]))

    @property
    def day(self) -> bool:
        """Whether the day was."""
        return any(release.target == DAY for release in self.releases)

    @property
    def targets(self) -> frozenset[str]:
        """The targets that were, by their names in addresses."""
        return frozenset(self.names.values())


def contents(report: Report, known_at: datetime | None) -> dict[str, str]:
    """The content of each target of a report, by its name in addresses: this is weighed, however it is named later."""
    project = report.project
    book = TargetBook.load(project, report.as_of, known_at)
    days = f"{project.assessment_days}/{project.plan_days}"
    return {slug: _said(book, target) for slug, target in book.slugs.items()} | {
        slug: f"{slug}/{days}" for slug in DEADLINE_SLUGS
    }


def in_words(report: Report) -> str:
    """The content of targets and deadlines now, a line for each, as a user reads it who weighs a release."""
    project, book = report.project, TargetBook.load(report.project, report.as_of, None)
    counted = {(True, False): ", högre steg räknas", (False, True): ", bara det högsta räknas"}
    lines = [
        f"{book.name(target)}: {target.percent} % inom {target.months} månader"
        + counted.get((target.counts_higher, target.exclusive), "")
        for target in book.slugs.values()
    ]
    return "\n".join([*lines, f"Kartläggning inom {project.assessment_days} dagar, plan inom {project.plan_days}"])


def _said(book: TargetBook, target: Target) -> str:
    is_group = target in book.groups.values()
    steps = "-".join(map(str, book.steps_of(target))) if is_group else target.step
    kind = "g" if is_group else "x" if target.exclusive else "h" if target.counts_higher else ""
    return f"{steps}/{target.months}/{target.percent}{kind}"


def _names(report: Report, releases: Sequence[Release]) -> dict[int, str]:
    if not releases:
        return {}
    slugs = {said: slug for slug, said in contents(report, report.figures_known_at).items()}
    said = {release.pk: _weighed(report, release) for release in releases}
    return {key: slugs[content] for key, content in said.items() if content in slugs}


def _weighed(report: Report, release: Release) -> str | None:
    """The content of the released target. Releases from before it was kept are of the one that had the name then."""
    if "/" in release.target:
        return release.target
    return contents(report, release.released_at).get(release.target)


def shows_figures(report: Report, released: Released, on: date) -> bool:
    """Whether the report may show figures of its day: the safe version has it, or it was released."""
    return report.is_adopted or released.day or report.as_of in SafeDays.of(report.project, on)


def has_first_rules(report: Report) -> bool:
    """Whether the report was adopted by the first release, and so keeps what it hid."""
    return report.is_adopted and report.rules == HidingRules.FIRST
