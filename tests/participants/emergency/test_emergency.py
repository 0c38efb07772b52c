"""A colleague's case in an emergency: for an hour, with a reason, in the own organisation, and those who answer for it
are told."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEvent
from core.days.dates import today
from participants.emergency.actions import fault_of_reason, open_in_emergency
from participants.enums import CaseRole, ProtectionLevel
from participants.models import EmergencyAccess, EmergencyNotice, Enrolment
from participants.scope.scope import Scope
from participants.void.chain import ask_to_void, confirm_void
from projects.enums import Role
from tests.world.factories import (
    CaseAssignmentFactory,
    EnrolmentFactory,
    MembershipFactory,
    PersonalNumberFactory,
)
from tests.world.letters import letters
from tests.world.pages import faults, fill, queries, submit
from tests.world.worlds import member, model_project

URL = "/deltagare/nodoppna/"
SEEN = "/deltagare/nodoppna/sett/"
NUMBER = "19620518-9829"
REASON = "Hon ringde från akuten och behöver intyget i dag"
NOON = "2026-11-23 11:32:00Z"


@pytest.fixture
def colleague(world):
    """A case worker of the same organisation who isn't assigned to the case."""
    return member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")


@pytest.fixture
def case(world) -> Enrolment:
    """Hanna's case, with a number."""
    PersonalNumberFactory(participant=world.enrolment.participant)
    return world.enrolment


@pytest.fixture
def client(colleague, log_in):
    return log_in(colleague)


def sees(user, enrolment) -> bool:
    return Enrolment.objects.visible_to(Scope.of(user, today())).filter(pk=enrolment.pk).exists()


def opened(case, by, reason=REASON) -> EmergencyAccess:
    return open_in_emergency(enrolment=case, reason=reason, home="https://samverkan.example.se/", by=by)


class TestOpening:
    def test_by_number_for_an_hour_by_the_clock(self, world, log_in, colleague, case) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            client = log_in(colleague)
            assert client.get(case.get_absolute_url()).status_code == 404
            answer = submit(client, URL, number=NUMBER, reason=REASON)
            assert answer["Location"] == reverse("enrolment_detail", args=[case.public_id])
            page = client.get(answer["Location"])
            assert "Öppnat i nödläge till kl. 13.32" in page.content.decode()
            plan = reverse("plan_detail", args=[case.public_id])
            clock.shift(timedelta(minutes=59, seconds=59))
            # A session that has been idle for so long has ended by itself; what ends here is the opening.
            client = log_in(colleague)
            assert client.get(plan).status_code == client.get(case.get_absolute_url()).status_code == 200
            clock.shift(timedelta(seconds=1))
            assert client.get(plan).status_code == client.get(case.get_absolute_url()).status_code == 404
            assert client.post(reverse("assessment_create", args=[case.public_id]), {}).status_code == 404

    def test_by_whole_name_and_year_of_birth(self, client, case) -> None:
        who = {"given_name": "åsa", "family_name": "ÖBERG", "birth_year": "1980"}
        assert submit(client, URL, **who, reason=REASON).status_code == 302
        assert EmergencyAccess.objects.get().enrolment == case

    def test_neither_number_nor_name_is_called_optional(self, client) -> None:
        """One of the two is needed, whatever has been typed."""
        assert "frivilligt" not in client.get(URL).content.decode()
        half = submit(client, URL, given_name="Åsa", family_name="Öberg", reason=REASON)
        assert "frivilligt" not in half.content.decode()
        assert faults(half) == {"number": ["Skriv personnumret, eller hela namnet och födelseåret."]}

    @pytest.mark.parametrize(
        "wrong", [{"given_name": "Ås"}, {"family_name": "Oberg"}, {"birth_year": "1981"}, {"family_name": "Öberg Ek"}]
    )
    def test_part_of_a_name_finds_nobody(self, client, case, wrong) -> None:
        who = {"given_name": "Åsa", "family_name": "Öberg", "birth_year": "1980"} | wrong
        assert "går att öppna här" in faults(submit(client, URL, **who, reason=REASON))["__all__"][0]
        assert not EmergencyAccess.objects.exists()

    def test_two_of_a_name_are_told_apart_by_number(self, world, client, case) -> None:
        EnrolmentFactory(project=world.project, given_name="Åsa", family_name="Öberg")
        who = {"given_name": "Åsa", "family_name": "Öberg", "birth_year": "1980"}
        assert "Skriv personnumret" in faults(submit(client, URL, **who, reason=REASON))["__all__"][0]
        assert submit(client, URL, **who, number=NUMBER, reason=REASON).status_code == 302

    def test_the_latest_enrolment_of_the_person(self, world, client, case) -> None:
        Enrolment.objects.filter(pk=case.pk).update(exited_on=date(2026, 5, 1), exit_reason="work")
        later = EnrolmentFactory(project=world.project, participant=case.participant, enrolled_on=date(2026, 6, 1))
        submit(client, URL, number=NUMBER, reason=REASON)
        assert EmergencyAccess.objects.get().enrolment == later

    def test_one_that_is_open_already_is_just_shown(self, world, log_in, case) -> None:
        assert submit(log_in(world.case_worker), URL, number=NUMBER, reason=REASON).status_code == 302
        assert not EmergencyAccess.objects.exists()

    def test_whoever_is_assigned_reads_no_such_line(self, world, log_in, case) -> None:
        assert "nödläge" not in log_in(world.case_worker).get(case.get_absolute_url()).content.decode()

    def test_pressed_twice_is_one(self, client, case) -> None:
        data = fill(client, URL, number=NUMBER, reason=REASON)
        assert client.post(URL, data)["Location"] == client.post(URL, data)["Location"]
        assert EmergencyAccess.objects.count() == 1

    def test_the_log_has_it(self, client, colleague, case) -> None:
        submit(client, URL, number=NUMBER, reason=REASON)
        event = AccessEvent.objects.get(user=colleague, kind="change")
        assert (event.part, event.reason) == ("emergency_open", "Nödöppning")
        assert event.subjects.get().person == case.participant.public_id
        assert "akuten" not in str(event.__dict__)

    @pytest.mark.parametrize("who", ["coordinator", "project_leader", "steering", "administrator", "log_reviewer"])
    def test_case_workers_alone(self, world, log_in, who) -> None:
        assert log_in(getattr(world, who)).get(URL).status_code == 403

    def test_the_list_leads_here(self, world, log_in, client) -> None:
        assert URL in client.get("/deltagare/").content.decode()
        assert URL not in log_in(world.coordinator).get("/deltagare/").content.decode()


