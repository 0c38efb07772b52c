"""One number on two people: whoever works with the first is asked, and a yes makes them one."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.models import AccessEvent
from core.days.dates import today
from core.models import TextBody
from oversight.extract.document import extract_of
from oversight.log.has_read import readers_of
from oversight.log.sample import readings_of
from participants.assessment.actions import record_assessment
from participants.enrolment.actions import correct_enrolment
from participants.enums import ExitReason
from participants.exits.actions import end_enrolment
from participants.identity.history import all_that_was_said
from participants.joining.moving import JOINED, moved_keys
from participants.joining.questions import open_questions
from participants.models import (
    Assessment,
    Enrolment,
    Participant,
    PersonalNumber,
    ProtectedNotice,
    Referral,
    SamePersonAnswer,
)
from participants.scope.scope import Scope
from participants.stale_forms.kept_notes import keep_note
from participants.void import chain
from projects.enums import Role
from tests.participants.joining.test_lookup import HIDDEN, NUMBER, TYPED, URL, even, newest, secret
from tests.world.factories import CaseAssignmentFactory
from tests.world.factories.access import ProtectedNoticeFactory
from tests.world.pages import faults, fill, shown, submit
from tests.world.worlds import member, model_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(world) -> Enrolment:
    """Somebody in another project, with a colleague who is responsible."""
    project = model_project(name="Annat projekt", register_number="PROV-2", host=world.ame)
    case = secret(project)
    CaseAssignmentFactory(enrolment=case, user=member(project, world.ame, Role.CASE_WORKER, "Kim Kollega"))
    return case


@pytest.fixture
def colleague(case):
    return case.assignments.get().user


@pytest.fixture
def newcomer(world, case, log_in) -> Participant:
    """The same number, written down by a case worker who can't see that."""
    assert submit(log_in(world.case_worker), URL, **TYPED, phone="070-1").status_code == 302
    return newest().participant


def address(newcomer: Participant) -> str:
    return reverse("participant_same", args=[newcomer.public_id])


def say_yes(client, newcomer: Participant, **answers):
    typed = dict.fromkeys(("given_name", "family_name", "phone", "email", "birth_date", "sex"), "har") | answers
    return submit(client, address(newcomer), is_same="yes", **typed)


class TestWhoIsAsked:
    def test_the_responsible_sees_the_question_on_the_start_page(
        self, world, case, colleague, newcomer, log_in
    ) -> None:
        html = log_in(colleague).get("/").content.decode()
        assert "Samma person?" in html
        assert f"samma personnummer är inskrivet i {world.project} av Hanna Handläggare" in html
        assert address(newcomer) in html
        assert "Ny, Inga" not in html

    def test_the_coordinator_of_the_first_project_is_asked_too(self, world, case, newcomer, log_in) -> None:
        coordinator = member(case.project, world.ame, Role.COORDINATOR, "Kim Samordnare")
        assert [question.newcomer for question in open_questions(Scope.of(coordinator, today()))] == [newcomer]

    def test_a_coordinator_is_asked_about_somebody_wrongly_registered(self, world, log_in) -> None:
        secret(world.project, is_void=True)
        submit(log_in(world.case_worker), URL, **TYPED)
        assert len(open_questions(Scope.of(world.coordinator, today()))) == 1
        assert log_in(world.coordinator).get(address(newest().participant)).status_code == 200

    @pytest.mark.parametrize("who", ["case_worker", "coordinator", "af_case_worker", "project_leader", "outsider"])
    def test_nobody_else_learns_that_there_is_a_question(self, world, case, newcomer, log_in, who) -> None:
        client = log_in(getattr(world, who))
        for answer in (client.get(address(newcomer)), client.post(address(newcomer), {"is_same": "yes"})):
            assert answer.status_code == 404
        assert open_questions(Scope.of(getattr(world, who), today())) == []

    def test_the_page_says_what_differs(self, world, colleague, newcomer, log_in) -> None:
        answer = log_in(colleague).get(address(newcomer))
        form = answer.context["form"]
        assert [field.name for field in form.choices] == ["given_name", "family_name", "birth_date", "phone", "email"]
        html = answer.content.decode()
        assert "Hemlig (i ditt ärende)" in html
        assert "Inga (inskrivet nu)" in html

    def test_a_correction_of_the_number_asks_too(self, world, case, colleague, log_in) -> None:
        url = reverse("enrolment_correct", args=[world.enrolment.public_id])
        submit(log_in(world.case_worker), url, number=NUMBER, birth_date="")
        (question,) = open_questions(Scope.of(colleague, today()))
        assert (question.newcomer, question.by) == (world.enrolment.participant, "Hanna Handläggare")


