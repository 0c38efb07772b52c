"""Registerutdrag and «Vem har läst om dig»: all of it, of one organisation, without other people."""

import io
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.db import connection
from django.db.models import DateField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import AccessKind
from accounts.log.access import log_access
from accounts.models import AccessEvent
from actionplans.enums import MeetingKind
from actionplans.models import Meeting, MeetingParagraph
from core.days.dates import today
from core.days.periods import Period
from core.enums import Category
from core.models import APART, TextBody
from core.privacy import personal_fields
from core.swedish.words import day
from oversight.extract.document import NO_GROUND, as_json, extract_of
from oversight.extract.rows import _DAYS_AFTER
from oversight.extract.words import in_extract, label_of
from oversight.log.has_read import NO_GROUND as NO_REASON
from oversight.log.has_read import readers_of
from oversight.log.words import said_by_apps
from participants.emergency.actions import open_in_emergency
from participants.enrolment.new import NewEnrolment
from participants.enums import CaseRole, ExitReason, ProtectionLevel, ReferralSource
from participants.models import Enrolment, Participant, PersonIdentity, Referral
from participants.referral.actions import ReferralRecord, receive_referral
from projects.enums import Role
from tests.guards import access_table
from tests.guards.crawl import _pdf_text
from tests.world.consent_rows import give, withdraw
from tests.world.factories import (
    CaseAssignmentFactory,
    EnrolmentFactory,
    MembershipFactory,
    PersonalNumberFactory,
    UserFactory,
)
from tests.world.factories.access import ConsentGrantFactory, EmergencyAccessFactory
from tests.world.factories.background import (
    AssessmentFactory,
    EmploymentPeriodFactory,
    PlacementPeriodFactory,
    SickListingFactory,
)
from tests.world.factories.plans import MeetingFactory
from tests.world.full_case import fill_case
from tests.world.pages import queries
from tests.world.worlds import member, model_project

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def filled(world):
    Enrolment.objects.filter(pk=world.enrolment.pk).update(exited_on=today(), exit_reason=ExitReason.WORK)
    world.enrolment.refresh_from_db()
    return fill_case(world.enrolment, world.case_worker)


def answer_of(world):
    return as_json(extract_of(Participant.objects.get(pk=world.enrolment.participant_id), world.ame, on=today()))


def fields_in(answer):
    """Model and field, with what the extract says of the first row."""
    return {
        (section["model"], name): cell
        for section in answer["registered"]
        for row in section["rows"][:1]
        for name, cell in row["fields"].items()
    }


def page(world, name="registerutdrag/"):
    return f"/deltagare/{world.enrolment.participant.public_id}/{name}"


def fetch(client, url):
    """Press the button for a file, with the commonest reason."""
    return client.post(url, {"reason": "asked"})


# --- All of it -------------------------------------------------------------------------------------------------------


def test_every_classified_field_of_every_model_is_in_the_extract(world, filled):
    """The registry is the inventory: what it names and the extract lacks is forgotten."""
    found = fields_in(answer_of(world))
    wanted = {(field.model.__name__, field.name) for field in personal_fields() if field.model not in APART}
    missing_rows = {field.model.__name__ for field in personal_fields()} - {
        type(row).__name__ for row in filled.values()
    }
    assert missing_rows == {model.__name__ for model in APART}, "a model that the test makes no row of"
    assert wanted - set(found) == set()
    assert len(wanted) > 110


def test_every_text_is_there_with_what_vouches_for_it(world, filled):
    found = fields_in(answer_of(world))
    texts = {key: cell["value"] for key, cell in found.items() if isinstance(cell["value"], dict)}
    assert {tuple(sorted(value)) for value in texts.values()} == {("digest", "salt", "text")}
    bodies = [
        (field.model.__name__, field.name)
        for field in personal_fields()
        if field.model._meta.get_field(field.name).related_model is TextBody
    ]
    masked = {("CriterionResult", "supervisor")}
    # An assignment that came with the case has no note; the one with a note stands after it.
    assert set(texts) | masked | {("CaseAssignment", "note")} == set(bodies)
    assert all(value["text"] for value in texts.values())


