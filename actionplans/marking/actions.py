"""Marking a delmål: from a day on it stands otherwise, in the plan that holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from actionplans.corrected_plans.milestones import day_faults
from actionplans.enums import MilestoneState
from actionplans.models import MilestoneStatus
from actionplans.plans.next_contact import latest_revision
from actionplans.plans.standing import refresh_plan, rewritten
from core.actions import action, stamp_day
from core.facts import supersede
from core.models import TextBody
from core.swedish.words import day
from participants.amending.versions import lock_version
from participants.models import Enrolment

# The states that a delmål can be marked with, by the one that it has. What was wrong is corrected instead.
NEXT: Final[Mapping[str, tuple[MilestoneState, ...]]] = {
    MilestoneState.PLANNED: (MilestoneState.REACHED, MilestoneState.UNDER_WAY, MilestoneState.DROPPED),
    MilestoneState.UNDER_WAY: (MilestoneState.REACHED, MilestoneState.DROPPED),
    MilestoneState.REACHED: (MilestoneState.UNDER_WAY,),
    MilestoneState.DROPPED: (MilestoneState.UNDER_WAY,),
}
NOT_NEXT: Final = "Tryck på den knapp som säger hur det är nu."
LAST_ONE: Final = (
    "Det är planens enda delmål, och en plan har minst ett. Ändra planen i stället, och skriv ett nytt där."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneMark:
    """The state that a delmål has from the day `since`; why, where it is dropped."""

    state: MilestoneState
    since: date
    why: str = ""


def mark_faults(status: MilestoneStatus, since: date, enrolment: Enrolment, on: date) -> dict[str, str]:
    """Faults of the day of a mark, in words by field; empty when it is right. `on` is today."""
    if faults := day_faults(since, enrolment, on):
        return faults
    if since < status.concerns_on:
        said = f"{status.get_state_display().lower()} från {day(status.concerns_on)}"
        return {"since": f"Delmålet är {said}. Välj den dagen eller en senare, eller rätta delmålet."}
    return {}


@action
def mark_milestone(*, status: MilestoneStatus, mark: MilestoneMark, by: User) -> MilestoneStatus:
    """Let a delmål stand otherwise from a day on: the next state of it, which the newest revision says.

    Raises ChangedMeanwhile where something else is said of it by now, and ValidationError for `since`, and for the
    form where that isn't a state that comes after its own, or the plan's only delmål would be dropped.
    """
    case, old = lock_version(status)
    if mark.state not in NEXT[old.state]:
        raise ValidationError(NOT_NEXT)
    if faults := mark_faults(old, mark.since, case, stamp_day()):
        raise ValidationError(faults)
    is_dropped = mark.state == MilestoneState.DROPPED
    if is_dropped and not _others_stand(old):
        raise ValidationError(LAST_ONE)
    newest = latest_revision(case)
    supersede(old)
    new = rewritten(
        old,
        by,
        corrects=old,
        concerns_on=mark.since,
        state=mark.state,
        dropped_because=TextBody.objects.write(mark.why.strip()) if is_dropped else None,
        # Earlier revisions keep what they said.
        revision_id=newest.root_id if newest else old.revision_id,
        why=None,
    )
    refresh_plan(case)
    log_change(by=by, part="milestone_mark", persons=[case.participant.public_id])
    return new


def _others_stand(status: MilestoneStatus) -> bool:
    """Whether the plan has another delmål that isn't dropped."""
    rows = MilestoneStatus.objects.filter(enrolment=status.enrolment_id).current()
    return rows.exclude(pk=status.pk).exclude(state=MilestoneState.DROPPED).exists()