class TestNotOthers:
    """What isn't the own organisation's in the project is like what isn't there."""

    def refused(self, client, **who) -> tuple:
        data = fill(client, URL, **who, reason=REASON, token="8b1f4c1e-7d0a-4a61-9f0e-1d2c3b4a5f60")
        asked = queries(client, URL, data)
        answer = client.post(URL, data)
        lines = [
            line for line in answer.content.decode().splitlines() if 'name="page"' not in line and "csrf" not in line
        ]
        assert "går att öppna här" in faults(answer)["__all__"][0]
        return asked, answer.status_code, lines

    def test_another_organisations_person_is_like_nobody(self, world, client) -> None:
        unknown = self.refused(client, number=NUMBER)
        PersonalNumberFactory(participant=world.af_enrolment.participant)
        assert self.refused(client, number=NUMBER) == unknown

    def test_by_name_too(self, world, client) -> None:
        who = {"given_name": "Fredrik", "family_name": "Främmande", "birth_year": "1980"}
        known = self.refused(client, **who)
        Enrolment.objects.filter(pk=world.af_enrolment.pk).update(is_void=True)
        assert self.refused(client, **who) == known

    def test_a_protected_identity_and_another_project_are_like_nobody(self, world, client, case) -> None:
        unknown = self.refused(client, number="19811228-9874")[0]
        case.participant.protection = ProtectionLevel.CONFIDENTIALITY_MARK
        case.participant.save()
        assert self.refused(client, number=NUMBER)[0] == unknown
        other = model_project(name="Annat projekt", register_number="PROV-2", host=world.ame)
        elsewhere = EnrolmentFactory(project=other)
        PersonalNumberFactory(participant=elsewhere.participant, value="198112289874")
        assert self.refused(client, number="19811228-9874")[0] == unknown

    def test_the_action_refuses_them_as_well(self, world, colleague, case) -> None:
        other = model_project(name="Annat projekt", register_number="PROV-2", host=world.ame)
        hidden = EnrolmentFactory(project=world.project)
        hidden.participant.protection = ProtectionLevel.CONFIDENTIALITY_MARK
        hidden.participant.save()
        for enrolment in (world.af_enrolment, EnrolmentFactory(project=other), hidden):
            with pytest.raises(ValidationError, match="går inte att öppna"):
                opened(enrolment, colleague)
        with pytest.raises(ValidationError):
            opened(case, world.coordinator)
        assert not EmergencyAccess.objects.exists()

    def test_one_that_becomes_protected_is_shut_at_once(self, colleague, case) -> None:
        opened(case, colleague)
        assert sees(colleague, case)
        case.participant.protection = ProtectionLevel.CONFIDENTIALITY_MARK
        case.participant.save()
        assert not sees(colleague, case)

    def test_whoever_leaves_within_the_hour_is_shut_out(self, colleague, case) -> None:
        opened(case, colleague)
        colleague.memberships.update(valid_until=today())
        assert not sees(colleague, case)


