"""The content of the project's page, read in a fixed number of queries."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from core.swedish.keys import sort_key
from core.swedish.words import day as said_day
from core.swedish.words import plural
from projects.enums import ExitReason, ListKind, Role
from projects.ladder.versions import FROM_THE_START, in_force, since
from projects.models import Ladder, Listed, Membership, Project, ResultTarget, TargetVersion, Version
from projects.targets.forms import counting

V = TypeVar("V", Ladder, TargetVersion)


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One result target in words."""

    target: ResultTarget
    step_name: str
    counted: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list of versions: `state` is "now", "later", "past" or "corrected"."""

    version: Version
    since: str
    state: str
    content: Sequence[str]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page."""

    project: Project
    facts: Sequence[tuple[str, str]]
    deadlines: Sequence[tuple[str, str]]
    beyond_control: Sequence[str]
    parties: Sequence[tuple[str, bool]]
    members: Sequence[tuple[str, Sequence[Membership]]]
    ladder: Ladder | None
    ladder_versions: Sequence[VersionLine]
    targets: Sequence[TargetLine]
    targets_hold: str
    target_versions: Sequence[VersionLine]
    lists: Sequence[tuple[ListKind, str]]


def overview(project: Project, *, on: date) -> Overview:
    """The project as of a day, with all versions of ladder and targets."""
    ladders = list(project.ladders.select_related("recorded_by").prefetch_related("steps__criteria"))
    versions = list(project.target_versions.select_related("recorded_by").prefetch_related("targets"))
    ladder, targets = in_force(_current(ladders), on), in_force(_current(versions), on)
    return Overview(
        project=project,
        facts=_facts(project),
        deadlines=_deadlines(project),
        beyond_control=[str(ExitReason(value).label) for value in project.beyond_control],
        parties=_parties(project),
        members=_members(project, on),
        ladder=ladder,
        ladder_versions=_lines(ladders, ladder, on, _ladder_content),
        targets=_target_lines(targets, ladder),
        targets_hold=_whom(targets, _current(versions)) if targets else "",
        target_versions=_lines(versions, targets, on, _target_content),
        lists=_lists(project, on),
    )


def _facts(project: Project) -> list[tuple[str, str]]:
    rows = [
        ("Diarienummer", project.register_number),
        ("Samordningsförbund", project.association),
        ("Finansiär", project.funder),
        ("Period", _period(project)),
    ]
    return [(label, value or "Inte angivet") for label, value in rows]


def _period(project: Project) -> str:
    starts, ends = project.starts_on, project.ends_on
    if starts and ends:
        return f"{said_day(starts)} – {said_day(ends)}"
    if starts:
        return f"från {said_day(starts)}"
    return f"till {said_day(ends)}" if ends else ""


def _deadlines(project: Project) -> list[tuple[str, str]]:
    def days(count: int) -> str:
        return plural(count, "dag,dagar")

    return [
        ("Första personliga mötet", f"inom {days(project.first_meeting_days)} från ansökan eller anvisning"),
        ("Kartläggning", f"inom {days(project.assessment_days)} från ansökan och från inskrivning"),
        ("Handlingsplan", f"inom {days(project.plan_days)} från ansökan och från inskrivning"),
        ("Första placeringen", _placement_deadline(project)),
        ("Första uppföljningen", f"inom {days(project.first_follow_up_days)} från planen"),
        ("Nästa uppföljning", f"efter {project.follow_up_min_days}–{days(project.follow_up_max_days)}"),
    ]


def _placement_deadline(project: Project) -> str:
    if project.placement_days is None:
        return "ingen tidsgräns"
    return f"inom {plural(project.placement_days, 'arbetsdag,arbetsdagar')} från inskrivning"


def _parties(project: Project) -> list[tuple[str, bool]]:
    """Names of the parties, the host first and marked."""
    rows = project.parties.select_related("organisation")
    named = [(row.organisation.name, row.organisation_id == project.host_id) for row in rows]
    return sorted(named, key=lambda party: (not party[1], sort_key(party[0])))


def _members(project: Project, on: date) -> list[tuple[str, list[Membership]]]:
    """Who works in the project on the day, by role; without contact details."""
    rows = project.memberships.filter(user__is_active=True).on(on).select_related("user__organisation")
    by_role: dict[str, list[Membership]] = {}
    for row in sorted(rows, key=lambda membership: sort_key(membership.user.name)):
        by_role.setdefault(row.role, []).append(row)
    return [(str(role.label), by_role[role]) for role in Role if role in by_role]


def _lists(project: Project, on: date) -> list[tuple[ListKind, str]]:
    """The project's lists, each with how much it offers today."""
    offered = Counter(Listed.objects.filter(project=project).on(on).values_list("kind", flat=True))
    return [(kind, str(offered[kind]) if offered[kind] else "tom") for kind in ListKind]


def _target_lines(version: TargetVersion | None, ladder: Ladder | None) -> list[TargetLine]:
    names = {step.number: step.name for step in ladder.steps.all()} if ladder else {}
    targets = version.targets.all() if version else ()
    return [TargetLine(row, names.get(row.step_number, ""), str(counting(row).label)) for row in targets]


def _whom(version: TargetVersion, versions: Sequence[TargetVersion]) -> str:
    """Whose result is measured against the targets."""
    later = next((row.valid_from for row in versions if row.valid_from > version.valid_from), None)
    before = f" före {said_day(later)}" if later else ""
    if version.valid_from <= FROM_THE_START:
        return f"som skrivs in{before}"
    return f"som skrivs in {since(version.valid_from)}{' men' if before else ''}{before}"


def _current(versions: Iterable[V]) -> list[V]:
    return [version for version in versions if version.superseded_at is None]


def _lines(versions: Sequence[V], present: V | None, on: date, content: Callable[[V], list[str]]) -> list[VersionLine]:
    """All versions, the one that begins latest first, and of one day the newest."""
    return [
        VersionLine(version, since(version.valid_from), _state(version, present, on), content(version))
        for version in reversed(versions)
    ]


def _state(version: Version, present: Version | None, on: date) -> str:
    if version.superseded_at is not None:
        return "corrected"
    if version == present:
        return "now"
    return "later" if version.valid_from > on else "past"


def _ladder_content(ladder: Ladder) -> list[str]:
    return [f"Steg {step.number}: {step.name}" for step in ladder.steps.all()]


def _target_content(version: TargetVersion) -> list[str]:
    return [f"{target}. {counting(target).label}." for target in version.targets.all()]
