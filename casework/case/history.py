"""Everything that stands written about a case, in one query: a union of its facts, a row each.

The case page reads all kinds of facts; with a query for each it would ask more than all else on the page.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Expression,
    ExpressionWrapper,
    F,
    Field,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from accounts.models import AccessEvent
from accounts.namesakes import shown_name
from actionplans.enums import CriterionOutcome, MilestoneState, Origin, ReaderLevel
from actionplans.models import Meeting, MeetingParagraph, MilestoneStatus, PlanRevision, StepAssessment
from core.enums import Category
from participants.enrolment.actions import REOPENED
from participants.enums import ReferralSource, VoidState
from participants.models import (
    Assessment,
    CaseAssignment,
    Enrolment,
    EnrolmentEntry,
    Exit,
    KeptNote,
    PlacementPeriod,
    SickListing,
    Voiding,
)
from participants.scope.reading import Reading


class Kind(StrEnum):
    """What sort of fact a row is."""

    MEETING = "meeting"
    NOTE = "note"
    STEP = "step"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    MILESTONE = "milestone"
    EXIT = "exit"
    ENTRY = "entry"
    SICK = "sick"
    RESPONSIBLE = "responsible"
    KEPT = "kept"
    PLACEMENT = "placement"
    VOIDING = "voiding"


@dataclass(frozen=True, slots=True)
class Row:
    """A fact about a case. What the last columns hold differs by kind; those that a kind lacks are empty.

    `text`      note, reason, main activity, delmål, comment, kept words, place
    `detail`    late reason (step), weekly schedule (plan)
    `code`      kind of meeting, reader level of the note, outcome, state, exit reason, source
    `number`    version of the note, step, plan revision, delmål
    `name`      name of the step, who is responsible, who supervises
    `day`       cleared on, next meeting, next follow-up, due day, referral day, end of the sick-listing, of the
                placement or of the responsibility
    `flag`      the participant was there (meeting), from a register (step, assessment, plan), void (entry)
    `complete`  the plan lacks nothing, the meeting wasn't noted in an emergency
    `met`, `applying`  criteria
    `meeting`   public id of the meeting
    `owner`     the organisation that wrote it
    `readers`   who can read it, in words; worked out by the timeline
    """

    kind: str
    fact: int
    corrects: int | None
    on: date
    recorded_at: datetime
    superseded_at: datetime | None
    by: str
    owner: str
    text: str
    detail: str
    code: str
    number: int
    name: str
    day: date | None
    flag: bool
    complete: bool
    met: int
    applying: int
    meeting: uuid.UUID | None
    readers: str = ""

    @property
    def is_current(self) -> bool:
        """Nothing has replaced it."""
        return self.superseded_at is None


def history(enrolment: Enrolment, reading: Reading) -> list[Row]:
    """All facts of an enrolment that may be read, superseded ones too, in the order they were written down."""
    of_case = Q(enrolment=enrolment) & reading.facts()
    parts = [
        _meetings(of_case),
        _notes(of_case, reading),
        _steps(of_case),
        _part(Kind.ASSESSMENT, Assessment.objects.filter(of_case), text=F("summary__text"), flag=F("is_imported")),
        _plans(of_case),
        _milestones(of_case),
        _part(Kind.EXIT, Exit.objects.filter(of_case), text=F("comment__text"), code=F("reason")),
        _entries(of_case, reading),
        _part(Kind.SICK, SickListing.objects.filter(of_case, percent=100).current(), day=F("until")),
        _part(
            Kind.PLACEMENT,
            PlacementPeriod.objects.filter(of_case).current(),
            text=F("place__text"),
            name=shown_name("supervisor"),
            day=F("until"),
        ),
        # Nobody but the own organisation reads these, whatever consent opens.
        _part(
            Kind.KEPT,
            KeptNote.objects.filter(of_case, owner=reading.organisation_id),
            owner=F("owner__name"),
            text=F("body__text"),
        ),
        _part(
            Kind.VOIDING,
            Voiding.objects.filter(of_case, owner=reading.organisation_id),
            text=F("why__text"),
            code=F("state"),
        ),
        # Who answers for the case is the owner's own matter.
        _responsible(Q(enrolment=enrolment) if reading.is_own else Q(pk__in=[])),
    ]
    rows = [Row(*values) for values in parts[0].union(*parts[1:], all=True)]
    return sorted(rows, key=lambda row: (row.recorded_at, row.fact))


def _meetings(of_case: Q) -> QuerySet:
    return _part(
        Kind.MEETING,
        Meeting.objects.filter(of_case),
        owner=F("owner__name"),
        code=F("kind"),
        day=F("next_meeting_on"),
        flag=F("participant_present"),
        complete=Q(in_emergency=False),
        meeting=F("public_id"),
    )


def _notes(of_case: Q, reading: Reading) -> QuerySet:
    """The notes of meetings as they stand now; of others' those that were written for whomever consent lets in."""
    readable = Q(owner_id=reading.organisation_id) | Q(reader_level=ReaderLevel.CONSENTED)
    return _part(
        Kind.NOTE,
        MeetingParagraph.objects.current().filter(of_case & readable),
        owner=F("owner__name"),
        text=F("body__text"),
        code=F("reader_level"),
        number=F("version"),
        meeting=F("meeting__public_id"),
    )


