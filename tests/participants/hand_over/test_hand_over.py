"""A whole caseload from one to another: seen before, all or nothing, and a receipt after."""

import pytest

from accounts.models import AccessEvent
from core.days.dates import today
from participants.assignment.actions import assign_case
from participants.enums import ProtectionLevel
from participants.hand_over.actions import fingerprint, hand_over_caseload
from participants.models import CaseAssignment, Enrolment
from participants.scope.scope import Scope
from participants.void import chain
from projects.enums import Role
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.pages import faults, fill, queries, submit
from tests.world.worlds import member

URL = "/deltagare/overlamna/"


def sees(user, enrolment) -> bool:
    return Enrolment.objects.visible_to(Scope.of(user, today())).filter(pk=enrolment.pk).exists()


def cases_of(user) -> int:
    return Enrolment.objects.responsibility_of(user, on=today()).count()


@pytest.fixture
def colleague(world):
    return member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")


@pytest.fixture
def hidden(world) -> Enrolment:
    """A case of the case worker's about somebody with a protected identity."""
    enrolment = EnrolmentFactory(project=world.project, given_name="Hemlig", family_name="Hemligsson")
    enrolment.participant.protection = ProtectionLevel.PROTECTED_REGISTRATION
    enrolment.participant.save()
    CaseAssignmentFactory(enrolment=enrolment, user=world.case_worker)
    return enrolment


@pytest.fixture
def ended(world) -> Enrolment:
    enrolment = EnrolmentFactory(project=world.project, family_name="Avslutad", exited_on=today(), exit_reason="work")
    CaseAssignmentFactory(enrolment=enrolment, user=world.case_worker)
    return enrolment


@pytest.fixture
def client(world, log_in):
    return log_in(world.coordinator)


def answers(giver, receiver, **more) -> dict:
    return {"giver": str(giver.public_id), "receiver": str(receiver.public_id), **more}


def confirmed(page, **changed) -> dict:
    """What the second page's button sends."""
    data = page.context["data"]
    sent = {
        "token": str(data["token"]),
        "note": data["note"],
        "visade": page.context["shown"],
        "svar": "bekraftat",
    }
    return answers(data["giver"].user, data["receiver"], **sent) | changed


