"""Judgements of steps on the timeline."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from actionplans.enums import CriterionOutcome, Origin, Outcome
from actionplans.meetings.timeline import MeetingRow
from actionplans.models import StepAssessment
from core.days.dates import stockholm_day
from core.swedish.words import day as in_words
from core.swedish.words import decimal, plural
from participants.models import Enrolment
from participants.timeline.entries import (
    PLAIN,
    QUIET,
    STEP,
    CaseHistory,
    FactEntries,
    TimelineEntry,
    from_register,
    paragraphs,
)
from participants.timeline.rows import FactRow, part, readable


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow(FactRow):
    """A judgement of a step, or that one was taken back: then it `corrects` that one, and `departure` says why.

    `met` of the `applying` criteria were met. `meeting` is the public id of the meeting where it was made.
    """

    number: int
    name: str
    outcome: Outcome
    cleared_on: date | None
    departure: str
    late_reason: str
    origin: Origin
    met: int
    applying: int
    meeting: UUID | None
    # Key of the version that was written first.
    root: int = 0
    # Whether the user may read what it said, though it has been taken back, and why it was.
    is_told: bool = True
    says_why: bool = True


class StepEntries(FactEntries[StepRow]):
    """Judgements; one that was taken back says so, with who and why."""

    row = StepRow
    glyph = "step"
    names_readers = True

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            StepRow,
            StepAssessment.objects.filter(readable(enrolment)),
            number=F("step__number"),
            name=F("step__name"),
            outcome=F("outcome"),
            cleared_on=F("cleared_on"),
            departure=F("departure__text"),
            late_reason=F("late_reason__text"),
            origin=F("origin"),
            met=Count("results", filter=Q(results__outcome=CriterionOutcome.MET)),
            applying=Count("results", filter=~Q(results__outcome=CriterionOutcome.NOT_APPLICABLE)),
            meeting=F("meeting__public_id"),
            root=Coalesce("first_id", "pk"),
            is_told=_is(Q(superseded_at__isnull=True) | enrolment.reading.taken_back()),
            says_why=_is(Q(owner_id=enrolment.reading.organisation_id)),
        )

    def entry(self, row: StepRow, case: CaseHistory) -> TimelineEntry | None:
        if row.corrects or _is_written_anew(row, case):
            return None
        withdrawal = next(iter(case.where(StepRow, "corrects", row.fact)), None)
        said = (_how(row, case.enrolment), row.departure, row.late_reason) if row.is_told else ()
        return self.line(
            row,
            case,
            _title(row),
            paragraphs(*said, _withdrawn(withdrawal)),
            kind=_look(row),
            when=from_register(row.on) if row.origin == Origin.REGISTER else "",
            url=_page(row, case),
        )


def _page(row: StepRow, case: CaseHistory) -> str:
    """The address of the meeting where it was judged; empty where there was none, or none that the user may read."""
    is_read = row.meeting is not None and case.where(MeetingRow, "meeting", row.meeting)
    return case.address("meeting_detail", row.meeting) if is_read else ""


def _is(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False)


def _title(row: StepRow) -> str:
    """«Steg 1, deltar: klarat», «… (återtaget)»; without the outcome for users who may not read that any more."""
    step = f"Steg {row.number}, {row.name.lower()}"
    outcome = f": {row.outcome.label.lower()}" if row.is_told else ""
    return step + outcome + ("" if row.is_current else " (återtaget)")


def _is_written_anew(row: StepRow, case: CaseHistory) -> bool:
    """Whether a later version says the judgement, as when the day of its meeting has been corrected."""
    if row.is_current or not row.root:
        return False
    return any(later.fact > row.fact and not later.corrects for later in case.where(StepRow, "root", row.root))


def _look(row: StepRow) -> str:
    if not row.is_current:
        return QUIET
    return STEP if row.outcome == Outcome.CLEARED else PLAIN


def _how(row: StepRow, enrolment: Enrolment) -> str:
    """«Dag 39 · 6 av 6 kriterier uppfyllda»."""
    return " · ".join(said for said in (_cleared(row, enrolment), _criteria(row)) if said)


def _cleared(row: StepRow, enrolment: Enrolment) -> str:
    if row.cleared_on is None:
        return ""
    since = "" if row.cleared_on == row.on else f"sedan {in_words(row.cleared_on)}, "
    text = f"{since}dag {decimal((row.cleared_on - enrolment.enrolled_on).days, 0)}"
    return text[0].upper() + text[1:]


def _criteria(row: StepRow) -> str:
    if not row.applying:
        return ""
    return f"{row.met} av {plural(row.applying, 'kriterium uppfyllt,kriterier uppfyllda')}"


def _withdrawn(withdrawal: StepRow | None) -> str:
    if withdrawal is None:
        return ""
    recorded_on = in_words(stockholm_day(withdrawal.recorded_at))
    why = f": {withdrawal.departure}" if withdrawal.says_why else ""
    return f"Återtaget {recorded_on} av {withdrawal.by}{why}"
