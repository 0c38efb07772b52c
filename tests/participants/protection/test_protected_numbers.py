"""Somebody protected doesn't come back in clear: the number is recognised by a digest, and nothing else is told."""

import io
import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessEvent, Organisation
from actionplans.models import ImportBatch
from actionplans.register.reading.fields import Field
from core.days.dates import today
from core.swedish.personal_numbers import parse
from participants.enrolment.enrol import enrol_participant
from participants.enrolment.new import NewEnrolment
from participants.enums import ProtectionLevel
from participants.identity.corrections import EntryCorrection, PersonCorrection, correct_case
from participants.models import Enrolment, Participant, PersonIdentity, ProtectedNotice, ProtectedNumber
from participants.protected_number.numbers import ENOUGH, NOTICES_A_DAY, digest_of
from participants.protection.actions import protect_participant
from projects.enums import Role
from tests.actionplans.register.builders import register_file, workbook
from tests.world.canary import rows_with
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, PersonalNumberFactory
from tests.world.pages import faults, shown, submit
from tests.world.worlds import World, member

MARK = ProtectionLevel.CONFIDENTIALITY_MARK
NUMBER, FORMER, FREE = "19620518-9829", "19811228-9874", "19701063-2391"
TOLD = "Personen finns hos er med skydd. Fråga Hanna Handläggare."
URL, PROTECTED_URL = "/deltagare/ny/", "/deltagare/ny/skyddad/"
WHO = {"given_name": "Kanariea", "family_name": "Fågelbur", "source": "social_services"}
# The day's numbers of those who are protected, by somebody who tries one after the other.
MANY = ["19900101-0017", "19900102-0016", "19900103-0015", "19900104-0014", "19900105-0013", "19900106-0012"]


@pytest.fixture
def colleague(world):
    """Somebody who may enrol but doesn't see the case."""
    return member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")


@pytest.fixture
def protected(world, log_in) -> Enrolment:
    """Somebody whose number was mistyped once, and who is protected now."""
    url = reverse("enrolment_correct", args=[world.enrolment.public_id])
    for number in (FORMER, NUMBER):
        assert (
            submit(log_in(world.case_worker), url, number=number, birth_date="", number_is="mistyped").status_code
            == 302
        )
    protect(world.enrolment, world)
    return Enrolment.objects.get(pk=world.enrolment.pk)


def protect(case: Enrolment, world: World, level: ProtectionLevel = MARK) -> None:
    protect_participant(level=level, case=case, by=world.case_worker)


def several(world: World, numbers: list[str]) -> list[Enrolment]:
    """People with these numbers whom the case worker answers for, protected."""
    cases = []
    for number in numbers:
        case = EnrolmentFactory(project=world.project)
        PersonalNumberFactory(participant=case.participant, value=number.replace("-", ""))
        CaseAssignmentFactory(enrolment=case, user=world.case_worker)
        protect(case, world)
        cases.append(case)
    return cases


def upload(client, *rows: dict, content: bytes = b""):
    token = shown(client.get("/import/").context["form"])["token"]
    file = SimpleUploadedFile("r.xlsx", content or register_file(*rows))
    return client.post("/import/", {"token": token, "file": file})


