"""The queue of referrals: received, corrected, ended and taken up again; and enrolled from."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import OrganisationKind
from accounts.models import AccessEvent, AccessSubject
from core.days.dates import today
from core.swedish.personal_numbers import parse
from participants.enrolment.enrol import enrol_all, enrol_participant
from participants.enrolment.new import NewEnrolment
from participants.enums import ProtectionLevel, ReferralSource, ReferralState
from participants.models import Enrolment, Participant, PersonalNumber, Referral, SamePersonAnswer
from participants.referral.actions import ReferralRecord, end_referral, receive_referral, reopen_referral
from participants.referral.queue import in_queue, queue_of
from participants.scope.scope import Scope
from participants.twins.similar import near_numbers
from participants.void import chain
from projects.enums import Role
from tests.world.cases import days_ago
from tests.world.factories import MembershipFactory
from tests.world.pages import faults, fill, queries, shown, submit
from tests.world.worlds import member, model_project

pytestmark = pytest.mark.django_db

LIST, NEW = "/anvisningar/", "/anvisningar/ny/"
NUMBER = "19620518-9829"
WHO = {"given_name": "Omid", "family_name": "Haddad"}
FROM_THE_AGENCY = {"source": "employment_service", "consent_given": "oral"}


def page(name: str, referral: Referral) -> str:
    return reverse(f"referral_{name}", args=[referral.public_id])


def now(referral: Referral) -> Referral:
    """The version in force."""
    return Referral.objects.latest_version(referral.public_id)


@pytest.fixture
def client(world, log_in):
    """The coordinator's browser."""
    return log_in(world.coordinator)


@pytest.fixture
def received(world):
    """A function that puts a referral in the queue."""

    def receive(given_name: str = "Omid", *, days: int = 9, by=None, **said) -> Referral:
        by, day = by or world.coordinator, days_ago(days)
        person = NewEnrolment(enrolled_on=day, given_name=given_name, family_name="Haddad", **said)
        record = ReferralRecord(
            source=ReferralSource.SOCIAL_SERVICES,
            referred_on=day,
            applied_on=days_ago(days + 2),
            reason="Vill arbeta.",
            consent_on=day,
            consent_given="written",
        )
        return receive_referral(
            record=record,
            person=person if given_name else None,
            project=world.project,
            owner=by.own_organisation,
            by=by,
        )

    return receive


