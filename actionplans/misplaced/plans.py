"""A plan or a delmål that was written on the wrong person: written anew for the right one, or taken away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from actionplans.models import ActionPlan, Milestone, MilestoneStatus, PlanRevision
from actionplans.models.plan import since_worded
from actionplans.plans.standing import Said, refresh_plan, rewritten, said_by_revision, standing
from core.actions import action
from core.facts import supersede
from core.models import TextBody
from participants.amending.moving import Move, leave_marks_of, lock_move, write_earlier, write_history
from participants.amending.rights import may_take_back_of
from participants.amending.versions import FactT
from participants.amending.wordings import Earlier, Wording, earlier_wordings, in_words
from participants.enums import MisplacedKind
from participants.misplaced.marks import empty, texts_of
from participants.models import Enrolment, Misplacement
from participants.scope.scope import Scope

# Pages where something of a plan stands.
PAGES: Final = frozenset(
    {"plan_detail", "plan_edit", "revision_edit", "revision_take_back", "milestone_edit", "milestone_take_back"}
    | {"milestone_mark"}
    | {"meeting_create", "placement_list", "plan_copy", "plan_copy_pdf"}
)
PLAN_EARLIER: Final = Earlier(MisplacedKind.PLAN, PAGES, "revision_misplaced", earlier_wordings)
TAKEN_BACK = "Det är återtaget, och räknas inte. Ta bort det i stället för att flytta det."
BY_OTHERS = "En senare plan, som bygger på den här och följer med, är skriven av någon annan. Be samordnaren om det."
EARLY = "Det är äldre än den personens inskrivning. Rätta dagen först."


def _earlier(status: MilestoneStatus, scope: Scope) -> list[Wording]:
    """Words of the newest plan about the delmål that have been corrected. Earlier plans keep their own, and another
    state of the same words is no correction."""
    rows = MilestoneStatus.objects.visible_to(scope).filter(milestone=status.milestone_id)
    versions = since_worded(list(rows.select_related("text", "dropped_because").order_by("pk")))
    others = [row.pk for row in versions if not _words(row) <= _words(status)]
    return in_words(rows.filter(pk__in=others), [status], scope)


def _words(status: MilestoneStatus) -> set[str]:
    return {str(text) for text in (status.text, status.dropped_because) if text}


MILESTONE_EARLIER: Final = Earlier(MisplacedKind.MILESTONE, PAGES, "milestone_misplaced", _earlier)


@action
def put_plan_right(*, revision: PlanRevision, right: Enrolment | None, by: User) -> Misplacement:
    """Write a revision of the plan, and those that were built on it, anew in the right case, with what they said of
    delmål; or take them away where there is none.

    Among the revisions of the right case they stand in the order of writing. A delmål that the wrong case had before
    stays there, as it was. Gives the mark that the wrong file keeps. Raises as `lock_move`, and ValidationError for
    `right` where it can't be that person's, and for the form where the user may not take back all that goes.
    """
    move = _lock(revision, right, by)
    now, wrong, to = move.fact, move.wrong, move.to
    moved = built_on(now)
    if len(may_take_back_of(by, moved, wrong)) < len(moved):
        raise ValidationError(BY_OTHERS)
    if to and min(row.concerns_on for row in moved) < to.enrolled_on:
        raise ValidationError({"right": EARLY})
    roots = {row.root_id for row in moved}
    found = PlanRevision.objects.placed().filter(Q(pk__in=roots) | Q(first__in=roots), enrolment=wrong)
    versions = list(found.order_by("pk"))
    rows = list(MilestoneStatus.objects.placed().filter(enrolment=wrong).order_by("pk"))
    statuses = _rows_of(rows, roots)
    said = {root: of_revision for root, of_revision in said_by_revision(rows).items() if root in roots}
    ends = _ends_of_both(rows, statuses)
    if to:
        _insert(moved, versions, to)
        made = _milestones_of(statuses, said, to)
        for row in moved:
            for key, status in said.get(row.root_id, {}).items():
                made[key] = _write_anew(status, to, made.get(key))
        for end in ends:
            _end_again(end, made[end.milestone_id], why=TextBody.objects.write(end.why.text) if end.why else None)
    for end in ends:
        _end_again(end, _last_staying(end, rows, statuses), why=end.why)
    empty(ends)
    return _end(replace(move, versions=versions), MisplacedKind.PLAN, statuses, by)


def built_on(revision: PlanRevision) -> list[PlanRevision]:
    """The revision and the later ones that stand: each was written with the one before it in the form. One query."""
    if revision.taken_back:
        return [revision]
    return [row for row in standing(revision.enrolment) if row.number >= revision.number] or [revision]


@action
def put_milestone_right(*, status: MilestoneStatus, right: Enrolment | None, by: User) -> Misplacement:
    """Write a delmål anew in the right case's plan, or take it away where there is none.

    It becomes one of the newest plan there; where there is none, it is the beginning of one. What an earlier plan
    worded otherwise stays in the wrong case as it was. Raises as `put_plan_right`.
    """
    move = _lock(status, right, by)
    move = replace(move, versions=since_worded(move.versions))
    now, to = move.fact, move.to
    if to and now.concerns_on < to.enrolled_on:
        raise ValidationError({"right": EARLY})
    if to:
        revision = _newest(to, now.concerns_on, by).root_id
        milestone = Milestone.objects.create(plan=ActionPlan.objects.get(enrolment=to))
        own = {"enrolment": to, "owner": to.owner, "milestone": milestone, "revision_id": revision}
        earlier = write_earlier(move.versions, **own)
        _write_anew(now, to, earlier[-1] if earlier else None, revision_id=revision)
    return _end(move, MisplacedKind.MILESTONE, [], by, line=str(now.milestone.public_id))


def _lock(fact: FactT, right: Enrolment | None, by: User) -> Move[FactT]:
    """Raises as `lock_move`, and ValidationError for `right` where what is to be moved has been taken back."""
    move = lock_move(fact, right, by)
    if move.to and move.fact.taken_back:
        raise ValidationError({"right": TAKEN_BACK})
    return move


def _rows_of(rows: Sequence[MilestoneStatus], roots: set[int]) -> list[MilestoneStatus]:
    """States of delmål that these revisions said; of a delmål that they alone speak of also that it was taken back."""
    others = {row.milestone_id for row in rows if row.revision_id not in roots and not row.taken_back}
    return [row for row in rows if row.revision_id in roots or row.milestone_id not in others]


def _ends_of_both(rows: Sequence[MilestoneStatus], statuses: Sequence[MilestoneStatus]) -> list[MilestoneStatus]:
    """Rows that take back a delmål of which both these revisions and others have spoken: its last words may be of
    either, so each case gets a row with its own."""
    spoken = {row.milestone_id for row in statuses} - {row.milestone_id for row in statuses if row.taken_back}
    return [row for row in rows if row.taken_back and row.milestone_id in spoken]


def _last_staying(
    end: MilestoneStatus, rows: Sequence[MilestoneStatus], statuses: Sequence[MilestoneStatus]
) -> MilestoneStatus:
    """The row with the last words about the delmål of the revisions that stay."""
    staying = [row for row in rows if row.milestone_id == end.milestone_id and not row.taken_back]
    return [row for row in staying if row not in statuses][-1]


def _end_again(end: MilestoneStatus, last: MilestoneStatus, why: TextBody | None) -> None:
    """Take the delmål of `last` back as `end` did, in the words of `last`."""
    moment = {"recorded_at": end.recorded_at, "superseded_at": end.recorded_at}
    rewritten(last, end.recorded_by, taken_back=True, revision_id=None, corrects=last, why=why, **moment)


def _milestones_of(statuses: Sequence[MilestoneStatus], said: Said, to: Enrolment) -> dict[int, MilestoneStatus]:
    """Delmål in the right case, each by what was said of it before what is said now: the last such row, by the key of
    the delmål in the wrong case. A delmål of which nothing else was said isn't made yet."""
    now = {row.pk for of_revision in said.values() for row in of_revision.values()}
    found = {}
    for key in dict.fromkeys(row.milestone_id for row in statuses if row.pk not in now):
        milestone = Milestone.objects.create(plan=ActionPlan.objects.get(enrolment=to))
        rows = [row for row in statuses if row.milestone_id == key]
        found[key] = write_history(rows, enrolment=to, owner=to.owner, milestone=milestone)[-1]
    return found