def test_the_values_are_those_of_the_rows(world, filled):
    found = fields_in(answer_of(world))
    assert found["PersonIdentity", "family_name"]["value"] == "Öberg"
    assert found["PersonalNumber", "value"]["value"] == "196205189829"
    assert found["SickListing", "percent"]["value"] == 50
    assert found["Exit", "reason"]["value"] == "Arbete"
    assert found["StepClock", "exit_reason"]["value"] == "Arbete"
    assert found["Meeting", "participant_present"]["value"] is True
    assert found["Meeting", "concerns_on"]["value"] == today().isoformat()
    assert found["MeetingParagraph", "author"]["value"] == "Hanna Handläggare, Vuxenenheten"
    assert found["MeetingParagraph", "body"]["value"]["text"] == "Vi talade om lagret"


def test_every_classified_field_and_model_has_swedish_words():
    fields = [field for field in personal_fields() if field.model not in APART]
    assert {field.model for field in fields if in_extract(field.model).title == field.model.__name__} == set()
    assert [(field.model, field.name) for field in fields if label_of(field.model, field.name) is None] == []


def test_every_address_and_every_action_has_public_words():
    account = {row["address"] for row in access_table.rows(access_table.ACCOUNT_PAGES, access_table.PUBLIC_PAGES)}
    addresses = {name for name, _ in access_table.addresses()} - account
    assert len(addresses) > 30
    assert addresses - set(said_by_apps("PARTS")) == set()
    sources = [path.read_text() for path in ROOT.glob("[a-z]*/**/*.py") if "tests" not in path.parts]
    actions = {part for said in sources for part in re.findall(r'log_change\([^)]*part="(\w+)"', said)}
    assert len(actions) > 15
    assert actions - set(said_by_apps("PARTS")) == set()


def test_what_was_corrected_is_there_too(world, filled):
    MeetingParagraph.objects.update(superseded_at=timezone.now())
    sections = {section["model"]: section["rows"] for section in answer_of(world)["registered"]}
    (note,) = sections["MeetingParagraph"]
    assert note["replaced"]
    assert "Hanna Handläggare" in note["written"]


def test_a_wrongly_registered_enrolment_and_another_projects_are_there(world, filled):
    EnrolmentFactory(project=world.project, owner=world.ame, participant=world.enrolment.participant, is_void=True)
    sections = {section["model"]: section["rows"] for section in answer_of(world)["registered"]}
    assert len(sections["Enrolment"]) == 2


def test_a_period_says_its_last_day_and_not_the_day_after(world):
    days = Period(date(2026, 2, 1), date(2026, 10, 2))
    common = {"enrolment": world.enrolment, "recorded_by": world.case_worker}
    for factory in (EmploymentPeriodFactory, SickListingFactory, PlacementPeriodFactory):
        factory(concerns_on=days.first, until=days.until, **common)
    CaseAssignmentFactory(enrolment=world.enrolment, user=UserFactory(), valid_from=days.first, valid_until=days.until)
    # A role that was taken back on its first day holds no other.
    CaseAssignmentFactory(enrolment=world.enrolment, user=UserFactory(), valid_from=days.first, valid_until=days.first)
    PersonalNumberFactory(participant=world.enrolment.participant, valid_until=days.until)
    told = {}
    for section in answer_of(world)["registered"]:
        for row in section["rows"]:
            for name in ("until", "valid_until"):
                if (cell := row["fields"].get(name)) and cell["value"]:
                    told.setdefault(section["model"], []).append((cell["label"], cell["value"], cell["text"]))
    last = ("Till och med", "2026-10-02", day(days.last))
    assert told == {
        "CaseAssignment": [last, ("Till och med", "2026-02-01", day(days.first))],
        **{kind: [last] for kind in ("EmploymentPeriod", "SickListing", "PlacementPeriod", "PersonalNumber")},
    }


def test_every_day_after_a_period_is_known_to_the_extract():
    columns = [field.model._meta.get_field(field.name) for field in personal_fields()]
    days = [column for column in columns if type(column) is DateField and column.name.endswith("until")]
    assert {field.name for field in days} <= _DAYS_AFTER
    assert {label_of(field.model, field.name) for field in days} == {"Till och med"}
    assert len(days) >= 5


# --- Of that organisation, about that person -------------------------------------------------------------------------


