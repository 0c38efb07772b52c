"""Every kind of row is read from the one query as its class says, in both databases."""

from dataclasses import MISSING, fields
from datetime import date, timedelta
from enum import Enum
from typing import get_type_hints
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.enums import MeetingKind, Origin, Outcome, ReaderLevel
from actionplans.meetings.actions import correct_paragraph
from actionplans.meetings.timeline import MeetingRow, NoteRow
from actionplans.models import MeetingParagraph
from actionplans.plans.timeline import MilestoneRow, PlanRow
from actionplans.steps.timeline import StepRow
from casework.case.kinds import KINDS
from casework.case.timeline import read_rows
from core.days.dates import today
from core.enums import Category
from participants.assignment.timeline import ResponsibleRow
from participants.enrolment.timeline import BeginningRow
from participants.enums import ReferralSource
from participants.models import Enrolment
from participants.scope.reading import CaseReading, Grant
from participants.sick_listing.actions import record_sick_listing
from participants.sick_listing.timeline import SickListingRow
from participants.stale_forms.kept_notes import keep_note
from participants.stale_forms.timeline import KeptNoteRow
from participants.timeline.entries import FactEntries
from participants.timeline.rows import FactRow, read_row
from participants.void import chain
from participants.void.timeline import VoidingRow
from tests.world.cases import days_ago, met, plan, started

FACTS = [kind for kind in KINDS if isinstance(kind, FactEntries)]


@pytest.fixture
def case(world) -> Enrolment:
    """The case worker's case, begun forty days ago, as the own organisation may read it."""
    enrolment = started(world.enrolment, 40)
    enrolment.reading = CaseReading(world.ame.pk, is_own=True, grants=())
    return enrolment


def rows_of(enrolment: Enrolment, kind: type[FactRow]) -> list:
    return [row for row in read_rows(enrolment) if type(row) is kind]


def test_dates_ids_numbers_and_choices_come_as_what_they_are(world, case) -> None:
    held_on, next_on = days_ago(2), today() + timedelta(days=9)
    held = met(case, world.case_worker, held_on, clears=1, next_meeting_on=next_on, kind=MeetingKind.PHONE)
    (meeting,) = rows_of(case, MeetingRow)
    assert (meeting.meeting, meeting.kind, meeting.on) == (held.public_id, MeetingKind.PHONE, held_on)
    assert (meeting.participant_present, meeting.in_emergency) == (True, False)
    assert meeting.next_meeting_on == next_on
    assert (meeting.by, meeting.recorded_at) == ("Hanna Handläggare", held.recorded_at)
    (step,) = rows_of(case, StepRow)
    assert (step.number, step.outcome, step.cleared_on) == (1, Outcome.CLEARED, held_on)
    assert (step.met, step.applying, step.origin) == (6, 6, Origin.MEETING)
    assert isinstance(step.meeting, UUID)
    # Nothing was written: an empty text, and no None.
    assert (step.departure, step.late_reason) == ("", "")


def test_a_note_is_read_as_it_stands_now(world, case) -> None:
    met(case, world.case_worker, days_ago(2))
    correct_paragraph(paragraph=MeetingParagraph.objects.get(), text='Sa "å" & gick.\n\nKom.', by=world.coordinator)
    (note,) = rows_of(case, NoteRow)
    assert (note.text, note.version, note.reader_level) == ('Sa "å" & gick.\n\nKom.', 2, ReaderLevel.OWN)
    assert (note.owner, note.by) == ("Vuxenenheten", "Samira Samordnare")


def test_a_day_that_is_left_open_is_none(world, case) -> None:
    plan(case, world.case_worker)
    plan(case, world.case_worker, based_on=1, next_follow_up_on=None)
    assert [row.next_follow_up_on for row in rows_of(case, PlanRow)] == [today() + timedelta(days=14), None]
    assert [(row.is_current, row.is_complete) for row in rows_of(case, PlanRow)] == [(True, True), (True, False)]
    assert all(isinstance(row.due_on, date) for row in rows_of(case, MilestoneRow))
    record_sick_listing(enrolment=case, from_day=days_ago(3), last_day=None, percent=100, by=world.case_worker)
    assert [row.until for row in rows_of(case, SickListingRow)] == [None]


def test_columns_that_may_not_be_read_get_what_the_class_says(world, case) -> None:
    (begun,) = rows_of(case, BeginningRow)
    assert begun.source == ReferralSource.SOCIAL_SERVICES
    case.reading = CaseReading(world.ame.pk, is_own=False, grants=())
    (begun,) = rows_of(case, BeginningRow)
    assert (begun.source, begun.note, begun.referred_on) == (ReferralSource.UNKNOWN, "", None)


def test_a_guest_with_every_consent_reads_nothing_of_what_is_the_owners_alone(world, case) -> None:
    """Who answers for the case, words kept from a form, and whether it is wrongly registered."""
    keep_note(enrolment=case, text="Ring på fredag.", by=world.case_worker)
    chain.ask_to_void(enrolment=case, why="Fel projekt", home="https://samverkan.example.se/", by=world.case_worker)
    of_owner = (ResponsibleRow, KeptNoteRow, VoidingRow)
    assert [len(rows_of(case, kind)) for kind in of_owner] == [1, 1, 1]
    grants = tuple(Grant(world.af.pk, "Arbetsförmedlingen", category, today()) for category in Category)
    case.reading = CaseReading(world.af.pk, is_own=False, grants=grants)
    assert [len(rows_of(case, kind)) for kind in of_owner] == [0, 0, 0]
    assert rows_of(case, BeginningRow)[0].source == ReferralSource.SOCIAL_SERVICES


def test_all_kinds_are_read_in_one_query(world, case) -> None:
    read_rows(case)
    with CaptureQueriesContext(connection) as asked:
        assert read_rows(case)
    assert len(asked) == 1


def test_rows_come_in_the_order_they_were_written(world, case) -> None:
    plan(case, world.case_worker)
    met(case, world.case_worker, days_ago(9))
    moments = [row.recorded_at for row in read_rows(case)]
    assert moments == sorted(moments)


def test_no_two_kinds_share_a_row() -> None:
    assert len({kind.row.__name__ for kind in FACTS}) == len(FACTS)


@pytest.mark.parametrize("kind", FACTS, ids=lambda kind: kind.row.__name__)
def test_each_field_of_a_row_is_asked_for_and_can_be_read(kind, world, case) -> None:
    own = {column.name for column in fields(kind.row)} - {column.name for column in fields(FactRow)}
    columns = kind.facts(case).query.annotations["col_own"].get_source_expressions()[::2]
    assert {column.value for column in columns} == own
    assert all(isinstance(value, (str, int, bool, date, UUID, Enum)) for value in samples(kind.row).values())


def samples(row: type[FactRow]) -> dict[str, object]:
    """What each own field is read as, from JSON that fits its type."""
    hints = get_type_hints(row)
    own = {column.name: hints[column.name] for column in fields(row) if column.name not in get_type_hints(FactRow)}
    shared = tuple(0 for column in fields(FactRow) if column.default is MISSING)
    read = read_row(row, shared, {name: json_of(getattr(kind, "__args__", (kind,))[0]) for name, kind in own.items()})
    return {name: getattr(read, name) for name in own}


def json_of(kind: type) -> object:
    if issubclass(kind, Enum):
        return next(iter(kind)).value
    return {str: "a", int: 1, bool: 1, date: "2026-03-01", UUID: "0" * 32}[kind]
