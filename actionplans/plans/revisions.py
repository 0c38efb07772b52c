"""The revisions of a plan, each with its delmål as they stood then and what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from actionplans.enums import MilestoneState
from actionplans.models import MilestoneStatus, PlanRevision
from actionplans.plans.actions import MilestoneRecord, PlanRecord, missing_parts
from actionplans.plans.standing import said_by_revision, standing, stood
from actionplans.weeks.entries import Week
from actionplans.weeks.page import WeekDay, days_of
from core.swedish.words import day, plural
from participants.models import Enrolment


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A revision, what it said, and in which parts it differs from the one before."""

    revision: PlanRevision
    milestones: Sequence[MilestoneStatus]
    changed: Sequence[str]

    @property
    def name(self) -> str:
        """«3, 5 mars 2026»."""
        return f"{self.revision.number}, {day(self.revision.concerns_on)}"

    @property
    def main_activity(self) -> str:
        """The text of the main activity."""
        return self.revision.main_activity.text if self.revision.main_activity else ""

    @property
    def schedule(self) -> str:
        """The text of the weekly schedule: its times, one a line, or the words that stand for them."""
        return self.revision.schedule.text if self.revision.schedule else ""

    @property
    def week(self) -> Week:
        """The times of the week; none where it is said in words."""
        return Week.of(self.schedule)

    @property
    def days(self) -> list[WeekDay]:
        """The days of the week, side by side; none without a week."""
        return days_of(self.week)

    @property
    def missing(self) -> list[str]:
        """The parts that the plan lacks; an imported one tells only that there was a plan."""
        if self.revision.is_complete or self.revision.is_imported:
            return []
        return missing_parts(
            PlanRecord(
                valid_on=self.revision.concerns_on,
                main_activity=self.main_activity,
                next_follow_up_on=self.revision.next_follow_up_on,
                milestones=[
                    MilestoneRecord(text="", state=MilestoneState(milestone.state)) for milestone in self.milestones
                ],
            ),
            words=self.schedule,
        )


def plan_versions(enrolment: Enrolment) -> list[PlanVersion]:
    """The revisions of an enrolment's plan that stand, the current one first. Two queries."""
    revisions = standing(enrolment)
    statuses = MilestoneStatus.objects.filter(enrolment=enrolment)
    said = said_by_revision(statuses.select_related("milestone", "text", "dropped_because", "first"))
    versions: list[PlanVersion] = []
    for revision, milestones in zip(revisions, stood(revisions, said), strict=True):
        version = PlanVersion(revision, milestones, [])
        changed = _changes(versions[-1], version) if versions else []
        versions.append(PlanVersion(revision, milestones, changed))
    return versions[::-1]


def _changes(before: PlanVersion, after: PlanVersion) -> list[str]:
    parts = {
        "placering eller aktivitet": before.main_activity != after.main_activity,
        "veckoschema": before.schedule != after.schedule,
        "nästa uppföljning": before.revision.next_follow_up_on != after.revision.next_follow_up_on,
    }
    earlier = {milestone.pk for milestone in before.milestones}
    milestones = sum(milestone.pk not in earlier for milestone in after.milestones)
    return [name for name, is_changed in parts.items() if is_changed] + (
        [plural(milestones, "delmål")] if milestones else []
    )
