"""A delmål that is marked on the spot: what somebody does, and what the newest plan should say then."""

from typing import Any

from actionplans.enums import MilestoneState
from actionplans.marking.actions import NEXT, MilestoneMark, mark_milestone
from tests.world.deeds.true_plans import TrueMilestone, now


def mark(deeds: Any, case: int) -> None:
    """Mark one of the case's delmål, of the deeds of plans. The only one that stands isn't dropped."""
    found = deeds.one_of(case)
    if found is None:
        return
    key, newest, status = found[0], deeds.revisions[case][-1], deeds.at(found[0])
    state = deeds.chance.choice(NEXT[status.state])
    others = [said for other, said in now(deeds.revisions[case]).items() if other != key]
    if state == MilestoneState.DROPPED and all(said.state == state for said in others):
        return
    # A day on which it stood as it stands: plans are written in another order than that of their days.
    said = MilestoneMark(state=state, since=max(status.concerns_on, newest.valid_on), why="Fel")
    mark_milestone(status=status, mark=said, by=deeds.by)
    newest.says[key] = TrueMilestone(status.text.text, state, status.due_on)
    newest.remember()
