"""Wrong registrations: asked for by the responsible, answered by somebody else, undone; what is stored is reached."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessEvent, User
from core.actions import stamp
from core.days.dates import today
from core.enums import Category
from oversight.log.words import in_words
from participants.assignment.actions import assign_case
from participants.changes import enrolments_changed
from participants.enums import CaseRole, ExitReason, ProtectionLevel, VoidState
from participants.exits.actions import end_enrolment
from participants.models import CaseAssignment, ConsentGrant, Enrolment, EnrolmentEntry, Participant, Voiding
from participants.protection.actions import protect_participant
from participants.void import chain
from participants.void.timeline import TITLES
from projects.address import key_of, parted
from projects.enums import Role
from tests.world.consent_rows import give
from tests.world.factories import (
    CaseAssignmentFactory,
    EnrolmentFactory,
    MembershipFactory,
    PersonalNumberFactory,
)
from tests.world.letters import letters
from tests.world.pages import fill, forms_on, submit
from tests.world.worlds import member, model_project

WHY = "Skrevs in i fel projekt, ska vara hos grannkommunen"
HOME = "https://samverkan.example.se/"
LIST = "/deltagare/felregistrerade/"


def page(name: str, enrolment: Enrolment) -> str:
    return reverse(name, args=[enrolment.public_id])


def ask(world, by=None) -> Voiding:
    return chain.ask_to_void(
        enrolment=world.enrolment, why=WHY, home="https://samverkan.example.se/", by=by or world.case_worker
    )


def voided(world) -> Enrolment:
    ask(world)
    chain.confirm_void(enrolment=world.enrolment, home=HOME, by=world.coordinator)
    world.enrolment.refresh_from_db()
    return world.enrolment


def counts(world) -> bool:
    return Enrolment.objects.counted().filter(pk=world.enrolment.pk).exists()


def states(world) -> list[str]:
    return list(Voiding.objects.filter(enrolment=world.enrolment).order_by("pk").values_list("state", flat=True))


@pytest.fixture
def second(world):
    """One more coordinator of the organisation."""
    return member(world.project, world.ame, Role.COORDINATOR, "Sara Samordnare")


class TestAsking:
    def test_changes_nothing_but_that_it_is_asked(self, world, log_in) -> None:
        answer = submit(log_in(world.case_worker), page("void_ask", world.enrolment), why=WHY)
        assert answer["Location"] == world.enrolment.get_absolute_url()
        assert counts(world)
        assert states(world) == ["asked"]
        assert [letter.to for letter in letters()] == [[world.coordinator.email]]
        assert WHY not in letters()[0].body

    def test_the_case_says_so_and_the_coordinators_start_page_asks(self, world, log_in) -> None:
        ask(world)
        client = log_in(world.case_worker)
        assert "har begärt felregistrering" in client.get(world.enrolment.get_absolute_url()).content.decode()
        assert WHY in log_in(world.coordinator).get("/").content.decode()
        assert WHY not in log_in(world.case_worker).get("/").content.decode()

    def test_the_checkbox_is_gone(self, world, log_in) -> None:
        """Whoever sends what the old form sent changes nothing."""
        submit(log_in(world.case_worker), page("enrolment_correct", world.enrolment), is_void="on")
        assert counts(world)

    def test_a_reason_is_needed(self, world, log_in) -> None:
        answer = submit(log_in(world.case_worker), page("void_ask", world.enrolment), why=" ")
        assert answer.context["form"].errors == {"why": ["Skriv varför."]}
        assert states(world) == []

    @pytest.mark.parametrize("role", [CaseRole.SUBSTITUTE, CaseRole.CONTACT])
    def test_whoever_only_works_with_the_case_asks_the_responsible(self, world, log_in, role) -> None:
        colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        CaseAssignmentFactory(enrolment=world.enrolment, user=colleague, role=role)
        client = log_in(colleague)
        assert client.get(world.enrolment.get_absolute_url()).status_code == 200
        assert client.get(page("void_ask", world.enrolment)).status_code == 403
        assert client.post(page("void_ask", world.enrolment), {"why": WHY}).status_code == 403
        assert states(world) == []

    def test_it_is_asked_once_at_a_time(self, world) -> None:
        ask(world)
        with pytest.raises(ValidationError, match="redan begärd"):
            ask(world)

    def test_it_can_be_taken_back_by_whoever_asked(self, world, log_in) -> None:
        ask(world)
        assert log_in(world.coordinator).post(page("void_drop", world.enrolment)).status_code == 403
        client = log_in(world.case_worker)
        (form,) = (
            form
            for form in forms_on(client, page("void_ask", world.enrolment))
            if page("void_drop", world.enrolment) in form.targets
        )
        client.post(form.targets[0], form.values)
        assert states(world) == ["asked", "dropped"]
        assert WHY not in log_in(world.coordinator).get("/").content.decode()

    @pytest.mark.parametrize("left", ["role", "account", "case"])
    def test_where_the_one_who_asked_has_left_another_takes_it_back(self, world, log_in, left) -> None:
        """Nobody coordinates, so that nobody else would answer: the case would be asked about for ever."""
        world.coordinator.memberships.update(valid_until=today())
        ask(world)
        kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        assign_case(enrolment=world.enrolment, user=kim, by=kim)
        CaseAssignmentFactory(enrolment=world.enrolment, user=world.case_worker, role=CaseRole.SUBSTITUTE)
        client, url = log_in(kim), page("void_ask", world.enrolment)
        assert "Hanna Handläggare svarar" in client.get(LIST).content.decode()
        assert client.post(page("void_drop", world.enrolment)).status_code == 403
        with pytest.raises(ValidationError, match="redan besvarad"):
            chain.drop_void(enrolment=world.enrolment, by=kim)
        if left == "role":
            world.case_worker.memberships.update(valid_until=today())
        elif left == "account":
            User.objects.filter(pk=world.case_worker.pk).update(is_active=False)
        else:
            world.enrolment.assignments.filter(user=world.case_worker).update(valid_until=today())
        assert "Hanna Handläggare har inte ärendet längre" in client.get(url).content.decode()
        (form,) = (form for form in forms_on(client, url) if page("void_drop", world.enrolment) in form.targets)
        client.post(form.targets[0], form.values)
        assert states(world) == ["asked", "dropped"]
        submit(client, url, why=WHY)
        submit(client, page("void_decide", world.enrolment), why="Vi har ingen samordnare")
        assert not counts(world)


class TestAnswering:
    def test_whoever_asked_reads_the_yes_on_the_start_page_for_a_fortnight(self, world, log_in) -> None:
        """The case itself is gone from there, and the letter only says that there is something to see."""
        voided(world)
        told = f"{world.coordinator} svarade ja"
        assert told in log_in(world.case_worker).get("/").content.decode()
        assert told not in log_in(world.coordinator).get("/").content.decode()
        Voiding.objects.update(concerns_on=today() - timedelta(days=14))
        assert told not in log_in(world.case_worker).get("/").content.decode()

    def test_a_yes_that_was_undone_is_told_no_longer(self, world, log_in) -> None:
        chain.undo_void(enrolment=voided(world), why=WHY, by=world.coordinator)
        assert "svarade ja" not in log_in(world.case_worker).get("/").content.decode()

    def test_whoever_answers_can_open_the_case_first(self, world, log_in) -> None:
        ask(world)
        client, case = log_in(world.coordinator), f'href="{world.enrolment.get_absolute_url()}"'
        for place in (page("void_decide", world.enrolment), LIST, "/"):
            assert case in client.get(place).content.decode(), place

    def test_of_whoever_is_protected_no_page_is_offered_that_cannot_be_read(self, world, log_in) -> None:
        ask(world)
        Participant.objects.filter(pk=world.enrolment.participant_id).update(
            protection=ProtectionLevel.CONFIDENTIALITY_MARK, protected_at=stamp()
        )
        client, case = log_in(world.coordinator), f'href="{world.enrolment.get_absolute_url()}"'
        for place in (page("void_decide", world.enrolment), LIST, "/"):
            answer = client.get(place)
            assert answer.status_code == 200
            assert case not in answer.content.decode(), place

    def test_a_yes_takes_it_out_of_lists_and_figures(self, world, log_in) -> None:
        ask(world)
        client = log_in(world.coordinator)
        answer = submit(client, page("void_decide", world.enrolment), answer="confirm")
        assert answer["Location"] == LIST
        assert not counts(world)
        assert "Öberg" not in client.get("/deltagare/").content.decode()
        assert "Öberg" in client.get(LIST).content.decode()
        assert log_in(world.case_worker).get(page("enrolment_detail", world.enrolment)).status_code == 404
        assert EnrolmentEntry.objects.filter(enrolment=world.enrolment).count() == 2
        part = AccessEvent.objects.filter(user=world.coordinator, kind="change").latest("number").part
        assert part == "void_confirm"

    def test_the_receipt_says_in_which_project_where_another_is_chosen(self, world, log_in) -> None:
        other = model_project(name="Andra vägar", register_number="PROV-2", host=world.ame)
        MembershipFactory(user=world.coordinator, project=other, role=Role.COORDINATOR)
        ask(world)
        client = log_in(world.coordinator)
        answer = submit(client, page("void_decide", world.enrolment), answer="confirm")
        text = client.get(answer["Location"]).content.decode()
        assert parted(answer["Location"])[0] == key_of(world.project), "the list is the case's project's"
        assert "Åsa" in text
        assert "Den står under Felregistrerade i Vägar till arbete." in text

    def test_a_no_says_why_and_stands_with_the_one_who_asked_until_it_is_read(self, world, log_in) -> None:
        ask(world)
        client = log_in(world.coordinator)
        answer = submit(client, page("void_decide", world.enrolment), answer="decline")
        assert answer.context["form"].errors == {"why": ["Skriv varför."]}
        submit(client, page("void_decide", world.enrolment), answer="decline", why="Hon går kvar till juni")
        assert counts(world)
        asker = log_in(world.case_worker)
        assert "Hon går kvar till juni" in asker.get("/").content.decode()
        (form,) = (
            form
            for form in forms_on(asker, page("void_ask", world.enrolment))
            if page("void_drop", world.enrolment) in form.targets
        )
        asker.post(form.targets[0], form.values)
        assert "Hon går kvar till juni" not in asker.get("/").content.decode()
        assert "Hon går kvar till juni" in asker.get(world.enrolment.get_absolute_url()).content.decode()

    def test_a_coordinators_own_question_is_for_another(self, world, log_in, second) -> None:
        ask(world, by=world.coordinator)
        client = log_in(world.coordinator)
        assert client.get(page("void_decide", world.enrolment)).status_code == 403
        assert client.post(page("void_decide", world.enrolment), {"answer": "confirm"}).status_code == 403
        with pytest.raises(ValidationError, match="annan samordnare"):
            chain.confirm_void(enrolment=world.enrolment, why="Jag är säker", home="", by=world.coordinator)
        assert counts(world)
        submit(log_in(second), page("void_decide", world.enrolment), answer="confirm")
        assert not counts(world)

    def test_whoever_is_alone_says_why_on_a_page_of_its_own(self, world, log_in) -> None:
        client = log_in(world.coordinator)
        answer = submit(client, page("void_ask", world.enrolment), why=WHY)
        assert answer["Location"] == page("void_decide", world.enrolment)
        assert counts(world)
        answer = submit(client, page("void_decide", world.enrolment), why="")
        assert answer.context["form"].errors == {"why": ["Skriv varför."]}
        submit(client, page("void_decide", world.enrolment), why="Projektet har bara mig")
        assert not counts(world)
        assert Voiding.objects.current().get().why.text == "Projektet har bara mig"

    def test_somebody_who_came_meanwhile_answers_instead(self, world, log_in) -> None:
        ask(world, by=world.coordinator)
        data = fill(log_in(world.coordinator), page("void_decide", world.enrolment), why="Bara jag")
        member(world.project, world.ame, Role.COORDINATOR, "Sara Samordnare")
        assert log_in(world.coordinator).post(page("void_decide", world.enrolment), data).status_code == 403
        assert counts(world)

    def test_another_organisations_coordinator_has_nothing_to_do_with_it(self, world, log_in) -> None:
        ask(world)
        client = log_in(world.af_coordinator)
        for name in ("void_ask", "void_decide", "void_undo"):
            assert client.get(page(name, world.enrolment)).status_code == 404
        assert "Öberg" not in client.get(LIST).content.decode()

    def test_two_who_answer_at_once(self, world, log_in, second) -> None:
        """The second one sees what the first one answered, and nothing is changed."""
        ask(world)
        no = fill(log_in(second), page("void_decide", world.enrolment), answer="decline", why="Nej, hon går kvar")
        submit(log_in(world.coordinator), page("void_decide", world.enrolment), answer="confirm")
        answer = log_in(second).post(page("void_decide", world.enrolment), no).content.decode()
        assert "Någon annan har ändrat uppgifterna" in answer
        assert "Ditt svar är inte sparat" in answer
        assert "Nej, hon går kvar" in answer
        assert states(world) == ["asked", "confirmed"]

    def test_an_answer_to_another_question_than_the_one_on_the_page(self, world, log_in) -> None:
        ask(world)
        client = log_in(world.coordinator)
        yes = fill(client, page("void_decide", world.enrolment), answer="confirm")
        chain.drop_void(enrolment=world.enrolment, by=world.case_worker)
        chain.ask_to_void(enrolment=world.enrolment, why="Dubbel inskrivning", home="", by=world.case_worker)
        answer = client.post(page("void_decide", world.enrolment), yes)
        assert "Någon annan har ändrat" in answer.content.decode()
        assert counts(world)


class TestUndoing:
    def test_it_counts_again_as_it_stood(self, world, log_in) -> None:
        before = EnrolmentEntry.objects.current().get(enrolment=world.enrolment)
        voided(world)
        client = log_in(world.coordinator)
        answer = submit(client, page("void_undo", world.enrolment), why="Det var rätt person ändå")
        assert answer["Location"] == page("enrolment_detail", world.enrolment)
        after = EnrolmentEntry.objects.current().get(enrolment=world.enrolment)
        columns = ("concerns_on", "source", "applied_on", "referred_on", "is_void", "note")
        assert [getattr(after, name) for name in columns] == [getattr(before, name) for name in columns]
        text = log_in(world.case_worker).get(page("enrolment_detail", world.enrolment)).content.decode()
        assert "Felregistreringen ångrad" in text
        assert states(world) == ["asked", "confirmed", "undone"]

    def test_the_one_who_asked_does_not_undo_what_a_coordinator_answered(self, world, log_in) -> None:
        voided(world)
        client = log_in(world.case_worker)
        assert "Öberg" in client.get(LIST).content.decode()
        assert client.get(page("void_undo", world.enrolment)).status_code == 403

    def test_where_the_period_is_taken_it_says_so_and_keeps_the_words(self, world, log_in) -> None:
        voided(world)
        EnrolmentFactory(
            project=world.project,
            participant=world.enrolment.participant,
            enrolled_on=date(2026, 6, 1),
            owner=world.ame,
        )
        answer = submit(log_in(world.coordinator), page("void_undo", world.enrolment), why="Rätt ändå")
        text = answer.content.decode()
        assert "Personen har en annan inskrivning i projektet under den tiden." in text
        assert "Rätt ändå" in text
        assert states(world) == ["asked", "confirmed"]
        assert not counts(world)

    def test_one_enrolled_in_the_same_moment_is_a_sentence_too(self, world, log_in, monkeypatch) -> None:
        """The constraint is asked last, where the other one wasn't there to be seen."""
        voided(world)
        EnrolmentFactory(project=world.project, participant=world.enrolment.participant, owner=world.ame)
        monkeypatch.setattr("participants.enrolment.actions.check_free", lambda *days: None)
        with pytest.raises(ValidationError, match="annan inskrivning"):
            chain.undo_void(enrolment=world.enrolment, why="Rätt ändå", by=world.coordinator)
        assert states(world) == ["asked", "confirmed"]

    def test_what_was_marked_before_there_were_questions(self, world, log_in) -> None:
        EnrolmentEntry.objects.filter(enrolment=world.enrolment).update(is_void=True)
        Enrolment.objects.filter(pk=world.enrolment.pk).update(is_void=True)
        enrolments_changed([world.enrolment.pk])
        client = log_in(world.coordinator)
        assert "Öberg" in client.get(LIST).content.decode()
        submit(client, page("void_undo", world.enrolment), why="Det var rätt person ändå")
        assert counts(world)

    def test_where_nobody_coordinates_whoever_works_with_it_does_it_all(self, world, log_in) -> None:
        world.coordinator.memberships.update(valid_until=today())
        client = log_in(world.case_worker)
        submit(client, page("void_ask", world.enrolment), why=WHY)
        submit(client, page("void_decide", world.enrolment), why="Vi har ingen samordnare")
        assert not counts(world)
        submit(client, page("void_undo", world.enrolment), why="Rätt ändå")
        assert counts(world)


