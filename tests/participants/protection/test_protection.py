"""Protected identity: after the flag is set, nothing here tells who the person is."""

import io
import logging
import subprocess
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from accounts.models import AccessEvent
from actionplans.enums import MeetingKind
from actionplans.meetings.actions import MeetingRecord, log_meeting
from actionplans.models import MeetingParty
from actionplans.plans.actions import MilestoneRecord, PlanRecord, save_plan
from actionplans.register.actions import import_register
from actionplans.register.plan import plan_import
from actionplans.weeks.entries import Week
from core.days.dates import today
from core.facts import digest
from core.models import Draft, TextBody
from core.swedish.personal_numbers import parse
from participants.assessment.actions import record_assessment
from participants.assignment.actions import assign_case
from participants.enrolment.enrol import enrol_participant
from participants.enrolment.new import NewEnrolment
from participants.enums import CaseRole, ExitReason, ProtectionLevel, Sex
from participants.exits.actions import end_enrolment
from participants.models import (
    CaseAssignment,
    Enrolment,
    Participant,
    PersonalNumber,
    PersonIdentity,
    TextToCheck,
)
from participants.protection.actions import protect_participant, reapply_protection
from participants.scope.scope import Scope
from projects.enums import Role
from reports.models import Report, ReportSection
from tests.actionplans.register.builders import register_file
from tests.guards import access_table
from tests.world.canary import rows_with
from tests.world.case_rows import assign_contact, meeting_by
from tests.world.factories import (
    CaseAssignmentFactory,
    EnrolmentFactory,
    MembershipFactory,
    PersonalNumberFactory,
)
from tests.world.factories.plans import ImportBatchFactory
from tests.world.pages import faults, shown, submit
from tests.world.worlds import member

MARK = ProtectionLevel.CONFIDENTIALITY_MARK
NUMBER = "196205189829"
# Files about one person: the answer to a form with a reason. The coordinator doesn't see the case.
FILES = ("participant_extract_pdf", "participant_extract_json")
CANARIES = ["Kanariefågel", "Åsalill", NUMBER, "620518-9829", "19620518", "1962-05-18", "070-1234567", "0701234567"]
CANARIES += ["kanarie@example.org", "kanariefagel"]
KEPT = {"is_kept": "on", "level": MARK}


@pytest.fixture
def case(world) -> Enrolment:
    """Somebody with a text in everything that holds texts, and the name in each of them."""
    by = world.case_worker
    number = parse(NUMBER, on=today())
    new = NewEnrolment(
        given_name="Åsalill",
        family_name="Kanariefågel",
        number=number,
        sex=Sex.FEMALE,
        phone="070-1234567",
        email="kanarie@example.org",
        enrolled_on=today() - timedelta(days=40),
        note="Kanariefågel, Åsalill",
    )
    enrolment = enrol_participant(new=new, project=world.project, owner=world.ame, responsible=by, by=by)
    record_assessment(enrolment=enrolment, completed_on=today(), summary="Åsalill trivs. Ring 0701234567.", by=by)
    plan = PlanRecord(
        valid_on=today(),
        main_activity="Kanariefågel på Byggeriet",
        week=Week.of("Måndag 9.00–12.00 · Åsalill bakar · Hos Åsalill"),
        next_follow_up_on=today() + timedelta(days=30),
        milestones=[MilestoneRecord(text="Åsalill ringer", due_on=today())],
    )
    save_plan(enrolment=enrolment, record=plan, based_on=0, by=by)
    record = MeetingRecord(
        kind=MeetingKind.FOLLOW_UP,
        held_on=today(),
        text="Träffade Åsalill Kanariefågel (620518-9829), kanarie@example.org.",
        users=[by],
        others=["Åsalill Kanariefågel"],
    )
    log_meeting(enrolment=enrolment, record=record, by=by)
    return enrolment


def protect(case: Enrolment, by, **more) -> int:
    return protect_participant(level=MARK, case=case, by=by, **more)


def texts_page(case: Enrolment) -> str:
    return reverse("enrolment_texts", args=[case.public_id])


def ticked(client, case: Enrolment, *numbers: int) -> dict:
    """The page of texts as it is sent with some of all its places ticked."""
    form = client.get(texts_page(case)).context["form"]
    places = [place.value for group in form.groups() for place in group]
    return {**shown(form), "places": [places[number] for number in numbers]}


