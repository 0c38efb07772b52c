"""Two who put right what stands in the wrong file, each from an own page, in one moment."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

import participants.amending.moving as moving
from participants.enums import MisplacedWay
from participants.models import Enrolment
from tests.participants.protection.test_protected_meanwhile import as_sent
from tests.actionplans.meetings.test_parallel import at_once
from tests.saving.test_races import HEAD_START, HOLDS, first_and_then, holding, lingering, world  # noqa: F401
from actionplans.models import Meeting
from tests.world.cases import days_ago, met, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory


@pytest.fixture
def right(world) -> Enrolment:
    case = EnrolmentFactory(project=world.project, given_name="Vilgot", family_name="Rätt", enrolled_on=days_ago(60))
    CaseAssignmentFactory(enrolment=case, user=world.case_worker)
    return Enrolment.objects.get(pk=case.pk)


def test_two_move_in_opposite_directions(world, right, log_in, holding) -> None:
    here = started(world.enrolment, 60)
    one = met(here, world.case_worker, days_ago(3), text="Det ena.")
    other = met(right, world.case_worker, days_ago(4), text="Det andra.")
    jobs = []
    for meeting, to in ((one, right), (other, here)):
        client = log_in(world.coordinator if meeting == one else world.case_worker)
        path = reverse("meeting_misplaced", args=[meeting.public_id])
        sent = {**as_sent(client.get(path), path), "way": MisplacedWay.MOVED_AWAY, "right": str(to.public_id)}
        jobs.append(lambda client=client, path=path, sent=sent: client.post(path, sent))
    holding(moving, "lock_cases")
    answers = at_once(jobs)
    assert [answer.status_code for answer in answers] == [302, 302]


def test_many_are_handed_out_while_something_is_moved_to_an_earlier_one(world, right, log_in, holding, monkeypatch) -> None:
    import participants.assignment.actions as assigning
    from participants.assignment.actions import assign_cases

    started(world.enrolment, 60)
    meeting = met(right, world.case_worker, days_ago(3), text="Det ena.")
    client = log_in(world.case_worker)
    path = reverse("meeting_misplaced", args=[meeting.public_id])
    sent = {**as_sent(client.get(path), path), "way": MisplacedWay.MOVED_AWAY, "right": str(world.enrolment.public_id)}
    holding(moving, "lock_cases")
    from time import sleep
    from participants.models import Enrolment as E
    from django.db import transaction

    def hand_out():
        with transaction.atomic():
            E.objects.select_for_update(of=("self",)).get(pk=world.enrolment.pk)
            sleep(0.5)
            E.objects.select_for_update(of=("self",)).get(pk=right.pk)

    answers = at_once([lambda: client.post(path, sent), hand_out])
    assert answers[0].status_code == 302


class TestNumbers:
    def test_swapped(self, world, right, log_in, holding) -> None:
        import participants.identity.corrections as corrections
        from participants.models import PersonalNumber, Participant
        from tests.world.pages import fill

        numbers = []
        for case, value in ((world.enrolment, "198503032388"), (right, "198001012387")):
            person = case.participant
            PersonalNumber.objects.filter(participant=person).delete()
            PersonalNumber.objects.create(participant=person, organisation_id=person.organisation_id, value=value, kind="personal")
            numbers.append(value)
        jobs = []
        from participants.models import CaseAssignment
        from tests.world.worlds import member
        from projects.enums import Role
        colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kalle Kollega")
        CaseAssignment.objects.filter(enrolment=right).update(user=colleague)
        for who, case, value in ((world.case_worker, world.enrolment, numbers[1]), (colleague, right, numbers[0])):
            client = log_in(who)
            path = f"/inskrivningar/{case.public_id}/ratta/"
            sent = {**as_sent(client.get(path), path), "number": value}
            jobs.append(lambda client=client, path=path, sent=sent: client.post(path, sent))
        holding(corrections, "refuse_barred")
        answers = at_once(jobs)
        for a in answers:
            print(a.status_code, a.context and a.context["form"].errors)
        assert [answer.status_code for answer in answers] == [302, 302]


def test_a_case_is_opened_in_an_emergency_while_its_person_is_protected(world, log_in, holding) -> None:
    import participants.protection.scrubbing as scrubbing
    from participants.enums import ProtectionLevel
    from participants.models import EmergencyAccess
    from participants.protection.actions import protect_participant
    from tests.world.canary import rows_with
    from tests.world.pages import fill
    from tests.world.worlds import member
    from projects.enums import Role

    colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kalle Kollega")
    client, path = log_in(colleague), reverse("emergency_open")
    sent = fill(client, path)
    sent |= {"given_name": "Åsa", "family_name": "Öberg", "birth_year": str(world.enrolment.participant.birth_date.year), "reason": "Åsa Öberg står i receptionen och behöver hjälp nu"}
    print(sorted(sent))
    holding(scrubbing, "_scrub_columns")
    protect = lambda: protect_participant(level=ProtectionLevel.CONFIDENTIALITY_MARK, case=Enrolment.objects.get(pk=world.enrolment.pk), by=world.case_worker)
    _, answer = first_and_then(protect, lambda: client.post(path, sent))
    assert EmergencyAccess.objects.count() == 0, rows_with(["Åsa Öberg"])


def test_a_note_is_corrected_while_its_meeting_is_moved(world, right, log_in, holding) -> None:
    import participants.misplaced.marks as marks
    from actionplans.models import MeetingParagraph

    here = started(world.enrolment, 60)
    meeting = met(here, world.case_worker, days_ago(3), text="Det ena.")
    note = MeetingParagraph.objects.get()
    client, path = log_in(world.case_worker), reverse("meeting_correct", args=[note.public_id])
    sent = {**as_sent(client.get(path), path), "text": "Åsa sade något mer."}
    mover, away = log_in(world.coordinator), reverse("meeting_misplaced", args=[meeting.public_id])
    moves = {**as_sent(mover.get(away), away), "way": MisplacedWay.MOVED_AWAY, "right": str(right.public_id)}
    holding(marks, "follow")
    first, second = first_and_then(lambda: mover.post(away, moves), lambda: client.post(path, sent))
    assert first.status_code == 302
    rows = list(MeetingParagraph.objects.values_list("enrolment", "body__text"))
    assert rows == [(right.pk, "Det ena.")], (rows, second.status_code)


def test_right_person_is_protected_or_lost_while_moving(world, right, log_in, holding) -> None:
    import participants.protection.scrubbing as scrubbing
    from participants.enums import ProtectionLevel
    from participants.protection.actions import protect_participant
    from tests.world.canary import rows_with
    from participants.models import CaseAssignment
    here = started(world.enrolment, 60)
    CaseAssignmentFactory(enrolment=here, user=world.coordinator, role="contact")
    meeting = met(here, world.case_worker, days_ago(3), text="Det ena.")
    mover, away = log_in(world.coordinator), reverse("meeting_misplaced", args=[meeting.public_id])
    moves = {**as_sent(mover.get(away), away), "way": MisplacedWay.MOVED_AWAY, "right": str(right.public_id)}
    holding(scrubbing, "_scrub_columns")
    protect = lambda: protect_participant(level=ProtectionLevel.CONFIDENTIALITY_MARK, case=right, by=world.case_worker)
    _, answer = first_and_then(protect, lambda: mover.post(away, moves))
    print(answer.status_code, [str(m) for m in answer.wsgi_request._messages])
    assert Meeting.objects.get().enrolment_id == here.pk


def test_two_texts_name_the_protected(world, right, log_in, holding, monkeypatch) -> None:
    import time

    import participants.protection.scrubbing as scrubbing
    from actionplans.meetings.corrections import MeetingCorrection, correct_meeting
    from actionplans.models import MeetingParagraph
    from core.models import TextBody
    from participants.enums import ProtectionLevel
    from participants.protection.actions import protect_participant

    here = started(world.enrolment, 60)
    third = EnrolmentFactory(project=world.project, given_name="Tore", family_name="Tredje", enrolled_on=days_ago(60))
    CaseAssignmentFactory(enrolment=third, user=world.case_worker)
    meeting = met(here, world.case_worker, days_ago(3), text="Ringde Vilgot Rätt om det.")
    now = correct_meeting(meeting=meeting, correction=MeetingCorrection(kind=meeting.kind, held_on=meeting.concerns_on, why="Vilgot Rätt sade annat"), by=world.case_worker)
    mover, away = log_in(world.case_worker), reverse("meeting_misplaced", args=[now.public_id])
    moves = {**as_sent(mover.get(away), away), "way": MisplacedWay.MOVED_AWAY, "right": str(third.public_id)}
    order = []
    known = scrubbing.redact

    def slowly(body, spans, alias):
        was = body.text
        known(body, spans, alias)
        if body.text != was:
            order.append(body.pk)
            time.sleep(0.6)

    monkeypatch.setattr(scrubbing, "redact", slowly)
    protect = lambda: protect_participant(level=ProtectionLevel.CONFIDENTIALITY_MARK, case=Enrolment.objects.get(pk=right.pk), by=world.case_worker)
    _, answer = first_and_then(protect, lambda: mover.post(away, moves))
    print(order)
    assert answer.status_code == 302
    assert not [t for t in TextBody.objects.values_list("text", flat=True) if "Vilgot" in t]