def test_other_organisations_facts_and_other_persons_are_left_out(world, filled):
    fill_case(world.af_enrolment, world.af_case_worker)
    other = EnrolmentFactory(project=world.project, family_name="Annansson")
    MeetingFactory(enrolment=other, owner=world.ame)
    MeetingFactory(enrolment=world.enrolment, owner=world.af)
    answer = answer_of(world)
    sections = {section["model"]: section["rows"] for section in answer["registered"]}
    assert len(sections["Meeting"]) == 1
    assert len(sections["Participant"]) == 1
    said = json.dumps(answer, ensure_ascii=False)
    assert "Annansson" not in said
    assert "Främmande" not in said


@pytest.fixture
def known_elsewhere(world):
    """The same number in another organisation's case, in which both have written."""
    PersonalNumberFactory(participant=world.enrolment.participant)
    PersonalNumberFactory(participant=world.af_enrolment.participant)
    for owner in (world.ame, world.af):
        MeetingFactory(enrolment=world.af_enrolment, owner=owner)
    return world.af_enrolment


def test_what_it_wrote_in_anothers_case_is_its_own_where_a_consent_says_who_it_is(world, known_elsewhere, log_in):
    given = give(known_elsewhere, [world.ame], [Category.IDENTITY, Category.PLAN], by=world.af_case_worker)
    sections = {section["model"]: section["rows"] for section in answer_of(world)["registered"]}
    assert len(sections["Meeting"]) == 1
    assert len(sections["PersonIdentity"]) == 1
    fetch(log_in(world.case_worker), page(world, "registerutdrag.json"))
    persons = AccessEvent.objects.filter(kind="export").latest("pk").subjects.values_list("person", flat=True)
    assert set(persons) == {world.enrolment.participant.public_id, known_elsewhere.participant.public_id}
    withdraw(given, Category.IDENTITY)
    sections = {section["model"]: section["rows"] for section in answer_of(world)["registered"]}
    assert sections["Meeting"] == []


def test_a_number_that_somebody_tries_does_not_tell_whose_an_alias_is(world, known_elsewhere):
    give(known_elsewhere, [world.ame], [Category.PLAN], by=world.af_case_worker)
    sections = {section["model"]: section["rows"] for section in answer_of(world)["registered"]}
    assert sections["Meeting"] == []


def test_purposes_grounds_sources_and_recipients(world, filled):
    answer = answer_of(world)
    assert answer["purposes"][0].startswith("Vägar till arbete")
    assert "Uppgift av allmänt intresse" in answer["legal_grounds"][0]
    assert "Socialtjänsten" in answer["sources"]
    by_consent, supervisor = answer["recipients"]
    for said in ("Arbetsförmedlingen fick läsa handlingsplan och delmål", "återkallat", "Ändamålet praktik"):
        assert said in by_consent
    for said in ("Hanna Handläggare, Vuxenenheten, är handledare på Köket på Solgården", "namn och veckoschema"):
        assert said in supervisor


@pytest.mark.parametrize(("first", "last", "said"), [(-9, -1, "fick läsa"), (0, 9, "får läsa"), (3, 9, "ska få läsa")])
def test_recipients_are_told_in_the_tense_of_today(world, first, last, said):
    days = {"valid_from": today() + timedelta(days=first), "valid_through": today() + timedelta(days=last)}
    give(world.enrolment, [world.af], [Category.PLAN], by=world.case_worker, **days)
    (recipient,) = answer_of(world)["recipients"]
    assert recipient.startswith(f"Arbetsförmedlingen {said} handlingsplan")


def test_without_ground_and_consent_the_extract_says_so(world, log_in):
    assert answer_of(world)["legal_grounds"] == [NO_GROUND]
    assert "Inget samtycke är lämnat." in log_in(world.case_worker).get(page(world)).content.decode()


# --- Other people ----------------------------------------------------------------------------------------------------