def _insert(moved: Sequence[PlanRevision], versions: Sequence[PlanRevision], to: Enrolment) -> None:
    """Write the revisions anew among those of the right case, in the order of writing; later ones get later numbers.
    `versions` are all of theirs, which go before."""
    plan, _ = ActionPlan.objects.get_or_create(enrolment=to)
    there = standing(to)
    keys = {row.pk for row in moved}
    in_order = sorted([*there, *moved], key=lambda row: ((row.first or row).recorded_at, row.root_id))
    # From the last one: no two that stand may have one number.
    for number, row in reversed(list(enumerate(in_order, start=1))):
        if row.pk in keys:
            author = row.first.recorded_by if row.first else row.recorded_by
            own = {"enrolment": to, "plan": plan, "owner": to.owner, "number": number}
            of_row = [version for version in versions if version.root_id == row.root_id]
            earlier = write_earlier(of_row, first_id=row.root_id, **own)
            rewritten(row, author, **own, corrects=earlier[-1] if earlier else None, why=None)
        elif row.number != number:
            supersede(row)
            rewritten(row, row.recorded_by, number=number, corrects=row)


def _write_anew(
    status: MilestoneStatus, to: Enrolment, before: MilestoneStatus | None, revision_id: int | None = None
) -> MilestoneStatus:
    """The row in the right case, after `before` of the same delmål; the first one of a delmål makes it there."""
    milestone = before.milestone if before else Milestone.objects.create(plan=ActionPlan.objects.get(enrolment=to))
    if before:
        MilestoneStatus.objects.filter(pk=before.pk).update(superseded_at=before.recorded_at)
    own = {"enrolment": to, "owner": to.owner, "milestone": milestone, "corrects": before}
    first = before.root_id if before else None
    return rewritten(status, status.recorded_by, first_id=first, revision_id=revision_id or status.revision_id, **own)


def _newest(to: Enrolment, day: date, by: User) -> PlanRevision:
    """The newest revision of the right case's plan; where there is none, a draft that is begun on the day."""
    there = standing(to)
    if there:
        return there[-1]
    plan, _ = ActionPlan.objects.get_or_create(enrolment=to)
    return PlanRevision.objects.create(
        enrolment=to, plan=plan, number=1, concerns_on=day, owner_id=to.owner_id, recorded_by=by
    )


def _end(move: Move, what: MisplacedKind, beside: list[MilestoneStatus], by: User, line: str = "") -> Misplacement:
    """Empty the rows in the wrong file, mark both files and work out both plans anew."""
    empty(move.versions)
    empty(beside)
    for case in move.cases:
        refresh_plan(case)
    texts = texts_of([*move.versions, *beside])
    part = f"{'revision' if what == MisplacedKind.PLAN else what}_misplaced"
    return leave_marks_of(move, what, pages=PAGES, texts=texts, by=by, part=part, beside=beside, line=line)