class TestReceiving:
    def test_all_that_is_said_is_kept_and_waits_in_the_queue(self, world, client) -> None:
        said = {"reason": "Har länge velat börja.", "first_contact_by": "coordinator", "phone": "070-174 06 05"}
        days = {"referred_on": days_ago(3).isoformat(), "applied_on": days_ago(8).isoformat()}
        consent = {"consent_on": days_ago(4).isoformat()}
        answer = submit(client, NEW, **WHO, **FROM_THE_AGENCY, **said, **days, **consent, number=NUMBER)
        referral = Referral.objects.get()
        assert answer["Location"] == page("detail", referral)
        assert (referral.concerns_on, referral.applied_on, referral.consent_on) == tuple(map(days_ago, (3, 8, 4)))
        assert (referral.state, referral.consent_given, referral.first_contact_by) == ("waiting", "oral", "coordinator")
        assert (referral.reason.text, referral.owner) == ("Har länge velat börja.", world.ame)
        assert referral.participant.identity.name == "Omid Haddad"
        assert referral.participant.numbers.get().value == "196205189829"
        html = client.get(LIST).content.decode().replace("\xa0", " ")
        assert "Omid Haddad" in html
        assert "har väntat 3 dagar" in html
        assert "Första personliga mötet senast" in html
        html = client.get(page("detail", referral)).content.decode().replace("\xa0", " ")
        assert "Första personliga mötet: 14 dagar från ansökan, senast" in html

    def test_two_answers_are_enough(self, client) -> None:
        answer = submit(client, NEW, source="own_application", given_name="Omid")
        assert answer.status_code == 302
        assert Referral.objects.get().concerns_on == today()

    def test_an_agency_may_only_want_to_be_called(self, client) -> None:
        empty = submit(client, NEW, source="employment_service")
        assert list(faults(empty)) == ["reason"]
        submit(client, NEW, source="employment_service", reason="Vill ha kontakt om en plats")
        referral = Referral.objects.get()
        assert referral.participant is None
        html = client.get(LIST).content.decode()
        assert "Ingen person än" in html
        assert "Vill ha kontakt om en plats" in html

    def test_who_somebody_is_comes_from_another_authority_with_consent_only(self, world, client) -> None:
        answer = submit(client, NEW, **WHO, source="employment_service")
        assert list(faults(answer)) == ["consent_on"]
        answer = submit(client, NEW, **WHO, source="employment_service", consent_on=days_ago(1).isoformat())
        assert list(faults(answer)) == ["consent_given"]
        world.ame.kind = OrganisationKind.EMPLOYMENT_SERVICE
        world.ame.save()
        assert submit(client, NEW, **WHO, source="employment_service").status_code == 302

    def test_a_consent_after_the_referral_is_refused_and_so_is_an_application(self, client) -> None:
        late = {"referred_on": days_ago(5).isoformat()}
        answer = submit(client, NEW, **WHO, **FROM_THE_AGENCY, **late, consent_on=days_ago(2).isoformat())
        assert list(faults(answer)) == ["consent_on"]
        answer = submit(client, NEW, **WHO, source="own_application", **late, applied_on=days_ago(2).isoformat())
        assert list(faults(answer)) == ["applied_on"]
        assert not Referral.objects.exists()

    def test_a_number_without_a_name_says_so(self, client) -> None:
        assert list(faults(submit(client, NEW, source="own_application", number=NUMBER))) == ["given_name"]

    def test_somebody_who_waits_or_is_enrolled_is_not_received_once_more(self, world, client, received) -> None:
        submit(client, NEW, **WHO, source="own_application", number=NUMBER)
        answer = submit(client, NEW, **WHO, source="own_application", number=NUMBER, reason="Igen")
        assert "Personen väntar redan i kön" in answer.content.decode()
        assert page("detail", Referral.objects.get()) in answer.content.decode()
        submit(client, page("enrol", Referral.objects.get()))
        answer = submit(client, NEW, **WHO, source="own_application", number=NUMBER, reason="Igen")
        assert "Personen är redan inskriven i projektet" in answer.content.decode()
        assert Referral.objects.current().count() == 1

    def test_the_log_knows_who_was_received_and_who_was_read(self, world, client) -> None:
        submit(client, NEW, **WHO, source="own_application")
        person = Referral.objects.get().participant.public_id
        for url in (LIST, page("detail", Referral.objects.get())):
            client.get(url)
            event = AccessEvent.objects.latest("pk")
            assert list(AccessSubject.objects.filter(event=event).values_list("person", flat=True)) == [person]


class TestTheQueue:
    def test_the_longest_waiting_comes_first_and_what_is_late_says_so(self, world, client, received) -> None:
        for name, days in (("Ny", 1), ("Gammal", 20), ("Mitt", 9)):
            received(name, days=days)
        queue = queue_of(Scope.of(world.coordinator, today()), world.project)
        assert [line.name for line in queue.waiting] == ["Gammal Haddad", "Mitt Haddad", "Ny Haddad"]
        assert [line.is_late for line in queue.waiting] == [True, False, False]
        assert queue.in_words.replace("\xa0", " ") == "Tre väntar. Den äldsta har väntat 20 dagar, och en är sen."
        assert "8 dagar för sent" in client.get(LIST).content.decode().replace("\xa0", " ")

    def test_the_start_page_leads_there(self, world, client, log_in, received) -> None:
        assert LIST not in client.get("/").content.decode()
        received(days=12)
        html = client.get("/").content.decode().replace("\xa0", " ")
        assert "1 anvisning väntar, sedan 12 dagar" in html
        assert LIST in html
        assert LIST not in log_in(world.case_worker).get("/").content.decode()

    def test_it_costs_as_much_however_many_wait(self, client, received) -> None:
        received("Första")
        few = queries(client, LIST)
        for number in range(8):
            received(f"Nummer{number}")
        assert queries(client, LIST) == few

    def test_nobody_protected_stands_in_it(self, world, client, received) -> None:
        referral = received()
        Participant.objects.update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
        assert "Haddad" not in client.get(LIST).content.decode()
        assert client.get(page("detail", referral)).status_code == 404

    def test_it_is_its_organisations_and_its_projects_coordinators_alone(self, world, log_in, received) -> None:
        referral = received()
        elsewhere = model_project(name="Annat", register_number="PROV-2", host=world.ame)
        stranger = member(elsewhere, world.ame, Role.COORDINATOR, "Annat Projekt")
        for user in (world.case_worker, world.project_leader, world.af_coordinator, stranger):
            browser = log_in(user)
            for name in ("detail", "edit", "end", "reopen", "enrol"):
                assert browser.get(page(name, referral)).status_code == 404
                assert browser.post(page(name, referral), {"state": "declined"}).status_code == 404
            assert "Haddad" not in browser.get(LIST).content.decode()
        assert now(referral) == referral
        assert in_queue(world.project, Scope.of(world.af_coordinator, today())).count == 0

    def test_a_referral_is_found_from_a_page_of_another_project(self, world, log_in, received) -> None:
        elsewhere = model_project(name="A först", register_number="PROV-2", host=world.ame)
        MembershipFactory(user=world.coordinator, project=elsewhere, role=Role.COORDINATOR)
        referral, browser = received(), log_in(world.coordinator)
        answer = browser.get(page("detail", referral), follow=True)
        assert "Omid Haddad" in answer.content.decode()
        submit(browser, page("enrol", referral))
        assert Enrolment.objects.latest("pk").project == world.project


