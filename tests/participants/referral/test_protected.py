"""Somebody who waits and whose identity is protected: the referral waits on, and names nobody."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from core.days.dates import today
from core.models import TextBody
from core.swedish.personal_numbers import parse
from oversight.extract.document import extract_of
from participants.enrolment.enrol import enrol_participant
from participants.enrolment.new import NewEnrolment
from participants.enums import ProtectionLevel, ReferralSource, ReferralState
from participants.models import Enrolment, Participant, Referral, TextToCheck
from participants.protection.actions import protect_participant
from participants.protection.texts import to_go_through
from participants.referral.actions import ReferralRecord, correct_referral, end_referral, receive_referral
from participants.referral.enrolled import release_referral
from tests.world.cases import days_ago
from tests.world.factories import EnrolmentFactory
from tests.world.pages import faults, fill, mark, shown, submit, typed

pytestmark = pytest.mark.django_db

NUMBER = "19620518-9829"
MARK = ProtectionLevel.CONFIDENTIALITY_MARK
YES = {"level": "confidentiality_mark", "is_kept": "on"}
TRACES = ("Omid", "Haddad", NUMBER, "0705550000", "knä")


def page(name: str, referral: Referral) -> str:
    return reverse(f"referral_{name}", args=[referral.public_id])


def now(referral: Referral) -> Referral:
    return Referral.objects.latest_version(referral.public_id)


@pytest.fixture
def client(world, log_in):
    """The coordinator's browser."""
    return log_in(world.coordinator)


@pytest.fixture
def waiting(world) -> Referral:
    """Somebody who was referred nine days ago."""
    record = ReferralRecord(
        source=ReferralSource.SOCIAL_SERVICES, referred_on=days_ago(9), reason="Omid har ont i knät."
    )
    number = parse(NUMBER, on=today())
    person = NewEnrolment(
        enrolled_on=days_ago(9), given_name="Omid", family_name="Haddad", number=number, phone="0705550000"
    )
    return receive_referral(record=record, person=person, project=world.project, owner=world.ame, by=world.coordinator)


def again(answer, **said) -> dict:
    """A form that came back, with other answers."""
    return {**shown(answer.context["form"]), "page": mark(answer), **said}


def nameless(world) -> Referral:
    record = ReferralRecord(source=ReferralSource.SOCIAL_SERVICES, referred_on=days_ago(9), reason="Ring dem.")
    return receive_referral(record=record, person=None, project=world.project, owner=world.ame, by=world.coordinator)


