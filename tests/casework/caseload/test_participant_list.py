"""The list: who stands there, what a line says, and what an empty list says."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from accounts.models import AccessEvent, AccessSubject
from core.days.dates import today
from participants.models import Enrolment
from projects.enums import Role
from tests.casework.caseload.lines import URL, hold, look_for, names, row_of
from tests.world.cases import with_days
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, MembershipFactory
from tests.world.pages import queries
from tests.world.worlds import member


class TestWhoStandsThere:
    def test_a_coordinator_sees_the_own_organisations_cases_in_order(self, world, log_in) -> None:
        assert names(log_in(world.coordinator).get(URL)) == ["Ek, Örjan", "Öberg, Åsa"]

    def test_a_case_worker_sees_the_assigned_cases(self, world, log_in) -> None:
        assert names(log_in(world.case_worker).get(URL)) == ["Öberg, Åsa"]

    def test_another_organisations_person_leaves_no_trace(self, world, log_in) -> None:
        client = log_in(world.coordinator)
        assert "Främmande" not in client.get(URL).content.decode()
        searched = look_for(client, "främmande")
        assert searched.context["page"].paginator.count == 0
        assert "Fredrik" not in searched.content.decode()

    def test_another_project_of_the_user_is_another_list(self, world, log_in) -> None:
        elsewhere = EnrolmentFactory(given_name="Annan", family_name="Stans", project__host=world.ame)
        MembershipFactory(user=world.coordinator, project=elsewhere.project, role=Role.COORDINATOR)
        client = log_in(world.coordinator)
        session = client.session
        session["project"] = str(world.project.public_id)
        session.save()
        assert "Stans, Annan" not in names(client.get(URL, follow=True))

    def test_the_page_is_told_to_the_log_with_every_person_on_it(self, world, log_in) -> None:
        log_in(world.coordinator).get(URL)
        event = AccessEvent.objects.get(user=world.coordinator)
        assert (event.kind, event.part) == ("read", "participant_list")
        shown = {world.enrolment.participant.public_id, world.unassigned.participant.public_id}
        assert set(AccessSubject.objects.filter(event=event).values_list("person", flat=True)) == shown

    def test_a_search_is_told_to_the_log_as_one(self, world, log_in) -> None:
        look_for(log_in(world.coordinator), "öberg")
        event = AccessEvent.objects.get(user=world.coordinator)
        assert (event.kind, event.subjects_count) == ("search", 1)


class TestALine:
    def test_it_says_who_how_far_whose_and_what_is_late(self, world, log_in) -> None:
        late = today() - timedelta(days=4)
        with_days(world.enrolment, assessed_on=late, planned_on=late, next_contact_on=late)
        hold(world.enrolment, 1, 2)
        page = log_in(world.coordinator).get(URL)
        row = row_of(page, "Öberg, Åsa")
        assert (row.detail, row.responsible) == ("f. 1980", "Hanna Handläggare")
        assert (row.steps.text, row.steps.held) == ("2 Tar ansvar", (True, True, False, False, False))
        assert (row.status, row.status_kind) == ("Uppföljning 4\xa0dagar för sent", "late")
        html = page.content.decode()
        assert row.status in unescape(html)
        assert reverse("enrolment_detail", args=[world.enrolment.public_id]) in html

    def test_two_of_one_name_and_year_are_told_apart(self, world, log_in) -> None:
        EnrolmentFactory(
            project=world.project, given_name="Åsa", family_name="Öberg", enrolled_on=today() - timedelta(days=3)
        )
        rows = log_in(world.coordinator).get(URL).context["rows"]
        details = [row.detail for row in rows if row.name == "Öberg, Åsa"]
        assert len(set(details)) == len(details) == 2
        assert all(detail.startswith("f. 1980 · inskriven ") for detail in details)

    def test_the_menu_stands_on_the_list_and_on_that_of_wrong_registrations(self, world, log_in) -> None:
        for url in (URL, reverse("void_list")):
            menu = log_in(world.coordinator).get(url).context["menu"]
            assert [item.label for item in menu if item.is_current] == ["Deltagare"], url

    def test_a_step_lost_again_is_not_held(self, world, log_in) -> None:
        hold(world.enrolment)
        assert row_of(log_in(world.coordinator).get(URL), "Öberg, Åsa").steps.text == "Inget steg än"

    def test_names_are_never_markup(self, world, log_in) -> None:
        EnrolmentFactory(project=world.project, given_name="<b>Bo</b>", family_name="O'<i>")
        html = log_in(world.coordinator).get(URL).content.decode()
        assert "<b>Bo" not in html
        assert "&lt;b&gt;Bo" in html


class TestPages:
    def test_fifty_on_a_page(self, world, log_in) -> None:
        for _ in range(52):
            EnrolmentFactory(project=world.project)
        client = log_in(world.coordinator)
        assert len(names(client.get(URL))) == 50
        assert len(names(client.get(URL, {"sida": 2}))) == 4

    @pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999"])
    def test_a_page_that_does_not_exist_is_the_nearest(self, world, log_in, page: str) -> None:
        assert names(log_in(world.coordinator).get(URL, {"sida": page})) == ["Ek, Örjan", "Öberg, Åsa"]

    def test_the_next_page_keeps_the_search(self, world, log_in) -> None:
        for _ in range(60):
            EnrolmentFactory(project=world.project, family_name="Svensson")
        page = look_for(log_in(world.coordinator), "svensson", visa="alla")
        assert f"{page.context['search'].query}sida=2" in unescape(page.content.decode())
        assert page.context["search"].query.startswith("sok=")

    def test_the_number_of_queries_does_not_grow_with_the_rows(self, world, log_in) -> None:
        client = log_in(world.coordinator)
        client.get(URL)
        few = queries(client, URL)
        worker = member(world.project, world.ame, Role.CASE_WORKER, "Bo")
        for _ in range(45):
            enrolment = EnrolmentFactory(project=world.project)
            hold(enrolment, 1)
            CaseAssignmentFactory(enrolment=enrolment, user=worker)
        assert queries(client, URL) == few
        assert few <= 15
        searched = client.post(URL, {"q": "e", "steg": "1", "sena": "on"})["Location"]
        assert queries(client, searched) <= 15


class TestEmpty:
    def test_a_coordinator_is_shown_the_way_to_the_register(self, world, log_in) -> None:
        Enrolment.objects.update(is_void=True)
        html = log_in(world.coordinator).get(URL).content.decode()
        assert "Inga deltagare än" in html
        assert reverse("import_upload") in html

    def test_a_case_worker_is_shown_how_to_enrol(self, world, log_in) -> None:
        Enrolment.objects.update(is_void=True)
        html = log_in(world.case_worker).get(URL).content.decode()
        assert "Registrera den första" in html

    def test_a_narrow_choice_says_how_to_widen_it(self, world, log_in) -> None:
        assert "Ingen passar in på urvalet" in log_in(world.coordinator).get(URL, {"steg": "5"}).content.decode()