class TestMoving:
    def test_all_that_one_answers_for_moves_and_no_more(self, world, client, colleague, hidden, ended) -> None:
        page = submit(client, URL, **answers(world.case_worker, colleague, note="Ring på förmiddagen."))
        assert cases_of(colleague) == 0, "nothing happens before it has been shown"
        assert "Lämna över 3\xa0ärenden" in page.content.decode()
        answer = client.post(URL, confirmed(page))
        assert answer["Location"].startswith("/deltagare/overlamna/klart/?nar=")
        assert (cases_of(world.case_worker), cases_of(colleague)) == (0, 3)
        for enrolment in (world.enrolment, hidden, ended):
            assert sees(colleague, enrolment)
            assert not sees(world.case_worker, enrolment)
            assert enrolment.assignments.get(user=colleague).note.text == "Ring på förmiddagen."
        assert not world.unassigned.assignments.exists()

    def test_the_protected_are_shown_by_alias_before_and_after(self, world, client, colleague, hidden) -> None:
        page = submit(client, URL, **answers(world.case_worker, colleague))
        after = client.get(client.post(URL, confirmed(page))["Location"])
        for html in (page.content.decode(), after.content.decode()):
            assert hidden.participant.alias in html
            assert "Öberg, Åsa" in html
            assert "Hemlig" not in html
            assert str(hidden.public_id) not in html
            assert str(hidden.participant.public_id) not in html
        # Last, whatever the name would sort as.
        assert [case.is_hidden for case in after.context["cases"]] == [False, True]

    def test_from_somebody_who_has_left(self, world, client, colleague) -> None:
        world.case_worker.is_active = False
        world.case_worker.save()
        world.case_worker.memberships.update(valid_until=today())
        page = client.get(URL)
        labels = [label for _, label in page.context["form"].fields["giver"].choices]
        assert labels == ["Välj", "Hanna Handläggare (har slutat), 1 ärende"]
        client.post(URL, confirmed(submit(client, URL, **answers(world.case_worker, colleague))))
        assert sees(colleague, world.enrolment)

    def test_one_event_in_the_log_with_all_persons(self, world, client, colleague, hidden) -> None:
        client.post(URL, confirmed(submit(client, URL, **answers(world.case_worker, colleague))))
        event = AccessEvent.objects.get(user=world.coordinator, kind="change")
        persons = {subject.person for subject in event.subjects.all()}
        assert persons == {case.participant.public_id for case in (world.enrolment, hidden)}

    def test_who_was_shown_is_logged(self, world, client, colleague, hidden) -> None:
        submit(client, URL, **answers(world.case_worker, colleague))
        event = AccessEvent.objects.filter(user=world.coordinator).latest("number")
        assert (event.part, event.subjects_count) == ("caseload_hand_over", 2)

    def test_pressed_twice_is_one_with_the_same_receipt(self, world, client, colleague) -> None:
        data = confirmed(submit(client, URL, **answers(world.case_worker, colleague)))
        assert client.post(URL, data)["Location"] == client.post(URL, data)["Location"]
        assert CaseAssignment.objects.filter(user=colleague).count() == 1

    def test_a_case_more_than_was_shown_is_shown_first(self, world, client, colleague, ended) -> None:
        data = confirmed(submit(client, URL, **answers(world.case_worker, colleague, note="Hej då")))
        more = EnrolmentFactory(project=world.project, family_name="Senkommen")
        CaseAssignmentFactory(enrolment=more, user=world.case_worker)
        page = client.post(URL, data)
        assert "har ändrats" in faults(page)["__all__"][0]
        assert cases_of(colleague) == 0
        assert "Senkommen" in page.content.decode()
        assert "Hej då" in page.content.decode()
        client.post(URL, confirmed(page))
        assert cases_of(colleague) == 3

    def test_as_many_but_others_are_shown_first(self, world, client, colleague) -> None:
        data = confirmed(submit(client, URL, **answers(world.case_worker, colleague)))
        third = member(world.project, world.ame, Role.CASE_WORKER, "Tea Tredje")
        assign_case(enrolment=world.enrolment, user=third, by=world.coordinator)
        assign_case(enrolment=world.unassigned, user=world.case_worker, by=world.coordinator)
        page = client.post(URL, data)
        assert "har ändrats" in faults(page)["__all__"][0]
        assert "Ek, Örjan" in page.content.decode()
        assert cases_of(colleague) == 0

    def test_all_or_nothing(self, world, colleague, hidden, monkeypatch) -> None:
        def broken(**_: object) -> None:
            raise RuntimeError("the log is full")

        monkeypatch.setattr("participants.assignment.actions.log_change", broken)
        common = {"project": world.project, "organisation": world.ame, "by": world.coordinator}
        shown = fingerprint([world.enrolment, hidden])
        with pytest.raises(RuntimeError):
            hand_over_caseload(giver=world.case_worker, receiver=colleague, shown=shown, **common)
        assert (cases_of(world.case_worker), cases_of(colleague)) == (2, 0)


