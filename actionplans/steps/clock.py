"""The step clock worked out from facts: the one place that says when a step is due, cleared and held."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress, groupby

from django.db import transaction

from actionplans.enums import Outcome
from actionplans.models import StepClock
from actionplans.steps.clock_reads import Ladders, Targets, clocks_kept, judgements_of, ladders_of, targets_of
from actionplans.steps.tally_code import say
from core.batches import IN_A_WRITE, in_chunks
from core.days.dates import add_months
from core.prepared.writes import insert, update
from participants.locking import lock_cases
from participants.models import Enrolment
from projects.models import Project, ResultTarget
from projects.models.target import lowest_of_group

# So many clocks are written one by one, by words that are kept: those of a case or two.
_FEW = 10


@dataclass(frozen=True, slots=True)
class Judgement:
    """One assessment of one step, as the clock reads it: its day, its outcome and, if cleared, the day of that."""

    step_number: int
    assessed_on: date
    outcome: str
    cleared_on: date | None

    @property
    def effective_on(self) -> date:
        """The day from which the judgement holds."""
        return self.cleared_on or self.assessed_on


@dataclass(frozen=True, slots=True)
class ClockedEnrolment:
    """The columns of an enrolment that the clock reads."""

    enrolled_on: date
    exited_on: date | None
    exit_reason: str
    is_void: bool = False


def clock_rows(
    enrolment: ClockedEnrolment, judgements: Sequence[Judgement], targets: Sequence[ResultTarget], steps: Iterable[int]
) -> list[StepClock]:
    """The clock of one enrolment, a row per step (unsaved, without enrolment and project).

    `judgements` are the current ones in the order they were written; `targets` those of the version that the
    enrolment belongs to; `steps` the numbers of its ladder.
    """
    by_step = {target.step_number: target for target in targets}
    rows = [_row(enrolment, judgements, by_step.get(step), step) for step in sorted({*steps, *by_step})]
    say(rows, lowest_of_group(targets), counts=not enrolment.is_void)
    return rows


def _row(
    enrolment: ClockedEnrolment, judgements: Sequence[Judgement], target: ResultTarget | None, step: int
) -> StepClock:
    due_on = add_months(enrolment.enrolled_on, target.months) if target else None
    own = [judgement for judgement in judgements if judgement.step_number == step]
    at_or_above = [judgement for judgement in judgements if judgement.step_number >= step]
    counted = at_or_above if target and target.counts_higher else own
    return StepClock(
        step_number=step,
        target=target,
        enrolled_on=enrolment.enrolled_on,
        exited_on=enrolment.exited_on,
        exit_reason=enrolment.exit_reason,
        due_on=due_on,
        cleared_on=_first_clearing(own),
        reached_on=_first_clearing(at_or_above),
        assessed_on=min((judgement.assessed_on for judgement in own), default=None),
        held_on_due=bool(due_on) and _holds(counted, due_on),
        holds_now=_holds(own, None),
    )


def _first_clearing(judgements: Iterable[Judgement]) -> date | None:
    return min((judgement.cleared_on for judgement in judgements if judgement.cleared_on), default=None)


def _holds(judgements: Sequence[Judgement], day: date | None) -> bool:
    """Whether any of the steps judged is held when `day` ends (None: by all that is known)."""
    known = [judgement for judgement in judgements if day is None or judgement.effective_on <= day]
    for number in {judgement.step_number for judgement in known}:
        turns = [
            judgement
            for judgement in known
            if judgement.step_number == number and judgement.outcome != Outcome.NOT_CLEARED
        ]
        if turns and max(enumerate(turns), key=lambda turn: (turn[1].effective_on, turn[0]))[1].cleared_on:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A project's versions of ladder and targets, to find those of an enrolment."""

    ladders: Ladders
    targets: Targets

    @classmethod
    def of(cls, project_id: int) -> "Rulebook":
        """Load the versions that hold now; two queries."""
        return cls(ladders_of(project_id), targets_of(project_id))

    def steps_for(self, enrolled_on: date) -> tuple[int, ...]:
        """Step numbers of the ladder in force on the enrolment day."""
        return _in_force(self.ladders, enrolled_on)

    def targets_for(self, enrolled_on: date) -> tuple[ResultTarget, ...]:
        """Targets in force on the enrolment day."""
        return _in_force(self.targets, enrolled_on)