class TestEnrolling:
    @pytest.mark.parametrize("number", [NUMBER, FORMER])
    def test_a_number_now_or_before_is_stopped_and_says_whom_to_ask(self, world, protected, colleague, log_in, number):
        people = Participant.objects.count()
        answer = submit(log_in(colleague), URL, **WHO, number=number)
        assert faults(answer) == {"number": [TOLD]}
        assert 'value="Kanariea"' in answer.content.decode()
        assert Participant.objects.count() == people
        assert rows_with(["Kanariea", "Fågelbur"]) == []

    def test_whoever_is_responsible_is_told_so(self, world, protected, log_in) -> None:
        answer = submit(log_in(world.case_worker), URL, **WHO, number=NUMBER)
        assert "det är du som är ansvarig" in faults(answer)["number"][0]
        assert ProtectedNotice.objects.get().told is None

    def test_it_is_logged_about_the_person(self, world, protected, colleague, log_in) -> None:
        submit(log_in(colleague), URL, **WHO, number=NUMBER)
        event = AccessEvent.objects.get(user=colleague, part="protected_notice")
        assert [subject.person for subject in event.subjects.all()] == [protected.participant.public_id]
        said = log_in(world.case_worker).get(reverse("participant_readers", args=[protected.participant.public_id]))
        assert "fick veta att personen finns med skydd" in said.content.decode()

    def test_the_responsible_is_told_until_it_is_seen(self, world, protected, colleague, log_in) -> None:
        submit(log_in(colleague), URL, **WHO, number=NUMBER)
        client = log_in(world.case_worker)
        said = client.get("/").content.decode()
        assert "Kim Kollega ville skriva in personens nummer" in said
        assert protected.participant.alias in said
        assert "Kim Kollega ville" not in log_in(world.coordinator).get("/").content.decode()
        key = str(ProtectedNotice.objects.get().public_id)
        assert log_in(colleague).post("/deltagare/skydd/sett/", {"besked": key}).status_code == 404
        assert client.post("/deltagare/skydd/sett/", {"besked": key}).status_code == 302
        assert "Kim Kollega ville" not in client.get("/").content.decode()

    def test_a_notice_outlives_what_becomes_of_the_case(self, world, protected, colleague, log_in) -> None:
        submit(log_in(colleague), URL, **WHO, number=NUMBER)
        Enrolment.objects.filter(pk=protected.pk).update(is_void=True)
        said = log_in(world.case_worker).get("/").content.decode()
        assert "Kim Kollega ville" in said
        assert protected.participant.alias not in said

    def test_the_same_number_twice_in_a_day_is_one_notice(self, world, protected, colleague, log_in) -> None:
        for _ in range(2):
            submit(log_in(colleague), URL, **WHO, number=NUMBER)
        assert ProtectedNotice.objects.count() == 1

    def test_another_organisation_learns_nothing(self, world, protected, log_in) -> None:
        answer = submit(log_in(world.af_case_worker), URL, **WHO, number=NUMBER)
        assert answer.status_code == 302
        assert not ProtectedNotice.objects.exists()

    def test_an_ordinary_number_costs_the_same_whoever_is_protected(self, world, colleague, log_in) -> None:
        client = log_in(colleague)
        submit(client, URL, **WHO)
        costs = []
        for number in (FREE, "19900107-0011"):
            with CaptureQueriesContext(connection) as caught:
                submit(client, URL, **WHO, number=number)
            costs.append(len(caught))
            several(world, MANY[:2])
        assert costs[0] == costs[1]

    def test_the_action_refuses_it_whoever_calls(self, world, protected) -> None:
        new = NewEnrolment(given_name="Eva", family_name="Ek", number=parse(NUMBER, on=today()), enrolled_on=today())
        with pytest.raises(ValidationError, match="med skydd"):
            enrol_participant(new=new, project=world.project, owner=world.ame, by=world.case_worker)


class TestCorrecting:
    def test_somebody_elses_number_to_it(self, world, protected, log_in) -> None:
        url = reverse("enrolment_correct", args=[world.unassigned.public_id])
        answer = submit(log_in(world.coordinator), url, number=NUMBER, birth_date="")
        assert faults(answer) == {"number": [TOLD]}
        assert ProtectedNotice.objects.get().asked_by == world.coordinator

    def test_the_action_refuses_it(self, world, protected) -> None:
        case = Enrolment.objects.get(pk=world.unassigned.pk)
        values = PersonCorrection.of(case.participant).shown() | {"number": NUMBER.replace("-", "")}
        with pytest.raises(ValidationError, match="med skydd"):
            correct_case(
                enrolment=case,
                person=PersonCorrection(**values),
                entry=EntryCorrection.of(case),
                by=world.coordinator,
            )