class TestSearching:
    """Somebody is searched for among the participants, and found also where the person only waits."""

    @pytest.mark.parametrize("text", ["haddad", "Omid H", NUMBER])
    def test_who_waits_is_found_by_who_receives(self, world, client, received, text: str) -> None:
        received(number=parse(NUMBER, on=today()))
        html = client.post("/deltagare/", {"q": text}, follow=True).content.decode()
        assert "Väntar i kön" in html
        assert "Omid Haddad" in html
        event = AccessEvent.objects.latest("pk")
        assert AccessSubject.objects.filter(event=event, person=Participant.objects.latest("pk").public_id).exists()

    def test_nobody_else_finds_them_and_another_name_is_none(self, world, client, log_in, received) -> None:
        received()
        answer = log_in(world.case_worker).post("/deltagare/", {"q": "haddad"}, follow=True)
        assert "Omid Haddad" not in answer.content.decode()
        assert "Väntar i kön" not in client.post("/deltagare/", {"q": "Hadzic"}, follow=True).content.decode()


class TestCorrecting:
    def test_the_version_before_stays_and_any_address_leads_to_the_last(self, world, client, received) -> None:
        first = received()
        submit(client, page("edit", first), reason="Vill studera.", phone="070-1740605", given_name="Omed")
        last = now(first)
        assert (first.pk, last.reason.text, last.participant) == (last.corrects_id, "Vill studera.", first.participant)
        first.refresh_from_db()
        assert (first.superseded_at is not None, first.reason.text) == (True, "Vill arbeta.")
        html = client.get(page("detail", first)).content.decode()
        assert "Vad det gäller: Vill arbeta. → Vill studera." in html
        assert "Omed Haddad" in html

    def test_nothing_changed_makes_no_version(self, client, received) -> None:
        referral = received()
        answer = submit(client, page("edit", referral))
        assert answer["Location"] == page("detail", referral)
        assert Referral.objects.count() == 1

    def test_whom_it_is_about_is_said_later(self, client, received) -> None:
        referral = received("")
        answer = submit(client, page("edit", referral), **WHO)
        assert answer.status_code == 302
        assert now(referral).participant.identity.name == "Omid Haddad"

    def test_it_does_not_forget_whom_it_is_about(self, client, received) -> None:
        referral = received()
        answer = submit(client, page("edit", referral), given_name="", family_name="")
        assert list(faults(answer)) == ["given_name"]


