"""After the protection a person reads every text once: nobody knows every nickname but those who know the person."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from actionplans.enums import MeetingKind
from actionplans.meetings.actions import MeetingRecord, log_meeting
from core.days.dates import today
from core.models import TextBody
from participants.enums import ProtectionLevel
from participants.models import CaseAssignment, Enrolment, Participant, TextToCheck
from participants.protection.actions import protect_participant
from projects.enums import Role
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.pages import faults, shown, submit
from tests.world.worlds import World, member

MARK = ProtectionLevel.CONFIDENTIALITY_MARK


def meet(case: Enrolment, by, text: str) -> TextBody:
    record = MeetingRecord(kind=MeetingKind.FOLLOW_UP, held_on=today(), text=text)
    return log_meeting(enrolment=case, record=record, by=by).paragraphs.get().body


def protect(case: Enrolment, by) -> str:
    who = Participant.objects.get(pk=case.participant_id)
    protect_participant(level=MARK, case=case, by=by)
    return who.alias


def page(case: Enrolment) -> str:
    return reverse("enrolment_texts", args=[case.public_id])


def read(body: TextBody) -> str:
    return TextBody.objects.get(pk=body.pk).text


class TestOwnTexts:
    def test_one_without_any_trace_waits_too(self, world, log_in) -> None:
        meet(world.enrolment, world.case_worker, "Sallan kom i tid till fiket.")
        protect(world.enrolment, world.case_worker)
        client = log_in(world.case_worker)
        assert "Sallan kom i tid till fiket." in client.get(page(world.enrolment)).content.decode()

    def test_those_with_likely_places_stand_first(self, world, log_in) -> None:
        for text in ("Inget alls.", "Öbergs bror ringde."):
            meet(world.enrolment, world.case_worker, text)
        protect(world.enrolment, world.case_worker)
        said = log_in(world.case_worker).get(page(world.enrolment)).content.decode()
        assert said.index("bror ringde") < said.index("Inget alls.")

    def test_what_nothing_could_find_is_written_and_replaced(self, world, log_in) -> None:
        body = meet(world.enrolment, world.case_worker, "Sallan bor på Storgatan 4. sallan trivs.")
        alias = protect(world.enrolment, world.case_worker)
        client = log_in(world.case_worker)
        assert submit(client, page(world.enrolment), more="Sallan\n Storgatan  4 ").status_code == 302
        assert read(body) == f"{alias} bor på {alias}. {alias} trivs."
        assert not TextToCheck.objects.waiting().exists()

    def test_words_that_stand_nowhere_are_a_fault_with_all_kept(self, world, log_in) -> None:
        body = meet(world.enrolment, world.case_worker, "Sallan kom i tid.")
        protect(world.enrolment, world.case_worker)
        answer = submit(log_in(world.case_worker), page(world.enrolment), more="Sallan\nPelle")
        assert list(faults(answer)) == ["more"]
        assert "«Pelle» står inte" in faults(answer)["more"][0]
        assert "Sallan\nPelle" in answer.content.decode()
        assert read(body) == "Sallan kom i tid."

    def test_the_start_page_and_the_case_say_how_many_wait(self, world, log_in) -> None:
        meet(world.enrolment, world.case_worker, "Ett.")
        meet(world.enrolment, world.case_worker, "Två.")
        protect(world.enrolment, world.case_worker)
        client = log_in(world.case_worker)
        start = client.get("/").content.decode()
        assert page(world.enrolment) in start
        assert "2\xa0texter" in start
        assert "2\xa0texter" in client.get(world.enrolment.get_absolute_url()).content.decode()
        client.post(page(world.enrolment), shown(client.get(page(world.enrolment)).context["form"]))
        assert page(world.enrolment) not in client.get("/").content.decode()

    def test_a_text_of_a_wrongly_registered_enrolment_is_gone_through_too(self, world, log_in) -> None:
        person = world.enrolment.participant
        other = EnrolmentFactory(project=world.project, participant=person, exited_on=today(), exit_reason="work")
        body = meet(other, world.case_worker, "Sallan Öberg var här.")
        Enrolment.objects.filter(pk=other.pk).update(is_void=True)
        alias = protect(world.enrolment, world.case_worker)
        assert read(body) == f"Sallan {alias} var här."
        said = log_in(world.case_worker).get(page(world.enrolment)).content.decode()
        assert "Sallan" in said


class TestTextsAboutOthers:
    @pytest.fixture
    def kim(self, world) -> object:
        """Works with the other case alone."""
        kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        CaseAssignmentFactory(enrolment=world.unassigned, user=kim)
        return kim

    def _written(self, world: World, kim, text: str) -> str:
        meet(world.unassigned, kim, text)
        return protect(world.enrolment, world.case_worker)

    def test_one_in_which_the_person_was_found_is_read_in_its_own_case(self, world, kim, log_in) -> None:
        alias = self._written(world, kim, "Känner Åsa Öberg. Åsa hjälper till.")
        said = log_in(kim).get(page(world.unassigned)).content.decode()
        assert f"Känner {alias}. <mark>Åsa</mark> hjälper till." in said
        assert page(world.unassigned) in log_in(kim).get(world.unassigned.get_absolute_url()).content.decode()
        mine = log_in(world.case_worker).get(page(world.enrolment)).content.decode()
        assert "hjälper till" not in mine

    def test_one_without_the_person_in_it_is_left_alone(self, world, kim, log_in) -> None:
        self._written(world, kim, "Åsa är nog en annan.")
        assert "ingen text att gå igenom" in log_in(kim).get(page(world.unassigned)).content.decode()

    def test_it_is_replaced_by_the_alias_of_whoever_it_is(self, world, kim, log_in) -> None:
        alias = self._written(world, kim, "Känner Åsa Öberg. Åsa hjälper till.")
        client = log_in(kim)
        form = client.get(page(world.unassigned)).context["form"]
        client.post(page(world.unassigned), {**shown(form), "places": [form.groups()[0][0].value]})
        assert TextBody.objects.filter(text=f"Känner {alias}. {alias} hjälper till.").exists()

    def test_it_is_in_no_registerutdrag_of_the_person(self, world, kim, log_in) -> None:
        self._written(world, kim, "Känner Åsa Öberg. Ett ord om Örjan.")
        url = reverse("participant_extract_json", args=[world.enrolment.participant.public_id])
        said = log_in(world.case_worker).post(url, {"reason": "asked"}).content.decode()
        assert "Ett ord om" not in said


def test_a_text_with_two_protected_people_is_gone_through_for_each(world, log_in) -> None:
    other = EnrolmentFactory(project=world.project, given_name="Bo", family_name="Ekstrand")
    CaseAssignmentFactory(enrolment=other, user=world.case_worker)
    body = meet(world.enrolment, world.case_worker, "Öbergs och Ekstrands bil. Bo Ekstrand och Åsa Öberg.")
    aliases = [protect(case, world.case_worker) for case in (world.enrolment, other)]
    client = log_in(world.case_worker)
    for word in ("Öbergs", "Ekstrands"):
        form = client.get(page(world.enrolment)).context["form"]
        places = [place.value for group in form.groups() for place in group if place.word == word]
        assert len(places) == 1
        client.post(page(world.enrolment), {**shown(form), "places": places})
    assert read(body) == f"{aliases[0]} och {aliases[1]} bil. {aliases[1]} och {aliases[0]}."
    assert not TextToCheck.objects.waiting().exists()


def test_those_protected_before_have_their_texts_gone_through_too(world) -> None:
    """The data migration: former names weren't known then, and what nothing was found in wasn't listed."""
    meet(world.enrolment, world.case_worker, "Ett ord.")
    meet(world.unassigned, world.coordinator, "Ett annat.")
    Participant.objects.filter(pk=world.enrolment.participant_id).update(protection=MARK)
    module = import_module("participants.migrations.0016_list_texts_of_protected")
    for _ in range(2):
        module.list_texts(apps, None)
    (row,) = TextToCheck.objects.all()
    assert (row.body.text, row.owner, row.participant) == ("Ett ord.", world.ame, world.enrolment.participant)
    assert CaseAssignment.objects.exists()