class TestWhatIsStored:
    """Of somebody whose only enrolment is wrongly registered."""

    def test_is_handed_out_and_shows_who_has_read(self, world, log_in) -> None:
        end_enrolment(
            enrolment=world.enrolment,
            exited_on=today(),
            reason=ExitReason.WORK,
            comment="Fick jobb",
            by=world.case_worker,
        )
        person = voided(world).participant.public_id
        for user in (world.coordinator, world.case_worker):
            client = log_in(user)
            assert client.get(reverse("participant_extract", args=[person])).status_code == 200
            assert client.get(reverse("participant_readers", args=[person])).status_code == 200
            sent = {"reason": "asked"}
            answer = client.post(reverse("participant_extract_json", args=[person]), sent)
            assert "Fick jobb" in answer.content.decode()
            assert WHY in answer.content.decode()
        assert log_in(world.af_coordinator).get(reverse("participant_extract", args=[person])).status_code == 404
        colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        assert log_in(colleague).get(reverse("participant_extract", args=[person])).status_code == 404
        assert log_in(colleague).get(reverse("participant_readers", args=[person])).status_code == 404

    def test_a_case_worker_of_another_case_does_not_hand_out_the_wrong_one(self, world, log_in) -> None:
        """What it holds may be about somebody else: whoever works with both hands them out."""
        voided(world)
        colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        again = EnrolmentFactory(
            project=world.project,
            participant=world.enrolment.participant,
            enrolled_on=date(2026, 6, 1),
            owner=world.ame,
        )
        CaseAssignmentFactory(enrolment=again, user=colleague)
        person = world.enrolment.participant.public_id
        text = log_in(colleague).get(reverse("participant_extract", args=[person])).content.decode()
        assert "Någon annan lämnar ut det här" in text
        assert "Samira Samordnare" in text

    def test_a_consent_can_be_taken_back_and_not_renewed(self, world, log_in) -> None:
        """Else it would hold again when the wrong registration is undone."""
        consent = give(world.enrolment, [world.af], [Category.PLAN], by=world.case_worker)
        case = voided(world)
        client = log_in(world.case_worker)
        listed = client.get(reverse("consent_list", args=[case.public_id])).content.decode()
        withdraw = reverse("consent_withdraw", args=[consent.public_id])
        assert withdraw in listed
        assert reverse("consent_create", args=[case.public_id]) not in listed
        assert client.post(reverse("consent_renew", args=[consent.public_id])).status_code == 404
        assert submit(client, withdraw).status_code == 302
        assert not ConsentGrant.objects.on_or_after(today()).exists()

    def test_can_be_protected(self, world, log_in) -> None:
        PersonalNumberFactory(participant=world.enrolment.participant)
        person = voided(world).participant
        client = log_in(world.case_worker)
        url = reverse("participant_protect", args=[person.public_id])
        answer = submit(client, url, level=ProtectionLevel.CONFIDENTIALITY_MARK, is_kept="on")
        assert answer.status_code == 302, answer.context["form"].errors
        assert client.get(answer["Location"]).status_code == 200
        person.refresh_from_db()
        assert person.is_protected
        for user in (world.case_worker, world.coordinator):
            text = log_in(user).get(LIST).content.decode()
            assert person.alias in text
            assert "Öberg" not in text
        # The page of texts to go through is the one who is assigned's.
        assert log_in(world.coordinator).get(url).status_code == 404

    def test_its_texts_wait_on_the_start_page_of_whoever_is_named(self, world, log_in) -> None:
        """Every text is gone through once after protection, whatever the case is worth."""
        case = voided(world)
        client = log_in(world.case_worker)
        assert "Texter att gå igenom" not in client.get("/").content.decode()
        protect_participant(
            level=ProtectionLevel.PROTECTED_REGISTRATION,
            case=case,
            by=world.case_worker,
        )
        text = client.get("/").content.decode()
        assert "Texter att gå igenom" in text
        assert page("enrolment_texts", case) in text
        assert client.get(page("enrolment_texts", case)).status_code == 200
        assert "Texter att gå igenom" not in log_in(world.coordinator).get("/").content.decode()

    def test_is_found_by_nobody_in_search_or_emergency(self, world, log_in) -> None:
        voided(world)
        client = log_in(world.coordinator)
        sent = client.post("/deltagare/", {"q": "Öberg", "visa": "alla"})
        assert str(world.enrolment.public_id) not in client.get(sent["Location"]).content.decode()


