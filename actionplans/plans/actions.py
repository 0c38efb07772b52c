"""Handlingsplan: every save that changes something is a new revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from actionplans.enums import MilestoneState
from actionplans.models import ActionPlan, Milestone, MilestoneStatus, PlanRevision
from actionplans.plans.standing import edition, refresh_planned, standing
from actionplans.weeks.entries import NO_WEEK, Week
from core.actions import action, stamp_day
from core.facts import supersede
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from participants.locking import lock_case
from participants.models import Enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRecord:
    """A delmål as the form has it; without `public_id` it is new."""

    text: str
    due_on: date | None = None
    state: MilestoneState = MilestoneState.PLANNED
    why: str = ""
    public_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRecord:
    """The plan as the form has it."""

    valid_on: date
    main_activity: str = ""
    week: Week = NO_WEEK
    next_follow_up_on: date | None = None
    milestones: Sequence[MilestoneRecord] = ()


class PlanUnchanged(Exception):
    """Nothing is saved, since the plan says this already."""


def missing_parts(record: PlanRecord, *, words: str = "") -> list[str]:
    """The parts that a plan lacks before it counts, in words; empty when it is complete.

    words: what an earlier plan says of the week in words, while no week is entered.
    """
    parts = {
        "huvudsaklig placering eller aktivitet": record.main_activity.strip(),
        "veckoschema": record.week or words,
        "delmål": any(milestone.state != MilestoneState.DROPPED for milestone in record.milestones),
        "nästa uppföljning": record.next_follow_up_on,
    }
    return [name for name, value in parts.items() if not value]


def day_faults(valid_on: date, next_follow_up_on: date | None, enrolment: Enrolment, on: date) -> dict[str, str]:
    """Faults of a plan's days, in words by field: the first fault alone; empty when they are right.

    `on` is the day that no plan is made after: today.
    """
    if valid_on > on:
        return {"valid_on": "Planens dag kan inte ligga i framtiden."}
    if valid_on < enrolment.enrolled_on:
        return {"valid_on": "Planen kan inte vara gjord före inskrivningen."}
    if next_follow_up_on and next_follow_up_on <= valid_on:
        return {"next_follow_up_on": "Nästa uppföljning ska ligga efter planens dag."}
    return {}


@action
def save_plan(*, enrolment: Enrolment, record: PlanRecord, based_on: int, by: User) -> PlanRevision:
    """Write the plan's next revision. `based_on` is the edition of the plan that the form showed (0: none).

    While no week is entered, what the revision before says of it in words stays.

    Raises ChangedMeanwhile where the plan has been changed since, PlanUnchanged where it would say the same again,
    and ValidationError for `valid_on` and `next_follow_up_on`.
    """
    locked = lock_case(enrolment)
    if faults := day_faults(record.valid_on, record.next_follow_up_on, locked, stamp_day()):
        raise ValidationError(faults)
    plan, _ = ActionPlan.objects.get_or_create(enrolment=locked)
    if edition(locked) != based_on:
        raise ChangedMeanwhile
    latest = next(reversed(standing(locked)), None)
    schedule = str(record.week) or words_for_week(latest)
    if latest and _says_the_same(latest, record, schedule):
        raise PlanUnchanged
    revision = PlanRevision.objects.create(
        enrolment=locked,
        plan=plan,
        number=latest.number + 1 if latest else 1,
        concerns_on=record.valid_on,
        main_activity=_text(record.main_activity),
        schedule=_text(schedule),
        next_follow_up_on=record.next_follow_up_on,
        is_complete=not missing_parts(record, words=schedule),
        owner=locked.owner,
        recorded_by=by,
    )
    _save_milestones(revision, record, by)
    refresh_planned(locked)
    log_change(by=by, part="plan_edit", persons=[locked.participant.public_id])
    return revision


def words_for_week(revision: PlanRevision | None) -> str:
    """The words in which a revision says the week, from before a week could be entered; empty where it has a week."""
    said = _read(revision.schedule) if revision else ""
    return "" if Week.of(said) else said


def _says_the_same(latest: PlanRevision, record: PlanRecord, schedule: str) -> bool:
    """Whether nothing differs; the form opens dated today, so that day alone is no change."""
    said = (_lines(_read(latest.main_activity)), _lines(_read(latest.schedule)), latest.next_follow_up_on)
    wanted = (_lines(record.main_activity), _lines(schedule), record.next_follow_up_on)
    if said != wanted or record.valid_on not in (latest.concerns_on, stamp_day()):
        return False
    present = {milestone.milestone.public_id: milestone for milestone in current_milestones(latest.plan)}
    return all(
        milestone.public_id in present and _same(present[milestone.public_id], milestone)
        for milestone in record.milestones
    )


def _save_milestones(revision: PlanRevision, record: PlanRecord, by: User) -> None:
    plan = revision.plan
    present = {milestone.milestone.public_id: milestone for milestone in current_milestones(plan)}
    for wanted in record.milestones:
        earlier = present.get(wanted.public_id) if wanted.public_id else None
        if earlier and _same(earlier, wanted):
            continue
        if earlier:
            supersede(earlier)
        MilestoneStatus.objects.create(
            enrolment_id=revision.enrolment_id,
            revision_id=revision.root_id,
            milestone=earlier.milestone if earlier else Milestone.objects.create(plan=plan),
            concerns_on=record.valid_on,
            text=TextBody.objects.write(wanted.text.strip()),
            due_on=wanted.due_on,
            state=wanted.state,
            dropped_because=_text(wanted.why),
            corrects=earlier,
            first_id=earlier.root_id if earlier else None,
            owner_id=revision.owner_id,
            recorded_by=by,
        )


def current_milestones(plan: ActionPlan) -> list[MilestoneStatus]:
    """The newest state of each delmål of the plan, in the order they were made."""
    return list(
        MilestoneStatus.objects.filter(milestone__plan=plan)
        .current()
        .select_related("milestone", "text", "dropped_because")
        .order_by("milestone_id")
    )


def _same(status: MilestoneStatus, wanted: MilestoneRecord) -> bool:
    said = (status.text.text, status.due_on, status.state, _read(status.dropped_because))
    return said == (wanted.text.strip(), wanted.due_on, wanted.state, wanted.why.strip())


def _text(text: str) -> TextBody | None:
    return TextBody.objects.write(text.strip()) if text.strip() else None


def _read(body: TextBody | None) -> str:
    return body.text if body else ""


def _lines(text: str) -> list[str]:
    """A browser ends its lines in another way than what is stored may do."""
    return text.strip().splitlines()
