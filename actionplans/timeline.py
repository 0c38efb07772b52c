"""What has happened in a case, latest first: one entry per fact, corrected ones with their correction."""

from dataclasses import dataclass
from datetime import date, datetime

from actionplans.enums import Origin, Outcome
from actionplans.models import Meeting, PlanRevision, StepAssessment
from core.dates import stockholm_day
from core.templatetags.swedish import day as in_words
from participants.enums import ExitReason
from participants.models import Assessment, Enrolment, EnrolmentEntry, Exit

STEP, QUIET, PLAIN = "step", "quiet", ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the timeline, in the form that components/timeline.html takes."""

    on: date
    recorded_at: datetime
    when: str
    title: str
    text: str = ""
    kind: str = PLAIN
    url: str = ""
    readers: str = ""


def timeline(enrolment: Enrolment) -> list[Entry]:
    """Every entry of an enrolment; the number of queries doesn't grow with it."""
    entries = [
        *_meetings(enrolment),
        *_steps(enrolment),
        *_assessments(enrolment),
        *_plans(enrolment),
        *_exits(enrolment),
        *_beginnings(enrolment),
    ]
    return sorted(entries, key=lambda entry: (entry.on, entry.recorded_at), reverse=True)


def _when(fact: Meeting | StepAssessment | Assessment | PlanRevision | Exit | EnrolmentEntry) -> str:
    """The day, and when it was written down where that was later."""
    said = in_words(fact.concerns_on)
    written = stockholm_day(fact.recorded_at)
    if (written - fact.concerns_on).days > 1:
        said += f" · inskrivet {in_words(written)}"
    return f"{said} · {fact.recorded_by}"


def _meetings(enrolment: Enrolment) -> list[Entry]:
    rows = enrolment.meetings.select_related("recorded_by").prefetch_related("paragraphs__body", "paragraphs__owner")
    return [_meeting(meeting) for meeting in rows]


def _meeting(meeting: Meeting) -> Entry:
    said = [one for one in meeting.paragraphs.all() if one.superseded_at is None]
    corrected = any(one.version > 1 for one in said)
    return Entry(
        on=meeting.concerns_on,
        recorded_at=meeting.recorded_at,
        when=_when(meeting),
        title=meeting.get_kind_display() + (" (anteckningen är rättad)" if corrected else ""),
        text="\n\n".join(one.body.text for one in said),
        url=meeting.get_absolute_url(),
        readers=", ".join(sorted({one.owner.name for one in said})),
    )


def _steps(enrolment: Enrolment) -> list[Entry]:
    rows = enrolment.step_assessments.select_related("step", "departure", "recorded_by", "corrects", "meeting")
    return [_step(one) for one in rows.prefetch_related("results")]


def _step(one: StepAssessment) -> Entry:
    titles = {
        Outcome.CLEARED: f"Klarat steg {one.step.number}, {one.step.name.lower()}",
        Outcome.NOT_CLEARED: f"Steg {one.step.number} inte klarat än",
        Outcome.LOST: f"Steg {one.step.number} inte längre klarat",
    }
    title = "Bedömningen återtogs" if one.corrects_id else titles[Outcome(one.outcome)]
    return Entry(
        on=one.cleared_on or one.concerns_on,
        recorded_at=one.recorded_at,
        when=_when(one),
        title=title + (" (återtagen)" if one.superseded_at else ""),
        text=" ".join(filter(None, (_criteria(one), one.departure.text if one.departure else ""))),
        kind=STEP if one.outcome == Outcome.CLEARED and one.superseded_at is None else QUIET,
        url=one.meeting.get_absolute_url() if one.meeting else "",
    )


def _criteria(one: StepAssessment) -> str:
    if one.origin == Origin.REGISTER:
        return "Från inläst register, utan kriterier."
    results = list(one.results.all())
    if not results:
        return ""
    applying = [result for result in results if result.outcome != "not_applicable"]
    met = sum(result.outcome == "met" for result in applying)
    return f"{met} av {len(applying)} kriterier som gäller är uppfyllda."


def _assessments(enrolment: Enrolment) -> list[Entry]:
    rows = enrolment.assessments.current().select_related("summary", "recorded_by")
    return [
        Entry(
            on=one.concerns_on,
            recorded_at=one.recorded_at,
            when=_when(one),
            title="Kartläggning klar",
            text=one.summary.text if one.summary else f"Dag {(one.concerns_on - enrolment.enrolled_on).days}.",
        )
        for one in rows
    ]


def _plans(enrolment: Enrolment) -> list[Entry]:
    rows = enrolment.plan_revisions.select_related("main_activity", "recorded_by")
    return [
        Entry(
            on=one.concerns_on,
            recorded_at=one.recorded_at,
            when=_when(one),
            title=f"Handlingsplan {one.number}" + ("" if one.is_complete else " (inte komplett)"),
            text=one.main_activity.text if one.main_activity else "",
        )
        for one in rows
    ]


def _exits(enrolment: Enrolment) -> list[Entry]:
    rows = enrolment.exits.select_related("comment", "recorded_by")
    return [
        Entry(
            on=one.concerns_on,
            recorded_at=one.recorded_at,
            when=_when(one),
            title=f"Avslut: {ExitReason(one.reason).label.lower()}" + (" (rättat)" if one.superseded_at else ""),
            text=one.comment.text if one.comment else "",
            kind=QUIET,
        )
        for one in rows
    ]


def _beginnings(enrolment: Enrolment) -> list[Entry]:
    rows = enrolment.entries.select_related("note", "recorded_by")
    entries = [
        Entry(
            on=one.concerns_on,
            recorded_at=one.recorded_at,
            when=_when(one),
            title="Inskriven" + (" (rättad)" if one.superseded_at else ""),
            text=one.note.text if one.note else "",
            kind=QUIET,
        )
        for one in rows
    ]
    if enrolment.referred_on:
        title = f"Anvisad från {enrolment.get_source_display()}"
        first = min(entries, key=lambda entry: entry.recorded_at).recorded_at
        entries.append(
            Entry(enrolment.referred_on, first, in_words(enrolment.referred_on), title, kind=QUIET)
        )
    return entries