def page(case: Enrolment) -> str:
    return reverse("participant_protect", args=[case.participant.public_id])


class TestNothingIsLeft:
    def test_not_in_any_table_session_or_mail(self, world, case, log_in) -> None:
        client = log_in(world.coordinator)
        client.post("/deltagare/", {"q": "kanariefågel"})
        other = log_in(world.case_worker)
        other.post("/deltagare/", {"q": "620518-9829"})
        Draft.objects.create(author=world.case_worker, form="x", subject=case.public_id, data={"a": "b"})
        about_another = {"subject": world.enrolment.public_id, "data": {"a": ["Åsalill"]}}
        Draft.objects.create(author=world.coordinator, form="y", **about_another)
        content = "En rad om Kanariefågel".encode()
        ImportBatchFactory(project=world.project, content=content, created_by=world.coordinator)
        assert len(rows_with(CANARIES)) > 8
        data = {"responsible": str(world.case_worker.public_id), **KEPT}
        assert submit(client, page(case), **data).status_code == 302
        assert rows_with(CANARIES) == []
        assert mail.outbox == []

    def test_what_is_left_in_other_peoples_texts_is_what_tells_nothing(self, world, case) -> None:
        summary = "Ringde 070 123 45 67 om Åsalill Kanariefågel. Åsalill är nog en annan."
        record_assessment(enrolment=world.enrolment, completed_on=today(), summary=summary, by=world.case_worker)
        protect(case, world.case_worker)
        said = world.enrolment.assessments.get().summary.text
        alias = case.participant.alias
        assert said == f"Ringde {alias} om {alias}. Åsalill är nog en annan."

    def test_a_name_that_two_have_is_left_in_texts_about_others(self, world, case) -> None:
        EnrolmentFactory(project=world.project, given_name="Åsalill", family_name="Kanariefågel")
        text = "Pratade med Åsalill Kanariefågel."
        record_assessment(enrolment=world.enrolment, completed_on=today(), summary=text, by=world.case_worker)
        protect(case, world.case_worker)
        assert world.enrolment.assessments.get().summary.text == text

    def test_another_organisations_texts_about_others_are_theirs(self, world, case) -> None:
        text = "Åsalill Kanariefågel 620518-9829"
        record_assessment(enrolment=world.af_enrolment, completed_on=today(), summary=text, by=world.af_case_worker)
        protect(case, world.case_worker)
        assert world.af_enrolment.assessments.get().summary.text == text

    def test_every_page_for_everybody_is_free_of_it(self, world, case, log_in, caplog) -> None:
        caplog.set_level(logging.DEBUG)
        protect(case, world.case_worker)
        ids = {"participant": case.participant.public_id, "enrolment": case.public_id}
        ids |= {"meeting": case.meetings.get().public_id, "note": case.paragraphs.get().public_id}
        told, seen, files = CANARIES[:-1], 0, 0
        for user in (world.case_worker, world.coordinator, world.project_leader, world.steering, world.administrator):
            client = log_in(user)
            for row in access_table.rows(access_table.CASE_PAGES, access_table.PROJECT_PAGES):
                is_file = row["address"] in FILES
                if row["method"] == ("POST" if is_file else "GET") and row.get("id of", "participant") in ids:
                    path = reverse(row["address"], args=[ids[row["id of"]]] if "id of" in row else [])
                    query = {**access_table.QUERIES.get(row["address"], {}), "visa": "alla"}
                    answer = client.post(path, {"reason": "asked"}) if is_file else client.get(path, query)
                    files += is_file and "Content-Disposition" in answer.headers
                    seen += answer.status_code == 200
                    said = _said(answer)
                    assert [text for text in told if text in said] == [], (user, row["address"])
        assert seen > 20
        assert files == len(FILES)
        logged = " ".join(str(record.__dict__) for record in caplog.records)
        assert [canary for canary in CANARIES if canary in logged] == []

    def test_it_isnt_found_by_search(self, world, case, log_in) -> None:
        protect(case, world.case_worker)
        client = log_in(world.case_worker)
        for text in ("kanariefågel", "Åsalill", "620518-9829", "1962"):
            sent = client.post("/deltagare/", {"q": text, "visa": "alla"})
            assert str(case.public_id) not in client.get(sent["Location"]).content.decode()
        assert str(case.public_id) in client.get("/deltagare/").content.decode()

    def test_a_registerutdrag_says_that_the_identity_is_kept_elsewhere(self, world, case, log_in) -> None:
        client, url = log_in(world.case_worker), reverse("participant_extract", args=[case.participant.public_id])
        said = "De står bara i den akt som Vuxenenheten har"
        assert said not in client.get(url).content.decode()
        protect(case, world.case_worker)
        assert said in client.get(url).content.decode()

    def test_reports_hold_no_persons(self) -> None:
        """Their columns are figures' days and what the project leader writes; nothing points at anybody."""
        about = {"Participant", "Enrolment", "TextBody", "PersonIdentity"}
        for model in (Report, ReportSection):
            parents = {field.related_model.__name__ for field in model._meta.fields if field.is_relation}
            assert parents & about == set()