class TestSomebodyProtected:
    def test_is_answered_for_by_the_alias(self, world, log_in) -> None:
        person = world.enrolment.participant
        protect_participant(
            level=ProtectionLevel.PROTECTED_REGISTRATION,
            case=world.enrolment,
            by=world.case_worker,
        )
        client = log_in(world.coordinator)
        assert client.get(page("void_decide", world.enrolment)).status_code == 404
        ask(world)
        assert client.get(page("enrolment_detail", world.enrolment)).status_code == 404
        text = client.get(page("void_decide", world.enrolment)).content.decode()
        assert Participant.objects.get(pk=person.pk).alias in text
        assert "Öberg" not in text
        submit(client, page("void_decide", world.enrolment), answer="confirm")
        assert not counts(world)
        submit(client, page("void_undo", world.enrolment), why="Rätt ändå")
        assert counts(world)

    def test_is_not_told_to_the_whole_unit(self, world, log_in) -> None:
        """Neither while it is asked, nor after: beside coordinators only who is named sees the case."""
        colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        unit = {"user": None, "organisation": world.ame, "role": CaseRole.SUBSTITUTE, "recorded_by": world.coordinator}
        CaseAssignmentFactory(enrolment=world.enrolment, **unit)
        ask(world)
        assert WHY in log_in(colleague).get(LIST).content.decode(), "nobody is protected yet"
        protect_participant(
            level=ProtectionLevel.PROTECTED_REGISTRATION,
            case=world.enrolment,
            by=world.case_worker,
        )
        for is_marked in (False, True):
            if is_marked:
                chain.confirm_void(enrolment=world.enrolment, home=HOME, by=world.coordinator)
            client = log_in(colleague)
            assert WHY not in client.get(LIST).content.decode()
            assert client.get(page("void_decide", world.enrolment)).status_code == 404
            for user in (world.case_worker, world.coordinator):
                assert WHY in log_in(user).get(LIST).content.decode()

    def test_whoever_asks_is_told_to_name_nobody(self, world, log_in) -> None:
        client, url = log_in(world.case_worker), page("void_ask", world.enrolment)
        hint = "inte ska veta vem personen är: skriv inga namn, nummer eller kontaktuppgifter"
        assert hint not in client.get(url).content.decode()
        protect_participant(
            level=ProtectionLevel.PROTECTED_REGISTRATION,
            case=world.enrolment,
            by=world.case_worker,
        )
        assert hint in client.get(url).content.decode()

    def test_undone_it_is_somebodys(self, world, log_in) -> None:
        """Protected while it was wrongly registered, with nobody left who answers for it: else nobody would see it."""
        case = voided(world)
        kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        other = EnrolmentFactory(
            participant=case.participant, project=model_project(host=world.ame, register_number="PROV-2")
        )
        MembershipFactory(user=kim, project=other.project, role=Role.CASE_WORKER)
        CaseAssignmentFactory(enrolment=other, user=kim)
        CaseAssignment.objects.filter(enrolment=case).update(valid_until=today())
        protect_participant(level=ProtectionLevel.PROTECTED_REGISTRATION, case=other, by=kim)
        client = log_in(world.coordinator)
        answer = submit(client, page("void_undo", case), why="Rätt ändå")
        assert list(answer.context["form"].errors) == ["responsible"]
        assert "Rätt ändå" in answer.content.decode()
        with pytest.raises(ValidationError, match="Någon måste vara utsedd"):
            chain.undo_void(enrolment=case, why="Rätt ändå", by=world.coordinator)
        assert not counts(world)
        answer = submit(client, page("void_undo", case), why="Rätt ändå", responsible=str(kim.public_id))
        assert answer["Location"] == LIST
        assert counts(world)
        assert log_in(kim).get(page("enrolment_detail", case)).status_code == 200

    def test_the_reason_is_scrubbed_like_any_other_text(self, world) -> None:
        chain.ask_to_void(enrolment=world.enrolment, why="Åsa Öberg är fel person", home="", by=world.case_worker)
        protect_participant(
            level=ProtectionLevel.PROTECTED_REGISTRATION,
            case=world.enrolment,
            by=world.case_worker,
        )
        assert "Öberg" not in Voiding.objects.get().why.text


def test_the_list_asks_as_much_for_many_as_for_few(world, log_in) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(LIST)
        return len(caught)

    def more(number: int) -> None:
        for _ in range(number):
            case = EnrolmentFactory(project=world.project, owner=world.ame)
            chain.ask_to_void(enrolment=case, why=WHY, home="", by=world.coordinator)
            if _ % 2:
                chain.confirm_void(enrolment=case, why="Bara jag", home="", by=world.coordinator)

    client = log_in(world.coordinator)
    more(2)
    client.get(LIST)
    few = cost()
    more(6)
    assert cost() == few


def test_the_list_says_what_to_do_where_there_is_nothing(world, log_in) -> None:
    assert "Ingen inskrivning är felregistrerad" in log_in(world.case_worker).get(LIST).content.decode()


def test_every_state_has_its_line_in_the_history_and_in_the_log() -> None:
    assert set(TITLES) == set(chain.PARTS) == set(VoidState)
    assert {part for part in chain.PARTS.values() if not in_words("change", part).startswith("Ändrade")} == set(
        chain.PARTS.values()
    )