class TestTheReason:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Akut",
            " " * 40,
            "a" * 40,
            "." * 40,
            "akut akut akut akut akut",
            "Akut! AKUT! akut? Akut.",
            "asdfasdfasdfasdfasdf",
            "qwerty qwerty qwerty",
            "123456789012345678",
            "Hjälp nu 14 t.",
            "a b c d e f g h i j k l m n o",
        ],
    )
    def test_nothing_said(self, client, case, colleague, text) -> None:
        assert fault_of_reason(text)
        answer = submit(client, URL, number=NUMBER, reason=text)
        assert list(faults(answer)) == ["reason"]
        with pytest.raises(ValidationError) as error:
            opened(case, colleague, text)
        assert list(error.value.message_dict) == ["reason"]
        assert not EmergencyAccess.objects.exists()

    @pytest.mark.parametrize(
        "text", [REASON, "Möte med läkare nu, Hanna är sjuk", "Hyresvärden vräker i dag", "Åsa står i receptionen"]
    )
    def test_something_said(self, text) -> None:
        assert fault_of_reason(text) == ""

    def test_what_was_typed_is_kept(self, client, case) -> None:
        html = submit(client, URL, number=NUMBER, reason="akut").content.decode()
        assert f'value="{NUMBER}"' in html
        assert ">akut</textarea>" in html.replace("\n", "")

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({}, "number"),
            ({"given_name": "Åsa", "family_name": "Öberg"}, "number"),
            ({"number": "1234"}, "number"),
            ({"given_name": "Åsa", "family_name": "Öberg", "birth_year": "80"}, "birth_year"),
        ],
    )
    def test_too_little_to_look_for(self, client, case, typed, field) -> None:
        assert list(faults(submit(client, URL, **typed, reason=REASON))) == [field]


class TestThoseWhoAreTold:
    def test_the_assigned_and_the_coordinator_until_they_have_seen_it(self, world, log_in, colleague, case) -> None:
        with time_machine.travel(NOON, tick=False):
            opened(case, colleague)
            line = f"Kim Kollega öppnade ett ärende i nödläge i dag 12.32: {REASON}"
            for user in (world.case_worker, world.coordinator):
                client = log_in(user)
                page = client.get("/")
                assert line in page.content.decode()
                key = page.context["notices"][0].key
                assert client.post(SEEN, {"besked": key})["Location"] == "/"
                assert "nödläge" not in client.get("/").content.decode()
                assert client.post(SEEN, {"besked": key}).status_code == 404
        assert EmergencyNotice.objects.exclude(seen_at=None).count() == 2

    def test_an_earlier_day_stands_with_its_date(self, world, log_in, colleague, case) -> None:
        with time_machine.travel(NOON, tick=False):
            opened(case, colleague)
        for now, words in (
            ("2026-11-24 09:00:00Z", "i går 12.32"),
            ("2026-12-01 09:00:00Z", "23\xa0november 2026 12.32"),
        ):
            with time_machine.travel(now):
                assert words in log_in(world.case_worker).get("/").content.decode()

    def test_nobody_else(self, world, log_in, colleague, case) -> None:
        """Not the one who opened, another organisation's, a contact, nor who sees no persons."""
        CaseAssignmentFactory(enrolment=case, user=world.af_case_worker, role=CaseRole.CONTACT)
        substitute = member(world.project, world.ame, Role.CASE_WORKER, "Eva Ersättare")
        CaseAssignmentFactory(enrolment=case, user=substitute, role=CaseRole.SUBSTITUTE)
        MembershipFactory(user=colleague, project=world.project, role=Role.COORDINATOR)
        opened(case, colleague)
        told = set(EmergencyNotice.objects.values_list("user__name", flat=True))
        assert told == {"Hanna Handläggare", "Eva Ersättare", "Samira Samordnare"}

    def test_where_it_is_wrongly_registered_it_says_why_and_leads_to_the_list(
        self, world, log_in, colleague, case
    ) -> None:
        """Those who reach what is stored are still told whose case was opened, and why."""
        opened(case, colleague)
        ask_to_void(enrolment=case, why="Fel person", home="", by=world.case_worker)
        confirm_void(enrolment=case, home="", by=world.coordinator)
        for user in (world.case_worker, world.coordinator):
            page = log_in(user).get("/").content.decode()
            assert REASON in page
            assert case.participant.identity.name in page
            assert reverse("void_list") in page

    @pytest.mark.parametrize("become", ["handed over", "void and handed over", "role ended", "another role"])
    def test_it_stands_until_seen_without_what_may_no_longer_be_read(
        self, world, log_in, colleague, case, become
    ) -> None:
        opened(case, colleague)
        case.assignments.update(valid_until=today())
        if become == "void and handed over":
            Enrolment.objects.filter(pk=case.pk).update(is_void=True)
        roles = world.case_worker.memberships
        if become == "role ended":
            roles.update(valid_until=today())
        elif become == "another role":
            roles.update(role=Role.PROJECT_LEADER)
        client = log_in(world.case_worker)
        page = client.get("/").content.decode()
        assert "nödläge" in page
        for secret in (case.participant.identity.family_name, REASON, str(case.public_id)):
            assert secret not in page
        key = EmergencyNotice.objects.get(user=world.case_worker).public_id
        assert client.post(SEEN, {"besked": str(key)}).status_code == 302
        assert "nödläge" not in client.get("/", follow=True).content.decode()

    def test_anothers_notice_cannot_be_taken_away(self, world, log_in, colleague, case) -> None:
        opened(case, colleague)
        key = EmergencyNotice.objects.get(user=world.coordinator).public_id
        for sent in (str(key), "x", ""):
            assert log_in(world.case_worker).post(SEEN, {"besked": sent}).status_code == 404
        assert not EmergencyNotice.objects.exclude(seen_at=None).exists()

    def test_the_person_in_the_notice_is_logged_as_shown(self, world, log_in, colleague, case) -> None:
        Enrolment.objects.filter(pk=case.pk).update(exited_on=today(), exit_reason="work")
        opened(case, colleague)
        log_in(world.case_worker).get("/")
        event = AccessEvent.objects.filter(user=world.case_worker).latest("number")
        assert (event.part, event.subjects.get().person) == ("home", case.participant.public_id)

    def test_more_notices_cost_no_more_questions(self, world, log_in, colleague, case) -> None:
        client = log_in(world.coordinator)
        opened(case, colleague)
        client.get("/")
        few = queries(client, "/")
        for user in [member(world.project, world.ame, Role.CASE_WORKER, f"Person {n}") for n in range(5)]:
            opened(case, user)
        assert queries(client, "/") == few

    def test_told_once_each(self, world, colleague, case) -> None:
        opening = opened(case, colleague)
        with pytest.raises(IntegrityError), transaction.atomic():
            EmergencyNotice.objects.create(opening=opening, user=world.coordinator)