class TestProtectingWhoWaits:
    def test_nothing_tells_who_it_is_and_it_waits_on(self, world, client, waiting) -> None:
        answer = submit(client, page("protect", waiting), **YES)
        assert answer["Location"] == page("detail", waiting)
        person = Participant.objects.get(pk=waiting.participant_id)
        assert person.protection == MARK
        assert (now(waiting).participant, now(waiting).state) == (None, ReferralState.WAITING)
        assert (now(waiting).source, now(waiting).concerns_on) == (waiting.source, days_ago(9))
        for address in ("/anvisningar/", page("detail", waiting), page("edit", waiting), page("end", waiting)):
            answer = client.get(address)
            html = answer.content.decode()
            assert answer.status_code == 200
            assert not [trace for trace in (*TRACES, person.alias) if trace in html], address
        assert "Skyddad identitet" in client.get("/anvisningar/").content.decode()
        assert not TextBody.objects.filter(text__contains="Omid").exists()

    def test_it_is_asked_whether_the_name_is_kept_elsewhere(self, client, waiting) -> None:
        assert list(faults(submit(client, page("protect", waiting), level="confidentiality_mark"))) == ["is_kept"]
        assert now(waiting).participant == waiting.participant

    def test_the_person_is_recognised_by_the_number(self, client, waiting) -> None:
        submit(client, page("protect", waiting), **YES)
        for address in ("/anvisningar/ny/", reverse("participant_create")):
            answer = submit(client, address, given_name="Omid", family_name="Haddad", number=NUMBER)
            assert "number" in faults(answer), address

    def test_what_comes_of_it_is_said_as_of_any_other(self, world, client, waiting) -> None:
        submit(client, page("protect", waiting), **YES)
        submit(client, page("end", waiting), state="not_reached")
        assert now(waiting).state == ReferralState.NOT_REACHED

    def test_one_who_has_a_case_that_nobody_answers_for_by_name_is_not_lost(self, world, client, waiting) -> None:
        EnrolmentFactory(participant=waiting.participant, project=world.project, enrolled_on=today())
        answer = submit(client, page("protect", waiting), **YES)
        assert "Be samordnaren där" in answer.content.decode()
        assert not Participant.objects.get(pk=waiting.participant_id).is_protected

    def test_protected_from_a_case_elsewhere_it_names_nobody_either(self, world, waiting) -> None:
        case = EnrolmentFactory(participant=waiting.participant, project=world.project, enrolled_on=today())
        protect_participant(level=MARK, case=case, responsible=world.case_worker, by=world.case_worker)
        assert (now(waiting).participant, now(waiting).is_waiting) == (None, True)

    def test_one_from_before_is_put_right_when_protection_is_applied_again(self, waiting) -> None:
        Participant.objects.filter(pk=waiting.participant_id).update(protection=MARK)
        call_command("reapply_protection")
        assert now(waiting).participant is None
        call_command("reapply_protection")
        assert Referral.objects.count() == 2

    def test_one_that_has_ended_stays_in_the_persons_own_file(self, world, client, waiting) -> None:
        end_referral(referral=waiting, state=ReferralState.DECLINED, ended_on=today(), by=world.coordinator)
        Participant.objects.filter(pk=waiting.participant_id).update(protection=MARK)
        assert client.get(page("detail", waiting)).status_code == 404

    def test_nobody_gives_it_a_name_again(self, client, waiting) -> None:
        submit(client, page("protect", waiting), **YES)
        html = client.get(page("detail", waiting)).content.decode()
        named, unnamed = page("enrol", now(waiting)), page("enrol_protected", now(waiting))
        assert f'class="btn btn-primary" href="{unnamed}"' in html
        assert named not in html + client.get("/anvisningar/").content.decode()
        assert client.get(named)["Location"] == unnamed
        assert "given_name" not in client.get(page("edit", waiting)).context["form"].fields
        submit(client, page("edit", waiting), given_name="Omid", family_name="Haddad", reason="Ring.")
        assert now(waiting).participant is None
        with pytest.raises(ValidationError, match="Identiteten är skyddad"):
            correct_referral(
                referral=waiting,
                record=ReferralRecord.of(now(waiting)),
                who=None,
                person=NewEnrolment(enrolled_on=today(), given_name="Omid"),
                by=waiting.recorded_by,
            )

    def test_nobody_is_enrolled_by_name_from_it(self, world, client, waiting) -> None:
        sent = typed(client, page("enrol", waiting), responsible=str(world.case_worker.public_id))
        submit(client, page("protect", waiting), **YES)
        before = Enrolment.objects.count()
        for _ in range(3):
            answer = client.post(page("enrol", waiting), sent)
            assert answer.status_code == 200
            sent = again(answer, given_name="Omid", family_name="Haddad", number="", phone="")
        assert "Identiteten är skyddad" in answer.content.decode(), faults(answer)
        assert Enrolment.objects.count() == before

    @pytest.mark.parametrize("name", ["end", "edit"])
    def test_a_form_from_before_is_refused_once_with_a_sentence_about_it(self, client, waiting, name) -> None:
        words = {"end": {"state": "passed_on", "said": "till Omid Haddads mamma"}, "edit": {"reason": "Omids knä."}}
        sent = typed(client, page(name, waiting), **words[name])
        submit(client, page("protect", waiting), **YES)
        answer = client.post(page(name, waiting), sent)
        assert "har fått skyddade personuppgifter sedan du öppnade sidan" in answer.content.decode()
        assert not TextBody.objects.filter(text__contains="Omid").exists()
        sent = again(answer, said="till en anhörig", reason="Ring.")
        answer = client.post(page(name, waiting), sent)
        if answer.status_code == 200:
            answer = client.post(page(name, waiting), again(answer))
        assert answer.status_code == 302

    def test_words_that_nobody_could_go_through_are_emptied(self, world, client, waiting) -> None:
        submit(client, page("end", waiting), state="passed_on", said="till Hadads mamma")
        submit(client, page("reopen", waiting))
        submit(client, page("protect", waiting), **YES)
        assert not TextBody.objects.filter(text__contains="mamma").exists()
        assert not TextToCheck.objects.waiting().filter(participant=waiting.participant_id).exists()

    def test_the_first_words_of_one_that_named_nobody_yet_go_too(self, world, client) -> None:
        record = ReferralRecord(
            source=ReferralSource.SOCIAL_SERVICES, referred_on=days_ago(9), reason="Haddad vill bli uppringd."
        )
        referral = receive_referral(
            record=record, person=None, project=world.project, owner=world.ame, by=world.coordinator
        )
        said = {"consent_on": days_ago(9).isoformat(), "consent_given": "oral", "reason": "Ring."}
        submit(client, page("edit", referral), given_name="Omid", family_name="Haddad", **said)
        named = now(referral).participant
        assert set(Referral.objects.values_list("participant", flat=True)) == {named.pk}
        submit(client, page("protect", referral), **YES)
        assert not TextBody.objects.filter(text__contains="Haddad").exists()

    def test_the_first_words_are_found_when_the_case_is_protected(self, world, client) -> None:
        record = ReferralRecord(
            source=ReferralSource.SOCIAL_SERVICES, referred_on=days_ago(9), reason="Haddad vill bli uppringd."
        )
        referral = receive_referral(
            record=record, person=None, project=world.project, owner=world.ame, by=world.coordinator
        )
        new = NewEnrolment(enrolled_on=today(), given_name="Omid", family_name="Haddad", referral=referral)
        case = enrol_participant(
            new=new, project=world.project, owner=world.ame, responsible=world.case_worker, by=world.coordinator
        )
        person = Participant.objects.get(pk=case.participant_id)
        assert "Haddad vill bli uppringd." in repr(extract_of(person, world.ame, on=today()))
        protect_participant(level=MARK, case=case, responsible=world.case_worker, by=world.case_worker)
        assert not TextBody.objects.filter(text__contains="Haddad").exists()
        assert TextToCheck.objects.waiting().filter(participant=case.participant).exists()


