"""A plan as it should have been written, and what writes it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import User
from actionplans.enums import MilestoneState
from actionplans.models import PlanRevision
from actionplans.plans.actions import MilestoneRecord, PlanRecord, save_plan
from actionplans.plans.standing import edition
from actionplans.weeks.entries import Week
from participants.models import Enrolment

STATES = (MilestoneState.PLANNED, MilestoneState.REACHED, MilestoneState.DROPPED)


@dataclass
class TrueMilestone:
    """What is said of a delmål."""

    text: str
    state: MilestoneState
    due_on: date | None


@dataclass
class TrueRevision:
    """A revision as it should have been written; what it says of delmål by their keys in the story."""

    root: int
    valid_on: date
    activity: str
    schedule: str
    follow_up: date | None
    turn: int
    says: dict[int, TrueMilestone] = field(default_factory=dict)
    # Everything that it has said, what was corrected too.
    ever: set[str] = field(default_factory=set)

    def remember(self) -> set[str]:
        self.ever |= self.words()
        return self.ever

    def words(self) -> set[str]:
        doings = (entry.what for entry in Week.of(self.schedule).entries)
        return {self.activity, *doings, *(said.text for said in self.says.values())} - {""}


def now(revisions: list[TrueRevision]) -> dict[int, TrueMilestone]:
    """Where the delmål stand."""
    found: dict[int, TrueMilestone] = {}
    for revision in revisions:
        found |= revision.says
    return found


def write(case: Enrolment, revisions: list[TrueRevision], before: dict[int, Any], by: User) -> PlanRevision:
    """Save the last of the revisions on top of the others, which `before` says the delmål of."""
    last = revisions[-1]
    record = PlanRecord(
        valid_on=last.valid_on,
        main_activity=last.activity,
        week=Week.of(last.schedule),
        next_follow_up_on=last.follow_up,
        milestones=[
            MilestoneRecord(
                text=said.text,
                due_on=said.due_on,
                state=said.state,
                why="Fel" if said.state == MilestoneState.DROPPED else "",
                public_id=before.get(key),
            )
            for key, said in now(revisions).items()
        ],
    )
    return save_plan(enrolment=case, record=record, based_on=edition(case), by=by)