def note_of(world, said):
    AssessmentFactory(enrolment=world.enrolment, summary=said)
    sections = {section["model"]: section["rows"] for section in answer_of(world)["registered"]}
    return sections["Assessment"][-1]["fields"]["summary"]["value"]["text"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Träffade Karl Karlsson i dag.", "Träffade annan person i dag."),
        ("Karlsson, Karl kom inte.", "annan person kom inte."),
        ("Bor hos Karl Karlssons syster.", "Bor hos annan persons syster."),
        ("Ringde KARL KARLSSON.", "Ringde KARL KARLSSON."),
        ("Nils af Ugglas var med.", "annan person var med."),
        ("Nummer 19790214-2327 och 790214-2327.", "Nummer [annat personnummer] och [annat personnummer]."),
        ("Eget nummer 19620518-9829.", "Eget nummer 19620518-9829."),
        ("Åsa Öberg och Hanna Handläggare.", "Åsa Öberg och Hanna Handläggare."),
        ("Karlsson är ett vanligt namn.", "Karlsson är ett vanligt namn."),
    ],
)
def test_other_participants_names_and_numbers_are_hidden_in_texts(world, said, shown):
    PersonalNumberFactory(participant=world.enrolment.participant)
    EnrolmentFactory(project=world.project, given_name="Karl", family_name="Karlsson")
    EnrolmentFactory(project=world.project, given_name="Nils", family_name="af Ugglas")
    assert note_of(world, said) == shown


def test_a_protected_persons_name_is_hidden_too(world):
    hidden = EnrolmentFactory(project=world.project, given_name="Hemma", family_name="Hemlig")
    Participant.objects.filter(pk=hidden.participant_id).update(protection=ProtectionLevel.ASSUMED_IDENTITY)
    assert note_of(world, "Med Hemma Hemlig.") == "Med annan person."


def test_those_at_a_meeting_without_an_account_and_supervisors_are_not_named(world, filled):
    assert note_of(world, "Gudrun Granne sa ja.") == "annan person sa ja."
    said = json.dumps(answer_of(world), ensure_ascii=False)
    assert "Gudrun" not in said
    assert "Hilda" not in said


def test_others_are_hidden_in_the_reason_of_an_emergency_too(world):
    EnrolmentFactory(project=world.project, given_name="Karl", family_name="Karlsson")
    kim = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    open_in_emergency(enrolment=world.enrolment, reason="Karl Karlsson ringde och var orolig", home="x", by=kim)
    (day,) = answer_of(world)["readers"]
    assert (day["what"], day["why"]) == (
        ["Öppnade ärendet i nödläge"], "Nödöppning: annan person ringde och var orolig",
    )  # fmt: skip


# --- Pages and files -------------------------------------------------------------------------------------------------


def test_the_file_holds_what_the_page_promises_and_is_logged_as_handed_out(world, filled, log_in):
    client = log_in(world.case_worker)
    shown = client.get(page(world)).content.decode()
    for said in ("Registerutdrag", "Anteckningar från möten", "Uppgift av allmänt intresse"):
        assert said in shown
    response = fetch(client, page(world, "registerutdrag.json"))
    assert response["Content-Disposition"] == f'attachment; filename="Registerutdrag {today().isoformat()}.json"'
    assert fields_in(json.loads(response.content))["Assessment", "summary"]["value"]["text"]
    event = AccessEvent.objects.filter(user=world.case_worker).latest("number")
    assert (event.kind, event.part, event.subjects_count) == ("export", "participant_extract_json", 1)
    assert event.reason == "Deltagaren har bett om det"