class TestEnrollingWithoutAName:
    def test_its_words_are_gone_through_by_who_is_responsible(self, world) -> None:
        referral = nameless(world)
        new = NewEnrolment(enrolled_on=today(), protection=MARK, referral=referral)
        case = enrol_participant(
            new=new, project=world.project, owner=world.ame, responsible=world.case_worker, by=world.coordinator
        )
        listed = to_go_through(case, world.ame, on=today())
        assert [row.body.text for row in listed] == ["Ring dem."]

    def test_words_from_before_are_listed_when_protection_is_applied_again(self, world) -> None:
        referral = nameless(world)
        new = NewEnrolment(enrolled_on=today(), protection=MARK, referral=referral)
        case = enrol_participant(
            new=new, project=world.project, owner=world.ame, responsible=world.case_worker, by=world.coordinator
        )
        TextToCheck.objects.all().delete()
        Referral.objects.exclude(enrolment=case).update(participant=None)
        call_command("reapply_protection")
        assert [row.body.text for row in to_go_through(case, world.ame, on=today())] == ["Ring dem."]

    def test_it_leads_to_the_case_with_its_days_and_is_counted_once(self, world, client) -> None:
        referral = nameless(world)
        html = client.get(page("enrol_protected", referral)).content.decode()
        assert days_ago(9).isoformat() in html
        answer = submit(
            client,
            page("enrol_protected", referral),
            protection="confidentiality_mark",
            responsible=str(world.case_worker.public_id),
            full_time_sick="no",
            is_known_before="no",
        )
        assert answer.status_code == 302
        case = Enrolment.objects.latest("pk")
        assert (case.participant.protection, case.referred_on, case.source) == (MARK, days_ago(9), "social_services")
        assert (now(referral).state, now(referral).enrolment) == (ReferralState.ACCEPTED, case)
        assert Referral.objects.current().count() == 1

    def test_one_that_names_somebody_leads_to_protecting_first(self, client, waiting) -> None:
        assert client.get(page("enrol_protected", waiting))["Location"] == page("protect", waiting)

    def test_a_name_said_meanwhile_becomes_nobodys_alias(self, world, client) -> None:
        referral = nameless(world)
        sent = fill(
            client,
            page("enrol_protected", referral),
            protection="confidentiality_mark",
            responsible=str(world.case_worker.public_id),
        )
        said = {"consent_on": days_ago(9).isoformat(), "consent_given": "oral"}
        submit(client, page("edit", referral), given_name="Omid", family_name="Haddad", **said)
        answer = client.post(page("enrol_protected", referral), sent)
        assert answer.status_code == 200
        assert "Omid" in answer.content.decode()
        assert not Enrolment.objects.filter(participant__protection=MARK).exists()
        assert now(referral).participant.identity.name == "Omid Haddad"

    def test_nobody_who_is_named_is_enrolled_as_an_alias(self, world, waiting) -> None:
        new = NewEnrolment(enrolled_on=today(), protection=MARK, referral=waiting)
        with pytest.raises(ValidationError, match="Skydda den personen först"):
            enrol_participant(
                new=new, project=world.project, owner=world.ame, responsible=world.case_worker, by=world.coordinator
            )

    def test_a_wrong_registration_lets_it_wait_again_and_name_nobody(self, world, client) -> None:
        referral = nameless(world)
        new = NewEnrolment(enrolled_on=today(), protection=MARK, referral=referral)
        case = enrol_participant(
            new=new, project=world.project, owner=world.ame, responsible=world.case_worker, by=world.coordinator
        )
        release_referral(case, world.coordinator)
        assert (now(referral).is_waiting, now(referral).participant, now(referral).enrolment) == (True, None, None)
        assert client.get(page("detail", referral)).status_code == 200
