"""A case with everything that its page has read about it, and answers that several parts of the page need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actionplans.enums import MilestoneState
from actionplans.meetings.booking import coming_on
from actionplans.meetings.timeline import MeetingRow
from actionplans.models import StepClock
from actionplans.plans.timeline import MilestoneRow, PlanRow
from core.enums import Category
from participants.models import CaseAssignment, Enrolment
from participants.timeline.entries import CaseHistory
from projects.enums import Permission


@dataclass(frozen=True, slots=True)
class CaseToday:
    """A case on the day `on`: `people` work with it that day, and `allowed` is what the user may do in it."""

    history: CaseHistory
    clocks: Sequence[StepClock]
    people: Sequence[CaseAssignment]
    allowed: frozenset[Permission]
    on: date

    @property
    def enrolment(self) -> Enrolment:
        """The case itself."""
        return self.history.enrolment

    @property
    def is_own(self) -> bool:
        """Whether the case is the reader's own organisation's."""
        return self.enrolment.reading.is_own

    @property
    def is_over(self) -> bool:
        """Whether the enrolment or the project has ended, so that nothing is waited for."""
        return self.enrolment.is_over(self.on)

    @property
    def plan(self) -> PlanRow | None:
        """The newest revision of the plan."""
        return max(self.history.current(PlanRow), key=lambda row: row.number, default=None)

    @property
    def follow_ups(self) -> set[date | None]:
        """The days for a follow-up that the plan has set, in any of its revisions."""
        return {row.next_follow_up_on for row in self.history.current(PlanRow)}

    @property
    def milestones(self) -> list[MilestoneRow]:
        """The delmål that haven't been dropped."""
        return [row for row in self.history.current(MilestoneRow) if row.state != MilestoneState.DROPPED]

    @property
    def last_meeting(self) -> MeetingRow | None:
        """The latest meeting with the participant."""
        return max(self._held(), key=lambda row: (row.on, row.root), default=None)

    @property
    def booked(self) -> date | None:
        """The day of the next meeting: `actionplans.plans.next_contact.coming_meeting_on`, from rows that are read
        already. None for those who may not read the meetings that it rests on."""
        if self.is_over or not self.reads_meetings:
            return None
        own = [row for row in self.history.current(MeetingRow) if row.owner == self.enrolment.owner_id]
        rows = sorted((row for row in own if not row.in_emergency), key=lambda row: (row.on, row.root))
        return coming_on((row.said for row in rows), on=self.on)

    @property
    def reads_meetings(self) -> bool:
        """Whether the reader may read the meetings of the case's owner."""
        return Category.MEETINGS in self.enrolment.reading.of_case

    def _held(self) -> list[MeetingRow]:
        return [row for row in self.history.current(MeetingRow) if row.is_with_participant]