class TestChoices:
    def test_only_the_own_organisations_cases_and_people(self, world, client, colleague) -> None:
        fields = client.get(URL).context["form"].fields
        assert [label for _, label in fields["giver"].choices] == ["Välj", "Hanna Handläggare, 1 ärende"]
        assert [label for _, label in fields["receiver"].choices] == ["Välj", "Hanna Handläggare", "Kim Kollega"]
        for giver, receiver, field in (
            (world.af_case_worker, colleague, "giver"),
            (world.case_worker, world.af_case_worker, "receiver"),
            (world.case_worker, world.coordinator, "receiver"),
            (world.case_worker, world.case_worker, "receiver"),
            (colleague, world.case_worker, "giver"),
        ):
            assert list(faults(submit(client, URL, **answers(giver, receiver)))) == [field]

    def test_nothing_chosen_keeps_the_note(self, client) -> None:
        answer = submit(client, URL, note="Ring på förmiddagen.")
        assert list(faults(answer)) == ["giver", "receiver"]
        assert "Ring på förmiddagen." in answer.content.decode()

    def test_the_other_organisations_cases_of_a_shared_worker_stay(self, world, client, colleague) -> None:
        CaseAssignmentFactory(enrolment=world.af_enrolment, user=world.case_worker, role="substitute")
        client.post(URL, confirmed(submit(client, URL, **answers(world.case_worker, colleague))))
        assert cases_of(world.af_case_worker) == 1
        assert not world.af_enrolment.assignments.filter(user=colleague).exists()

    @pytest.mark.parametrize("who", ["case_worker", "project_leader", "steering", "administrator", "log_reviewer"])
    def test_the_coordinators_alone(self, world, log_in, who) -> None:
        assert log_in(getattr(world, who)).get(URL).status_code == 403

    def test_the_list_leads_here(self, world, log_in, client) -> None:
        assert URL in client.get("/deltagare/").content.decode()
        assert URL not in log_in(world.case_worker).get("/deltagare/").content.decode()


class TestTheReceipt:
    @pytest.fixture
    def address(self, world, client, colleague) -> str:
        page = submit(client, URL, **answers(world.case_worker, colleague, note="Ring på förmiddagen."))
        return client.post(URL, confirmed(page))["Location"]

    def test_it_says_from_whom_to_whom_and_what(self, client, address) -> None:
        html = client.get(address).content.decode()
        for text in (
            "Kim Kollega har tagit över 1\xa0ärende",
            "Hanna Handläggare",
            "Öberg, Åsa",
            "Ring på förmiddagen.",
        ):
            assert text in html

    def test_a_case_that_is_wrongly_registered_since_is_not_called_protected(self, world, client, address) -> None:
        chain.ask_to_void(enrolment=world.enrolment, why="Fel person", home="", by=world.case_worker)
        chain.confirm_void(enrolment=world.enrolment, why="Bara jag", home="", by=world.coordinator)
        text = client.get(address).content.decode()
        assert "Öberg" in text
        assert "skyddade personuppgifter" not in text.lower()

    def test_it_is_the_one_who_handed_overs_own(self, world, log_in, address) -> None:
        other = member(world.project, world.ame, Role.COORDINATOR, "Sixten Samordnare")
        assert log_in(other).get(address).status_code == 404
        assert log_in(world.af_coordinator).get(address).status_code == 404
        assert log_in(world.case_worker).get(address).status_code == 403

    @pytest.mark.parametrize("when", ["", "i går", "2026-13-45T00:00", "2026-01-01", "2026-01-01T10:00:00+00:00"])
    def test_any_other_moment_is_nothing(self, client, address, when) -> None:
        assert client.get("/deltagare/overlamna/klart/", {"nar": when}).status_code == 404


def test_more_cases_cost_no_more_questions(world, client, colleague) -> None:
    data = fill(client, URL, **answers(world.case_worker, colleague))
    few = queries(client, URL, data)
    for _ in range(12):
        CaseAssignmentFactory(enrolment=EnrolmentFactory(project=world.project), user=world.case_worker)
    assert queries(client, URL, data) == few


def test_who_takes_over_reads_the_note_among_those_who_work_with_the_case(world, log_in, client, colleague) -> None:
    submit(
        client,
        f"/inskrivningar/{world.unassigned.public_id}/ansvarig/",
        responsible=str(colleague.public_id),
        note="Tolken heter Tova.",
    )
    client.post(URL, confirmed(submit(client, URL, **answers(world.case_worker, colleague, note="Ring först."))))
    for case, note in ((world.unassigned, "Tolken heter Tova."), (world.enrolment, "Ring först.")):
        assert note in log_in(colleague).get(f"/inskrivningar/{case.public_id}/medarbetare/").content.decode()
