"""Logging a meeting: one write that feeds note, step, work list and figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.log.access import log_change
from accounts.models import Organisation, User
from actionplans.enums import MeetingKind, ReaderLevel
from actionplans.models import Meeting, MeetingParagraph, MeetingParty
from actionplans.plans.next_contact import refresh_next_contact
from actionplans.steps.actions import write_assessment
from actionplans.steps.judgement import StepJudgement
from core.actions import action, stamp_day
from core.days.kinds import fault_before
from core.facts import supersede
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from core.prepared.writes import insert
from participants.locking import lock_case
from participants.models import Enrolment
from participants.scope.ways import is_in_emergency_alone


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecord:
    """The answers of the meeting page."""

    kind: MeetingKind
    held_on: date
    text: str
    participant_present: bool = True
    users: Sequence[User] = ()
    organisations: Sequence[Organisation] = ()
    others: Sequence[str] = ()
    next_meeting_on: date | None = None
    cancels_next: bool = False
    judgement: StepJudgement | None = None
    public_id: UUID = field(default_factory=uuid4)
    reader_level: ReaderLevel = ReaderLevel.OWN


@action
def log_meeting(*, enrolment: Enrolment, record: MeetingRecord, by: User) -> Meeting:
    """Write a meeting with who took part, what was said and, where made, the step assessment.

    Raises PermissionDenied where somebody who has the case open in an emergency alone writes more than the note.

    Raises ValidationError for `held_on` and `next_meeting_on`, for the fields of the step's judgement, and for the form
    where another organisation than the case's judges a step.
    """
    locked = lock_case(enrolment)
    in_emergency = is_in_emergency_alone(by, locked)
    if in_emergency and (record.judgement or record.next_meeting_on or record.cancels_next):
        raise PermissionDenied
    _check(record, locked, by)
    meeting = Meeting(
        public_id=record.public_id,
        enrolment=locked,
        project=locked.project,
        kind=record.kind,
        concerns_on=record.held_on,
        participant_present=record.participant_present and record.kind != MeetingKind.NO_SHOW,
        next_meeting_on=record.next_meeting_on,
        cancels_next=record.cancels_next,
        in_emergency=in_emergency,
        owner_id=by.organisation_id or locked.owner_id,
        recorded_by=by,
    )
    insert([meeting])
    write_parties(meeting, record.users, record.organisations, record.others)
    if record.text.strip():
        _write_paragraph(meeting, record.text.strip(), by, record.reader_level)
    if record.judgement:
        write_assessment(locked, record.judgement, record.held_on, meeting, by)
    meeting.booked_on = refresh_next_contact(locked)
    log_change(by=by, part="meeting_create", persons=[locked.participant.public_id])
    return meeting


@action
def correct_paragraph(*, paragraph: MeetingParagraph, text: str, by: User) -> MeetingParagraph:
    """A new version of a note; the one before stays and is named.

    Raises ChangedMeanwhile where somebody else has corrected it, or moved its meeting, since it was read.
    """
    case = lock_case(paragraph.enrolment) if paragraph.enrolment else None
    locked = (
        MeetingParagraph.objects.select_for_update(of=("self",), no_key=True)
        .select_related("meeting")
        .get(pk=paragraph.pk)
    )
    if locked.superseded_at or locked.enrolment_id != paragraph.enrolment_id:
        raise ChangedMeanwhile("Någon annan har rättat anteckningen medan du skrev. Jämför och spara igen.")
    supersede(locked)
    new = _write_paragraph(locked.meeting, text.strip(), by, ReaderLevel(locked.reader_level), corrects=locked)
    persons = [case.participant.public_id] if case else []
    log_change(by=by, part="meeting_correct", persons=persons)
    return new


def day_faults(held_on: date, next_meeting_on: date | None, enrolment: Enrolment, on: date) -> dict[str, str]:
    """Faults of a meeting's day and of the next meeting's, in words by field; `on` is today."""
    faults: dict[str, str] = {}
    if held_on > on:
        faults["held_on"] = "Mötesdagen kan inte ligga i framtiden."
    elif fault := fault_before(held_on, _first_days(enrolment)):
        faults["held_on"] = fault
    if next_meeting_on and next_meeting_on <= held_on:
        faults["next_meeting_on"] = "Nästa möte ska ligga efter det här mötet."
    return faults


def _first_days(enrolment: Enrolment) -> dict[str, date | None]:
    """Days before which nobody has met the participant, by what they are called. A meeting may come before the
    enrolment, but not before the project, unless somebody was enrolled earlier than that."""
    start, enrolled = enrolment.project.starts_on, enrolment.enrolled_on
    begun = {"inskrivningen": enrolled} if start and enrolled < start else {"projektets första dag": start}
    return {"deltagarens födelse": enrolment.participant.birth_date, **begun}


def _check(record: MeetingRecord, enrolment: Enrolment, by: User) -> None:
    if record.judgement and by.organisation_id not in (None, enrolment.owner_id):
        raise ValidationError("Steg bedöms av den organisation som har ärendet.")
    if faults := day_faults(record.held_on, record.next_meeting_on, enrolment, stamp_day()):
        raise ValidationError(faults)
    if record.held_on < enrolment.enrolled_on and record.judgement:
        raise ValidationError({"held_on": "Ett steg kan inte bedömas före inskrivningen."})


def write_parties(
    meeting: Meeting, users: Iterable[User], organisations: Iterable[Organisation], others: Iterable[str]
) -> None:
    """Write down who took part; part of an action that has locked the case."""
    parties = [MeetingParty(meeting=meeting, user=user, organisation_id=user.organisation_id) for user in users]
    parties += [MeetingParty(meeting=meeting, organisation=organisation) for organisation in organisations]
    parties += [MeetingParty(meeting=meeting, name=name) for name in others]
    insert(parties)


def _write_paragraph(
    meeting: Meeting, text: str, by: User, reader_level: ReaderLevel, corrects: MeetingParagraph | None = None
) -> MeetingParagraph:
    paragraph = MeetingParagraph(
        enrolment=meeting.enrolment,
        meeting=meeting,
        author=by,
        reader_level=reader_level,
        version=corrects.version + 1 if corrects else 1,
        body=TextBody.objects.write(text),
        concerns_on=meeting.concerns_on,
        corrects=corrects,
        owner_id=meeting.owner_id,
        recorded_by=by,
    )
    insert([paragraph])
    return paragraph