def _said(answer) -> str:
    headers = " ".join(answer.headers.values())
    if answer.headers.get("Content-Type") == "application/pdf":
        ran = subprocess.run(["pdftotext", "-", "-"], input=answer.content, capture_output=True, check=True)
        return headers + ran.stdout.decode()
    return headers + answer.content.decode()


class TestWhatIsWritten:
    def test_texts_vouch_for_their_new_words_alone(self, world, case) -> None:
        body = case.assessments.get().summary
        old = (body.salt, body.digest)
        protect(case, world.case_worker)
        body.refresh_from_db()
        alias = case.participant.alias
        assert body.text == f"{alias} trivs. Ring {alias}."
        assert body.digest == digest(body.text, body.salt)
        assert (body.salt, body.digest)[0] != old[0]
        assert body.digest != digest("Åsalill trivs. Ring 0701234567.", body.salt)
        assert MeetingParty.objects.get(meeting__enrolment=case, user=None).name == alias

    def test_steps_days_and_figures_stay(self, world, case) -> None:
        before = Enrolment.objects.values("enrolled_on", "assessed_on", "planned_on", "source").get(pk=case.pk)
        protect(case, world.case_worker)
        after = Enrolment.objects.values("enrolled_on", "assessed_on", "planned_on", "source").get(pk=case.pk)
        assert after == before
        assert Participant.objects.get(pk=case.participant_id).sex == "female"

    def test_it_is_in_the_log_and_all_or_nothing(self, world, case, monkeypatch) -> None:
        monkeypatch.setattr("participants.protection.actions.log_change", _broken)
        with pytest.raises(RuntimeError):
            protect(case, world.case_worker)
        assert PersonIdentity.objects.get(pk=case.participant_id).family_name == "Kanariefågel"
        assert PersonalNumber.objects.filter(value=NUMBER).exists()
        monkeypatch.undo()
        protect(case, world.case_worker)
        event = AccessEvent.objects.filter(user=world.case_worker).latest("number")
        assert (event.part, [subject.person for subject in event.subjects.all()]) == (
            "participant_protect",
            [case.participant.public_id],
        )

    def test_an_imported_row_is_still_known_as_imported(self, world) -> None:
        content = register_file({"Efternamn": "Kanariefågel", "Personnr": NUMBER, "Inskriven": date(2026, 1, 28)})
        where = {"project": world.project, "organisation": world.ame}
        plan = plan_import(content=content, scope=Scope.of(world.coordinator, today()), **where)
        import_register(plan=plan, responsible=world.case_worker, by=world.coordinator, **where)
        made = Enrolment.objects.latest("pk")
        protect(made, world.coordinator)
        again = plan_import(content=content, scope=Scope.of(world.coordinator, today()), **where)
        assert again.counts == {"imported": 0, "unchanged": 1, "counted_only": 0, "refused": 0}

    def test_a_name_cant_be_written_back(self, world, case, log_in) -> None:
        protect(case, world.case_worker)
        person = Participant.objects.get(pk=case.participant_id)
        PersonIdentity(participant=person, given_name="Åsalill", family_name="Kanariefågel").set_keys().save()
        assert PersonIdentity.objects.get(pk=person.pk).full_name == person.alias
        with pytest.raises(ValidationError, match="skyddade personuppgifter"):
            PersonalNumberFactory(participant=person, value=NUMBER)
        url = reverse("enrolment_correct", args=[case.public_id])
        names = {"given_name": "Åsalill", "family_name": "Kanariefågel", "number": NUMBER, "phone": "0701234567"}
        assert submit(log_in(world.case_worker), url, **names, sex="male").status_code == 302
        assert rows_with(CANARIES) == []
        assert Participant.objects.get(pk=person.pk).sex == "male"

    def test_once_it_is_over_the_name_can_be_written_in_again(self, world, case, log_in) -> None:
        protect(case, world.case_worker)
        client = log_in(world.case_worker)
        submit(client, page(case), level=ProtectionLevel.NONE)
        assert case in Enrolment.objects.visible_to(Scope.of(world.coordinator, today()))
        url = reverse("enrolment_correct", args=[case.public_id])
        assert submit(client, url, given_name="Åsalill", family_name="Kanariefågel").status_code == 302
        assert PersonIdentity.objects.get(pk=case.participant_id).full_name == "Kanariefågel, Åsalill"

    def test_another_level_leaves_the_texts_alone(self, world, case) -> None:
        protect(case, world.case_worker)
        changed = TextBody.objects.count()
        person = Participant.objects.get(pk=case.participant_id)
        level = ProtectionLevel.ASSUMED_IDENTITY
        assert protect_participant(level=level, case=case, by=world.case_worker) == 0
        assert Participant.objects.get(pk=person.pk).protection == level
        assert TextBody.objects.count() == changed