class TestEnding:
    @pytest.mark.parametrize("state", ["declined_here", "passed_on"])
    def test_why_and_to_whom_is_asked(self, client, received, state: str) -> None:
        referral = received()
        answer = submit(client, page("end", referral), state=state)
        assert list(faults(answer)) == ["said"]
        submit(client, page("end", referral), state=state, said="Vårdcentralens rehabkoordinator")
        assert (now(referral).state, now(referral).said.text) == (state, "Vårdcentralens rehabkoordinator")
        html = client.get(LIST).content.decode()
        assert "Vårdcentralens rehabkoordinator" in html
        assert "Ingen väntar" in html

    def test_it_ends_no_earlier_than_it_came(self, world, client, received) -> None:
        referral = received(days=3)
        answer = submit(client, page("end", referral), state="declined", ended_on=days_ago(4).isoformat())
        assert list(faults(answer)) == ["ended_on"]
        with pytest.raises(ValidationError, match="före anvisningsdagen"):
            end_referral(referral=referral, state=ReferralState.DECLINED, ended_on=days_ago(4), by=world.coordinator)

    def test_it_is_taken_up_again_and_the_end_stays_in_its_history(self, client, received) -> None:
        referral = received()
        submit(client, page("end", referral), state="not_reached")
        submit(client, page("reopen", referral))
        assert now(referral).is_waiting
        assert now(referral).ended_on is None
        html = client.get(page("detail", referral)).content.decode()
        assert all(words in html for words in ("Öppnad igen", "Inte nådd", "Registrerad"))

    def test_nobody_waits_twice(self, world, received) -> None:
        first = received(number=None)
        ended = end_referral(referral=first, state=ReferralState.DECLINED, ended_on=today(), by=world.coordinator)
        again = Referral.objects.create(
            project=world.project,
            participant=first.participant,
            source=first.source,
            concerns_on=today(),
            owner=world.ame,
            recorded_by=world.coordinator,
        )
        with pytest.raises(ValidationError, match="väntar redan"):
            reopen_referral(referral=ended, by=world.coordinator)
        with pytest.raises(ValidationError, match="väntar redan"):
            reopen_referral(referral=again, by=world.coordinator)

    def test_what_is_for_those_that_wait_leads_to_its_page(self, client, received) -> None:
        referral = received()
        submit(client, page("end", referral), state="declined")
        for name in ("edit", "enrol"):
            assert client.get(page(name, referral))["Location"] == page("detail", now(referral))


