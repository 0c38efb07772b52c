"""Correcting who somebody is and how an enrolment began."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import AccessEvent
from core.swedish.personal_numbers import parse
from participants.enrolment.enrol import enrol_all
from participants.enrolment.new import NewEnrolment
from participants.models import Enrolment, EnrolmentEntry, PersonalNumber, Referral
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, PersonalNumberFactory
from tests.world.pages import faults, fill, shown, submit

ASKED = "Numret är ett annat än förut. Svara om det var felskrivet eller är nytt."


def enrol_here(news: list[NewEnrolment], world) -> list[Enrolment]:
    """Enrol as the register does."""
    with transaction.atomic():
        return enrol_all(news, world.project, world.ame, world.coordinator)


@pytest.fixture
def url(world) -> str:
    return reverse("enrolment_correct", args=[world.enrolment.public_id])


def changes(world) -> list[str]:
    events = AccessEvent.objects.filter(user=world.case_worker, kind="change").order_by("number")
    return list(events.values_list("part", flat=True))


def test_the_page_shows_what_is_registered(world, client, url) -> None:
    PersonalNumberFactory(participant=world.enrolment.participant)
    values = shown(client.get(url).context["form"])
    assert values["given_name"] == "Åsa"
    assert values["number"] == "19620518-9829"
    assert (values["enrolled_on"], values["source"]) == ("2026-01-12", "social_services")


def test_saving_without_a_change_writes_nothing(world, client, url) -> None:
    assert submit(client, url).status_code == 302
    assert changes(world) == []
    assert EnrolmentEntry.objects.filter(enrolment=world.enrolment).count() == 1


def test_dates_and_source_become_a_new_entry(world, client, url) -> None:
    submit(client, url, enrolled_on="2026-01-19", source="own_application", applied_on="2026-01-02")
    world.enrolment.refresh_from_db()
    assert (world.enrolment.enrolled_on, world.enrolment.source) == (date(2026, 1, 19), "own_application")
    old, new = EnrolmentEntry.objects.filter(enrolment=world.enrolment).order_by("pk")
    assert new.corrects == old
    assert (old.concerns_on, new.concerns_on) == (date(2026, 1, 12), date(2026, 1, 19))
    assert old.superseded_at
    assert changes(world) == ["enrolment_correct"]


def test_name_and_contact(world, client, url) -> None:
    submit(client, url, family_name="Åberg", phone="070-1", email="a@example.se")
    identity = Enrolment.objects.with_person().get(pk=world.enrolment.pk).participant.identity
    assert (identity.full_name, identity.phone, identity.email) == ("Åberg, Åsa", "070-1", "a@example.se")
    assert list(Enrolment.objects.named("aberg")) == [world.enrolment]
    assert not Enrolment.objects.named("öberg").exists()
    assert changes(world) == ["participant_correct"]


class TestNumber:
    def values(self, world) -> list[tuple]:
        rows = PersonalNumber.objects.filter(participant=world.enrolment.participant).order_by("pk")
        return [(row.value, row.valid_until is None) for row in rows]

    def test_one_that_was_missing_decides_the_birth_date(self, world, client, url) -> None:
        submit(client, url, number="620518-9829")
        world.enrolment.participant.refresh_from_db()
        assert world.enrolment.participant.birth_date == date(1962, 5, 18)
        assert self.values(world) == [("196205189829", True)]

    def test_a_mistyped_one_is_replaced(self, world, client, url) -> None:
        PersonalNumberFactory(participant=world.enrolment.participant, value="198112289874")
        submit(client, url, number="19620518-9829", number_is="mistyped")
        assert self.values(world) == [("196205189829", True)]

    def test_one_that_was_wrong_is_taken_away(self, world, client, url) -> None:
        PersonalNumberFactory(participant=world.enrolment.participant)
        submit(client, url, number="")
        assert self.values(world) == []

    def test_a_coordination_number_stays_when_a_personal_number_comes(self, world, client, url) -> None:
        PersonalNumberFactory(participant=world.enrolment.participant, value="197010632391", kind="coordination")
        submit(client, url, number="19811228-9874")
        assert self.values(world) == [("197010632391", False), ("198112289874", True)]
        assert shown(client.get(url).context["form"])["number"] == "19811228-9874"
        submit(client, url, number="197010632391")
        assert self.values(world) == [("197010632391", True)]

    def test_another_one_is_asked_about_and_nothing_is_changed_until_then(self, world, client, url) -> None:
        PersonalNumberFactory(participant=world.enrolment.participant, value="198112289874")
        assert "number_is" not in client.get(url).context["form"].fields
        answer = submit(client, url, number="19620518-9829", phone="070-1")
        assert faults(answer) == {"number_is": [ASKED]}
        assert "Var numret felskrivet, eller har personen fått ett nytt?" in answer.content.decode()
        assert 'value="070-1"' in answer.content.decode()
        assert self.values(world) == [("198112289874", True)]

    def test_a_new_one_keeps_the_earlier_which_still_finds_the_person(self, world, client, url) -> None:
        PersonalNumberFactory(participant=world.enrolment.participant, value="198112289874")
        submit(client, url, number="19620518-9829", number_is="new", birth_date="")
        assert self.values(world) == [("198112289874", False), ("196205189829", True)]
        assert list(Enrolment.objects.named("19811228-9874")) == [world.enrolment]
        assert shown(client.get(url).context["form"])["number"] == "19620518-9829"

    def test_the_earlier_one_is_right_again_and_the_new_one_is_let_go(self, world, client, url) -> None:
        PersonalNumberFactory(participant=world.enrolment.participant, value="198112289874")
        submit(client, url, number="19620518-9829", number_is="new", birth_date="")
        submit(client, url, number="19811228-9874", birth_date="")
        assert self.values(world) == [("198112289874", True)]

    def test_a_mistyped_one_finds_nobody(self, world, client, url) -> None:
        PersonalNumberFactory(participant=world.enrolment.participant, value="198112289874")
        submit(client, url, number="19620518-9829", number_is="mistyped", birth_date="")
        assert not Enrolment.objects.named("19811228-9874").exists()

    def test_who_is_enrolled_under_the_earlier_one_is_the_same_person(self, world, client, url, log_in) -> None:
        PersonalNumberFactory(participant=world.enrolment.participant, value="198112289874")
        submit(client, url, number="19620518-9829", number_is="new", birth_date="")
        new = NewEnrolment(
            given_name="Åsa",
            family_name="Öberg",
            number=parse("19811228-9874", on=date(2026, 1, 1)),
            enrolled_on=date(2020, 1, 1),
            exited_on=date(2020, 6, 1),
            exit_reason="moved",
            is_imported=True,
        )
        (made,) = enrol_here([new], world)
        assert made.participant == world.enrolment.participant

    def test_the_number_of_somebody_in_sight_is_refused_on_its_field(self, world, client, url) -> None:
        other = EnrolmentFactory(project=world.project)
        CaseAssignmentFactory(enrolment=other, user=world.case_worker)
        PersonalNumberFactory(participant=other.participant)
        answer = submit(client, url, number="19620518-9829", family_name="Åberg")
        assert faults(answer) == {"number": ["Numret hör redan till en annan person hos er."]}
        assert 'value="Åberg"' in answer.content.decode()
        world.enrolment.participant.identity.refresh_from_db()
        assert world.enrolment.participant.identity.family_name == "Öberg"

    def test_another_organisations_number_is_no_hindrance(self, world, client, url) -> None:
        PersonalNumberFactory(participant=world.af_enrolment.participant)
        assert submit(client, url, number="19620518-9829").status_code == 302


class TestOneName:
    @pytest.mark.parametrize(("given", "family"), [("Mulyani", ""), ("", "Zahra")])
    def test_is_enough(self, world, client, url, given, family) -> None:
        assert submit(client, url, given_name=given, family_name=family, phone="070-1").status_code == 302
        identity = Enrolment.objects.with_person().get(pk=world.enrolment.pk).participant.identity
        assert identity.name == identity.full_name == given + family
        assert identity.phone == "070-1"
        assert list(Enrolment.objects.named(given + family)) == [world.enrolment]
        page = client.get(world.enrolment.get_absolute_url()).content.decode()
        assert f">{given}{family}<" in page
        assert not any(stray in page for stray in (f", {given}{family}", f"{given}{family}, "))

    def test_none_is_too_few(self, client, url) -> None:
        answer = submit(client, url, given_name="", family_name=" ")
        assert faults(answer) == {"given_name": ["Skriv förnamnet eller efternamnet. Ett av dem räcker."]}


def test_both_or_none(world, client, url) -> None:
    """The name is right but the day is refused: nothing is saved, all is kept."""
    EnrolmentFactory(
        project=world.project,
        participant=world.enrolment.participant,
        enrolled_on=date(2025, 1, 1),
        exited_on=date(2025, 12, 1),
        exit_reason="moved",
    )
    answer = submit(client, url, family_name="Åberg", enrolled_on="2025-11-01")
    assert "annan inskrivning" in faults(answer)["__all__"][0]
    assert 'value="Åberg"' in answer.content.decode()
    world.enrolment.participant.identity.refresh_from_db()
    assert world.enrolment.participant.identity.family_name == "Öberg"
    assert changes(world) == []


def test_pressed_twice_is_one_correction(world, client, url) -> None:
    data = fill(client, url, enrolled_on="2026-01-19")
    assert client.post(url, data).status_code == client.post(url, data).status_code == 302
    assert EnrolmentEntry.objects.filter(enrolment=world.enrolment).count() == 2


def test_a_colleagues_correction_in_between_is_not_run_over(world, client, url) -> None:
    data = fill(client, url, enrolled_on="2026-01-19")
    submit(client, url, enrolled_on="2026-01-20")
    answer = client.post(url, data)
    assert "Någon annan har ändrat" in faults(answer)["__all__"][0]
    world.enrolment.refresh_from_db()
    assert world.enrolment.enrolled_on == date(2026, 1, 20)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"enrolled_on": ""}, "enrolled_on"),
        ({"enrolled_on": "2126-01-01"}, "enrolled_on"),
        ({"given_name": " ", "family_name": ""}, "given_name"),
        ({"number": "19620518-9820"}, "number"),
        ({"number": "19620518-9829", "birth_date": "1962-05-17"}, "birth_date"),
    ],
)
def test_each_fault_stands_on_its_field(client, url, answers, field) -> None:
    assert list(faults(submit(client, url, **answers))) == [field]


def test_a_number_that_a_colleague_gave_to_another_in_the_same_moment_is_taken_as_one_out_of_sight(
    world, client, url, monkeypatch
) -> None:
    PersonalNumberFactory(participant=world.unassigned.participant)
    monkeypatch.setattr("participants.identity.corrections._is_known", lambda *_: False)
    assert submit(client, url, number="19620518-9829", birth_date="").status_code == 302
    assert world.enrolment.participant.numbers.get().is_claim


def test_the_referral_says_what_the_corrected_beginning_says(world, log_in) -> None:
    (case,) = enrol_here(
        [
            NewEnrolment(
                given_name="Vera",
                family_name="Ny",
                sex="female",
                enrolled_on=date(2026, 2, 1),
                source="social_services",
                referred_on=date(2026, 1, 20),
            )
        ],
        world,
    )
    url = reverse("enrolment_correct", args=[case.public_id])
    sent = {"source": "employment_service", "referred_on": "2026-01-25"}
    assert submit(log_in(world.coordinator), url, **sent).status_code == 302
    referral = Referral.objects.current().get(participant=case.participant)
    assert (referral.source, referral.concerns_on) == ("employment_service", date(2026, 1, 25))
    assert referral.corrects == Referral.objects.exclude(superseded_at=None).get()