def _broken(**_: object) -> None:
    raise RuntimeError("no log")


class TestWhoSeesIt:
    def test_only_those_named(self, world, case) -> None:
        CaseAssignmentFactory(unit=True, enrolment=case, role=CaseRole.SUBSTITUTE)
        colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        assert case in Enrolment.objects.visible_to(Scope.of(colleague, today()))
        protect(case, world.case_worker)
        for user in (colleague, world.coordinator):
            assert case not in Enrolment.objects.visible_to(Scope.of(user, today()))
        assert case in Enrolment.objects.visible_to(Scope.of(world.case_worker, today()))

    def test_nobodys_case_is_refused(self, world) -> None:
        with pytest.raises(ValidationError, match="utsedd"):
            protect(world.unassigned, world.coordinator)
        assert Participant.objects.get(pk=world.unassigned.participant_id).protection == ProtectionLevel.NONE

    def test_another_case_that_goes_on_must_have_somebody_too(self, world, case) -> None:
        other = EnrolmentFactory(participant=case.participant, owner=world.ame, sort_key="x")
        CaseAssignmentFactory(enrolment=other, user=world.case_worker)
        with pytest.raises(ValidationError, match="inskrivning till"):
            protect(case, world.case_worker)
        MembershipFactory(user=world.case_worker, project=other.project, role=Role.CASE_WORKER)
        protect(case, world.case_worker)
        assert not Enrolment.objects.exclude(sort_key="").filter(sort_key__contains="kanarie").exists()

    def test_whoever_has_left_or_helps_for_a_time_isnt_enough(self, world, case) -> None:
        own = CaseAssignment.objects.filter(enrolment=case)
        for columns in ({"role": CaseRole.SUBSTITUTE, "valid_until": today() + timedelta(days=2)}, {"role": "contact"}):
            own.update(**columns)
            with pytest.raises(ValidationError, match="utsedd"):
                protect(case, world.case_worker)
        own.update(role=CaseRole.RESPONSIBLE, valid_until=None)
        world.case_worker.memberships.update(valid_until=today())
        with pytest.raises(ValidationError, match="utsedd"):
            protect(case, world.coordinator)

    def test_nobody_is_named_who_isnt_a_case_worker_of_the_own_organisation(self, world, case) -> None:
        for user in (world.log_reviewer, world.af_case_worker, world.outsider, world.coordinator):
            with pytest.raises(ValidationError, match="handläggare"):
                protect(case, world.coordinator, responsible=user)

    def test_where_the_responsible_one_has_left_somebody_is_chosen(self, world, case, log_in) -> None:
        colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        CaseAssignmentFactory(enrolment=case, user=colleague, role="contact")
        world.case_worker.memberships.update(valid_until=today())
        answer = submit(log_in(colleague), page(case), **KEPT)
        assert answer.status_code == 302
        assert Enrolment.objects.responsibility_of(colleague, on=today()).filter(pk=case.pk).exists()

    def test_an_ended_case_needs_nobody(self, world, case) -> None:
        end_enrolment(enrolment=case, exited_on=today(), reason=ExitReason.WORK, by=world.case_worker)
        CaseAssignment.objects.filter(enrolment=case).update(valid_until=today())
        protect(case, world.coordinator)
        assert Participant.objects.get(pk=case.participant_id).is_protected

    def test_a_coordinator_names_somebody_and_loses_sight(self, world, log_in) -> None:
        client = log_in(world.coordinator)
        url = page(world.unassigned)
        assert faults(submit(client, url, **KEPT, responsible="")) == {
            "responsible": ["Välj vem som ska vara ansvarig. Bara den som är utsedd vid namn ser ärendet."]
        }
        answer = submit(client, url, **KEPT, responsible=str(world.case_worker.public_id))
        assert answer["Location"] == "/deltagare/"
        assert client.get(url).status_code == 404
        assert log_in(world.case_worker).get(url).status_code == 200

    def test_whoever_isnt_responsible_cant_name_somebody_else(self, world, case, log_in) -> None:
        """An opening in an emergency must not end in a hand-over."""
        assert "responsible" not in log_in(world.case_worker).get(page(case)).context["form"].fields

    def test_whoever_is_responsible_for_it_hands_it_over(self, world, case, log_in) -> None:
        colleague = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
        CaseAssignmentFactory(enrolment=case, user=colleague, role="contact")
        protect(case, world.case_worker)
        assert "responsible" not in log_in(colleague).get(page(case)).context["form"].fields
        answer = submit(log_in(world.case_worker), page(case), responsible=str(colleague.public_id))
        assert answer["Location"] == "/deltagare/"
        assert case not in Enrolment.objects.visible_to(Scope.of(world.case_worker, today()))
        assert Enrolment.objects.responsibility_of(colleague, on=today()).filter(pk=case.pk).exists()

    def test_it_cant_be_done_by_mistake(self, world, case, log_in) -> None:
        client = log_in(world.case_worker)
        assert set(faults(submit(client, page(case)))) == {"level", "is_kept"}
        assert "går inte att få tillbaka" in client.get(page(case)).content.decode()

    def test_others_have_no_such_page(self, world, case, log_in) -> None:
        assert log_in(world.af_coordinator).get(page(case)).status_code == 404
        assert log_in(world.project_leader).get(page(case)).status_code == 404
        assert log_in(world.administrator).get(page(case)).status_code == 404


