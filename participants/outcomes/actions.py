"""Outcomes of an enrolment: noted, corrected, taken back, moved to the right person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from accounts.models import User
from core.actions import action, stamp_day
from core.days.periods import IN_THE_FUTURE
from core.swedish.words import day
from participants.amending.kinds import CaseFacts
from participants.amending.words import Noun
from participants.enums import MisplacedKind
from participants.locking import lock_case
from participants.models import CaseOutcome, Enrolment
from participants.models.entry import category_of
from projects.models import Listed

NOTHING: Final = "Välj minst ett utfall."
TWICE: Final = "Det är redan det huvudsakliga utfallet."


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """The outcomes of an enrolment by a day: lines of the project's list, one of them the main one, or none."""

    on: date
    main: Listed | None
    marks: Sequence[Listed] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRecord:
    """One outcome by a day: a line of the project's list, the main one or a mark beside it."""

    outcome: Listed
    on: date
    is_main: bool


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
    lines = (*main, *outcomes.marks)
    said = [OutcomeRecord(outcome=line, on=outcomes.on, is_main=line == outcomes.main) for line in lines]
    rows = [OUTCOMES.write(locked, record, by) for record in said]
    OUTCOMES.log("create", locked, by)
    return rows


def follow_line(line: Listed) -> None:
    """Have every version of the outcomes of a line be of the kind of information that the line says. Part of the action
    that changes the line."""
    CaseOutcome.objects.filter(outcome=line).update(category=category_of(line))


def _check(case: Enrolment, record: OutcomeRecord, kept: CaseOutcome | None) -> None:
    """Raises ValidationError for `on`, and for `outcome` that isn't offered that day, if it is another."""
    _check_day(case, record.on)
    if kept is None or record.outcome != kept.outcome:
        _check_offered([record.outcome], "outcome", record.on)


def _columns(record: OutcomeRecord) -> dict[str, Any]:
    return {
        "outcome": record.outcome,
        "category": category_of(record.outcome),
        "concerns_on": record.on,
        "is_main": record.is_main,
    }


def _check_move(fact: CaseOutcome, right: Enrolment) -> None:
    """Raises ValidationError for `right` that was enrolled after its day."""
    if fact.concerns_on < right.enrolled_on:
        fault = f"Den personen skrevs in först {day(right.enrolled_on)}. Rätta dagen först."
        raise ValidationError({"right": fault})


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


OUTCOMES: Final = CaseFacts(
    model=CaseOutcome,
    noun=Noun("utfallet", "återtaget", "rättat"),
    mark=MisplacedKind.OUTCOME,
    name="outcome",
    check=_check,
    columns=_columns,
    check_move=_check_move,
)
