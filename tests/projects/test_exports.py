"""Files that leave the program: the right, the reason, the limit, and what the log keeps of it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse, JsonResponse
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone

from accounts.enums import AccessKind, ExportReason, LogRisk
from accounts.exports import StrayFileError, TooManyExportsError
from accounts.log.access import broken_links, log_access
from accounts.models import AccessEvent, AccessNote
from core.days.dates import today
from core.models import TextBody
from core.pdf.process import PdfFailedError
from oversight.log.has_read import readers_of
from oversight.log.sample import assess, draw_sample, readings_of
from projects import access
from projects.enums import Permission, Role
from projects.exports import FILES, PDF, export, file_name
from samverkan.urls import urlpatterns as all_addresses
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.pages import faults

pytestmark = pytest.mark.django_db

NOW = "2026-11-22 12:00Z"
OWN_WORDS = "Till domstolen, efter föreläggande"


def address(enrolment, ending="json"):
    page = f"/deltagare/{enrolment.participant.public_id}/registerutdrag"
    return f"{page}.{ending}" if ending else f"{page}/"


def fetch(client, enrolment, **answers):
    return client.post(address(enrolment), answers or {"reason": "asked"})


def exported(user, enrolment, times=1):
    """Files that have left already."""
    for _ in range(times):
        log_access(
            user=user,
            kind=AccessKind.EXPORT,
            part="participant_extract_json",
            persons=[enrolment.participant.public_id],
            reason=ExportReason.ASKED.label,
        )


def latest(user):
    return AccessEvent.objects.filter(user=user).latest("number")


@pytest.fixture
def elsewhere(settings):
    """Pages that somebody wrote without thinking of the log."""
    settings.ROOT_URLCONF = __name__


def _attached(request):
    return HttpResponse("<p>", headers={"Content-Disposition": "attachment"})


def _data(request):
    return JsonResponse({"a": 1})


def _unreasoned(request):
    request.access.declare([request.user.public_id])
    return export(request, PDF, name="fil", make=bytes)


urlpatterns = [path("bilaga/", _attached), path("data/", _data), path("utan-skal/", _unreasoned), *all_addresses]


class TestTheOneWayOut:
    @pytest.mark.parametrize("stray", ["/bilaga/", "/data/"])
    def test_a_file_made_in_another_way_is_not_sent(self, world, log_in, elsewhere, stray) -> None:
        client = log_in(world.case_worker)
        with pytest.raises(StrayFileError):
            client.get(stray)
        client.raise_request_exception = False
        assert client.get(stray).status_code == 500

    def test_a_file_about_persons_without_a_reason_is_not_made(self, world, log_in, elsewhere) -> None:
        with pytest.raises(ValueError, match="reason"):
            log_in(world.case_worker).get("/utan-skal/")
        assert not AccessEvent.objects.filter(kind="export").exists()

    def test_the_address_alone_gives_nothing(self, world, log_in, caplog) -> None:
        client = log_in(world.case_worker)
        for ending in ("pdf", "json"):
            assert client.get(address(world.enrolment, ending)).status_code == 405
        assert not AccessEvent.objects.filter(kind="export").exists()


class TestRight:
    @pytest.mark.parametrize("lost", [Permission.EXPORT_PDF, Permission.EXPORT_JSON])
    def test_each_format_is_a_right_of_its_own(self, world, log_in, monkeypatch, lost, caplog) -> None:
        monkeypatch.setattr("core.pdf.process.render", lambda html: b"%PDF-")
        held = {**access.ROLE_PERMISSIONS, Role.CASE_WORKER: access.ROLE_PERMISSIONS[Role.CASE_WORKER] - {lost}}
        monkeypatch.setattr(access, "ROLE_PERMISSIONS", held)
        client = log_in(world.case_worker)
        for permission, ending in ((Permission.EXPORT_PDF, "pdf"), (Permission.EXPORT_JSON, "json")):
            answer = client.post(address(world.enrolment, ending), {"reason": "asked"})
            assert answer.status_code == (403 if permission == lost else 200)
            shown = client.get(address(world.enrolment, "")).content.decode()
            assert (f"Hämta som {ending.upper()}" in shown) == (permission != lost)

    def test_it_is_asked_for_in_the_project_of_the_file(self, world, log_in, rf) -> None:
        request = rf.get("/")
        request.user, request.project = world.administrator, world.project
        request.roles = access.Roles.of(request.user, today())
        with pytest.raises(PermissionDenied):
            export(request, PDF, name="fil", make=bytes)

    def test_no_role_has_less_than_its_pages_need(self) -> None:
        for allowed in access.ROLE_PERMISSIONS.values():
            has_files = not allowed.isdisjoint({Permission.SEE_PERSONS, Permission.SEE_REPORTS})
            assert (Permission.EXPORT_PDF in allowed) == has_files
            assert (Permission.EXPORT_JSON in allowed) == (Permission.SEE_PERSONS in allowed)


class TestReason:
    def test_it_must_be_chosen_and_the_page_says_so(self, world, log_in) -> None:
        answer = fetch(log_in(world.case_worker), world.enrolment, x="1")
        assert faults(answer) == {"reason": ["Välj varför du hämtar filen."]}
        shown = answer.content.decode()
        assert 'href="#id_reason_0">Välj varför du hämtar filen.' in shown
        assert "Content-Disposition" not in answer.headers
        assert latest(world.case_worker).kind == "read"

    @pytest.mark.parametrize("words", ["", "  ", "för att"])
    def test_another_reason_needs_words(self, world, log_in, words) -> None:
        answer = fetch(log_in(world.case_worker), world.enrolment, reason="other", words=words)
        assert faults(answer) == {"words": ["Skriv vilket skäl du har, med minst 10 tecken."]}

    def test_the_signature_is_no_reason_for_a_registerutdrag(self, world, log_in) -> None:
        assert set(faults(fetch(log_in(world.case_worker), world.enrolment, reason="signature"))) == {"reason"}

    def test_the_log_has_the_kind_and_the_words_stand_beside_it(self, world, log_in) -> None:
        answer = fetch(log_in(world.case_worker), world.enrolment, reason="other", words=OWN_WORDS)
        assert "Content-Disposition" in answer.headers
        event = latest(world.case_worker)
        assert (event.kind, event.reason, event.subjects_count) == ("export", "Annat skäl", 1)
        assert event.note.body.text == OWN_WORDS
        assert broken_links(world.case_worker) == []

    def test_words_to_a_reason_that_needs_none_are_not_kept(self, world, log_in) -> None:
        fetch(log_in(world.case_worker), world.enrolment, reason="asked", words=OWN_WORDS)
        assert latest(world.case_worker).reason == "Deltagaren har bett om det"
        assert not AccessNote.objects.exists()

    def test_a_note_cant_be_moved_or_taken_away_but_its_words_can_be_blanked(self, world, log_in) -> None:
        fetch(log_in(world.case_worker), world.enrolment, reason="other", words=OWN_WORDS)
        for change in (
            lambda: AccessNote.objects.update(body=TextBody.objects.write("x")),
            lambda: AccessNote.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                change()
        TextBody.objects.filter(pk=AccessNote.objects.get().body_id).update(text="")
        assert broken_links(world.case_worker) == []

    def test_the_participant_is_told_the_kind_and_the_reviewer_the_words_too(self, world, log_in) -> None:
        fetch(log_in(world.case_worker), world.enrolment, reason="other", words=OWN_WORDS)
        (day,) = readers_of(world.enrolment.participant.public_id)
        (reader,) = day.readers
        assert (reader.said, reader.why) == ("Hämtade ut registerutdraget", "Ansvarig för ärendet. Annat skäl")
        review = draw_sample(month=today().replace(day=1), by=world.log_reviewer).store(by=world.log_reviewer)
        shown = log_in(world.log_reviewer).get(review.get_absolute_url()).content.decode()
        assert f"Ansvarig för ärendet. Annat skäl: {OWN_WORDS}" in shown


class TestLimit:
    def test_the_twenty_first_within_an_hour_is_refused_with_the_hour_and_whom_to_ask(self, world, log_in, caplog):
        client = log_in(world.case_worker)
        with time_machine.travel(NOW, tick=False) as clock:
            exported(world.case_worker, world.enrolment)
            clock.shift(timedelta(minutes=30))
            exported(world.case_worker, world.enrolment, times=18)
            assert fetch(client, world.enrolment).status_code == 200
            answer = fetch(client, world.enrolment)
        assert (answer.status_code, answer["Retry-After"]) == (429, "1800")
        shown = answer.content.decode().replace("\xa0", " ")
        for said in (
            "Du har hämtat 20 filer på en timme",
            "22 november 2026 kl. 14.00",
            "samordnaren",
            "administratör",
        ):
            assert said in shown

    def test_the_refusal_is_logged_with_the_count_and_names_nobody(self, world, log_in, caplog) -> None:
        exported(world.case_worker, world.enrolment, times=20)
        fetch(log_in(world.case_worker), world.enrolment, reason="other", words=OWN_WORDS)
        event = latest(world.case_worker)
        assert (event.kind, event.part, event.reason, event.subjects_count) == (
            "refused", "participant_extract_json", "20 filer den senaste timmen", 0,
        )  # fmt: skip
        assert not AccessNote.objects.exists()
        assert AccessEvent.objects.filter(kind="export").count() == 20

    def test_every_kind_of_file_counts(self, world, log_in, caplog, monkeypatch) -> None:
        monkeypatch.setattr("core.pdf.process.render", lambda html: b"%PDF-")
        client = log_in(world.case_worker)
        exported(world.case_worker, world.enrolment, times=19)
        assert client.post(address(world.enrolment, "pdf"), {"reason": "asked"}).status_code == 200
        assert fetch(client, world.enrolment).status_code == 429

    def test_two_users_dont_share_it(self, world, log_in) -> None:
        exported(world.coordinator, world.enrolment, times=20)
        assert fetch(log_in(world.case_worker), world.enrolment).status_code == 200

    def test_it_opens_again_when_the_hour_has_passed(self, world, log_in, caplog) -> None:
        client = log_in(world.case_worker)
        with time_machine.travel(NOW, tick=False) as clock:
            exported(world.case_worker, world.enrolment, times=20)
            clock.shift(timedelta(minutes=59, seconds=59))
            assert fetch(client, world.enrolment).status_code == 429
            clock.shift(timedelta(seconds=1))
            assert fetch(client, world.enrolment).status_code == 200

    def test_what_is_no_file_isnt_counted(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        for _ in range(25):
            log_access(user=world.case_worker, kind=AccessKind.READ, part="home")
        assert fetch(client, world.enrolment).status_code == 200

    def test_beyond_it_nothing_is_made(self, world, log_in, monkeypatch, caplog) -> None:
        exported(world.case_worker, world.enrolment, times=20)
        made = []
        monkeypatch.setattr("oversight.extract.views.extract_of", lambda *args: made.append(args))
        assert fetch(log_in(world.case_worker), world.enrolment).status_code == 429
        assert made == []

    def test_the_last_one_may_be_taken_while_the_file_is_made(self, world, log_in, monkeypatch, caplog) -> None:
        """Two requests at once: both were let in, and the log lets one of them out."""
        exported(world.case_worker, world.enrolment, times=19)

        def meanwhile(html):
            exported(world.case_worker, world.enrolment)
            return b"%PDF-"

        monkeypatch.setattr("core.pdf.process.render", meanwhile)
        answer = log_in(world.case_worker).post(address(world.enrolment, "pdf"), {"reason": "asked"})
        assert answer.status_code == 429
        assert b"%PDF-" not in answer.content
        assert (latest(world.case_worker).kind, latest(world.case_worker).subjects_count) == ("refused", 0)
        assert AccessEvent.objects.filter(kind="export").count() == 20

    def test_the_log_itself_takes_no_more_than_that(self, world) -> None:
        exported(world.case_worker, world.enrolment, times=20)
        with pytest.raises(TooManyExportsError):
            exported(world.case_worker, world.enrolment)
        assert broken_links(world.case_worker) == []

    def test_it_costs_one_question_by_its_own_index(self, world) -> None:
        exported(world.case_worker, world.enrolment, times=3)
        with CaptureQueriesContext(connection) as caught:
            exported(world.case_worker, world.enrolment)
        asked = [query["sql"] for query in caught if "LIMIT 20" in query["sql"]]
        assert len(asked) == 1
        if connection.vendor == "sqlite":
            # With the values bound as they are when the program asks, not written into the question.
            lately = AccessEvent.objects.filter(user=world.case_worker, kind=AccessKind.EXPORT, at__gt=timezone.now())
            assert "access_event_exports" in lately.order_by("-at").values_list("at", flat=True).explain()


class TestTheReviewer:
    def found(self, world):
        readings = readings_of(today().replace(day=1), world.log_reviewer)
        assess(readings, world.log_reviewer)
        return {(reading.user, reading.person): set(reading.risks) for reading in readings}

    def test_ten_files_in_a_day_are_noted_and_nine_are_not(self, world) -> None:
        key = (world.case_worker.pk, world.enrolment.participant.public_id)
        exported(world.case_worker, world.enrolment, times=9)
        assert self.found(world)[key] == set()
        exported(world.case_worker, world.enrolment)
        assert self.found(world)[key] == {LogRisk.MANY_FILES}

    def test_files_about_several_count_together_and_pages_that_were_only_read_are_not_noted(self, world) -> None:
        cases = [EnrolmentFactory(project=world.project) for _ in range(10)]
        for case in cases:
            CaseAssignmentFactory(enrolment=case, user=world.case_worker)
            exported(world.case_worker, case)
        log_access(
            user=world.case_worker,
            kind=AccessKind.READ,
            part="enrolment_detail",
            persons=[world.enrolment.participant.public_id],
        )
        exported(world.coordinator, world.enrolment)
        noted = {key for key, risks in self.found(world).items() if LogRisk.MANY_FILES in risks}
        assert noted == {(world.case_worker.pk, case.participant.public_id) for case in cases}

    def test_one_file_with_many_persons_is_one(self, world) -> None:
        persons = [EnrolmentFactory(project=world.project).participant.public_id for _ in range(12)]
        log_access(user=world.coordinator, kind=AccessKind.EXPORT, part="participant_list", persons=persons)
        assert {LogRisk.MANY_FILES} & set().union(*self.found(world).values()) == set()

    def test_the_sample_shows_the_file_rather_than_the_page_before_it(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        client.get(address(world.enrolment, ""))
        fetch(client, world.enrolment)
        review = draw_sample(month=today().replace(day=1), by=world.log_reviewer).store(by=world.log_reviewer)
        shown = log_in(world.log_reviewer).get(review.get_absolute_url()).content.decode()
        assert "Hämtade ut registerutdraget, ett av 2 tillfällen den dagen" in shown
        assert "Deltagaren har bett om det" in shown

    def test_a_burst_is_named_on_the_page(self, world, log_in) -> None:
        exported(world.case_worker, world.enrolment, times=10)
        review = draw_sample(month=timezone.localdate().replace(day=1), by=world.log_reviewer)
        shown = log_in(world.log_reviewer).get(review.store(by=world.log_reviewer).get_absolute_url())
        assert "Hämtade ut ovanligt många filer den dagen" in shown.content.decode()


class TestPlaces:
    """Two files at a time, one for each user; whoever comes third is told at once and stalls nobody."""

    def test_the_third_gets_a_page_that_sends_the_same_again(self, world, log_in, monkeypatch, caplog) -> None:
        monkeypatch.setattr("core.pdf.process.render", lambda html: b"%PDF-")
        client, pdf_address = log_in(world.case_worker), address(world.enrolment, "pdf")
        sent = {"reason": "other", "words": OWN_WORDS}
        with FILES.hold("somebody"), FILES.hold("somebody else"):
            page = client.post(pdf_address, sent)
        assert (page.status_code, page["Retry-After"]) == (503, "10")
        shown = page.content.decode()
        assert "två filer i taget" in shown
        for name, value in sent.items():
            assert f'name="{name}" value="{value}"' in shown
        assert not AccessEvent.objects.filter(kind="export").exists()
        assert client.post(pdf_address, sent).content == b"%PDF-"

    def test_nobody_makes_two_at_once(self, world, log_in, caplog) -> None:
        with FILES.hold(str(world.case_worker.pk)):
            page = fetch(log_in(world.case_worker), world.enrolment)
            assert fetch(log_in(world.coordinator), world.enrolment).status_code == 200
        assert page.status_code == 503
        assert "Din förra fil" in page.content.decode()

    def test_the_place_is_free_when_the_file_is_made_or_has_failed(self, world, log_in, monkeypatch) -> None:
        monkeypatch.setattr("core.pdf.process.render", _fail)
        client = log_in(world.case_worker)
        for _round in range(3):
            assert client.post(address(world.enrolment, "pdf"), {"reason": "asked"}).status_code == 302
            assert fetch(client, world.enrolment).status_code == 200


class TestFilesThatFail:
    def test_count_with_the_others_and_tell_of_nobody(self, world, log_in, monkeypatch) -> None:
        monkeypatch.setattr("core.pdf.process.render", _fail)
        client = log_in(world.case_worker)
        client.post(address(world.enrolment, "pdf"), {"reason": "asked"})
        event = AccessEvent.objects.get(user=world.case_worker, kind="export")
        assert (event.part, event.reason, event.subjects_count) == (
            "participant_extract_pdf", "Filen blev inte gjord", 0,
        )  # fmt: skip
        assert broken_links(world.case_worker) == []

    def test_twenty_failed_ones_are_all_that_there_is_room_for(self, world, log_in, monkeypatch, caplog) -> None:
        made = []
        monkeypatch.setattr("core.pdf.process.render", lambda html: made.append(html) or _fail(html))
        client = log_in(world.case_worker)
        answers = [client.post(address(world.enrolment, "pdf"), {"reason": "asked"}) for _ in range(21)]
        assert [answer.status_code for answer in answers] == [302] * 20 + [429]
        assert len(made) == 20


def _fail(html):
    raise PdfFailedError("It took too long.")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Slutrapport Vägar till arbete 2026-06-30", "Slutrapport Vägar till arbete 2026-06-30.pdf"),
        ('a/b\\c:"d"\n<e>?*|', "a b c d e.pdf"),
        ("..", ".pdf"),
        ("å" * 300, "å" * 100 + ".pdf"),
    ],
)
def test_a_file_is_named_in_words_that_every_system_takes(words, name):
    assert file_name(words, "pdf") == name