class TestGoingThroughTheRest:
    def _sighted(self, world, case) -> str:
        text = "Kanariefågels bror. ÅK ringde. Åsaliill grät."
        assign_case(enrolment=case, user=world.case_worker, note=text, by=world.case_worker)
        # Every text of the case is gone through once, whether something was found in it or not.
        assert protect(case, world.case_worker) == 7
        return text

    def test_it_is_listed_and_nothing_is_guessed(self, world, case, log_in) -> None:
        text = self._sighted(world, case)
        (row,) = TextToCheck.objects.exclude(spans=[])
        assert row.body.text == text
        assert [text[start:end] for start, end in row.spans] == ["Kanariefågels", "ÅK", "Åsaliill"]
        said = log_in(world.case_worker).get(texts_page(case)).content.decode()
        assert "<mark>Kanariefågels</mark> bror" in said

    def test_what_is_ticked_is_replaced_and_the_rest_stays(self, world, case, log_in) -> None:
        self._sighted(world, case)
        client = log_in(world.case_worker)
        assert texts_page(case) in client.get(case.get_absolute_url()).content.decode()
        data = ticked(client, case, 0, 2)
        assert client.post(texts_page(case), data)["Location"] == case.get_absolute_url()
        alias = case.participant.alias
        row = TextToCheck.objects.get(body__text__contains="grät")
        assert row.body.text == f"{alias} bror. ÅK ringde. {alias} grät."
        assert row.body.digest == digest(row.body.text, row.body.salt)
        assert (row.checked_by, row.spans) == (world.case_worker, [])
        assert "ingen text att gå igenom" in client.get(texts_page(case)).content.decode()
        assert texts_page(case) not in client.get(case.get_absolute_url()).content.decode()
        # A second press of the same button.
        assert client.post(texts_page(case), data)["Location"] == case.get_absolute_url()
        assert TextToCheck.objects.get(pk=row.pk).body.text == row.body.text

    def test_another_partys_text_is_theirs_to_go_through(self, world, case, log_in) -> None:
        record_assessment(enrolment=case, completed_on=today(), summary="Kanariefågels", by=world.case_worker)
        case.assessments.update(owner=world.af)
        protect(case, world.case_worker)
        answer = log_in(world.case_worker).get(page(case))
        assert (answer.context["left"], answer.context["others"]) == (5, ["Arbetsförmedlingen"])
        assert "Kanariefågels" not in answer.content.decode()
        assert "Kanariefågels" not in log_in(world.case_worker).get(texts_page(case)).content.decode()

    def test_another_partys_named_contact_finds_it_on_the_case(self, world, case, log_in) -> None:
        """And without a name in the case, or without a word of its own in it, a party finds nothing."""
        record_assessment(enrolment=case, completed_on=today(), summary="Kanariefågels", by=world.case_worker)
        case.assessments.update(owner=world.af)
        meeting_by(case, world.af_case_worker)
        protect(case, world.case_worker)
        guest = log_in(world.af_case_worker)
        assert guest.get(texts_page(case)).status_code == 404
        assign_contact(case, world.af_case_worker)
        assert texts_page(case) in guest.get(case.get_absolute_url()).content.decode()
        assert "<mark>Kanariefågels</mark>" in guest.get(texts_page(case)).content.decode()
        guest.post(texts_page(case), ticked(guest, case, 0))
        assert case.participant.alias in case.assessments.values_list("summary__text", flat=True)