class TestEnrolling:
    def test_all_that_it_says_is_carried_over(self, world, client, received) -> None:
        referral = received(phone="070-174 06 05")
        answer = submit(client, page("enrol", referral))
        case = Enrolment.objects.latest("pk")
        assert answer["Location"] == reverse("participant_detail", args=[referral.participant.public_id])
        assert case.participant == referral.participant
        assert (case.source, case.applied_on, case.referred_on) == ("social_services", days_ago(11), days_ago(9))
        last = now(referral)
        assert (last.state, last.enrolment, last.reason.text) == ("accepted", case, "Vill arbeta.")
        assert client.get(page("detail", referral))["Location"] == case.get_absolute_url()
        assert "Haddad" not in client.get(LIST).content.decode()
        assert case.participant.identity.phone == "070-174 06 05"

    def test_who_somebody_is_can_be_said_better_then(self, client, received) -> None:
        referral = received()
        submit(client, page("enrol", referral), given_name="Omed", number=NUMBER)
        person = Enrolment.objects.latest("pk").participant
        assert person == referral.participant
        assert person.identity.name == "Omed Haddad"
        assert person.numbers.get().value == "196205189829"
        assert Enrolment.objects.latest("pk").sort_key == person.identity.sort_key

    def test_one_that_names_nobody_names_them_then(self, client, received) -> None:
        referral = received("")
        submit(client, page("enrol", referral), **WHO)
        case = Enrolment.objects.latest("pk")
        assert (now(referral).participant, now(referral).enrolment) == (case.participant, case)

    def test_whoever_was_known_before_becomes_one_with_the_person(self, world, client, received) -> None:
        known = Enrolment.objects.get(pk=world.enrolment.pk)
        PersonalNumber.objects.create(
            participant=known.participant, organisation=world.ame, value="196205189829", kind="personal"
        )
        Enrolment.objects.filter(pk=known.pk).update(exited_on=days_ago(0), exit_reason="moved")
        referral = received()
        stray = referral.participant.public_id
        answer = submit(client, page("enrol", referral), number=NUMBER)
        assert list(faults(answer)) == ["number"]
        submit(client, page("enrol", referral), number=NUMBER, again="196205189829")
        case = Enrolment.objects.latest("pk")
        assert (case.participant, now(referral).participant) == (known.participant, known.participant)
        assert not Participant.objects.filter(public_id=stray).exists()
        assert SamePersonAnswer.objects.get().newcomer == stray

    def test_enrolling_as_usual_finds_whoever_waits(self, world, client, log_in, received) -> None:
        submit(client, NEW, **WHO, source="own_application", number=NUMBER)
        referral = Referral.objects.get()
        answer = submit(client, "/deltagare/ny/", **WHO, source="own_application", number=NUMBER)
        assert page("detail", referral) in answer.content.decode()
        submit(client, "/deltagare/ny/", **WHO, source="own_application", number=NUMBER, again="196205189829")
        assert now(referral).enrolment == Enrolment.objects.latest("pk")
        assert Participant.objects.filter(numbers__value="196205189829").count() == 1

    def test_one_who_does_not_receive_learns_nothing_of_who_waits(self, world, client, log_in, received) -> None:
        submit(client, NEW, **WHO, source="own_application", number=NUMBER)
        answer = submit(log_in(world.case_worker), "/deltagare/ny/", **WHO, source="own_application", number=NUMBER)
        assert answer.status_code == 302
        assert now(Referral.objects.earliest("pk")).is_waiting

    def test_one_that_has_ended_meanwhile_enrols_nobody(self, world, client, received) -> None:
        referral, before = received(), Enrolment.objects.count()
        sent = fill(client, page("enrol", referral))
        end_referral(referral=referral, state=ReferralState.DECLINED, ended_on=today(), by=world.coordinator)
        answer = client.post(page("enrol", referral), sent)
        assert "Du har själv sparat det här sedan du öppnade sidan" in answer.content.decode()
        answer = client.post(page("enrol", referral), {**sent, **shown(answer.context["form"])})
        assert "Anvisningen väntar inte längre." in answer.content.decode()
        assert Enrolment.objects.count() == before

    def test_pressed_twice_it_enrols_once(self, client, received) -> None:
        referral, before = received(), Enrolment.objects.count()
        sent = fill(client, page("enrol", referral))
        first, second = client.post(page("enrol", referral), sent), client.post(page("enrol", referral), sent)
        assert first["Location"] == second["Location"]
        assert Enrolment.objects.count() == before + 1

    def test_the_deadline_of_the_queue_is_the_cases_own(self, world, client, received) -> None:
        referral = received()
        line = queue_of(Scope.of(world.coordinator, today()), world.project).waiting[0]
        submit(client, page("enrol", referral))
        case = Enrolment.objects.latest("pk")
        assert line.deadline is not None
        assert line.deadline.due_on == days_ago(11) + timedelta(days=world.project.first_meeting_days)
        assert case.first_due_on is not None
        assert case.first_due_on <= line.deadline.due_on