def test_the_document_says_all_in_words_and_is_tagged(world, filled, log_in):
    response = fetch(log_in(world.case_worker), page(world, "registerutdrag.pdf"))
    assert response["Content-Type"] == "application/pdf"
    said = " ".join(_pdf_text(response.content).split())
    for phrase in ("Åsa Öberg", "196205189829", "Vi talade om lagret", "Praktik på lager", "Vem som har läst om dig"):
        assert phrase in said
    assert "oberg" not in said
    assert "Gudrun" not in said
    with pikepdf.open(io.BytesIO(response.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "sv"
    event = AccessEvent.objects.filter(user=world.case_worker).latest("number")
    assert (event.kind, event.part) == ("export", "participant_extract_pdf")


def test_every_text_of_the_person_is_on_paper(world, filled, log_in):
    said = "".join(_pdf_text(fetch(log_in(world.case_worker), page(world, "registerutdrag.pdf")).content).split())
    found = fields_in(answer_of(world))
    left_out = ("search_key", "sort_key", "participant", "plan", "milestone", "newcomer")
    told = {key: cell["text"] for key, cell in found.items() if key[0] != "NamePart"}
    texts = [text for (_, name), text in told.items() if text and name not in left_out]
    assert len(texts) > 80
    assert [written for written in texts if "".join(written.split()) not in said] == []
    # What searches are answered by is made of the name, and stands in the file alone.
    assert "Delaravnamnet" not in said
    assert ("NamePart", "part") in found


@pytest.mark.parametrize("name", ["registerutdrag/", "registerutdrag.pdf", "registerutdrag.json", "vem-har-last/"])
def test_only_those_who_work_with_the_case_hand_it_out(world, log_in, name, caplog):
    url, ask = page(world, name), fetch if "." in name else Client.get
    for user in (world.case_worker, world.coordinator):
        assert ask(log_in(user), url).status_code == 200
    colleague = UserFactory(organisation=world.ame)
    for user in (colleague, world.af_case_worker, world.af_coordinator, world.project_leader, world.administrator):
        assert ask(log_in(user), url).status_code == 404


def test_a_case_that_is_only_open_in_an_emergency_is_not_handed_out(world, log_in, caplog):
    EmergencyAccessFactory(enrolment=world.unassigned, user=world.case_worker)
    client = log_in(world.case_worker)
    assert client.get(f"/inskrivningar/{world.unassigned.public_id}/").status_code == 200
    path = f"/deltagare/{world.unassigned.participant.public_id}/registerutdrag.json"
    assert fetch(client, path).status_code == 403


def test_another_organisation_does_not_hand_out_what_it_may_read(world, log_in, caplog):
    CaseAssignmentFactory(enrolment=world.enrolment, user=world.af_case_worker, role=CaseRole.CONTACT)
    ConsentGrantFactory(consent__enrolment=world.enrolment, organisation=world.af)
    client = log_in(world.af_case_worker)
    assert client.get(f"/deltagare/{world.enrolment.participant.public_id}/").status_code == 200
    assert fetch(client, page(world, "registerutdrag.json")).status_code == 403


class TestSeveralCases:
    """The extract holds all of them, so one's own case opens no others."""

    FILES = ("registerutdrag.pdf", "registerutdrag.json")

    @pytest.fixture
    def kim(self, world):
        """A case worker of another project, who has enrolled the same person there."""
        elsewhere = model_project(host=world.ame, name="Annat", register_number="P2")
        kim = member(elsewhere, world.ame, Role.CASE_WORKER, "Kim Kollega")
        case = EnrolmentFactory(project=elsewhere, participant=world.enrolment.participant, owner=world.ame)
        CaseAssignmentFactory(enrolment=case, user=kim)
        return kim

    @pytest.mark.parametrize("name", ["registerutdrag/", "vem-har-last/"])
    def test_who_works_with_one_of_them_is_told_that_there_are_more(self, world, log_in, kim, name):
        note_of(world, "Hannas anteckning")
        for user in (kim, world.case_worker, world.coordinator):
            shown = log_in(user).get(page(world, name)).content.decode()
            assert "har fler ärenden hos Vuxenenheten" in shown
            assert "Ingen samordnare har alla ärendena." in shown
            assert "Hämta som" not in shown
            assert [fetch(log_in(user), page(world, ending)).status_code for ending in self.FILES] == [403, 403]

    def test_a_coordinator_of_all_the_projects_hands_out_and_is_named(self, world, log_in, kim):
        MembershipFactory(user=world.coordinator, project=kim.memberships.get().project, role=Role.COORDINATOR)
        assert "Be Samira Samordnare om det." in log_in(kim).get(page(world)).content.decode()
        client = log_in(world.coordinator)
        assert [fetch(client, page(world, ending)).status_code for ending in self.FILES] == [200, 200]

    def test_who_is_assigned_in_all_of_them_hands_out(self, world, log_in, kim):
        MembershipFactory(user=kim, project=world.project)
        CaseAssignmentFactory(enrolment=world.enrolment, user=kim, role=CaseRole.SUBSTITUTE)
        assert fetch(log_in(kim), page(world, "registerutdrag.json")).status_code == 200

    def test_a_coordinator_hands_out_nobody_protected_without_being_named_in_all(self, world, log_in, kim, caplog):
        MembershipFactory(user=world.coordinator, project=kim.memberships.get().project, role=Role.COORDINATOR)
        CaseAssignmentFactory(enrolment=world.enrolment, user=world.coordinator, role=CaseRole.SUBSTITUTE)
        Participant.objects.filter(pk=world.enrolment.participant_id).update(protection="confidentiality_mark")
        assert "Ingen samordnare har alla" in log_in(world.coordinator).get(page(world)).content.decode()
        assert fetch(log_in(world.coordinator), page(world, "registerutdrag.json")).status_code == 403

    def test_one_that_was_registered_wrongly_is_one_of_them(self, world, log_in, kim):
        """What was written there may be about somebody else, and isn't for whoever works with the other one."""
        Enrolment.objects.filter(project=kim.memberships.get().project).update(is_void=True)
        assert fetch(log_in(world.case_worker), page(world, "registerutdrag.json")).status_code == 403
        assert "Någon annan" in log_in(world.case_worker).get(page(world)).content.decode()


# --- Who has read ----------------------------------------------------------------------------------------------------


def read(user, enrolment, part="enrolment_detail", kind=AccessKind.READ, reason=""):
    log_access(user=user, kind=kind, part=part, persons=[enrolment.participant.public_id], reason=reason)


def test_the_list_says_who_when_what_and_why_in_public_words(world, log_in):
    read(world.case_worker, world.enrolment)
    read(world.case_worker, world.enrolment, part="plan_edit", kind=AccessKind.CHANGE)
    read(world.af_case_worker, world.enrolment, part="meeting_detail")
    shown = log_in(world.coordinator).get(page(world, "vem-har-last/")).content.decode()
    for said in (
        "Hanna Handläggare</b>, Vuxenenheten",
        "Läste deltagarens sida, ändrade handlingsplanen",
        "Varför: Ansvarig för ärendet",
        "Alva Arbetsförmedlare</b>, Arbetsförmedlingen",
        "Läste anteckningar från ett möte",
        f"Varför: {NO_REASON}",
    ):
        assert said in shown
    assert "enrolment_detail" not in shown


def test_a_contact_who_reads_by_consent_is_said_to(world):
    CaseAssignmentFactory(enrolment=world.enrolment, user=world.af_case_worker, role=CaseRole.CONTACT)
    ConsentGrantFactory(consent__enrolment=world.enrolment, organisation=world.af)
    read(world.af_case_worker, world.enrolment)
    (day,) = readers_of(world.enrolment.participant.public_id)
    assert [reader.why for reader in day.readers] == ["Kontakt i ärendet, med samtycke"]


def test_days_come_latest_first_and_each_reader_stands_once_a_day(world, monkeypatch):
    now = timezone.now()
    for days in (2, 1, 0):
        monkeypatch.setattr("accounts.log.access.timezone.now", lambda days=days: now - timedelta(days=days))
        for _ in range(3):
            read(world.case_worker, world.enrolment)
    found = readers_of(world.enrolment.participant.public_id)
    assert [day_read.on for day_read in found] == sorted((day_read.on for day_read in found), reverse=True)
    assert [len(day_read.readers) for day_read in found] == [1, 1, 1]


def test_on_paper_the_earlier_days_are_summed_up(world, monkeypatch):
    # At an hour that lies on one day in Sweden, summer and winter.
    now = timezone.now().replace(hour=0)
    for days in range(204, -1, -1):
        monkeypatch.setattr("accounts.log.access.timezone.now", lambda days=days: now - timedelta(days=days))
        read(world.case_worker, world.enrolment)
    monkeypatch.undo()
    extract = extract_of(world.enrolment.participant, world.ame, on=today())
    assert len(extract.days) == len(as_json(extract)["readers"]) == 205
    assert len(extract.latest_days) == 200
    (line,) = extract.earlier
    assert line.replace("\N{NO-BREAK SPACE}", " ").startswith("Hanna Handläggare, Vuxenenheten: 5 dagar, från ")


def test_other_peoples_lines_are_not_in_the_list(world):
    read(world.case_worker, world.unassigned)
    assert readers_of(world.enrolment.participant.public_id) == []


def test_the_reader_of_the_list_is_in_it_the_next_time(world, log_in):
    client = log_in(world.case_worker)
    assert "Ingen har läst något än" in client.get(page(world, "vem-har-last/")).content.decode()
    assert "Läste vem som har läst" in client.get(page(world, "vem-har-last/")).content.decode()


# --- Cost ------------------------------------------------------------------------------------------------------------


def grow(world, count):
    common = {"owner": world.ame, "recorded_by": world.case_worker, "concerns_on": today()}
    bodies = TextBody.objects.create_all([f"Möte {n}: vi talade om Praktik och Vägen dit." * 5 for n in range(count)])
    meetings = Meeting.objects.bulk_create(
        Meeting(enrolment=world.enrolment, project=world.project, kind=MeetingKind.FOLLOW_UP, **common)
        for _ in range(count)
    )
    MeetingParagraph.objects.bulk_create(
        MeetingParagraph(enrolment=world.enrolment, meeting=meeting, author=world.case_worker, body=body, **common)
        for meeting, body in zip(meetings, bodies, strict=True)
    )
    for _ in range(count):
        read(world.case_worker, world.enrolment)


def test_the_pages_ask_as_much_for_a_small_case_as_for_a_large_one(world, filled, log_in):
    client = log_in(world.case_worker)
    names = ("registerutdrag/", "vem-har-last/")
    grow(world, 1)
    few = [queries(client, page(world, name)) for name in names]
    grow(world, 30)
    assert [queries(client, page(world, name)) for name in names] == few
    assert few[1] <= 20
    with CaptureQueriesContext(connection) as caught:
        fetch(client, page(world, "registerutdrag.json"))
    # One for each model that holds something about a person, and a dozen more.
    assert len(caught) <= 90


def test_a_big_case_is_handed_out_whole(world, filled, log_in):
    """Five years of meetings every week, and a reading at each. How long the PDF takes is for `make bench`."""
    grow(world, 260)
    said = fetch(log_in(world.case_worker), page(world, "registerutdrag.json")).content.decode()
    assert [number for number in range(260) if f"Möte {number}: vi talade" not in said] == []


def test_the_names_are_stored_as_they_were(world, filled, log_in):
    """Masking changes what is handed out, never what is kept."""
    before = set(TextBody.objects.values_list("text", flat=True))
    fetch(log_in(world.case_worker), page(world, "registerutdrag.json"))
    assert set(TextBody.objects.values_list("text", flat=True)) == before
    assert PersonIdentity.objects.filter(family_name="Öberg").exists()


# --- Somebody who only waits ------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(world) -> Referral:
    """Somebody who was referred today."""
    record = ReferralRecord(source=ReferralSource.SOCIAL_SERVICES, referred_on=today(), reason="Vill prova kök.")
    person = NewEnrolment(enrolled_on=today(), given_name="Omid", family_name="Haddad")
    return receive_referral(record=record, person=person, project=world.project, owner=world.ame, by=world.coordinator)


def test_somebody_who_only_waits_gets_all_too(world, waiting, log_in):
    client, address = log_in(world.coordinator), f"/deltagare/{waiting.participant.public_id}/"
    assert f'href="{address}registerutdrag/"' in client.get(waiting.get_absolute_url()).content.decode()
    html = client.get(address + "registerutdrag/").content.decode()
    assert "Omid Haddad" in html
    assert waiting.get_absolute_url() in html
    assert "Vill prova kök." in fetch(client, address + "registerutdrag.json").content.decode()
    assert client.get(address + "vem-har-last/").status_code == 200
    read = AccessEvent.objects.filter(subjects__person=waiting.participant.public_id, user=world.coordinator)
    assert {"participant_extract", "participant_extract_json", "participant_readers"} <= set(
        read.values_list("part", flat=True)
    )


def test_others_than_who_receives_it_get_nothing_of_who_waits(world, waiting, log_in):
    for user in (world.case_worker, world.project_leader, world.af_case_worker):
        for name in ("registerutdrag/", "vem-har-last/"):
            answer = log_in(user).get(f"/deltagare/{waiting.participant.public_id}/{name}")
            assert answer.status_code == 404, (user, name)


def test_who_waits_and_has_a_case_beyond_the_user_s_is_handed_out_by_others(world, waiting, log_in):
    project = model_project(name="Annat projekt", register_number="PROV-9", host=world.ame)
    EnrolmentFactory(participant=waiting.participant, project=project)
    address = f"/deltagare/{waiting.participant.public_id}/registerutdrag"
    client = log_in(world.coordinator)
    assert "Vill prova kök." not in client.get(address + "/").content.decode()
    assert fetch(client, address + ".json").status_code == 403
