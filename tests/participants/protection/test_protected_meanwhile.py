"""A form about a case is open while the person's identity is protected: what was written then is asked for again."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.urls import reverse

from actionplans.enums import CriterionOutcome, MeetingKind, Outcome
from actionplans.meetings.actions import MeetingRecord, log_meeting
from actionplans.models import Meeting
from actionplans.steps.judgement import Answer, StepJudgement
from core.days.dates import today
from participants.enums import ProtectionLevel
from participants.models import Enrolment, Participant
from participants.protection.actions import protect_participant
from participants.stale_forms.middleware import PROTECTED_MEANWHILE
from projects.actions import ladder_on
from tests.actionplans.meetings.test_parallel import at_once
from tests.world import worlds
from tests.world.canary import rows_with
from tests.world.pages import forms_in, shown
from tests.world.worlds import World

TOLD = "Kanariea Fågelbur"
FORMS = {
    "meeting_create": {"text": TOLD, "others": TOLD},
    "meeting_correct": {"text": TOLD},
    "step_withdraw": {"reason": TOLD},
    "plan_edit": {"main_activity": TOLD},
    "assessment_create": {"adaptation": TOLD, "own_words": TOLD},
    "enrolment_exit": {"reason": "work", "comment": TOLD},
    "placement_create": {"place": TOLD, "guide": "Maj Lund"},
    "consent_ground": {"ground": "public_interest", "note": TOLD},
}


def step_cleared(world: World) -> Meeting:
    """A meeting with a note and an assessment of the first step."""
    step = ladder_on(world.project, world.enrolment.enrolled_on).steps.get(number=1)
    answers = {criterion.pk: Answer(outcome=CriterionOutcome.MET) for criterion in step.criteria.all()}
    judgement = StepJudgement(step=step, answers=answers, outcome=Outcome.CLEARED, cleared_on=today())
    record = MeetingRecord(kind=MeetingKind.FOLLOW_UP, held_on=today(), text="Kom i tid.", judgement=judgement)
    return log_meeting(enrolment=world.enrolment, record=record, by=world.case_worker)


def address(world: World, name: str) -> str:
    meeting = step_cleared(world)
    ids = {"meeting_correct": meeting.paragraphs.get(), "step_withdraw": meeting.step_assessments.get()}
    return reverse(name, args=[ids.get(name, world.enrolment).public_id])


def as_sent(answer: HttpResponse, path: str) -> dict[str, str]:
    """The form of a page as a browser would send it, ticket and all."""
    form = next(form for form in forms_in(answer, path) if path in form.targets and "ticket" in form.values)
    return {**shown(answer.context["form"]), **form.values}


def protect(world: World) -> None:
    case = Enrolment.objects.get(pk=world.enrolment.pk)
    level = ProtectionLevel.CONFIDENTIALITY_MARK
    protect_participant(level=level, case=case, by=world.coordinator)


@pytest.mark.parametrize("name", FORMS)
def test_it_is_refused_once_with_the_words_kept_and_then_saved(world, log_in, name) -> None:
    client, path = log_in(world.case_worker), address(world, name)
    sent = {**as_sent(client.get(path), path), **FORMS[name]}
    protect(world)
    answer = client.post(path, sent)
    said = answer.content.decode()
    # Who else was at a meeting is said in the sentence above the note as well, and an area's words in its line.
    also = name in ("meeting_create", "assessment_create")
    assert (PROTECTED_MEANWHILE in said, said.count(TOLD)) == (
        True,
        len([answer for answer in FORMS[name].values() if answer == TOLD]) + also,
    )
    assert rows_with([TOLD]) == []
    again = {**as_sent(answer, path), **{field: "Hen" for field, words in FORMS[name].items() if words == TOLD}}
    assert client.post(path, again).status_code == 302
    assert rows_with([TOLD]) == []


def test_a_form_that_was_opened_after_is_saved_at_once(world, log_in) -> None:
    protect(world)
    client, path = log_in(world.case_worker), address(world, "assessment_create")
    assert client.post(path, {**as_sent(client.get(path), path), "adaptation": "Hen trivs."}).status_code == 302


class TestInTheSameMoment:
    @pytest.fixture
    def world(self, transactional_db) -> World:
        return worlds.build()

    def test_either_the_words_are_scrubbed_or_they_are_not_saved(self, world, log_in) -> None:
        """Whichever of the two comes first."""
        client = log_in(world.case_worker)
        path = reverse("meeting_create", args=[world.enrolment.public_id])
        name = "Åsa Öberg"
        sent = {**as_sent(client.get(path), path), "text": f"Träffade {name}.", "others": name}
        jobs: list[Callable[[], object]] = [lambda: client.post(path, sent), lambda: protect(world)]
        answer, _ = at_once(jobs)
        assert answer.status_code in (200, 302)
        assert Participant.objects.get(pk=world.enrolment.participant_id).is_protected
        assert rows_with([name]) == []