def _steps(of_case: Q) -> QuerySet:
    met = Q(results__outcome=CriterionOutcome.MET)
    applying = ~Q(results__outcome=CriterionOutcome.NOT_APPLICABLE)
    return _part(
        Kind.STEP,
        StepAssessment.objects.filter(of_case),
        text=F("departure__text"),
        detail=F("late_reason__text"),
        code=F("outcome"),
        number=F("step__number"),
        name=F("step__name"),
        day=F("cleared_on"),
        flag=Q(origin=Origin.REGISTER),
        met=Count("results", filter=met),
        applying=Count("results", filter=applying),
        meeting=F("meeting__public_id"),
    )


def _plans(of_case: Q) -> QuerySet:
    return _part(
        Kind.PLAN,
        PlanRevision.objects.filter(of_case),
        text=F("main_activity__text"),
        detail=F("schedule__text"),
        number=F("number"),
        day=F("next_follow_up_on"),
        flag=F("is_imported"),
        complete=F("is_complete"),
    )


def _milestones(of_case: Q) -> QuerySet:
    """Where each delmål stands, and when it was reached."""
    wanted = Q(superseded_at__isnull=True) | Q(state=MilestoneState.REACHED)
    return _part(
        Kind.MILESTONE,
        MilestoneStatus.objects.filter(of_case & wanted),
        text=F("text__text"),
        code=F("state"),
        number=F("milestone_id"),
        day=F("due_on"),
    )


def _entries(of_case: Q, reading: Reading) -> QuerySet:
    """How it began; who sent the person is information about support."""
    support = {"text": F("note__text"), "code": F("source"), "day": F("referred_on")}
    unsaid = {"code": Value(ReferralSource.UNKNOWN.value, CharField())}
    said = support if Category.SUPPORT in reading.of_case else unsaid
    return _part(Kind.ENTRY, EnrolmentEntry.objects.filter(of_case), flag=F("is_void"), **said)


def _responsible(of_case: Q) -> QuerySet:
    """Who has answered for the case. Notes to the next one aren't part of its history."""
    return _part(
        Kind.RESPONSIBLE,
        CaseAssignment.objects.filter(of_case).responsible(),
        corrects=_none(BigIntegerField()),
        on=F("valid_from"),
        superseded_at=_none(DateTimeField()),
        name=Coalesce(shown_name("user"), "organisation__name"),
        day=F("valid_until"),
    )


def reopenings(enrolment: Enrolment) -> list[tuple[datetime, str]]:
    """When exits of the person were taken back and by whom: no fact says it, but the access log does."""
    events = AccessEvent.objects.filter(part=REOPENED, subjects__person=enrolment.participant.public_id)
    return list(events.order_by("at").values_list("at", shown_name("user")))


def voiding_of(rows: Sequence[Row]) -> Row | None:
    """The question whether the case is wrongly registered that waits, or was answered with a no."""
    now = next((row for row in rows if row.kind == Kind.VOIDING and row.is_current), None)
    return now if now and now.code in (VoidState.ASKED, VoidState.DECLINED) else None


def _none(field: Any) -> Expression:
    """Nothing, with a type that PostgreSQL can match over the parts of the union."""
    return Cast(Value(None), field)


_EMPTY: dict[str, Expression] = {
    "owner": Value("", TextField()),
    "text": Value("", TextField()),
    "detail": Value("", TextField()),
    "code": Value("", CharField()),
    "number": Value(0),
    "name": Value("", CharField()),
    "day": _none(DateField()),
    "flag": Value(False),
    "complete": Value(False),
    "met": Value(0),
    "applying": Value(0),
    "meeting": _none(UUIDField()),
}
_TYPES: dict[str, Field] = {
    "owner": TextField(),
    "text": TextField(),
    "detail": TextField(),
    "number": IntegerField(),
}


def _part(kind: Kind, facts: QuerySet, **own: Any) -> QuerySet:
    """The facts as tuples in the order of Row's fields."""
    columns = {
        "kind": Value(kind.value, CharField()),
        "fact": F("pk"),
        "corrects": own.get("corrects", F("corrects_id")),
        "on": own.get("on", F("concerns_on")),
        "recorded_at": F("recorded_at"),
        "superseded_at": own.get("superseded_at", F("superseded_at")),
        "by": F("recorded_by__name"),
        **{name: _typed(name, own.get(name, empty), empty) for name, empty in _EMPTY.items()},
    }
    named = {f"col_{name}": column for name, column in columns.items()}
    return facts.order_by().annotate(**named).values_list(*named)


def _typed(name: str, value: Any, empty: Expression) -> Any:
    """Texts and numbers are never missing: what a left join doesn't find is empty."""
    if isinstance(value, Q):
        return ExpressionWrapper(value, output_field=BooleanField())
    if name in _TYPES and isinstance(value, F):
        return Coalesce(value, empty, output_field=_TYPES[name])
    return value