class TestANo:
    def test_they_stay_two_and_whoever_enrolled_is_told_nothing(self, world, case, colleague, newcomer, log_in) -> None:
        client = log_in(world.case_worker)
        pages = [reverse(name, args=[newcomer.public_id]) for name in ("participant_detail", "participant_readers")]
        # The first time adds its own reading to who has read.
        _, before = ([even(client.get(page).content.decode()).splitlines() for page in pages] for _ in range(2))
        answer = submit(log_in(colleague), address(newcomer), is_same="no", why="Hon jag träffar heter Gammal")
        assert answer["Location"] == "/"
        assert [even(client.get(page).content.decode()).splitlines() for page in pages] == before
        assert open_questions(Scope.of(colleague, today())) == []
        assert SamePersonAnswer.objects.get().why.text == "Hon jag träffar heter Gammal"
        extract = repr(extract_of(newcomer, world.ame, on=today()))
        assert "Hon jag träffar" not in extract
        assert not any(word in extract for word in HIDDEN)

    def test_it_takes_a_reason(self, colleague, newcomer, log_in) -> None:
        answer = submit(log_in(colleague), address(newcomer), is_same="no")
        assert faults(answer) == {"why": ["Skriv varför det inte är samma person."]}

    def test_it_can_become_a_yes(self, case, colleague, newcomer, log_in) -> None:
        client = log_in(colleague)
        submit(client, address(newcomer), is_same="no", why="Fel person")
        assert "Fel person" in client.get(address(newcomer)).content.decode()
        assert say_yes(client, newcomer).status_code == 302
        assert case.participant.enrolments.count() == 2


