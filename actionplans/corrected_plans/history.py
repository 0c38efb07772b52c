"""Corrections of a plan and its delmål, parts that were taken back, and who may take more back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from actionplans.models import MilestoneStatus, PlanRevision
from core.facts import AmendedFact
from core.swedish.words import day
from participants.models import Enrolment
from projects.enums import Permission


@dataclass(frozen=True, slots=True)
class Amendment:
    """A correction, or that something was taken back. `before` is what stood, "" for users who may not read it."""

    fact: AmendedFact
    title: str
    done: str
    before: str
    may_move: bool


def is_theirs(fact: AmendedFact, enrolment: Enrolment, user: User) -> bool:
    """Whether the user may take the fact back or move it, as a page about the case has it. Without a query, where
    `first` has been read."""
    allowed, author = enrolment.allowed, (fact.first or fact).recorded_by_id
    may = Permission.ASSIGN in allowed or (Permission.EDIT_CASE in allowed and author == user.pk)
    return may and fact.owner_id == user.organisation_id


def amendments(enrolment: Enrolment, user: User) -> list[Amendment]:
    """Corrections of the plan and its delmål, and parts that were taken back, the latest first; none for another
    organisation. Two queries."""
    if not enrolment.reading.is_own:
        return []
    rows = [
        *_changed(PlanRevision, enrolment, "main_activity", "schedule"),
        *_changed(MilestoneStatus, enrolment, "text", "dropped_because"),
    ]
    return [_amendment(row, enrolment, user) for row in sorted(rows, key=lambda row: row.recorded_at, reverse=True)]


def _changed(model: type[AmendedFact], enrolment: Enrolment, *words: str) -> Iterable[Any]:
    """Versions that say why, with the one before. What was only written anew has the reason of the one before."""
    facts: Any = model._default_manager
    rows = facts.filter(enrolment=enrolment, misplaced_at=None).exclude(why=None)
    rows = rows.select_related("recorded_by", "why", "first", "corrects", *(f"corrects__{name}" for name in words))
    return [row for row in rows if row.corrects and row.corrects.why_id != row.why_id]


def _amendment(row: Any, enrolment: Enrolment, user: User) -> Amendment:
    is_plan, theirs = isinstance(row, PlanRevision), is_theirs(row, enrolment, user)
    title = f"Plan {row.number}" if is_plan else "Ett delmål"
    done = ("Återtagen", "Rättad") if is_plan else ("Återtaget", "Rättat")
    said = _plan(row.corrects) if is_plan else _milestone(row.corrects)
    reads = theirs or not row.taken_back
    return Amendment(row, title, done[0 if row.taken_back else 1], said if reads else "", theirs and row.taken_back)


def _plan(before: PlanRevision) -> str:
    """«3 mars 2026. Köket på Solgården. Måndag–torsdag. Nästa uppföljning 2 april 2026.»"""
    follow_up = f"Nästa uppföljning {day(before.next_follow_up_on)}" if before.next_follow_up_on else ""
    week = str(before.schedule or "").replace("\n", ", ")
    parts = (day(before.concerns_on), before.main_activity, week, follow_up)
    return " ".join(f"{str(part).rstrip('.')}." for part in parts if part)


def _milestone(before: MilestoneStatus) -> str:
    """«Göra klart cv. Nått 3 mars 2026.»"""
    due = f"Klart senast {day(before.due_on)}" if before.due_on else ""
    state = f"{before.get_state_display()} {day(before.concerns_on)}"
    parts = (before.text, state, before.dropped_because, due)
    return " ".join(f"{str(part).rstrip('.')}." for part in parts if part)
