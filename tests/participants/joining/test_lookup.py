"""A personal number alone opens nothing: in the form, in a correction, in a register."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccessEvent, User
from actionplans.models import ImportBatch
from core.days.dates import today
from oversight.log.has_read import readers_of
from participants.models import Enrolment, PersonalNumber
from projects.enums import Role
from tests.actionplans.register.builders import register_file
from tests.world.factories import (
    CaseAssignmentFactory,
    EnrolmentFactory,
    MembershipFactory,
    PersonalNumberFactory,
)
from tests.world.factories.access import EmergencyAccessFactory
from tests.world.pages import faults, fill, queries, shown, submit
from tests.world.worlds import member, model_project

pytestmark = pytest.mark.django_db

URL = "/deltagare/ny/"
NUMBER = "19620518-9829"
VALUE = "196205189829"
TYPED = {"given_name": "Inga", "family_name": "Ny", "source": "social_services", "number": NUMBER}
HIDDEN = ("Gammal", "Hemlig", "070-999", "hemlig@example.org")
# What differs from one request to the next: ids, keys, moments.
_CHANGING = re.compile(
    r'(?<=name="ticket" value=")[^"]*|(?<=name="page" value=")[^"]*|(?<=data-session-ends=")\d+|'
    r"Deltagare [A-Z0-9]{8}|[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}"
    r"|\b\d{1,2}[.:]\d\d\b"
)


def newest() -> Enrolment:
    return Enrolment.objects.latest("pk")


def secret(project, **fields) -> Enrolment:
    """Somebody whom the case worker can't see, with a name, a phone and an address that mustn't show."""
    case = EnrolmentFactory(project=project, given_name="Hemlig", family_name="Gammal", **fields)
    type(case.participant.identity).objects.filter(pk=case.participant_id).update(
        phone="070-999", email="hemlig@example.org"
    )
    PersonalNumberFactory(participant=case.participant)
    return case


def in_another_project(world) -> Enrolment:
    return secret(model_project(name="Annat projekt", register_number="PROV-2", host=world.ame))


def a_colleagues(world) -> Enrolment:
    case = secret(world.project)
    CaseAssignmentFactory(enrolment=case, user=member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega"))
    return case


def a_namesake(world) -> Enrolment:
    """A colleague's, with the name that is typed."""
    case = EnrolmentFactory(
        project=world.project, given_name="Inga", family_name="Ny", enrolled_on=today() + timedelta(days=-1)
    )
    type(case.participant).objects.filter(pk=case.participant_id).update(birth_date=date(1962, 5, 18))
    PersonalNumberFactory(participant=case.participant, is_claim=PersonalNumber.objects.filter(value=VALUE).exists())
    return case


def wrongly_registered(world) -> Enrolment:
    return secret(world.project, is_void=True)


def ended_and_a_colleagues(world) -> Enrolment:
    return secret(world.project, exited_on=today() - timedelta(days=5), exit_reason="work")


def open_in_an_emergency(world) -> Enrolment:
    case = a_colleagues(world)
    EmergencyAccessFactory(enrolment=case, user=world.case_worker)
    return case


OUT_OF_SIGHT = (in_another_project, a_colleagues, wrongly_registered, ended_and_a_colleagues, open_in_an_emergency)
out_of_sight = pytest.mark.parametrize("known", OUT_OF_SIGHT, ids=lambda make: make.__name__)


@dataclass
class Answer:
    """All that somebody who sends something can tell from what comes back, and what the log says afterwards."""

    pages: list[str]
    queries: int
    events: list[tuple[str, str, int]]


def even(html: str) -> str:
    return _CHANGING.sub("#", html)


def ask(user: User, client: Client, url: str, data: dict, case: Enrolment | None = None) -> Answer:
    """Send it, go where it leads, and look at what there is to see afterwards, in the case or the one just made."""
    before = AccessEvent.objects.filter(user=user).count()
    with CaptureQueriesContext(connection) as caught:
        sent = client.post(url, data)
    # Counted at once: the next request empties the list that the database keeps of them.
    queries = len(caught)
    assert queries > 0
    pages = [str(sent.status_code), even(sent.content.decode())]
    for path in (sent.headers.get("Location"), "/", "/deltagare/", *_pages_of(case or newest())):
        if path:
            pages.append(even(client.get(path).content.decode()))
    events = AccessEvent.objects.filter(user=user).order_by("pk")[before:]
    return Answer(pages, queries, [(event.kind, event.part, event.subjects_count) for event in events])


def _pages_of(case: Enrolment) -> list[str]:
    person = case.participant
    names = ("participant_detail", "participant_readers", "participant_extract")
    return [
        *(reverse(name, args=[person.public_id]) for name in names),
        *(reverse(name, args=[case.public_id]) for name in ("enrolment_correct", "case_people", "consent_list")),
    ]