class TestWhatOthersDoMeanwhile:
    """What is done beside a referral: by a colleague with an open form, in another case, in a register."""

    def test_a_stale_form_enrols_nobody_over_what_was_said_since(self, client, received) -> None:
        nameless, before = received(""), Enrolment.objects.count()
        stale = fill(client, page("enrol", nameless), given_name="Ymer", family_name="Andrason")
        submit(client, page("edit", nameless), given_name="Xenia", family_name="Först", number=NUMBER)
        answer = client.post(page("enrol", nameless), stale)
        assert "Du har själv sparat det här sedan du öppnade sidan" in answer.content.decode()
        assert now(nameless).participant.identity.name == "Xenia Först"
        assert Enrolment.objects.count() == before

    def test_a_stale_form_undoes_no_correction(self, client, received) -> None:
        referral = received()
        stale = fill(client, page("enrol", referral))
        submit(client, page("edit", referral), family_name="Rättad")
        assert client.post(page("enrol", referral), stale).status_code == 200
        assert now(referral).participant.identity.name == "Omid Rättad"

    def test_two_with_cases_of_their_own_are_not_joined_here(self, world, client, received) -> None:
        PersonalNumber.objects.create(
            participant=world.enrolment.participant, organisation=world.ame, value="196205189829", kind="personal"
        )
        Enrolment.objects.filter(pk=world.enrolment.pk).update(exited_on=days_ago(0), exit_reason="moved")
        first = received()
        submit(client, page("enrol", first))
        Enrolment.objects.filter(participant=first.participant).update(exited_on=today(), exit_reason="moved")
        again = Referral.objects.create(
            project=world.project,
            participant=first.participant,
            source="own_application",
            concerns_on=today(),
            owner=world.ame,
            recorded_by=world.coordinator,
        )
        answer = submit(client, page("enrol", again), number=NUMBER, again="196205189829")
        assert "Finns någon två gånger?" in " ".join(faults(answer)["number"])
        assert Participant.objects.filter(pk=first.participant_id).exists()

    def test_one_whom_a_case_worker_has_enrolled_meanwhile_is_asked_about_and_becomes_one(
        self, world, client, log_in
    ) -> None:
        submit(client, NEW, **WHO, source="own_application", number=NUMBER)
        referral = Referral.objects.get()
        submit(log_in(world.case_worker), "/deltagare/ny/", **WHO, source="own_application", number=NUMBER)
        case = Enrolment.objects.latest("pk")
        answer = submit(client, page("enrol", referral))
        assert "Personen är redan inskriven i projektet" in answer.content.decode()
        same = reverse("participant_same", args=[case.participant.public_id])
        assert same in client.get("/").content.decode()
        submit(client, same, is_same="yes")
        assert (now(referral).state, now(referral).enrolment) == ("accepted", case)
        assert Participant.objects.filter(numbers__value="196205189829").count() == 1

    def test_a_wrong_registration_lets_it_wait_again_until_that_is_undone(self, world, client, received) -> None:
        referral = received()
        submit(client, page("enrol", referral))
        case = Enrolment.objects.latest("pk")
        chain.ask_to_void(enrolment=case, why="Fel projekt", home="", by=world.coordinator)
        chain.confirm_void(enrolment=case, why="Bara jag här", home="", by=world.coordinator)
        assert (now(referral).is_waiting, now(referral).enrolment) == (True, None)
        chain.undo_void(enrolment=case, why="Det var rätt", responsible=world.case_worker, by=world.coordinator)
        assert (now(referral).state, now(referral).enrolment) == ("accepted", case)

    def test_one_that_never_waited_does_not_begin_to(self, world, client) -> None:
        submit(client, "/deltagare/ny/", **WHO, source="own_application")
        case = Enrolment.objects.latest("pk")
        chain.ask_to_void(enrolment=case, why="Fel person", home="", by=world.coordinator)
        chain.confirm_void(enrolment=case, why="Bara jag här", home="", by=world.coordinator)
        assert not Referral.objects.waiting().exists()

    def test_what_a_register_leaves_empty_is_kept(self, world, client) -> None:
        said = {"referred_on": days_ago(4).isoformat(), "applied_on": days_ago(11).isoformat()}
        submit(client, NEW, **WHO, source="own_application", number=NUMBER, **said)
        new = NewEnrolment(
            enrolled_on=today(),
            number=parse(NUMBER, on=today()),
            source=ReferralSource.UNKNOWN,
            is_imported=True,
            **WHO,
        )
        case = enrol_participant(new=new, project=world.project, owner=world.ame, by=world.coordinator)
        assert (case.source, case.applied_on, case.referred_on) == ("own_application", days_ago(11), days_ago(4))
        assert now(Referral.objects.earliest("pk")).applied_on == days_ago(11)

    def test_it_leads_to_one_enrolment_that_was_not_over_when_it_came(self, world, received) -> None:
        number = parse(NUMBER, on=today())
        referral = received(number=number, days=9)
        person = {"number": number, "source": ReferralSource.UNKNOWN, "is_imported": True, **WHO}
        news = [
            NewEnrolment(enrolled_on=days_ago(3), **person),
            NewEnrolment(enrolled_on=days_ago(8), exited_on=days_ago(5), exit_reason="unknown", **person),
            NewEnrolment(enrolled_on=days_ago(90), exited_on=days_ago(40), exit_reason="unknown", **person),
        ]
        cases = enrol_all(news, world.project, world.ame, world.coordinator)
        assert now(referral).enrolment == cases[0]
        assert [row.enrolment for row in Referral.objects.filter(corrects=referral)] == [cases[0]]
        assert sorted(row.enrolment_id for row in Referral.objects.current()) == [case.pk for case in cases]

    def test_the_count_is_what_the_queue_shows(self, world, received) -> None:
        received()
        Participant.objects.update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
        assert in_queue(world.project, Scope.of(world.coordinator, today())).count == 0

    def test_how_it_ended_is_said_anew_and_stays_in_its_history(self, client, received) -> None:
        referral = received()
        submit(client, page("end", referral), state="passed_on", said="Vårdcentralen")
        submit(client, page("end", referral), state="declined", said="Ville vänta")
        submit(client, page("reopen", referral))
        submit(client, page("edit", referral), phone="070-174 06 05")
        html = client.get(page("detail", referral)).content.decode()
        assert all(words in html for words in ("Vårdcentralen", "Ville vänta", "Telefon: saknas → 070-174 06 05"))


