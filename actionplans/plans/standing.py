"""The plan by the revisions that stand, when one of them has been corrected, taken back or moved.

Each revision has said something of some delmål: its rows in MilestoneStatus. The newest row of a revision about a
delmål is what it says of it. Where a delmål stands is what the last revision that stands has said of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from django.db.models import Count, F, Min, Q

from accounts.models import User
from actionplans.enums import MilestoneState
from actionplans.models import MilestoneStatus, PlanRevision
from actionplans.plans.next_contact import refresh_next_contact
from core.facts import AmendedFact, supersede
from core.prepared.writes import update
from participants.models import Enrolment

FactT = TypeVar("FactT", bound=AmendedFact)

# What each row has for itself.
_OWN = frozenset(
    {"id", "public_id", "recorded_at", "recorded_by", "first", "corrects", "superseded_at", "misplaced_at"}
)
# What each revision says of each delmål, by the key of its first version, then by that of the delmål.
Said = Mapping[int, Mapping[int, MilestoneStatus]]


def edition(enrolment: Enrolment) -> int:
    """How much has been written of the case's plan, 0 where there is none: another number means that it has been
    changed. Two queries."""
    rows, replaced = enrolment.plan_revisions.aggregate(rows=Count("pk"), replaced=Count("superseded_at")).values()
    # What a revision says itself has its moment; what came later was corrected, moved, or marked on the spot.
    later = Q(recorded_at__gt=F("revision__recorded_at"))
    amended = enrolment.milestone_statuses.filter(Q(why__isnull=False) | Q(misplaced_at__isnull=False) | later)
    return rows + replaced + amended.count()


def standing(enrolment: Enrolment) -> list[PlanRevision]:
    """The revisions of the case's plan that stand, the first one first, with their words. One query."""
    rows = PlanRevision.objects.filter(enrolment=enrolment).current().order_by("number")
    return list(rows.select_related("main_activity", "schedule", "recorded_by", "why", "first__recorded_by"))


def said_by_revision(statuses: Iterable[MilestoneStatus]) -> Said:
    """Each revision's state of each delmål that hasn't been taken back. Without a query.

    Rows that no revision is known to have said come under 0.
    """
    rows = sorted(statuses, key=lambda row: row.pk)
    gone = {row.milestone_id for row in rows if row.taken_back}
    said: dict[int, dict[int, MilestoneStatus]] = {}
    for row in rows:
        if row.milestone_id not in gone and row.misplaced_at is None:
            said.setdefault(row.revision_id or 0, {})[row.milestone_id] = row
    return said


def stood(revisions: Sequence[PlanRevision], said: Said) -> list[list[MilestoneStatus]]:
    """Where the delmål stood by each revision, in the order of the revisions; the delmål as they were made."""
    now, found = dict(said.get(0, {})), []
    for revision in revisions:
        now |= said.get(revision.root_id, {})
        found.append([now[key] for key in sorted(now)])
    return found


def refresh_plan(enrolment: Enrolment) -> None:
    """Work out anew what is derived from the plan; part of an action that changed what of it stands.

    The state of each delmål, whether a revision is complete, and the days that the case keeps of the plan.
    """
    rows = MilestoneStatus.objects.placed().filter(enrolment=enrolment).select_related("recorded_by").order_by("pk")
    revisions, said = standing(enrolment), said_by_revision(rows)
    states = stood(revisions, said)
    _restore(rows, states[-1] if states else list(said.get(0, {}).values()))
    for revision, milestones in zip(revisions, states, strict=True):
        complete = is_complete(revision, milestones)
        if complete != revision.is_complete:
            supersede(revision)
            rewritten(revision, revision.recorded_by, is_complete=complete, corrects=revision)
    refresh_planned(enrolment)


def refresh_planned(enrolment: Enrolment) -> None:
    """Work out anew the days that the case keeps of its plan: the first complete one, and the next contact."""
    complete = PlanRevision.objects.filter(enrolment=enrolment, is_complete=True).current()
    enrolment.planned_on = complete.aggregate(first=Min("concerns_on"))["first"]
    update(enrolment, "planned_on")
    refresh_next_contact(enrolment)


def is_complete(revision: PlanRevision, milestones: Iterable[MilestoneStatus]) -> bool:
    """Whether a revision says everything that a plan must. A register tells only that there was a plan."""
    parts = (revision.main_activity, revision.schedule, revision.next_follow_up_on)
    is_whole = all(parts) and any(row.state != MilestoneState.DROPPED for row in milestones)
    return is_whole or (revision.is_imported and revision.is_complete)


def rewritten(old: FactT, by: User, **changed: object) -> FactT:
    """Write a row that says what `old` says, but for what is changed, and why. Nothing is superseded."""
    own = {*_OWN, *(name.removesuffix("_id") for name in changed)}
    kept = {row.attname: getattr(old, row.attname) for row in old._meta.concrete_fields if row.name not in own}
    return type(old)._default_manager.create(**{"first_id": old.root_id, **kept, "recorded_by": by, **changed})


def _restore(rows: Iterable[MilestoneStatus], wanted: Sequence[MilestoneStatus]) -> None:
    """Let what stands of each delmål be what is wanted of `rows`, written anew where it had been replaced."""
    standing_now = {row.milestone_id: row for row in rows if row.superseded_at is None}
    last = {row.milestone_id: row for row in rows}
    kept = {row.milestone_id: row for row in wanted}
    for key, row in standing_now.items():
        if key not in kept or kept[key].pk != row.pk:
            supersede(row)
    for key, row in kept.items():
        if key not in standing_now or standing_now[key].pk != row.pk:
            rewritten(row, row.recorded_by, corrects=last[key])