def worlds(world, known) -> Iterator[str]:
    """Twice the same world: somebody out of sight has no number in the first, and in the second the one that is typed.

    What is done in either leaves nothing behind.
    """
    for name in ("unknown", "known"):
        with transaction.atomic():
            case = known(world)
            if name == "unknown":
                case.participant.numbers.all().delete()
            yield name
            transaction.set_rollback(True)


class TestEnrolling:
    @out_of_sight
    def test_the_receipt_shows_what_was_typed_and_nothing_more(self, world, log_in, known) -> None:
        case = known(world)
        client = log_in(world.case_worker)
        answer = client.post(URL, fill(client, URL, **TYPED), follow=True)
        html = answer.content.decode()
        assert "Inga Ny" in html
        assert NUMBER in html
        assert not any(word in html for word in HIDDEN)
        assert newest().participant != case.participant
        assert newest().participant.numbers.get().is_claim
        case.participant.identity.refresh_from_db()
        assert case.participant.identity.full_name == "Gammal, Hemlig"
        assert case.participant.enrolments.count() == 1

    @out_of_sight
    def test_answer_queries_and_log_are_those_of_a_number_that_nobody_has(self, world, log_in, known) -> None:
        client = log_in(world.case_worker)
        data = fill(client, URL, **TYPED)
        found = {name: ask(world.case_worker, client, URL, data) for name in worlds(world, known)}
        for known_page, unknown_page in zip(found["known"].pages, found["unknown"].pages, strict=True):
            assert known_page.splitlines() == unknown_page.splitlines()
        assert found["known"].queries == found["unknown"].queries
        assert found["known"].events == found["unknown"].events
        assert ("search", "number_lookup", 1) in found["known"].events

    @out_of_sight
    def test_a_form_with_faults_tells_as_little(self, world, log_in, known) -> None:
        client = log_in(world.case_worker)
        data = fill(client, URL, **{**TYPED, "given_name": "", "family_name": ""})
        found = [
            (even(client.post(URL, data).content.decode()), queries(client, URL, data)) for _ in worlds(world, known)
        ]
        assert found[0] == found[1]
        assert "Skriv förnamnet eller efternamnet. Ett av dem räcker." in found[0][0]

    @out_of_sight
    def test_the_choice_to_join_can_t_be_sent_without_having_been_given(self, world, log_in, known) -> None:
        case = known(world)
        submit(log_in(world.case_worker), URL, **TYPED, again=VALUE)
        assert newest().participant != case.participant
        assert case.participant.enrolments.count() == 1

    @out_of_sight
    def test_the_second_time_is_answered_as_if_the_first_had_been_the_only_one(self, world, log_in, known) -> None:
        known(world)
        client = log_in(world.case_worker)
        submit(client, URL, **TYPED)
        answer = submit(client, URL, **TYPED)
        assert faults(answer) == {"number": ["Personen är redan inskriven i projektet."]}
        assert "Gammal" not in answer.content.decode()
        assert "Inga Ny" in answer.content.decode()

    def test_the_look_up_stands_among_those_who_have_read_about_the_known_person(self, world, log_in) -> None:
        case = a_colleagues(world)
        submit(log_in(world.case_worker), URL, **TYPED)
        (day,) = readers_of(case.participant.public_id)
        (reader,) = day.readers
        assert (reader.who, reader.said) == (
            "Hanna Handläggare",
            "Skrev in personnumret, utan att se vems det är",
        )

    def test_the_look_up_of_a_number_that_nobody_has_concerns_the_one_who_was_enrolled(self, world, log_in) -> None:
        submit(log_in(world.case_worker), URL, **TYPED)
        event = AccessEvent.objects.get(part="number_lookup")
        assert event.subjects.get().person == newest().participant.public_id
        (day,) = readers_of(newest().participant.public_id)
        assert "personnumret" not in day.readers[0].said

    def test_without_a_number_nothing_is_looked_up(self, world, log_in) -> None:
        submit(log_in(world.case_worker), URL, **{**TYPED, "number": ""})
        assert not AccessEvent.objects.filter(part="number_lookup").exists()

    def test_an_enrolment_out_of_sight_of_somebody_in_sight_isn_t_told_of(self, world, log_in) -> None:
        case = in_another_project(world)
        user = member(case.project, world.ame, Role.COORDINATOR, "Kim Samordnare")
        MembershipFactory(user=user, project=world.project, role=Role.CASE_WORKER)
        hidden = EnrolmentFactory(project=world.project, participant=case.participant)
        client = log_in(user)
        session = client.session
        session["project"] = str(world.project.public_id)
        session.save()
        answer = submit(client, URL, **TYPED, again=VALUE, responsible=str(user.public_id))
        assert answer.status_code == 302
        assert newest().project == world.project
        assert newest().participant not in (case.participant, hidden.participant)
        assert newest().participant.numbers.get().is_claim


