"""Outcomes of an enrolment: noted, corrected, taken back, moved to the right person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.days.periods import IN_THE_FUTURE
from core.swedish.words import day
from participants.amending.moving import carry, leave_marks_of, lock_move
from participants.amending.versions import last_version, lock_version, next_version, require_author
from participants.amending.wordings import Earlier, earlier_wordings
from participants.amending.words import Noun
from participants.enums import MisplacedKind
from participants.locking import lock_case
from participants.misplaced.marks import texts_of
from participants.models import CaseOutcome, Enrolment, Misplacement
from projects.models import Listed

OUTCOME: Final = Noun("utfallet", "återtaget", "rättat")
# Pages where something of an outcome stands.
_PAGES: Final = frozenset({"outcome_create", "outcome_edit", "outcome_take_back"})
EARLIER: Final = Earlier(MisplacedKind.OUTCOME, _PAGES, "outcome_misplaced", earlier_wordings)
NOTHING: Final = "Välj minst ett utfall."
TWICE: Final = "Det är redan det huvudsakliga utfallet."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """The outcomes of an enrolment by a day: lines of the project's list, one of them the main one, or none."""

    on: date
    main: Listed | None
    marks: Sequence[Listed] = ()


@action
def record_outcomes(*, enrolment: Enrolment, outcomes: Outcomes, by: User) -> list[CaseOutcome]:
    """Note what has come of an enrolment so far, the main outcome first.

    Raises ValidationError for `on` before the enrolment or in the future, for `main` where there is nothing to note or
    it isn't offered that day, and for `marks` that aren't offered, or of which the main one is one.
    """
    locked = lock_case(enrolment)
    _check_day(locked, outcomes.on)
    if outcomes.main is None and not outcomes.marks:
        raise ValidationError({"main": NOTHING})
    if outcomes.main in outcomes.marks:
        raise ValidationError({"marks": TWICE})
    main = [outcomes.main] if outcomes.main else []
    _check_offered(main, "main", outcomes.on)
    _check_offered(outcomes.marks, "marks", outcomes.on)
    rows = [
        CaseOutcome.objects.create(
            enrolment=locked,
            concerns_on=outcomes.on,
            outcome=line,
            is_main=line == outcomes.main,
            owner=locked.owner,
            recorded_by=by,
        )
        for line in (*main, *outcomes.marks)
    ]
    log_change(by=by, part="outcome_create", persons=[locked.participant.public_id])
    return rows


@action
def correct_outcome(*, fact: CaseOutcome, outcome: Listed, on: date, is_main: bool, why: str, by: User) -> CaseOutcome:
    """A new version of an outcome. Raises ValidationError for `on` and for `outcome` that isn't offered that day, if it
    is another; ChangedMeanwhile where somebody has replaced it."""
    case, old = lock_version(fact)
    _check_day(case, on)
    if outcome != old.outcome:
        _check_offered([outcome], "outcome", on)
    new = next_version(old, why, by, outcome=outcome, concerns_on=on, is_main=is_main)
    log_change(by=by, part="outcome_edit", persons=[case.participant.public_id])
    return new


@action
def take_back_outcome(*, fact: CaseOutcome, reason: str, by: User) -> CaseOutcome:
    """Take back an outcome that never was, or is no longer so.

    Raises PermissionDenied for others than its author and the coordinators, ChangedMeanwhile where somebody has
    replaced it.
    """
    case, old = lock_version(fact)
    require_author(old, case, by)
    end = last_version(old, reason, by)
    log_change(by=by, part="outcome_take_back", persons=[case.participant.public_id])
    return end


@action
def put_outcome_right(*, fact: CaseOutcome, right: Enrolment | None, by: User) -> Misplacement:
    """Move an outcome to the right case, or take it away where there is none.

    Gives the mark that the wrong file keeps. Raises PermissionDenied for others than its author and the coordinators,
    ChangedMeanwhile where somebody has replaced it, and ValidationError for `right` that was enrolled after its day.
    """
    move = lock_move(fact, right, by)
    if move.to and move.fact.concerns_on < move.to.enrolled_on:
        fault = f"Den personen skrevs in först {day(move.to.enrolled_on)}. Rätta dagen först."
        raise ValidationError({"right": fault})
    carry(move)
    return leave_marks_of(
        move, MisplacedKind.OUTCOME, pages=_PAGES, texts=texts_of(move.versions), by=by, part="outcome_misplaced"
    )


def _check_day(enrolment: Enrolment, on: date) -> None:
    """Raises ValidationError for `on`."""
    if on < enrolment.enrolled_on:
        fault = f"Utfallet kan inte ligga före inskrivningen, {day(enrolment.enrolled_on)}."
        raise ValidationError({"on": fault})
    if on > stamp_day():
        raise ValidationError({"on": IN_THE_FUTURE})


def _check_offered(lines: Sequence[Listed], name: str, on: date) -> None:
    """Raises ValidationError for the field of the name."""
    offered = set(Listed.objects.on(on).filter(pk__in=[line.pk for line in lines]))
    for line in lines:
        if line not in offered:
            raise ValidationError({name: f"{line} erbjuds {line.holds}, inte {day(on)}. Välj igen."})