class TestAYes:
    def test_both_enrolments_belong_to_one_person_with_the_chosen_fields(
        self, world, case, colleague, newcomer, log_in
    ) -> None:
        assert say_yes(log_in(colleague), newcomer, phone="inskrivet", given_name="inskrivet").status_code == 302
        person = Participant.objects.get(pk=case.participant_id)
        assert (person.identity.full_name, person.identity.phone) == ("Gammal, Inga", "070-1")
        assert person.identity.email == "hemlig@example.org"
        assert person.enrolments.count() == 2
        assert set(person.enrolments.values_list("sort_key", flat=True)) == {person.identity.sort_key}
        assert not Participant.objects.filter(pk=newcomer.pk).exists()
        assert list(PersonalNumber.objects.values_list("participant", "is_claim")) == [(person.pk, False)]

    def test_everything_about_the_newcomer_follows(self, world, case, colleague, newcomer, log_in) -> None:
        mine = newest()
        record_assessment(enrolment=mine, completed_on=today(), summary="Kartlagd", by=world.case_worker)
        say_yes(log_in(colleague), newcomer)
        person = case.participant
        assert Assessment.objects.get(enrolment__participant=person).summary.text == "Kartlagd"
        assert Referral.objects.get(participant=person).project == world.project
        assert "Kartlagd" in repr(extract_of(person, world.ame, on=today()))
        assert {who.family_name for who in all_that_was_said(person)} == {"Gammal", "Ny"}
        assert {who.phone for who in all_that_was_said(person)} >= {"070-999", "070-1"}

    def test_each_sees_the_own_case_of_the_person_and_no_other(self, world, case, colleague, newcomer, log_in) -> None:
        mine = newest()
        say_yes(log_in(colleague), newcomer)
        client = log_in(world.case_worker)
        assert "Hemlig Gammal" in client.get(mine.get_absolute_url()).content.decode()
        assert client.get(case.get_absolute_url()).status_code == 404
        answer = client.get(reverse("participant_detail", args=[newcomer.public_id]))
        assert answer["Location"] == case.participant.get_absolute_url()
        assert log_in(world.outsider).get(reverse("participant_detail", args=[newcomer.public_id])).status_code == 404

    def test_who_has_read_names_the_readers_of_both(self, world, case, colleague, newcomer, log_in) -> None:
        say_yes(log_in(colleague), newcomer)
        readers = {reader.who: reader for day in readers_of(case.participant.public_id) for reader in day.readers}
        assert set(readers) == {"Hanna Handläggare", "Kim Kollega"}
        assert "Svarade att det är samma person" in readers["Kim Kollega"].what
        assert "Skrev in deltagaren" in readers["Hanna Handläggare"].what

    def test_the_log_review_takes_them_for_one(self, world, case, colleague, newcomer, log_in) -> None:
        say_yes(log_in(colleague), newcomer)
        persons = {reading.person for reading in readings_of(today().replace(day=1), world.log_reviewer)}
        assert newcomer.public_id not in persons
        assert case.participant.public_id in persons

    def test_a_choice_is_made_for_each_field(self, colleague, newcomer, log_in) -> None:
        answer = submit(log_in(colleague), address(newcomer), is_same="yes", given_name="har")
        assert set(faults(answer)) == {"family_name", "birth_date", "phone", "email"}
        assert Participant.objects.filter(pk=newcomer.pk).exists()

    def test_what_somebody_has_corrected_meanwhile_is_shown_first(
        self, world, case, colleague, newcomer, log_in
    ) -> None:
        client = log_in(colleague)
        data = fill(client, address(newcomer), is_same="yes", given_name="har", family_name="inskrivet")
        submit(log_in(world.case_worker), reverse("enrolment_correct", args=[newest().public_id]), family_name="Nyare")
        data |= {"birth_date": "har", "phone": "har", "email": "har"}
        answer = client.post(address(newcomer), data)
        assert answer.status_code == 200
        assert "Nyare" in answer.content.decode()
        assert Participant.objects.filter(pk=newcomer.pk).exists()
        again = {**shown(answer.context["form"]), **{name: data[name] for name in ("birth_date", "phone", "email")}}
        assert client.post(address(newcomer), again).status_code == 302

    def test_twice_in_a_project_at_the_same_time_is_refused_with_why(self, world, log_in) -> None:
        first = secret(world.project)
        CaseAssignmentFactory(enrolment=first, user=member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega"))
        submit(log_in(world.case_worker), URL, **TYPED)
        double, client = newest(), log_in(world.coordinator)
        assert "inskriven två gånger i" in client.get(address(double.participant)).content.decode()
        assert say_yes(client, double.participant).status_code == 200
        assert Participant.objects.filter(pk=double.participant_id).exists()
        entry = {"enrolled_on": double.enrolled_on, "source": double.source, "applied_on": None, "referred_on": None}
        correct_enrolment(enrolment=double, is_void=True, by=world.case_worker, **entry)
        assert say_yes(client, double.participant).status_code == 302
        assert first.participant.enrolments.count() == 2

    def test_after_an_exit_the_two_follow_one_after_the_other(self, world, log_in) -> None:
        first = secret(world.project)
        end_enrolment(
            enrolment=first, exited_on=today() - timedelta(days=3), reason=ExitReason.WORK, by=world.coordinator
        )
        submit(log_in(world.case_worker), URL, **TYPED)
        assert say_yes(log_in(world.coordinator), newest().participant).status_code == 302
        assert first.participant.enrolments.count() == 2

    def test_a_second_press_is_answered_like_the_first(self, colleague, newcomer, log_in) -> None:
        client = log_in(colleague)
        data = fill(client, address(newcomer), is_same="yes")
        data |= dict.fromkeys(("given_name", "family_name", "phone", "email", "birth_date"), "har")
        assert client.post(address(newcomer), data)["Location"] == "/"
        assert client.post(address(newcomer), data).status_code == 302

    def test_a_third_who_claims_the_number_is_still_asked_about(self, world, case, colleague, newcomer, log_in) -> None:
        third = member(world.project, world.ame, Role.CASE_WORKER, "Tove Tredje")
        submit(log_in(third), URL, **{**TYPED, "given_name": "Annika"})
        say_yes(log_in(colleague), newcomer)
        (question,) = open_questions(Scope.of(colleague, today()))
        assert question.newcomer.identity.given_name == "Annika"
        # Now the first case worker answers for the person as well.
        assert len(open_questions(Scope.of(world.case_worker, today()))) == 1


def test_what_both_have_once_is_had_once(case, colleague, newcomer, log_in) -> None:
    """Somebody protected the same day had their number: both were told of, and are one person now."""
    for person in (case.participant, newcomer):
        ProtectedNoticeFactory(participant=person, same_number=True, asked_by=colleague)
    ProtectedNoticeFactory(participant=newcomer, digest="1" * 64, asked_by=colleague)
    assert say_yes(log_in(colleague), newcomer).status_code == 302
    kept = ProtectedNotice.objects.filter(participant=case.participant)
    assert sorted(kept.values_list("digest", flat=True)) == ["0" * 64, "1" * 64]


def test_every_key_to_a_participant_is_moved_or_joined() -> None:
    """A table that points to a participant and is forgotten would vanish with the newcomer, or forbid the answer."""
    keys = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Participant
    }
    assert len(keys) > 5
    assert keys == {*moved_keys(), *((model, "participant") for model in JOINED)}


def test_the_question_and_the_answer_are_logged_with_both(world, case, colleague, newcomer, log_in) -> None:
    submit(log_in(colleague), address(newcomer), is_same="no", why="Fel person")
    events = AccessEvent.objects.filter(user=colleague, subjects_count=2).order_by("pk")
    assert [event.part for event in events] == ["participant_same", "same_person_apart"]
    assert TextBody.objects.filter(text="Fel person").exists()


def test_whoever_read_the_case_before_a_yes_still_finds_the_person(world, case, colleague, newcomer, log_in) -> None:
    """The newcomer's row is gone by then; what is written is about the one that the two have become."""
    stale = Enrolment.objects.select_related("participant").get(participant=newcomer)
    assert say_yes(log_in(colleague), newcomer).status_code == 302
    keep_note(enrolment=stale, text="Ringde om tiden", by=world.case_worker)
    chain.ask_to_void(enrolment=stale, why="Dubbel inskrivning", home="", by=world.case_worker)
    stale.refresh_from_db()
    assert stale.participant == case.participant