class TestImporting:
    ROW = {"Efternamn": "Fågelbur", "Förnamn": "Kanariea", "Personnr": NUMBER, "Inskriven": date(2026, 1, 28)}
    OTHER = {"Efternamn": "Ek", "Förnamn": "Eva", "Personnr": FREE, "Inskriven": date(2026, 1, 28)}

    def test_the_file_is_not_even_kept(self, world, protected, log_in) -> None:
        answer = upload(log_in(world.coordinator), self.OTHER, self.ROW)
        (first, then) = faults(answer)["file"]
        assert first.startswith("Rad ")
        assert first.endswith(TOLD)
        assert "inte sparad" in then
        assert not ImportBatch.objects.exists()
        assert rows_with(["Kanariea", "Fågelbur"]) == []
        assert not [said for said in (NUMBER, "Fågelbur") if said in answer.content.decode()]

    def test_a_column_that_is_pointed_out_afterwards_counts_too(self, world, protected, log_in) -> None:
        client = log_in(world.coordinator)
        headings = ["Efternamn", "Förnamn", "Inskriven", "Koden"]
        content = workbook({"Blad1": [headings, ["Fågelbur", "Kanariea", date(2026, 1, 28), NUMBER]]})
        url = upload(client, content=content)["Location"]
        columns = shown(client.get(url).context["columns"])
        page = client.post(url, {**columns, "kolumn_0_3": Field.PERSONAL_NUMBER, "do": "columns"}, follow=True)
        assert TOLD in page.content.decode()
        assert rows_with(["Kanariea"]) == []
        assert ImportBatch.objects.get().content is None

    def test_by_command_the_row_is_refused_with_the_reason(self, world, protected, tmp_path) -> None:
        path, out = tmp_path / "register.xlsx", io.StringIO()
        path.write_bytes(register_file(self.OTHER, self.ROW))
        where = {"project": world.project.register_number, "skip_refused": True, "format": "json"}
        call_command("import_register", str(path), **where, stdout=out)
        told = json.loads(out.getvalue())
        assert (told["imported"], [fault["reason"] for fault in told["refused"]]) == (1, [TOLD])
        assert told["refused"][0]["value"] == ""
        assert not PersonIdentity.objects.filter(family_name="Fågelbur").exists()


class TestHowOften:
    def test_five_a_day_by_form_and_import_and_then_no_number_at_all(self, world, log_in) -> None:
        several(world, MANY)
        client = log_in(world.coordinator)
        rows = [{"Efternamn": f"N{number[-1]}", "Personnr": number} for number in MANY[:3]]
        upload(client, *rows)
        for number in MANY[3:5]:
            assert faults(submit(client, URL, **WHO, number=number))["number"] == [TOLD]
        assert ProtectedNotice.objects.count() == NOTICES_A_DAY
        for number in (MANY[5], FREE):
            assert faults(submit(client, URL, **WHO, number=number))["number"] == [ENOUGH]
        for number in (MANY[5], FREE):
            assert faults(upload(client, {"Personnr": number}))["file"] == [ENOUGH, "Filen är inte sparad."]
        assert ProtectedNotice.objects.count() == NOTICES_A_DAY
        assert AccessEvent.objects.filter(part="protected_notice", kind="refused").count() == 4

    def test_rows_after_the_fifth_are_answered_alike_whatever_their_number(self, world, log_in) -> None:
        several(world, MANY)
        free = {"Efternamn": "Ek", "Personnr": FREE}
        rows = [free, *({"Efternamn": f"N{number[-1]}", "Personnr": number} for number in MANY)]
        sentences = faults(upload(log_in(world.coordinator), *rows, {**free, "Personnr": "19900107-0011"}))["file"]
        assert [sentence.endswith(TOLD) for sentence in sentences] == [True] * NOTICES_A_DAY + [False] * 2

    def test_without_a_number_somebody_is_enrolled_all_the_same(self, world, log_in) -> None:
        several(world, MANY[:5])
        client = log_in(world.coordinator)
        for number in MANY[:5]:
            submit(client, URL, **WHO, number=number)
        assert submit(client, URL, **WHO).status_code == 302


