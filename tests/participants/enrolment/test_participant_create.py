"""Registering and enrolling somebody."""

import re
import uuid
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.models import AccessEvent
from core.days.dates import today
from participants.enrolment import enrol_views as view
from participants.models import (
    CaseAssignment,
    Enrolment,
    Participant,
    PersonalNumber,
    Referral,
    SickListing,
)
from participants.querysets.person import ParticipantQuerySet
from participants.scope.scope import Scope
from projects.address import parted
from projects.enums import Role
from tests.world.factories import (
    CaseAssignmentFactory,
    EnrolmentFactory,
    MembershipFactory,
    PersonalNumberFactory,
)
from tests.world.pages import faults, fill, queries, submit
from tests.world.worlds import member, model_project

URL = "/deltagare/ny/"
NUMBER = "19620518-9829"
NAMELESS = {"given_name": "", "family_name": ""}
WHO = {"given_name": "Inga", "family_name": "Ny", "source": "social_services"}


def newest() -> Enrolment:
    return Enrolment.objects.latest("pk")


class TestEnrolling:
    def test_a_case_worker_enrols_and_becomes_responsible(self, world, log_in) -> None:
        answer = submit(log_in(world.case_worker), URL, **WHO, number=NUMBER)
        enrolment = newest()
        person = enrolment.participant
        assert answer["Location"] == reverse("participant_detail", args=[person.public_id])
        assert (person.identity.full_name, person.birth_date, person.sex) == ("Ny, Inga", date(1962, 5, 18), "female")
        assert (person.organisation, enrolment.owner) == (world.ame, world.ame)
        assert person.numbers.get().value == "196205189829"
        assert enrolment.enrolled_on == today()
        assert list(Enrolment.objects.responsibility_of(world.case_worker, on=today()).filter(pk=enrolment.pk))

    def test_everything_that_was_answered_is_kept(self, world, log_in) -> None:
        days = {"applied_on": "2026-01-02", "referred_on": "2026-01-05", "enrolled_on": "2026-01-07"}
        more = {"full_time_sick": "yes", "is_known_before": "no", "phone": "070-1", "email": "inga@example.se"}
        submit(log_in(world.case_worker), URL, **WHO, **days, **more, birth_date="1987-03-01", sex="female")
        enrolment = newest()
        identity = enrolment.participant.identity
        assert (identity.phone, identity.email) == ("070-1", "inga@example.se")
        assert enrolment.participant.birth_date == date(1987, 3, 1)
        assert [enrolment.applied_on, enrolment.referred_on, enrolment.enrolled_on] == [
            date.fromisoformat(day) for day in days.values()
        ]
        assert enrolment.is_known_before is False
        assert SickListing.objects.get(enrolment=enrolment).percent == 100
        assert Referral.objects.get(participant=enrolment.participant).concerns_on == date(2026, 1, 5)
        assert enrolment.entries.get().concerns_on == enrolment.enrolled_on

    def test_what_is_not_known_is_not_made_up(self, world, log_in) -> None:
        submit(log_in(world.coordinator), URL, **WHO)
        enrolment = newest()
        assert (enrolment.participant.birth_date, enrolment.participant.sex) == (None, "unknown")
        assert enrolment.is_known_before is None
        assert not SickListing.objects.filter(enrolment=enrolment).exists()
        assert not CaseAssignment.objects.filter(enrolment=enrolment).exists()

    def test_a_case_worker_who_gives_the_case_to_a_colleague_can_still_read_it(self, world, log_in) -> None:
        colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        submit(log_in(world.case_worker), URL, **{**WHO, "responsible": str(colleague.public_id)})
        for user in (world.case_worker, colleague):
            assert Enrolment.objects.visible_to(Scope.of(user, today())).filter(pk=newest().pk).exists()
        assert newest().assignments.get(user=world.case_worker).role == "contact"

    def test_a_case_worker_cannot_leave_the_case_to_nobody(self, world, log_in) -> None:
        answer = submit(log_in(world.case_worker), URL, **{**WHO, "responsible": ""})
        assert faults(answer) == {"responsible": ["Välj ansvarig handläggare."]}

    def test_another_organisations_case_worker_is_no_choice(self, world, log_in) -> None:
        answer = submit(log_in(world.coordinator), URL, **WHO, responsible=str(world.af_case_worker.public_id))
        assert list(faults(answer)) == ["responsible"]

    def test_the_receipt_names_nobody(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        answer = submit(client, URL, **WHO)
        assert [str(message) for message in answer.wsgi_request._messages] == ["Personen är inskriven."]

    def test_the_write_is_logged_with_the_person(self, world, log_in) -> None:
        submit(log_in(world.case_worker), URL, **WHO)
        event = AccessEvent.objects.get(user=world.case_worker, kind="change")
        assert event.part == "participant_create"
        assert event.subjects.get().person == newest().participant.public_id

    @pytest.mark.parametrize(
        ("given", "family", "kept"),
        [
            ("  Åsa  Maria ", "von  Platen", "von Platen, Åsa Maria"),
            ("A\N{COMBINING RING ABOVE}sa", "Öberg", "Öberg, Åsa"),
            ("Nguyễn", "O’Brien-Łukasik", "O’Brien-Łukasik, Nguyễn"),
            ("Li\u202e", "E\x00k", "Ek, Li"),
            ("李", "王", "王, 李"),
            ("ﬃ" * 80, "ΐ" * 80, f"{'ΐ' * 80}, {'ﬃ' * 80}"),
        ],
    )
    def test_odd_names_are_kept_whole(self, world, log_in, given, family, kept) -> None:
        submit(log_in(world.case_worker), URL, **{**WHO, "given_name": given, "family_name": family})
        assert newest().participant.identity.full_name == kept


def test_the_list_sorts_by_the_name_that_was_typed(world, log_in) -> None:
    client = log_in(world.case_worker)
    submit(client, URL, **WHO)
    assert newest().sort_key == newest().participant.identity.sort_key
    submit(client, reverse("enrolment_correct", args=[newest().public_id]), family_name="Åberg")
    assert newest().sort_key == newest().participant.identity.sort_key
    assert [row.name for row in client.get("/deltagare/").context["rows"]] == ["Åberg, Inga", "Öberg, Åsa"]


class TestFaults:
    def test_everything_typed_is_kept(self, world, log_in) -> None:
        typed = {
            **WHO,
            "given_name": "",
            "family_name": "",
            "number": "19620518-9820",
            "phone": "070-123",
            "applied_on": "2026-01-02",
        }
        answer = submit(log_in(world.case_worker), URL, **typed)
        assert answer.status_code == 200
        assert faults(answer) == {
            "given_name": ["Skriv förnamnet eller efternamnet. Ett av dem räcker."],
            "number": ["Kontrollsiffran stämmer inte. Jämför personnumret med underlaget och rätta det."],
        }
        html = unescape(answer.content.decode())
        for text in ("19620518-9820", "070-123", "2026-01-02"):
            assert f'value="{text}"' in html
        assert "<title>Fel: " in html
        assert not Participant.objects.filter(identity__family_name="Ny").exists()

    @pytest.mark.parametrize(
        ("typed", "field", "text"),
        [
            ({"number": "1234"}, "number", "tio eller tolv siffror"),
            ({"number": "\uff11962"}, "number", "tio eller tolv siffror"),
            ({"number": NUMBER, "birth_date": "1962-05-19"}, "birth_date", "stämmer inte med personnumret"),
            ({"source": ""}, "source", "Välj varifrån"),
            ({"enrolled_on": ""}, "enrolled_on", "Fyll i inskrivningsdagen"),
            ({"enrolled_on": "2099-01-01"}, "enrolled_on", "framtiden"),
            ({"enrolled_on": "0226-01-01"}, "enrolled_on", "årtalet"),
            ({"enrolled_on": "i höstas"}, "enrolled_on", "2026-03-31"),
            ({"birth_date": "2020-01-01", "enrolled_on": "2019-01-01"}, "enrolled_on", "före födelsen"),
            ({"referred_on": "2026-01-09", "enrolled_on": "2026-01-07"}, "enrolled_on", "före anvisningen"),
            ({"family_name": "---"}, "family_name", "bokstäver"),
            ({"given_name": "", "family_name": "\u200b\u200b"}, "given_name", "Ett av dem räcker"),
            ({"family_name": "x" * 81}, "family_name", "80"),
            ({"email": "inte en adress"}, "email", "namn@kommun.se"),
            ({"sex": "okänt"}, "sex", ""),
        ],
    )
    def test_each_fault_stands_on_its_field(self, world, log_in, typed, field, text) -> None:
        answer = submit(log_in(world.case_worker), URL, **{**WHO, **typed})
        assert list(faults(answer)) == [field]
        assert text in faults(answer)[field][0]


class TestPressedTwice:
    def test_one_person_and_one_answer(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        data = fill(client, URL, **WHO, number=NUMBER)
        first, second = client.post(URL, data), client.post(URL, data)
        assert first["Location"] == second["Location"]
        assert Participant.objects.filter(identity__family_name="Ny").count() == 1

    def test_a_form_without_token_saves_nothing(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        data = fill(client, URL, **WHO)
        del data["token"]
        assert client.post(URL, data).status_code == 200
        assert not Participant.objects.filter(identity__family_name="Ny").exists()


class TestAKnownNumber:
    @pytest.fixture
    def known(self, world):
        """Somebody whom the case worker's organisation has in another project, where the case worker works too."""
        other = model_project(name="Annat projekt", register_number="PROV-2", host=world.ame)
        enrolment = EnrolmentFactory(project=other, given_name="Inga", family_name="Gammal")
        PersonalNumberFactory(participant=enrolment.participant)
        return enrolment

    def see(self, world, known) -> None:
        MembershipFactory(user=world.case_worker, project=known.project, role=Role.CASE_WORKER)
        CaseAssignmentFactory(enrolment=known, user=world.case_worker)

    def client(self, world, log_in):
        client = log_in(world.case_worker)
        session = client.session
        session["project"] = str(world.project.public_id)
        session.save()
        return client

    def test_the_warning_shows_the_person_and_gives_the_choice(self, world, log_in, known) -> None:
        self.see(world, known)
        answer = submit(self.client(world, log_in), URL, **WHO, number="620518-9829")
        html = answer.content.decode()
        assert faults(answer) == {"number": ["Numret finns redan hos er. Är det samma person?"]}
        assert "Inga Gammal" in html
        assert known.participant.get_absolute_url() in html
        assert "Registrera samma person igen" in html

    def test_whoever_the_warning_shows_is_in_the_log(self, world, log_in, known) -> None:
        client = self.client(world, log_in)
        self.see(world, known)
        submit(client, URL, **WHO, number=NUMBER)
        events = AccessEvent.objects.filter(part="participant_create", kind="read").order_by("pk")
        shown = [{subject.person for subject in event.subjects.all()} for event in events]
        assert shown == [set(), {known.participant.public_id}]

    def test_the_choice_enrols_the_same_person(self, world, log_in, known) -> None:
        self.see(world, known)
        client = self.client(world, log_in)
        answer = submit(client, URL, **WHO, number=NUMBER, again="196205189829")
        assert parted(answer["Location"])[1] == known.participant.get_absolute_url()
        assert newest().participant == known.participant
        assert newest().project == world.project
        assert known.participant.identity.full_name == "Gammal, Inga"

    def test_the_choice_holds_for_its_own_number_only(self, world, log_in, known) -> None:
        other = EnrolmentFactory(project=known.project, family_name="Annan")
        PersonalNumberFactory(participant=other.participant, value="198112289874")
        self.see(world, other)
        answer = submit(self.client(world, log_in), URL, **WHO, number="198112289874", again="196205189829")
        assert list(faults(answer)) == ["number"]
        assert not Enrolment.objects.filter(participant=other.participant, project=world.project).exists()

    def test_still_enrolled_here_is_refused_with_clear_words(self, world, log_in) -> None:
        PersonalNumberFactory(participant=world.enrolment.participant)
        answer = submit(log_in(world.case_worker), URL, **WHO, number=NUMBER, again="196205189829")
        assert faults(answer) == {"number": ["Personen är redan inskriven i projektet."]}
        assert "Åsa Öberg" in answer.content.decode()
        assert "Registrera samma person igen" not in answer.content.decode()

    def test_again_after_an_exit(self, world, log_in) -> None:
        PersonalNumberFactory(participant=world.enrolment.participant)
        ended = today() - timedelta(days=30)
        Enrolment.objects.filter(pk=world.enrolment.pk).update(exited_on=ended, exit_reason="work")
        client = log_in(world.case_worker)
        again = {**WHO, "number": NUMBER, "again": "196205189829"}
        early = submit(client, URL, **{**again, "enrolled_on": (ended - timedelta(days=1)).isoformat()})
        assert list(faults(early)) == ["enrolled_on"]
        assert submit(client, URL, **{**again, "enrolled_on": ended.isoformat()}).status_code == 302
        assert world.enrolment.participant.enrolments.count() == 2


def _lines(html: str) -> list[str]:
    """The page without what is new at each showing: the token against foreign forms and the mark of the form's page."""
    return [re.sub(r'name="page" value="[^"]+"', "", line) for line in html.splitlines() if "csrf" not in line]


class TestAnotherOrganisationsNumber:
    def test_it_leaves_no_trace_in_answer_or_queries(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        data = fill(client, URL, **{**WHO, **NAMELESS, "number": NUMBER}, token=str(uuid.uuid4()))
        asked = queries(client, URL, data)
        unknown = client.post(URL, data).content.decode()
        PersonalNumberFactory(participant=world.af_enrolment.participant)
        assert queries(client, URL, data) == asked
        without_csrf = _lines(unknown)
        known = client.post(URL, data).content.decode()
        assert _lines(known) == without_csrf

    def test_both_may_have_the_same_person(self, world, log_in) -> None:
        PersonalNumberFactory(participant=world.af_enrolment.participant)
        assert submit(log_in(world.case_worker), URL, **WHO, number=NUMBER).status_code == 302
        assert PersonalNumber.objects.filter(value="196205189829").count() == 2
        assert world.af_enrolment.participant.enrolments.count() == 1


class TestEnrolledInTheSameMoment:
    """Between the form's check and the save, somebody else enrols the same person whom the case worker sees too."""

    @pytest.fixture
    def meanwhile(self, world, monkeypatch) -> Enrolment:
        """An enrolment that the form's first check doesn't see."""
        PersonalNumberFactory(participant=world.enrolment.participant)
        real = ParticipantQuerySet.known_to

        def too_early(self, *args):
            monkeypatch.setattr(ParticipantQuerySet, "known_to", real)
            return self.none()

        monkeypatch.setattr(ParticipantQuerySet, "known_to", too_early)
        return world.enrolment

    def test_the_person_is_not_enrolled_twice(self, world, log_in, meanwhile) -> None:
        answer = submit(log_in(world.case_worker), URL, **WHO, number=NUMBER)
        assert faults(answer) == {"enrolled_on": ["Personen är redan inskriven i projektet under den tiden."]}

    def test_a_collision_in_the_database_is_met_as_a_known_number(self, world, log_in, meanwhile, monkeypatch) -> None:
        def collide(**fields):
            raise IntegrityError("enrolment_one_open_per_project")

        monkeypatch.setattr(view, "enrol_participant", collide)
        answer = submit(log_in(world.case_worker), URL, **WHO, number=NUMBER)
        assert list(faults(answer)) == ["number"]

    def test_any_other_fault_of_the_database_is_not_hidden(self, world, log_in, monkeypatch) -> None:
        def break_down(**fields):
            raise IntegrityError("something else")

        monkeypatch.setattr(view, "enrol_participant", break_down)
        with pytest.raises(IntegrityError):
            submit(log_in(world.case_worker), URL, **WHO, number=NUMBER)
