"""Outcomes of an enrolment: noted, corrected, taken back, moved to the right person."""

from collections.abc import Mapping, Sequence
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
    if faults := outcome_faults(locked, outcomes):
        raise ValidationError(faults)
    lines = dict.fromkeys((*([outcomes.main] if outcomes.main else []), *outcomes.marks))
    said = [OutcomeRecord(outcome=line, on=outcomes.on, is_main=line == outcomes.main) for line in lines]
    rows = [OUTCOMES.write(locked, record, by) for record in said]
    OUTCOMES.log("create", locked, by)
    return rows


def outcome_faults(case: Enrolment, outcomes: Outcomes) -> dict[str, str]:
    """Every fault of what is noted, in words by the name of its field: `on`, `main` or `marks`. One query at most."""
    faults = _day_fault(case, outcomes.on)
    if outcomes.main is None and not outcomes.marks:
        return faults | {"main": NOTHING}
    if outcomes.main in outcomes.marks:
        faults["marks"] = TWICE
    main = [outcomes.main] if outcomes.main else []
    return _not_offered({"main": main, "marks": outcomes.marks}, outcomes.on) | faults


def correction_faults(case: Enrolment, record: OutcomeRecord, kept: CaseOutcome | None) -> dict[str, str]:
    """Every fault of an outcome, in words by the name of its field: `on`, or `outcome` that isn't offered that day, if
    it is another than the one it corrects. One query at most."""
    is_other = kept is None or record.outcome != kept.outcome
    lines = {"outcome": [record.outcome]} if is_other else {}
    return _day_fault(case, record.on) | _not_offered(lines, record.on)


def follow_line(line: Listed) -> None:
    """Have every version of the outcomes of a line be of the kind of information that the line says. Part of the action
    that changes the line."""
    CaseOutcome.objects.filter(outcome=line).update(category=category_of(line))


def _check(case: Enrolment, record: OutcomeRecord, kept: CaseOutcome | None) -> None:
    """Raises ValidationError by field."""
    if faults := correction_faults(case, record, kept):
        raise ValidationError(faults)


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


def _day_fault(enrolment: Enrolment, on: date) -> dict[str, str]:
    if on < enrolment.enrolled_on:
        return {"on": f"Utfallet kan inte ligga före inskrivningen, {day(enrolment.enrolled_on)}."}
    return {"on": IN_THE_FUTURE} if on > stamp_day() else {}


def _not_offered(lines: Mapping[str, Sequence[Listed]], on: date) -> dict[str, str]:
    """The first line of each field that isn't offered on the day, in words."""
    keys = [line.pk for chosen in lines.values() for line in chosen]
    offered = set(Listed.objects.on(on).filter(pk__in=keys)) if keys else set()
    gone = {name: [line for line in chosen if line not in offered] for name, chosen in lines.items()}
    firsts = {name: chosen[0] for name, chosen in gone.items() if chosen}
    return {name: f"{line} erbjuds {line.holds}, inte {day(on)}. Välj igen." for name, line in firsts.items()}


OUTCOMES: Final = CaseFacts(
    model=CaseOutcome,
    noun=Noun("utfallet", "återtaget", "rättat"),
    mark=MisplacedKind.OUTCOME,
    name="outcome",
    check=_check,
    columns=_columns,
    check_move=_check_move,
)