class TestTheDigest:
    def test_hangs_on_key_and_organisation(self, world, settings) -> None:
        value = NUMBER.replace("-", "")
        mine = digest_of(value, world.ame)
        assert mine != digest_of(value, world.af)
        settings.PROTECTION_KEY = "another key of some length"
        assert mine != digest_of(value, world.ame)

    def test_is_of_every_number_and_no_number_is_kept(self, world, protected) -> None:
        organisation = Organisation.objects.get(pk=world.ame.pk)
        wanted = {digest_of(number.replace("-", ""), organisation) for number in (NUMBER, FORMER)}
        assert set(ProtectedNumber.objects.values_list("digest", flat=True)) == wanted
        assert rows_with([NUMBER.replace("-", ""), FORMER.replace("-", ""), NUMBER[2:], FORMER[2:]]) == []

    def test_a_mistyped_number_that_is_another_persons_goes_on_being_theirs(self, world, log_in) -> None:
        url = reverse("enrolment_correct", args=[world.enrolment.public_id])
        for number in (FORMER, NUMBER):
            submit(log_in(world.case_worker), url, number=number, birth_date="", number_is="mistyped")
        PersonalNumberFactory(participant=world.unassigned.participant, value=FORMER.replace("-", ""))
        protect(world.enrolment, world)
        digests = set(ProtectedNumber.objects.values_list("digest", flat=True))
        assert digests == {digest_of(NUMBER.replace("-", ""), world.ame)}

    def test_goes_when_the_protection_is_over(self, world, protected, colleague, log_in) -> None:
        protect(protected, world, ProtectionLevel.NONE)
        assert not ProtectedNumber.objects.exists()
        assert submit(log_in(colleague), URL, **WHO, number=NUMBER).status_code == 302

    def test_of_somebody_who_is_protected_from_the_start(self, world, colleague, log_in) -> None:
        answers = {"protection": MARK, "source": "social_services", "sex": "female", "barred_number": NUMBER}
        assert submit(log_in(world.case_worker), PROTECTED_URL, **answers).status_code == 302
        assert rows_with([NUMBER.replace("-", ""), NUMBER[2:], "1962-05-18"]) == []
        assert faults(submit(log_in(colleague), URL, **WHO, number=NUMBER))["number"] == [TOLD]
        assert faults(submit(log_in(colleague), PROTECTED_URL, **answers))["barred_number"] == [TOLD]

    def test_of_somebody_who_was_protected_before_there_were_digests(self, world, protected, colleague, log_in) -> None:
        ProtectedNumber.objects.all().delete()
        url = reverse("participant_protect", args=[protected.participant.public_id])
        assert submit(log_in(world.case_worker), url, barred_number=NUMBER).status_code == 302
        assert rows_with([NUMBER.replace("-", ""), NUMBER[2:]]) == []
        assert faults(submit(log_in(colleague), URL, **WHO, number=NUMBER))["number"] == [TOLD]


class TestSomebodyElseWithTheNumber:
    """A number that was written down by somebody who couldn't see the other is perhaps the same person."""

    def test_those_who_answer_for_them_are_told_and_decide(self, world, colleague, log_in) -> None:
        case = EnrolmentFactory(project=world.project, given_name="Kanariea", family_name="Fågelbur")
        PersonalNumberFactory(participant=case.participant, value=NUMBER.replace("-", ""), is_claim=True)
        CaseAssignmentFactory(enrolment=case, user=colleague)
        PersonalNumberFactory(participant=world.enrolment.participant, value=NUMBER.replace("-", ""))
        protect(world.enrolment, world)
        said = log_in(colleague).get("/").content.decode()
        assert "satte skydd" in said
        assert "Kanariea Fågelbur" in said
        assert world.enrolment.participant.alias not in said
        url = reverse("participant_protect", args=[case.participant.public_id])
        answers = {"level": MARK, "is_kept": "on"}
        assert submit(log_in(colleague), url, **answers).status_code == 302
        assert rows_with(["Kanariea", "Fågelbur", NUMBER.replace("-", "")]) == []
