"""Two revisions of a plan side by side, part by part and delmål by delmål."""

from collections.abc import Sequence

from actionplans.models import MilestoneStatus
from actionplans.plans.revisions import PlanVersion
from core.swedish.words import NOTHING, day
from participants.assessment.comparing import Beside


def side_by_side(before: PlanVersion, after: PlanVersion) -> list[Beside]:
    """The parts of two revisions, then every delmål of either, in the order in which they came. No queries."""
    parts = [
        Beside("Placering eller aktivitet", *(version.main_activity or NOTHING for version in (before, after))),
        Beside("Veckoschema", *(version.schedule or NOTHING for version in (before, after))),
        Beside("Nästa uppföljning", *(_follow_up(version) for version in (before, after))),
    ]
    told = [{row.milestone_id: row for row in version.milestones} for version in (before, after)]
    known = dict.fromkeys([*told[0], *told[1]])
    return parts + [_milestone(told[0].get(key), told[1].get(key)) for key in sorted(known)]


def chosen(versions: Sequence[PlanVersion], plan: str, other: str) -> tuple[PlanVersion, PlanVersion] | None:
    """The revisions with these numbers, the earlier first; without them the newest, and the one before it. None where
    there is only one. `versions` are those of `plan_versions`."""
    if len(versions) < 2:
        return None
    by_number = {str(version.revision.number): version for version in versions}
    first = by_number.get(plan, versions[0])
    place = versions.index(first)
    second = by_number.get(other) or versions[place + 1 if place + 1 < len(versions) else place - 1]
    if second is first:
        return chosen(versions, plan, "")
    before, after = sorted((first, second), key=lambda version: version.revision.number)
    return before, after


def _follow_up(version: PlanVersion) -> str:
    on = version.revision.next_follow_up_on
    return day(on) if on else NOTHING


def _milestone(before: MilestoneStatus | None, after: MilestoneStatus | None) -> Beside:
    """A delmål under its latest words; where these have changed, both say their own."""
    latest = after or before
    is_worded_anew = before and after and before.text.text != after.text.text
    label = latest.text.text if latest else ""
    return Beside(label, *(_state(row, says_words=bool(is_worded_anew)) for row in (before, after)))


def _state(row: MilestoneStatus | None, *, says_words: bool) -> str:
    """«Planerat, klart senast 3 mars 2026»; nothing where the revision hasn't the delmål."""
    if row is None:
        return NOTHING
    due = f"klart senast {day(row.due_on)}" if row.due_on else ""
    why = str(row.dropped_because) if row.dropped_because else ""
    said = ", ".join(part for part in (row.get_state_display().lower(), due, why) if part)
    return f"«{row.text.text}»: {said}" if says_words else f"{said[:1].upper()}{said[1:]}"
