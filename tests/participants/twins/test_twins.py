"""One human as two persons in the own organisation: shown side by side, joined by the coordinator, and undone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEvent
from core.days.dates import today
from core.models import Draft, TextBody
from core.operation.jobs import jobs
from oversight.extract.document import extract_of
from oversight.log.has_read import readers_of
from participants.assessment.actions import record_assessment
from participants.changes import enrolments_changed
from participants.enums import ExitReason, ProtectionLevel, ReferralSource, ReferralState
from participants.exits.actions import end_enrolment
from participants.identity.corrections import EntryCorrection, PersonCorrection, correct_case
from participants.models import (
    Enrolment,
    IdentityVersion,
    JoinKeepsake,
    Participant,
    PersonalNumber,
    PersonIdentity,
    Referral,
    SamePersonAnswer,
)
from participants.protection.actions import protect_participant
from participants.referral.actions import ReferralRecord, correct_referral
from participants.scope.scope import Scope
from participants.twins.actions import join_twins, part_twins, undoable
from participants.twins.likeness import like, pairs_alike
from participants.twins.pairs import Pair, in_reach
from projects.enums import Role
from tests.casework.case.reads import entries
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, MembershipFactory, PersonalNumberFactory
from tests.world.pages import faults, fill, submit, typed
from tests.world.worlds import member, model_project

pytestmark = pytest.mark.django_db

RIGHT, MISTYPED = "196205189829", "196205189837"
BORN = date(1962, 5, 18)


@pytest.fixture
def other_project(world):
    """Another project, which the coordinator has too."""
    project = model_project(name="Annat projekt", register_number="PROV-2", host=world.ame)
    MembershipFactory(user=world.coordinator, project=project, role=Role.COORDINATOR)
    return project


def enrolled(project, given_name: str, family_name: str, number: str = "", **identity) -> Enrolment:
    case = EnrolmentFactory(project=project, given_name=given_name, family_name=family_name)
    person = case.participant
    Participant.objects.filter(pk=person.pk).update(birth_date=BORN)
    PersonIdentity.objects.filter(participant=person).update(**identity)
    if number:
        PersonalNumberFactory(participant=person, value=number)
    enrolments_changed([case.pk])
    return Enrolment.objects.get(pk=case.pk)


@pytest.fixture
def first(world) -> Enrolment:
    return enrolled(world.project, "Leyla", "Yıldız", RIGHT, phone="070-1")


@pytest.fixture
def second(world, other_project) -> Enrolment:
    return enrolled(other_project, "Leyla", "Yildiz", MISTYPED, email="leyla@example.org")


def address(first: Enrolment, second: Enrolment) -> str:
    return reverse("twins_join", args=[first.participant.public_id, second.participant.public_id])


def page(name: str, case: Enrolment) -> str:
    return reverse(name, args=[case.participant.public_id])


ANSWERS = {"family_name": "first", "number": "first", "number_is": "mistyped", "why": "Numret var felskrivet"}


def join(world, first, second, chosen=(), *, is_mistyped=True) -> SamePersonAnswer:
    pair = Pair.of(first.participant.public_id, second.participant.public_id, Scope.of(world.coordinator, today()))
    said = {"second": chosen, "is_mistyped": is_mistyped, "why": "Samma", "seen": pair.fingerprint}
    return join_twins(pair=pair, by=world.coordinator, **said)


def person_of(case: Enrolment) -> Participant:
    return Enrolment.objects.select_related("participant").get(pk=case.pk).participant


KINDS = (Participant, PersonIdentity, PersonalNumber, IdentityVersion, Enrolment, Referral)


def dump() -> dict[str, list]:
    """Every row about a person, apart from the answers and the log, to the microsecond."""
    return {
        model.__name__: sorted(map(repr, serializers.serialize("python", model._base_manager.all()))) for model in KINDS
    }


class TestTheCoordinatorJoins:
    def test_both_stand_side_by_side_before_anything_happens(self, world, first, second, log_in) -> None:
        html = log_in(world.coordinator).get(address(first, second)).content.decode()
        for words in ("Yıldız", "Yildiz", "19620518-9829", "19620518-9837", "Annat projekt", str(world.project)):
            assert words in html
        assert "Det här händer" in html
        assert person_of(second) == second.participant

    def test_they_become_the_one_who_was_registered_first(self, world, first, second, log_in) -> None:
        # The addresses may stand the other way round.
        answer = submit(log_in(world.coordinator), address(second, first), **ANSWERS)
        assert answer["Location"].endswith(first.participant.get_absolute_url())
        person = person_of(second)
        assert person == first.participant
        identity = PersonIdentity.objects.get(participant=person)
        # What only one of them had is kept without a question.
        assert (identity.full_name, identity.phone, identity.email) == ("Yıldız, Leyla", "070-1", "leyla@example.org")
        assert list(person.numbers.values_list("value", "valid_until")) == [(RIGHT, None)]
        assert not Participant.objects.filter(public_id=second.participant.public_id).exists()

    def test_the_history_says_it_in_one_row(self, world, first, second, log_in) -> None:
        for case in (first, second):
            now = PersonCorrection.of(case.participant)
            entry = EntryCorrection.of(case)
            correct_case(enrolment=case, person=replace(now, phone="070-2"), entry=entry, by=world.coordinator)
        join(world, first, second)
        client = log_in(world.coordinator)
        told = [entry for entry in entries(client, first) if "Efternamn" in entry.text or "blev en" in entry.title]
        assert [entry.title for entry in told] == ["Två registreringar av personen blev en"]
        assert "Samira Samordnare" in told[0].when
        assert "E-post: saknas → leyla@example.org" in told[0].text
        corrected = [entry for entry in entries(client, first) if entry.title == "Uppgifter om personen rättade"]
        assert len(corrected) == 2

    def test_a_former_number_still_finds_the_person(self, world, first, second, log_in) -> None:
        submit(
            log_in(world.coordinator), address(first, second), **ANSWERS | {"number_is": "earlier", "number": "second"}
        )
        numbers = person_of(first).numbers.order_by("value")
        assert list(numbers.values_list("value", "valid_until")) == [(RIGHT, today()), (MISTYPED, None)]

    def test_a_number_brings_its_birth_date_and_without_one_it_is_chosen(self, world, other_project) -> None:
        old, new = enrolled(world.project, "Leyla", "Ek"), enrolled(other_project, "Leyla", "Ek")
        Participant.objects.filter(pk=new.participant_id).update(birth_date=date(1962, 5, 19))
        pair = Pair.of(old.participant.public_id, new.participant.public_id, Scope.of(world.coordinator, today()))
        assert [difference.name for difference in pair.differences] == ["birth_date"]
        assert pair.chosen({"birth_date"}).birth_date == date(1962, 5, 19)
        PersonalNumberFactory(participant=new.participant, value=RIGHT)
        pair = Pair.of(old.participant.public_id, new.participant.public_id, Scope.of(world.coordinator, today()))
        assert pair.differences == []
        assert (pair.chosen(set()).number, pair.chosen(set()).birth_date) == (RIGHT, date(1962, 5, 19))

    def test_the_words_are_asked_for_and_nothing_typed_is_lost(self, world, first, second, log_in) -> None:
        client = log_in(world.coordinator)
        answer = submit(client, address(first, second), why="Numret var felskrivet")
        assert set(faults(answer)) == {"family_name", "number", "number_is"}
        assert "Numret var felskrivet" in answer.content.decode()
        assert faults(submit(client, address(first, second), **ANSWERS | {"why": " "})) == {"why": ["Skriv varför."]}
        assert person_of(second) != first.participant

    def test_the_log_has_one_event_in_both_files_and_the_registerutdrag_says_it(
        self, world, first, second, log_in
    ) -> None:
        submit(log_in(world.coordinator), address(first, second), **ANSWERS)
        event = AccessEvent.objects.get(part="twins_join", kind="change")
        both = {first.participant.public_id, second.participant.public_id}
        assert set(event.subjects.values_list("person", flat=True)) == both
        said = repr(extract_of(first.participant, world.ame, on=today()))
        assert "Numret var felskrivet" in said
        assert "Yildiz" in said

    def test_whoever_had_a_case_finds_it_by_the_old_address(self, world, first, second, log_in) -> None:
        join(world, first, second)
        answer = log_in(world.coordinator).get(reverse("participant_detail", args=[second.participant.public_id]))
        assert answer["Location"].endswith(first.participant.get_absolute_url())


class TestTwiceInOneProject:
    def test_it_is_refused_in_plain_words_and_nothing_changes(self, world, first, log_in) -> None:
        double = enrolled(world.project, "Leyla", "Yildiz")
        client, before = log_in(world.coordinator), dump()
        html = client.get(address(first, double)).content.decode()
        assert "räknas två gånger" in html
        assert reverse("void_ask", args=[double.public_id]) in html
        with pytest.raises(ValidationError, match="räknas dubbelt"):
            join(world, first, double)
        answer = client.post(address(first, double), {"why": "Samma"})
        assert answer.status_code == 200
        assert dump() == before

    def test_days_that_only_touch_are_two_times(self, world, first) -> None:
        end_enrolment(
            enrolment=first, exited_on=today() - timedelta(days=3), reason=ExitReason.WORK, by=world.coordinator
        )
        later = enrolled(world.project, "Leyla", "Yildiz")
        Enrolment.objects.filter(pk=later.pk).update(enrolled_on=today() - timedelta(days=3))
        join(world, first, later)
        assert first.participant.enrolments.count() == 2

    def test_a_wrong_registration_is_in_nobody_s_way(self, world, first) -> None:
        double = enrolled(world.project, "Leyla", "Yildiz")
        Enrolment.objects.filter(pk=double.pk).update(is_void=True)
        join(world, first, double)
        assert Enrolment.objects.counted().filter(participant=first.participant).count() == 1


class TestWhoMay:
    @pytest.mark.parametrize("who", ["case_worker", "af_case_worker", "project_leader", "outsider", "log_reviewer"])
    def test_nobody_but_the_coordinator(self, world, first, second, log_in, who) -> None:
        client = log_in(getattr(world, who))
        for url in (address(first, second), page("twins_find", first)):
            assert client.get(url).status_code == 404
            assert client.post(url, ANSWERS).status_code in (404, 405)
        assert person_of(second) != first.participant

    def test_a_person_in_a_project_beyond_isn_t_found(self, world, first, log_in) -> None:
        beyond = model_project(name="Tredje", register_number="PROV-3", host=world.ame)
        hidden = enrolled(beyond, "Leyla", "Yıldız")
        client = log_in(world.coordinator)
        assert client.get(address(first, hidden)).status_code == 404
        assert str(hidden.participant.public_id) not in client.get(page("twins_find", first)).content.decode()
        # Nor one who is in reach by another case.
        EnrolmentFactory(project=world.project, participant=hidden.participant)
        assert client.get(address(first, hidden)).status_code == 404
        assert in_reach(Scope.of(world.coordinator, today())).filter(pk=hidden.participant_id).count() == 0

    def test_a_protected_person_is_joined_with_nobody(self, world, first, second, log_in) -> None:
        pair = Pair.of(first.participant.public_id, second.participant.public_id, Scope.of(world.coordinator, today()))
        _protect(world, second)
        client = log_in(world.coordinator)
        assert client.get(address(first, second)).status_code == 404
        assert client.post(address(first, second), ANSWERS).status_code == 404
        assert client.get(page("twins_find", second)).status_code == 404
        with pytest.raises(ValidationError):
            join_twins(pair=pair, second=set(), why="Samma", seen=pair.fingerprint, by=world.coordinator)

    def test_another_organisation_s_person_stays_with_it(self, world, first, log_in) -> None:
        theirs = EnrolmentFactory(project=world.project, owner=world.af, participant__organisation=world.af)
        assert log_in(world.coordinator).get(address(first, theirs)).status_code == 404


class TestFinding:
    @pytest.mark.parametrize(
        ("given", "family", "number"),
        [
            ("Leyla", "Yildiz", ""),
            ("LEYLA", "Yıldız", MISTYPED),
            ("Leyla Aylin", "Yildiz", ""),
            ("Lejla", "Ek", MISTYPED),
        ],
    )
    def test_who_is_spelled_in_another_way_is_proposed(
        self, world, first, other_project, given, family, number
    ) -> None:
        twin = enrolled(other_project, given, family, number)
        found = [lookalike.person for lookalike in like(first.participant, Scope.of(world.coordinator, today()))]
        assert twin.participant in found

    def test_the_list_has_two_of_one_name_and_birth_day_until_they_are_answered(
        self, world, first, second, log_in
    ) -> None:
        scope = Scope.of(world.coordinator, today())
        assert [(pair.first, pair.second) for pair in pairs_alike(scope)] == [(first.participant, second.participant)]
        assert address(first, second) in log_in(world.coordinator).get("/deltagare/tva-ganger/").content.decode()
        answer = join(world, first, second)
        assert pairs_alike(scope) == []
        part_twins(answer=answer, why="Kusiner", by=world.coordinator)
        assert pairs_alike(scope) == []

    def test_the_person_s_page_leads_there(self, world, first, log_in) -> None:
        html = log_in(world.coordinator).get(first.get_absolute_url()).content.decode()
        assert page("twins_find", first) in html
        assert (
            page("twins_find", first)
            not in log_in(world.case_worker).get(world.enrolment.get_absolute_url()).content.decode()
        )


class TestUndoing:
    @pytest.mark.parametrize("is_mistyped", [True, False])
    def test_it_gives_back_exactly_what_was_there(self, world, first, second, log_in, is_mistyped) -> None:
        record_assessment(enrolment=second, completed_on=today(), summary="Kartlagd", by=world.coordinator)
        _rename(world, first)
        before = dump()
        join(world, first, second, {"family_name", "number"}, is_mistyped=is_mistyped)
        assert dump() != before
        client = log_in(world.coordinator)
        assert "Det var inte samma person" in client.get(page("twins_find", first)).content.decode()
        assert submit(client, page("twins_part", first), why="Två kusiner").status_code == 302
        assert dump() == before
        assert not JoinKeepsake.objects.exists()

    def test_both_files_say_that_they_were_one_and_why_not(self, world, first, second) -> None:
        answer = join(world, first, second)
        part_twins(answer=answer, why="Två kusiner", by=world.coordinator)
        for case in (first, second):
            assert "Två kusiner" in repr(extract_of(person_of(case), world.ame, on=today()))
        event = AccessEvent.objects.get(part="twins_part")
        both = {first.participant.public_id, second.participant.public_id}
        assert set(event.subjects.values_list("person", flat=True)) == both

    def test_who_read_them_as_one_has_read_both(self, world, first, second, log_in) -> None:
        answer = join(world, first, second)
        log_in(world.coordinator).get(second.get_absolute_url())
        part_twins(answer=answer, why="Två kusiner", by=world.coordinator)
        for case in (first, second):
            said = {words for day in readers_of(person_of(case).public_id) for row in day.readers for words in row.what}
            assert any("Läste" in words for words in said), said

    def test_what_was_written_since_goes_with_its_case_and_a_correction_stays(self, world, first, second) -> None:
        answer = join(world, first, second)
        record_assessment(enrolment=second, completed_on=today(), summary="Efteråt", by=world.coordinator)
        person = person_of(first)
        said = PersonCorrection.of(person)
        correct_case(
            enrolment=Enrolment.objects.get(pk=first.pk),
            person=PersonCorrection(**{**said.who._asdict(), "phone": "070-999"}),
            entry=EntryCorrection.of(first),
            by=world.coordinator,
        )
        other = part_twins(answer=answer, why="Två kusiner", by=world.coordinator)
        assert other.enrolments.get().assessments.get().summary.text == "Efteråt"
        mine, theirs = (PersonIdentity.objects.get(participant=case.participant_id) for case in (first, second))
        assert (mine.phone, mine.email) == ("070-999", "")
        assert (theirs.phone, theirs.email) == ("", "leyla@example.org")
        assert IdentityVersion.objects.filter(participant=first.participant_id).latest("pk").phone == "070-999"

    def test_a_number_that_was_let_go_and_taken_is_asked_about_again(self, world, first, second) -> None:
        answer = join(world, first, second)
        taken = enrolled(world.project, "Sten", "Ek", MISTYPED)
        part_twins(answer=answer, why="Två kusiner", by=world.coordinator)
        assert not taken.participant.numbers.get().is_claim
        assert person_of(second).numbers.get().is_claim

    def test_the_time_ends(self, world, first, second, log_in) -> None:
        answer = join(world, first, second)
        SamePersonAnswer.objects.update(recorded_at=timezone.now() - timedelta(days=31))
        JoinKeepsake.objects.update(kept_at=timezone.now() - timedelta(days=31))
        assert undoable(first.participant, Scope.of(world.coordinator, today())) is None
        assert log_in(world.coordinator).get(page("twins_part", first)).status_code == 404
        with pytest.raises(ValidationError):
            part_twins(answer=answer, why="Två kusiner", by=world.coordinator)
        jobs["clear_keepsakes"]()
        assert not JoinKeepsake.objects.exists()

    def test_protection_takes_away_what_was_kept(self, world, first, second, log_in) -> None:
        join(world, first, second)
        _protect(world, first, second)
        assert not JoinKeepsake.objects.exists()
        assert log_in(world.coordinator).get(page("twins_part", first)).status_code == 404

    def test_the_latest_is_undone_first(self, world, first, second, other_project) -> None:
        third = enrolled(model_project(name="Tredje", register_number="PROV-3", host=world.ame), "Leyla", "Yildiz")
        MembershipFactory(user=world.coordinator, project=third.project, role=Role.COORDINATOR)
        before = dump()
        earlier = join(world, second, third)
        between = dump()
        later = join(world, first, second)
        with pytest.raises(ValidationError):
            part_twins(answer=earlier, why="Nej", by=world.coordinator)
        part_twins(answer=later, why="Nej", by=world.coordinator)
        assert dump() == between
        part_twins(answer=SamePersonAnswer.objects.get(pk=earlier.pk), why="Nej", by=world.coordinator)
        assert dump() == before


class TestTwoAtOnce:
    def test_the_second_press_is_answered_like_the_first(self, world, first, second, log_in) -> None:
        client = log_in(world.coordinator)
        data = fill(client, address(first, second), **ANSWERS)
        assert [client.post(address(first, second), data).status_code for _ in range(2)] == [302, 302]
        assert SamePersonAnswer.objects.filter(is_same=True).count() == 1

    def test_another_coordinator_who_was_slower_reads_who_and_keeps_the_words(
        self, world, first, second, other_project, log_in
    ) -> None:
        slow = member(world.project, world.ame, Role.COORDINATOR, "Sune Sen")
        MembershipFactory(user=slow, project=other_project, role=Role.COORDINATOR)
        client = log_in(slow)
        data = fill(client, address(second, first), **ANSWERS | {"why": "Mina ord"})
        join(world, first, second)
        html = client.post(address(second, first), data).content.decode()
        assert "hann före dig" in html
        assert "Mina ord" in html

    def test_a_correction_meanwhile_is_shown_first(self, world, first, second, log_in) -> None:
        client = log_in(world.coordinator)
        data = fill(client, address(first, second), **ANSWERS)
        _rename(world, first)
        answer = client.post(address(first, second), data)
        assert "Någon annan har ändrat uppgifterna" in answer.content.decode()
        assert person_of(second) != first.participant

    def test_two_tabs_that_undo(self, world, first, second, log_in) -> None:
        join(world, first, second)
        client = log_in(world.coordinator)
        sent = [fill(client, page("twins_part", first), why=f"Ord {tab}") for tab in (1, 2)]
        assert client.post(page("twins_part", first), sent[0]).status_code == 302
        html = client.post(page("twins_part", first), sent[1]).content.decode()
        assert "att det inte är samma person" in html
        assert "Ord 2" in html
        assert SamePersonAnswer.objects.filter(is_same=False).count() == 2


class TestDrafts:
    @pytest.mark.parametrize("which", [0, 1])
    def test_a_page_from_before_a_protection_keeps_none(self, world, first, second, log_in, which) -> None:
        client = log_in(world.coordinator)
        data = typed(client, address(first, second), why="Leyla är samma")
        client.post("/utkast/spara/", data)
        assert Draft.objects.count() == 1
        Draft.objects.all().delete()
        _protect(world, (first, second)[which])
        client.post("/utkast/spara/", data)
        assert not Draft.objects.exists()


def _rename(world, case: Enrolment) -> None:
    said = PersonCorrection.of(person_of(case)).who
    correct_case(
        enrolment=Enrolment.objects.get(pk=case.pk),
        person=PersonCorrection(**{**said._asdict(), "given_name": "Leila"}),
        entry=EntryCorrection.of(case),
        by=world.coordinator,
    )


def _protect(world, *cases: Enrolment) -> None:
    """Protect the person of the cases, each with somebody responsible."""
    for number, case in enumerate(cases):
        worker = member(case.project, world.ame, Role.CASE_WORKER, f"Kim Kollega {number}")
        CaseAssignmentFactory(enrolment=case, user=worker)
    case = Enrolment.objects.get(pk=cases[0].pk)
    protect_participant(level=ProtectionLevel.CONFIDENTIALITY_MARK, case=case, by=world.coordinator)


class TestReferralsOfTwoWhoWereOne:
    """Undoing gives each the own referrals, also where the join, or somebody since, wrote a version of them."""

    @staticmethod
    def waits(world, case: Enrolment) -> Referral:
        return Referral.objects.create(
            project=world.project,
            participant=case.participant,
            source=ReferralSource.SOCIAL_SERVICES,
            reason=TextBody.objects.write("Bara hennes"),
            concerns_on=today() - timedelta(days=20),
            owner=world.ame,
            recorded_by=world.coordinator,
        )

    @staticmethod
    def stands(referral: Referral) -> tuple:
        now = Referral.objects.latest_version(referral.public_id)
        return now.participant_id, now.state, now.enrolment_id

    def test_one_that_the_join_said_had_led_to_the_others_enrolment_waits_again(self, world, first, second) -> None:
        referral = self.waits(world, second)
        answer = join(world, first, second)
        assert self.stands(referral) == (first.participant_id, ReferralState.ACCEPTED, first.pk)
        part_twins(answer=answer, why="Två kusiner", by=world.coordinator)
        other = person_of(second)
        assert self.stands(referral) == (other.pk, ReferralState.WAITING, None)
        assert "Bara hennes" not in repr(extract_of(person_of(first), world.ame, on=today()))
        assert "Bara hennes" in repr(extract_of(other, world.ame, on=today()))

    def test_one_of_the_first_that_led_to_the_seconds_enrolment_waits_again(self, world, other_project) -> None:
        older = enrolled(other_project, "Leyla", "Yıldız", RIGHT)
        newer = enrolled(world.project, "Leyla", "Yildiz", MISTYPED)
        referral = self.waits(world, older)
        answer = join(world, older, newer)
        assert self.stands(referral)[1:] == (ReferralState.ACCEPTED, newer.pk)
        part_twins(answer=answer, why="Två kusiner", by=world.coordinator)
        assert self.stands(referral) == (person_of(older).pk, ReferralState.WAITING, None)

    def test_what_was_corrected_since_goes_along(self, world, other_project) -> None:
        third = model_project(name="Tredje projekt", register_number="PROV-3", host=world.ame)
        MembershipFactory(user=world.coordinator, project=third, role=Role.COORDINATOR)
        older, newer = enrolled(other_project, "Leyla", "Yıldız", RIGHT), enrolled(third, "Leyla", "Yildiz", MISTYPED)
        referral = self.waits(world, newer)
        answer = join(world, older, newer)
        now = Referral.objects.latest_version(referral.public_id)
        who = PersonCorrection.of(person_of(older))
        record = replace(ReferralRecord.of(now), reason="Rättat skäl")
        correct_referral(referral=now, record=record, who=who, person=None, by=world.coordinator)
        part_twins(answer=answer, why="Två kusiner", by=world.coordinator)
        assert {row.participant_id for row in Referral.objects.all()} == {person_of(newer).pk}