class TestMail:
    def test_it_says_nothing_about_anybody(self, world, colleague, case) -> None:
        opened(case, colleague)
        assert mail.outbox == [], "nobody waits for a mail server in an emergency"
        assert {letter.to[0] for letter in letters()} == {world.case_worker.email, world.coordinator.email}
        for letter in mail.outbox:
            assert letter.subject == "Du har en uppgift i Samverkan"
            assert "https://samverkan.example.se/" in letter.body
            for word in ("Åsa", "Öberg", "Kim", "akuten", "nödläge", str(case.public_id)):
                assert word not in letter.subject + letter.body

    def test_none_where_the_opening_was_not_saved(self, colleague, case) -> None:
        with transaction.atomic():
            opened(case, colleague)
            transaction.set_rollback(True)
        assert letters() == []

    def test_a_mail_server_that_is_down_keeps_nobody_out(self, settings, client, colleague, case) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        assert submit(client, URL, number=NUMBER, reason=REASON).status_code == 302
        assert sees(colleague, case)


class TestANumberThatExistsElsewhere:
    """Registering somebody tells nothing of other organisations, whether the form is refused or saved."""

    WHO = {"given_name": "Inga", "family_name": "Ny", "source": "social_services"}

    def saved(self, log_in, user, number) -> tuple:
        client = log_in(user)
        data = fill(client, "/deltagare/ny/", **self.WHO, number=number)
        with CaptureQueriesContext(connection) as caught:
            answer = client.post("/deltagare/ny/", data)
        said = [str(message) for message in answer.wsgi_request._messages]
        return answer.status_code, len(caught), said

    def test_it_is_saved_like_any_other(self, world, log_in) -> None:
        PersonalNumberFactory(participant=world.af_enrolment.participant)
        unknown = self.saved(log_in, world.case_worker, "19811228-9874")
        assert self.saved(log_in, world.case_worker, NUMBER) == unknown
        assert unknown[0] == 302
        assert unknown[2] == ["Personen är inskriven."]


def test_until_is_after_the_moment_it_was_opened(colleague, case) -> None:
    opening = opened(case, colleague)
    assert opening.until - opening.recorded_at == timedelta(minutes=60)
    assert opening.recorded_at <= timezone.now()