def _in_force(versions: Sequence[tuple[date, tuple]], day: date) -> tuple:
    """The latest version begun by the day, else the first there is."""
    begun = [version for version in versions if version[0] <= day]
    return (begun[-1] if begun else versions[0])[1] if versions else ()


def refresh_clocks(enrolment_ids: Sequence[int]) -> None:
    """Work the clocks of these enrolments out anew; part of the action that changed a fact."""
    books: dict[int, Rulebook] = {}
    for chunk in in_chunks(sorted(enrolment_ids)):
        with transaction.atomic(savepoint=False):
            # Locked, or a clock from before would be written over that of a step judged meanwhile.
            _write_clocks(lock_cases(chunk), books)


def clocks_changed(locked: Sequence[Enrolment]) -> None:
    """Work the clocks of enrolments that the action has locked out anew."""
    _write_clocks(locked, {})


def refresh_project(project: Project) -> None:
    """Work out all clocks of a project, as when its targets change."""
    refresh_clocks(list(Enrolment.objects.filter(project=project).values_list("pk", flat=True)))


def differing_clocks(enrolment_ids: Sequence[int]) -> int:
    """How many rows of these enrolments' clocks don't say what the facts say: missing, too many or different."""
    wanted = {_said(row) for row in clocks_of(list(Enrolment.objects.filter(pk__in=enrolment_ids)), {})}
    present = {_said(row) for row in StepClock.objects.filter(enrolment__in=enrolment_ids)}
    return len({said[:2] for said in wanted ^ present})


def _said(row: StepClock) -> tuple[object, ...]:
    """Everything that a clock says, its place first."""
    keys = ("enrolment_id", "step_number", "project_id", "target_id")
    return tuple(getattr(row, name) for name in (*keys, *(name for name in DERIVED if f"{name}_id" not in keys)))


def clocks_of(enrolments: Sequence[Enrolment], books: dict[int, Rulebook]) -> list[StepClock]:
    """The clocks as the facts have them now, unsaved."""
    judged = _judgements([enrolment.pk for enrolment in enrolments])
    rows = []
    for enrolment in enrolments:
        if enrolment.project_id not in books:
            books[enrolment.project_id] = Rulebook.of(enrolment.project_id)
        book = books[enrolment.project_id]
        clocked = ClockedEnrolment(enrolment.enrolled_on, enrolment.exited_on, enrolment.exit_reason, enrolment.is_void)
        for row in clock_rows(
            clocked,
            judged.get(enrolment.pk, ()),
            book.targets_for(enrolment.enrolled_on),
            book.steps_for(enrolment.enrolled_on),
        ):
            row.enrolment_id, row.project_id = enrolment.pk, enrolment.project_id
            rows.append(row)
    return rows


def _write_clocks(locked: Sequence[Enrolment], books: dict[int, Rulebook]) -> None:
    wanted = {_place(row): row for row in clocks_of(locked, books)}
    present = {_place(clock): clock for clock in clocks_kept([enrolment.pk for enrolment in locked])}
    stale = [clock.pk for place, clock in present.items() if place not in wanted]
    if stale:
        StepClock.objects.filter(pk__in=stale).delete()
    differs = (place not in present or _said(row) != _said(present[place]) for place, row in wanted.items())
    _write(list(compress(wanted.values(), differs)), present)


def _place(row: StepClock) -> tuple[int, int]:
    return row.enrolment_id, row.step_number


def _write(rows: Sequence[StepClock], present: Mapping[tuple[int, int], StepClock]) -> None:
    """Write clocks that are new or say something else than those that are there."""
    if len(rows) > _FEW:
        StepClock.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["enrolment", "step_number"],
            update_fields=DERIVED,
            batch_size=IN_A_WRITE,
        )
        return
    insert([row for row in rows if _place(row) not in present])
    for row in rows:
        if _place(row) in present:
            row.pk = present[_place(row)].pk
            update(row, *DERIVED)


DERIVED = [
    "project",
    "target",
    "enrolled_on",
    "exited_on",
    "exit_reason",
    "due_on",
    "cleared_on",
    "reached_on",
    "assessed_on",
    "held_on_due",
    "holds_now",
    "stopped_on",
    "code",
    "event_on",
    "rise",
]


def _judgements(ids: Sequence[int]) -> dict[int, list[Judgement]]:
    rows = groupby(judgements_of(ids), key=lambda row: row[0])
    return {key: [Judgement(*row[1:]) for row in group] for key, group in rows}
