"""Two who change the same person's file in one moment, on connections of their own: one waits for the other, and both
are done."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

import participants.counted_only.actions as counting
import participants.misplaced.marks as marks
import participants.protection.actions as protecting
import participants.protection.scrubbing as scrubbing
import participants.twins.actions as twins
from accounts.models import AccessSubject
from actionplans.misplaced.actions import put_meeting_right
from actionplans.models import Meeting, MeetingParagraph
from core.days.dates import today
from core.days.periods import Period
from core.models import TextBody
from participants.assessment.actions import record_assessment
from participants.assignment.choices import Helper
from participants.assignment.helping import add_substitute
from participants.enums import Miscounted, ProtectionLevel, Sex
from participants.models import (
    AreaAnswer,
    Assessment,
    CountedOnly,
    Enrolment,
    Misplacement,
    Participant,
    TextToCheck,
)
from participants.protection.actions import protect_participant, redact_texts
from participants.scope.scope import Scope
from participants.twins.pairs import Pair
from projects.enums import Role
from tests.participants.protection.test_protected_meanwhile import as_sent
from tests.saving.meanwhile import first_and_then
from tests.world import worlds
from tests.world.cases import days_ago, met, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, MembershipFactory
from tests.world.worlds import World, model_project

WORDS = "Åsas mamma, fru Lindkvist, ringde"


@pytest.fixture
def world(transactional_db) -> World:
    return worlds.build()


def test_two_who_take_back_a_count_at_once_take_back_one_each(world, holding) -> None:
    for _ in range(3):
        counting.count_only(project=world.project, owner=world.ame, sex=Sex.FEMALE, year=2026, by=world.coordinator)
    holding(counting, "log_change")
    what = {"project": world.project, "owner": world.ame, "sex": Sex.FEMALE, "year": 2026, "why": Miscounted.TWICE}
    job = lambda: counting.take_back_count(**what, by=world.coordinator)  # noqa: E731
    one, other = first_and_then(job, job)
    assert one.pk != other.pk
    assert CountedOnly.objects.counting().count() == 1


class TestJoinedMeanwhile:
    @pytest.fixture
    def second(self, world, holding) -> Enrolment:
        """A case of the one who is joined, in another project."""
        project = model_project(name="Annat projekt", register_number="PROV-2", host=world.ame)
        for user, role in ((world.coordinator, Role.COORDINATOR), (world.case_worker, Role.CASE_WORKER)):
            MembershipFactory(user=user, project=project, role=role)
        case = EnrolmentFactory(project=project, given_name="Åsa", family_name="Oberg", enrolled_on=days_ago(30))
        CaseAssignmentFactory(enrolment=case, user=world.case_worker)
        holding(twins, "_tell_of_change")
        return Enrolment.objects.get(pk=case.pk)

    def join(self, world: World, second: Enrolment) -> None:
        first = Participant.objects.get(pk=world.enrolment.participant_id)
        pair = Pair.of(first.public_id, second.participant.public_id, Scope.of(world.coordinator, today()))
        assert pair
        twins.join_twins(pair=pair, second=(), why="Samma", seen=pair.fingerprint, by=world.coordinator)

    def test_a_fact_is_written_about_who_the_person_became(self, world, second) -> None:
        write = lambda: record_assessment(enrolment=second, completed_on=today(), by=world.case_worker)  # noqa: E731
        first_and_then(lambda: self.join(world, second), write)
        assert Assessment.objects.get().enrolment.participant_id == world.enrolment.participant_id
        told = AccessSubject.objects.filter(event__part="assessment_create").values_list("person", flat=True)
        assert list(told) == [world.enrolment.participant.public_id]

    def test_a_form_that_is_sent_is_saved(self, world, second, log_in) -> None:
        client, path = log_in(world.case_worker), reverse("assessment_create", args=[second.public_id])
        sent = {**as_sent(client.get(path), path), "adaptation": "Hör dåligt."}
        _, answer = first_and_then(lambda: self.join(world, second), lambda: client.post(path, sent))
        assert answer.status_code == 302
        assert AreaAnswer.objects.count() == 1


class TestProtected:
    @pytest.fixture
    def right(self, world) -> Enrolment:
        """The case of somebody protected."""
        case = EnrolmentFactory(
            project=world.project, given_name="Vilgot", family_name="Rätt", enrolled_on=days_ago(60)
        )
        CaseAssignmentFactory(enrolment=case, user=world.case_worker)
        self.protect(world, case)
        return Enrolment.objects.get(pk=case.pk)

    def protect(self, world: World, case: Enrolment) -> None:
        now = Enrolment.objects.get(pk=case.pk)
        protect_participant(level=ProtectionLevel.CONFIDENTIALITY_MARK, case=now, by=world.case_worker)

    def test_a_fact_is_moved_there_while_a_form_of_the_case_is_saved(self, world, right, log_in, holding) -> None:
        case = started(world.enrolment, 60)
        meeting = met(case, world.case_worker, days_ago(3), text=WORDS)
        client, path = log_in(world.case_worker), reverse("assessment_create", args=[right.public_id])
        sent = {**as_sent(client.get(path), path), "adaptation": "Hör dåligt."}
        holding(marks, "follow")
        move = lambda: put_meeting_right(meeting=meeting, right=right, by=world.case_worker)  # noqa: E731
        _, answer = first_and_then(move, lambda: client.post(path, sent))
        assert answer.status_code == 302
        assert Meeting.objects.placed().get().enrolment_id == right.pk
        assert TextToCheck.objects.waiting().filter(participant=right.participant, body__text=WORDS).exists()

    def test_no_whole_unit_is_let_in_meanwhile(self, world, holding) -> None:
        case, by = world.enrolment, world.case_worker
        unit, days = Helper(world.ame), Period(today(), today())
        holding(scrubbing, "_scrub_columns")

        def let_in() -> list[str]:
            with pytest.raises(ValidationError) as refused:
                add_substitute(enrolment=Enrolment.objects.get(pk=case.pk), helper=unit, period=days, by=by)
            return list(refused.value.message_dict)

        _, said = first_and_then(lambda: self.protect(world, case), let_in)
        assert said == ["who"]

    def test_a_text_is_moved_while_it_is_gone_through(self, world, right, lingering) -> None:
        case = started(world.enrolment, 60)
        meeting = met(case, world.case_worker, days_ago(3), text=WORDS)
        self.protect(world, case)
        body = MeetingParagraph.objects.get(meeting=meeting).body
        texts = list(TextToCheck.objects.waiting().filter(body=body).select_related("body", "participant"))
        lingering(scrubbing, "_write")
        chosen = {texts[0].pk: [(0, 3)]}
        first_and_then(
            lambda: redact_texts(texts=texts, chosen=chosen, by=world.case_worker),
            lambda: put_meeting_right(meeting=Meeting.objects.get(), right=right, by=world.case_worker),
        )
        waiting = TextToCheck.objects.waiting().get(body=body)
        assert (waiting.participant_id, waiting.is_about_another) == (right.participant_id, False)
        assert not TextBody.objects.get(pk=body.pk).text.startswith("Åsa")

    def test_words_that_are_taken_away_stay_away_while_they_are_gone_through(self, world, holding) -> None:
        case = started(world.enrolment, 60)
        meeting = met(case, world.case_worker, days_ago(3), text=WORDS)
        self.protect(world, case)
        body = MeetingParagraph.objects.get(meeting=meeting).body
        texts = list(TextToCheck.objects.waiting().filter(body=body).select_related("body", "participant"))
        holding(protecting, "redact")
        chosen = {texts[0].pk: [(0, 3)]}

        def take_away() -> Misplacement:
            return put_meeting_right(meeting=Meeting.objects.get(), right=None, by=world.case_worker)

        first_and_then(lambda: redact_texts(texts=texts, chosen=chosen, by=world.case_worker), take_away)
        assert TextBody.objects.get(pk=body.pk).text == ""
        assert not TextToCheck.objects.filter(body=body).exists()

    def test_words_that_are_taken_away_stay_away_while_another_whom_they_name_is_protected(
        self, world, right, holding
    ) -> None:
        meeting = met(started(right, 60), world.case_worker, days_ago(3), text="Ringde Åsa Öberg.")
        body = MeetingParagraph.objects.get(meeting=meeting).body
        holding(scrubbing, "redact")
        first_and_then(
            lambda: self.protect(world, world.enrolment),
            lambda: put_meeting_right(meeting=meeting, right=None, by=world.case_worker),
        )
        assert TextBody.objects.get(pk=body.pk).text == ""
        assert not TextToCheck.objects.filter(body=body).exists()