class TestLookingLikeSomebody:
    """«Liknar … Samma person?»: asked before somebody is written down, of those in sight alone."""

    BORN = "1962-05-18"

    @pytest.fixture
    def waiting(self, client):
        submit(client, NEW, given_name="Omid", family_name="Haddad", source="own_application", number=NUMBER)
        return Referral.objects.get()

    # One digit, or two in each other's place, and the check digit that follows.
    @pytest.mark.parametrize("mistyped", ["196205189837", "196205198820"])
    def test_a_number_one_digit_or_one_change_of_places_away(self, client, waiting, mistyped: str) -> None:
        answer = submit(client, NEW, given_name="Omed", source="own_application", number=mistyped)
        assert list(faults(answer)) == ["is_another"]
        html = answer.content.decode()
        assert page("detail", waiting) in html
        assert "Samma person?" in html
        assert submit(client, NEW, given_name="Omed", source="own_application", number=mistyped, is_another="on")[
            "Location"
        ] != page("detail", waiting)

    def test_the_same_name_and_birth_day_without_a_number(self, client, waiting) -> None:
        said = {"given_name": "omid", "family_name": "HADDAD", "source": "own_application"}
        answer = submit(client, "/deltagare/ny/", **said, birth_date=self.BORN)
        assert list(faults(answer)) == ["is_another"]
        event = AccessEvent.objects.latest("pk")
        shown = AccessSubject.objects.filter(event=event).values_list("person", flat=True)
        assert waiting.participant.public_id in shown
        before = Enrolment.objects.count()
        submit(client, "/deltagare/ny/", **said, birth_date=self.BORN, is_another="on")
        assert Enrolment.objects.count() == before + 1

    @pytest.mark.parametrize(
        "said",
        [
            {"given_name": "Omid", "family_name": "Haddad", "birth_date": "1962-05-19"},
            {"given_name": "Omid", "family_name": "Al-Amin", "birth_date": BORN},
            {"given_name": "Omid", "family_name": "Haddad"},
        ],
    )
    def test_less_is_no_likeness(self, client, waiting, said) -> None:
        assert submit(client, "/deltagare/ny/", source="own_application", **said).status_code == 302

    def test_one_who_sees_neither_case_nor_referral_is_asked_nothing(self, world, log_in, waiting) -> None:
        said = {"given_name": "Omid", "family_name": "Haddad", "source": "own_application", "birth_date": self.BORN}
        assert submit(log_in(world.case_worker), "/deltagare/ny/", **said).status_code == 302

    def test_the_person_of_the_referral_itself_is_nobody_else(self, client, waiting) -> None:
        assert submit(client, page("enrol", waiting)).status_code == 302


def test_in_a_second_window_it_is_said_that_it_has_led_to_an_enrolment(client) -> None:
    submit(client, NEW, given_name="Omid", family_name="Haddad", source="own_application", number=NUMBER)
    waiting = Referral.objects.get()
    url = page("enrol", waiting)
    first, second = fill(client, url), fill(client, url)
    assert client.post(url, first).status_code == 302
    before = Enrolment.objects.count()
    for _ in range(3):
        html = client.post(url, second).content.decode()
        assert "Anvisningen har redan lett till en inskrivning" in html
        assert Enrolment.objects.latest("pk").get_absolute_url() in html
        assert "sparas en till" not in html
    assert Enrolment.objects.count() == before


def test_near_numbers_are_one_digit_or_one_change_of_neighbours_away() -> None:
    near = set(near_numbers("196205189829"))
    assert {"196205189820", "196205189892", "196250189829", "196205189837"} <= near
    assert not {"196205189829", "206205189829", "196205180000", "196205180047"} & near
    assert all(len(number) == 12 for number in near)
