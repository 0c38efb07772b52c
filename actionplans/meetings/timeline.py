"""Meetings on the timeline, each with its notes."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from actionplans.enums import MeetingKind, ReaderLevel
from actionplans.meetings.booking import MeetingSaid
from actionplans.models import Meeting, MeetingParagraph
from core.days.dates import stockholm_day
from core.enums import Category
from core.prepared.questions import prepared
from core.swedish.words import day as in_words
from participants.amending.timeline import AmendedRow, amended
from participants.models import Enrolment
from participants.scope.opened import WHO, scope_of, who
from participants.scope.scope import Scope
from participants.timeline.entries import QUIET, CaseHistory, FactEntries, TimelineEntry, paragraphs
from participants.timeline.rows import FactRow, part, readable
from projects.access import RolesShape


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow(AmendedRow):
    """A meeting, with the key of the organisation that wrote it. `next_meeting_on` is the day that was agreed for the
    next one."""

    meeting: UUID
    owner: int
    kind: MeetingKind
    participant_present: bool
    in_emergency: bool
    next_meeting_on: date | None
    cancels_next: bool = False
    # Key of the version that was written first.
    root: int = 0

    @property
    def said(self) -> MeetingSaid:
        """The part of the row that is about the next meeting."""
        return MeetingSaid(self.on, self.next_meeting_on, self.cancels_next, self.is_with_participant)

    @property
    def is_with_participant(self) -> bool:
        """Whether the participant was there."""
        return self.participant_present and self.kind != MeetingKind.NO_SHOW


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow(FactRow):
    """A piece of what was said at a meeting, by the organisation that wrote it."""

    meeting: UUID
    owner: str
    text: str
    version: int
    reader_level: ReaderLevel


_GLYPHS: Final = {MeetingKind.PHONE: "phone", MeetingKind.NO_SHOW: "missed"}


class MeetingEntries(FactEntries[MeetingRow]):
    """Meetings, with the notes that may be read of each."""

    row = MeetingRow
    glyph = "meeting"

    def facts(self, enrolment: Enrolment) -> QuerySet:
        return part(
            MeetingRow,
            Meeting.objects.filter(readable(enrolment)),
            meeting=Coalesce("first__public_id", "public_id"),
            owner=F("owner_id"),
            kind=F("kind"),
            participant_present=F("participant_present"),
            in_emergency=F("in_emergency"),
            next_meeting_on=F("next_meeting_on"),
            cancels_next=F("cancels_next"),
            root=Coalesce("first_id", "pk"),
            **amended(enrolment),
        )

    def entry(self, row: MeetingRow, case: CaseHistory) -> TimelineEntry | None:
        address = case.address("meeting_detail", row.meeting)
        if row.taken_back:
            title = f"{row.kind.label} (återtaget)"
            return self.line(row, case, title, row.told_why("Återtaget"), kind=QUIET, url=address)
        if not row.is_current:
            return None
        notes = case.where(NoteRow, "meeting", row.meeting)
        words = (text for note in notes for text in (note.text, _corrected(note)))
        return self.line(
            row,
            case,
            row.kind.label,
            paragraphs(*words, row.told_why("Uppgifterna om mötet rättade") if row.corrects else ""),
            url=address,
            readers=" · ".join(dict.fromkeys(_readers(note, case) for note in notes)),
            glyph=_GLYPHS.get(row.kind, ""),
        )


class NoteEntries(FactEntries[NoteRow]):
    """The notes of meetings in their newest versions; of another organisation's meetings only notes that were written
    for everybody with consent. They are told with their meeting."""

    row = NoteRow

    def facts(self, enrolment: Enrolment) -> QuerySet:
        own = Q(owner_id=enrolment.reading.organisation_id)
        return part(
            NoteRow,
            MeetingParagraph.objects.current().filter(
                readable(enrolment) & (own | Q(reader_level=ReaderLevel.CONSENTED))
            ),
            meeting=F("meeting__public_id"),
            owner=F("owner__name"),
            text=F("body__text"),
            version=F("version"),
            reader_level=F("reader_level"),
        )


def _readers(note: NoteRow, case: CaseHistory) -> str:
    """Words about who can read a note: its writers, and those whom consent lets in if it was written for them."""
    shared = case.readers.beside(note.owner, Category.MEETINGS) if note.reader_level == ReaderLevel.CONSENTED else ""
    return shared or note.owner


def _corrected(note: NoteRow) -> str:
    if note.version <= 1:
        return ""
    return f"Rättad {in_words(stockholm_day(note.recorded_at))} av {note.by}. Den förra lydelsen står på mötets sida."


def latest_note(scope: Scope, enrolment: Enrolment) -> MeetingParagraph | None:
    """The note of the case's last meeting that the user may read, with its words, its author and as `held_on` the day;
    None where there is none. One query."""
    return _latest_note.first(scope.roles.shape, enrolment=enrolment.pk, **who(scope))


@prepared(enrolment=BigIntegerField(), **WHO)
def _latest_note(roles: RolesShape, *, enrolment: Any, **values: Any) -> QuerySet:
    scope = scope_of(roles, **values)
    held_on = Meeting.objects.visible_to(scope).of_root(OuterRef("meeting")).values("concerns_on")[:1]
    notes = MeetingParagraph.objects.visible_to(scope).filter(enrolment=enrolment).current()
    with_day = notes.annotate(held_on=Subquery(held_on)).select_related("body", "author")
    return with_day.order_by("-held_on", "-meeting", "-pk")[:1]