class TestCorrecting:
    @out_of_sight
    def test_a_number_out_of_sight_is_taken_as_one_that_nobody_has(self, world, log_in, known) -> None:
        client = log_in(world.case_worker)
        url = reverse("enrolment_correct", args=[world.enrolment.public_id])
        data = fill(client, url, number=NUMBER, birth_date="")
        found = {name: ask(world.case_worker, client, url, data, world.enrolment) for name in worlds(world, known)}
        for known_page, unknown_page in zip(found["known"].pages, found["unknown"].pages, strict=True):
            assert known_page.splitlines() == unknown_page.splitlines()
        assert found["known"] == found["unknown"]
        assert found["known"].pages[0] == "302"
        assert ("search", "number_lookup", 1) in found["known"].events
        case = known(world)
        assert client.post(url, data).status_code == 302
        assert world.enrolment.participant.numbers.get().is_claim
        assert not case.participant.numbers.get().is_claim

    def test_a_number_that_is_let_go_belongs_to_the_first_who_claims_it(self, world, log_in) -> None:
        case = a_colleagues(world)
        submit(log_in(world.case_worker), URL, **TYPED)
        colleague = case.assignments.get().user
        url = reverse("enrolment_correct", args=[case.public_id])
        assert submit(log_in(colleague), url, number="19811228-9874", birth_date="", number_is="mistyped")["Location"]
        assert not newest().participant.numbers.get().is_claim


class TestImporting:
    def upload(self, client: Client) -> str:
        row = {"Personnr": NUMBER, "Efternamn": "Ny", "Förnamn": "Inga", "Inskriven": date(2011, 1, 28)}
        path = reverse("import_upload")
        data = fill(client, path, file=SimpleUploadedFile("register.xlsx", register_file(row)))
        return client.post(path, data)["Location"]

    def test_preview_receipt_list_and_log_tell_nothing(self, world, log_in) -> None:
        client = log_in(world.coordinator)
        found = []
        for _ in worlds(world, in_another_project):
            preview = self.upload(client)
            page = client.get(preview)
            data = {**shown(page.context["form"]), "do": "approve"}
            found.append((even(page.content.decode()), ask(world.coordinator, client, preview, data)))
            assert ImportBatch.objects.get().state == "done"
            assert newest().participant.identity.full_name == "Ny, Inga"
        for known_page, unknown_page in zip(found[1][1].pages, found[0][1].pages, strict=True):
            assert known_page.splitlines() == unknown_page.splitlines()
        assert found[0] == found[1]
        assert ("search", "number_lookup", 1) in found[0][1].events
        assert not any(word in page for page in found[1][1].pages for word in HIDDEN)

    def test_the_same_file_again_changes_nothing(self, world, log_in) -> None:
        in_another_project(world)
        client = log_in(world.coordinator)
        preview = self.upload(client)
        client.post(preview, {**shown(client.get(preview).context["form"]), "do": "approve"})
        counts = client.get(self.upload(client)).context["counts"]
        assert (counts["imported"], counts["unchanged"], counts["refused"]) == (0, 1, 0)

    def test_a_dozen_numbers_give_no_names(self, world, log_in) -> None:
        other = model_project(name="Annat projekt", register_number="PROV-2", host=world.ame)
        case = secret(other)
        client = log_in(world.coordinator)
        preview = self.upload(client)
        client.post(preview, {**shown(client.get(preview).context["form"]), "do": "approve"})
        assert set(case.participant.enrolments.all()) == {case}
        assert "Gammal" not in client.get("/deltagare/").content.decode()
        assert "Skrev in personnumret" in readers_of(case.participant.public_id)[0].readers[0].said

    def test_somebody_out_of_sight_is_no_reason_to_refuse_a_row(self, world, log_in) -> None:
        wrongly_registered(world)
        page = log_in(world.coordinator).get(self.upload(log_in(world.coordinator)))
        assert page.context["counts"]["refused"] == 0


class TestOpeningInAnEmergency:
    REASON = "Deltagaren ringde akut om natten"

    @pytest.mark.parametrize("by_name", [False, True])
    def test_whoever_claims_a_number_isn_t_told_that_another_case_has_it(self, world, log_in, by_name) -> None:
        client = log_in(world.case_worker)
        submit(client, URL, **TYPED)
        name = {"given_name": "Inga", "family_name": "Ny", "birth_year": "1962"}
        sent = name if by_name else {"number": NUMBER}
        found = []
        for _ in worlds(world, a_namesake):
            answer = submit(client, "/deltagare/nodoppna/", reason=self.REASON, **sent)
            found.append((answer.status_code, answer.headers.get("Location")))
        assert found == [(302, newest().get_absolute_url())] * 2

    def test_somebody_else_opens_one_case_by_the_number(self, world, log_in) -> None:
        a_colleagues(world)
        submit(log_in(world.case_worker), URL, **TYPED)
        third = member(world.project, world.ame, Role.CASE_WORKER, "Tove Tredje")
        answer = submit(log_in(third), "/deltagare/nodoppna/", reason=self.REASON, number=NUMBER)
        assert answer["Location"] == newest().get_absolute_url()
