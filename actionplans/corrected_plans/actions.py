"""Putting a plan right: a new version of one of its revisions, or the newest one taken back."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from actionplans.models import MilestoneStatus, PlanRevision
from actionplans.plans.actions import day_faults
from actionplans.plans.next_contact import latest_revision
from actionplans.plans.standing import refresh_plan, rewritten, said_by_revision
from core.actions import action, stamp, stamp_day
from core.facts import supersede
from core.models import TextBody
from participants.amending.versions import last_version, lock_version, next_version, require_author
from participants.amending.words import Noun

PLAN: Final = Noun("planen", "återtagen", "rättad")
NEWER_FIRST: Final = "Planen har ändrats sedan. Ta tillbaka den senaste först."


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionCorrection:
    """Everything that a revision of the plan says but its delmål, and why it is corrected."""

    valid_on: date
    why: str
    main_activity: str = ""
    schedule: str = ""
    next_follow_up_on: date | None = None


@action
def correct_revision(*, revision: PlanRevision, correction: RevisionCorrection, by: User) -> PlanRevision:
    """A new version of a revision; the one before stays in the history. Its delmål are of its day.

    Raises ChangedMeanwhile where the version is no longer the one that stands, and ValidationError for `valid_on` and
    `next_follow_up_on`.
    """
    case, old = lock_version(revision)
    if faults := day_faults(correction.valid_on, correction.next_follow_up_on, case, stamp_day()):
        raise ValidationError(faults)
    new = next_version(
        old,
        correction.why,
        by,
        concerns_on=correction.valid_on,
        main_activity=_text(correction.main_activity),
        schedule=_text(correction.schedule),
        next_follow_up_on=correction.next_follow_up_on,
    )
    if new.concerns_on != old.concerns_on:
        _redate(new, by, before=old.concerns_on)
    refresh_plan(case)
    log_change(by=by, part="revision_edit", persons=[case.participant.public_id])
    return PlanRevision.objects.filter(enrolment=case).current().versions_of(new).get()


@action
def take_back_revision(*, revision: PlanRevision, reason: str, by: User) -> PlanRevision:
    """Take back the newest revision: the plan, its days and its delmål are what they were before it.

    The last version says so with the reason, and is itself superseded from the first moment. Raises PermissionDenied
    for others than its author and the coordinators, ChangedMeanwhile where the version is no longer the one that
    stands, and ValidationError for the form where there is a newer revision.
    """
    case, old = lock_version(revision)
    require_author(old, case, by)
    if old != latest_revision(case):
        raise ValidationError(NEWER_FIRST)
    end = last_version(old, reason, by, is_complete=False)
    refresh_plan(case)
    log_change(by=by, part="revision_take_back", persons=[case.participant.public_id])
    return end


def _redate(revision: PlanRevision, by: User, *, before: date) -> None:
    """Write what the revision says of its delmål anew, from its new day; those whose own day was corrected keep it."""
    rows = MilestoneStatus.objects.placed().filter(enrolment=revision.enrolment_id).order_by("pk")
    said = said_by_revision(rows).get(revision.root_id, {}).values()
    for row in (row for row in said if row.concerns_on == before):
        # What a later revision has replaced since is superseded from the first moment.
        standing = row.superseded_at is None
        supersede(row)
        changed = {"corrects": row} if standing else {"superseded_at": stamp()}
        rewritten(row, row.recorded_by, concerns_on=revision.concerns_on, why=revision.why, **changed)


def _text(text: str) -> TextBody | None:
    return TextBody.objects.write(text.strip()) if text.strip() else None