class TestFromTheStart:
    DATA = {"protection": MARK, "source": "social_services", "sex": "female"}
    URL = "/deltagare/ny/skyddad/"

    def test_no_name_is_asked_and_none_is_kept(self, world, log_in) -> None:
        client = log_in(world.case_worker)
        fields = set(client.get(self.URL).context["form"].fields)
        assert fields & {"given_name", "family_name", "number", "birth_date", "phone", "email"} == set()
        names = {"given_name": "Åsalill", "family_name": "Kanariefågel", "number": NUMBER, "phone": "0701234567"}
        answer = submit(client, self.URL, **self.DATA, **names)
        person = Participant.objects.latest("pk")
        assert answer["Location"] == reverse("participant_detail", args=[person.public_id])
        assert (person.protection, person.identity.full_name, person.birth_date) == (MARK, person.alias, None)
        assert rows_with(CANARIES) == []
        assert person.alias in client.get(answer["Location"]).content.decode()

    def test_the_one_named_sees_it_and_nobody_else(self, world, log_in) -> None:
        client = log_in(world.coordinator)
        assert set(faults(submit(client, self.URL, **self.DATA))) == {"responsible"}
        answer = submit(client, self.URL, **self.DATA, responsible=str(world.case_worker.public_id))
        made = Enrolment.objects.latest("pk")
        assert answer["Location"] == "/deltagare/"
        assert made not in Enrolment.objects.visible_to(Scope.of(world.coordinator, today()))
        assert made in Enrolment.objects.visible_to(Scope.of(world.case_worker, today()))

    def test_the_action_refuses_nobodys_case_and_keeps_no_name(self, world) -> None:
        new = NewEnrolment(
            given_name="Åsalill",
            family_name="Kanariefågel",
            number=parse(NUMBER, on=today()),
            phone="0701234567",
            enrolled_on=today(),
            protection=MARK,
        )
        where = {"project": world.project, "owner": world.ame, "by": world.case_worker}
        with pytest.raises(ValidationError, match="ansvarig"):
            enrol_participant(new=new, **where)
        enrol_participant(new=new, responsible=world.case_worker, **where)
        assert rows_with(CANARIES) == []


class TestARestoredBackup:
    def test_it_is_applied_again_and_only_once(self, world, case) -> None:
        Participant.objects.filter(pk=case.participant_id).update(protection=MARK)
        out = io.StringIO()
        call_command("reapply_protection", stdout=out)
        assert out.getvalue().startswith("1 ")
        assert rows_with(CANARIES) == []
        before = AccessEvent.objects.count()
        assert reapply_protection(by=world.case_worker) == 0
        assert AccessEvent.objects.count() == before

    def test_a_left_sort_key_is_enough(self, world, case) -> None:
        protect(case, world.case_worker)
        Enrolment.objects.filter(pk=case.pk).update(sort_key="kanariefågel")
        assert reapply_protection(by=world.case_worker) == 1
        assert rows_with(CANARIES) == []

    def test_others_are_left_alone(self, world, case) -> None:
        assert reapply_protection(by=world.case_worker) == 0
        assert PersonIdentity.objects.get(pk=case.participant_id).family_name == "Kanariefågel"
