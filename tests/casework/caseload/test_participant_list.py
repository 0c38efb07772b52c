"""The list: who stands there, what a line says, and how it is narrowed."""

from datetime import date, timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import AccessEvent, AccessSubject
from actionplans.models import StepClock
from casework.caseload import search as searches
from casework.caseload.search import Search
from core.days.dates import today
from participants.models import Enrolment
from participants.scope.scope import Scope
from projects.enums import Role
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, MembershipFactory
from tests.world.pages import queries
from tests.world.worlds import member

URL = "/deltagare/"


def names(response) -> list[str]:
    return [row.name for row in response.context["rows"]]


def row_of(response, name: str):
    return next(row for row in response.context["rows"] if row.name == name)


def look_for(client, text: str, **filters: str):
    return client.post(URL, {"q": text, **filters}, follow=True)


def hold(enrolment: Enrolment, *numbers: int) -> None:
    StepClock.objects.filter(enrolment=enrolment).delete()
    StepClock.objects.bulk_create(
        StepClock(
            enrolment=enrolment,
            project=enrolment.project,
            step_number=number,
            enrolled_on=enrolment.enrolled_on,
            holds_now=number in numbers,
        )
        for number in range(1, 6)
    )


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
        assert "Stans, Annan" not in names(client.get(URL))

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


class TestSearch:
    def test_no_name_ends_up_in_an_address_or_a_title(self, world, log_in) -> None:
        client = log_in(world.coordinator)
        answer = client.post(URL, {"q": "Öberg", "visa": "alla"})
        address = urlsplit(answer["Location"])
        assert "berg" not in address.query.lower()
        assert "visa=alla" in address.query
        page = client.get(answer["Location"])
        assert names(page) == ["Öberg, Åsa"]
        html = unescape(page.content.decode())
        assert 'value="Öberg"' in html
        assert "Öberg" not in html[html.index("<title>") : html.index("</title>")]
        assert "Öberg" not in "".join(part.partition('"')[0] for part in html.split('href="')[1:])

    def test_a_search_that_the_session_has_forgotten_says_so(self, world, log_in) -> None:
        answer = log_in(world.coordinator).get(URL, {"sok": "borta"})
        assert "Din sökning finns inte kvar" in answer.content.decode()
        assert len(names(answer)) == 2

    def test_a_search_belongs_to_the_one_who_made_it(self, world, log_in) -> None:
        address = log_in(world.coordinator).post(URL, {"q": "Öberg"})["Location"]
        assert log_in(world.case_worker).get(address).context["search"].text == ""

    def test_the_twenty_latest_searches_are_kept(self, world, log_in) -> None:
        client = log_in(world.coordinator)
        for number in range(25):
            client.post(URL, {"q": f"namn {number}"})
        assert list(client.session["searches"].values()) == [f"namn {number}" for number in range(5, 25)]

    @pytest.mark.parametrize(
        "text", ["\x00", "a\x00b", "x" * 5000, "' OR 1=1 --", "{{7*7}}", "<script>", "%", "\u202e"]
    )
    def test_odd_text_finds_nothing_and_breaks_nothing(self, world, log_in, text: str) -> None:
        answer = look_for(log_in(world.coordinator), text)
        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode().replace("<script src", "")

    def test_no_hit_says_how_to_search_wider(self, world, log_in) -> None:
        Enrolment.objects.filter(pk=world.enrolment.pk).update(exited_on=today(), exit_reason="work")
        client = log_in(world.coordinator)
        answer = look_for(client, "öberg")
        assert "Sök bland alla, även avslutade" in answer.content.decode()
        assert names(look_for(client, "öberg", visa="alla")) == ["Öberg, Åsa"]


class TestFilters:
    @pytest.mark.parametrize(("held", "step"), [((), "0"), ((1,), "1"), ((1, 2), "2"), ((1, 3), "3"), ((5,), "5")])
    def test_step_means_the_highest_held_now(self, world, log_in, held, step) -> None:
        hold(world.enrolment, *held)
        hold(world.unassigned, 4)
        client = log_in(world.coordinator)
        for number in "012345":
            there = ["Öberg, Åsa"] if number == step else ["Ek, Örjan"] if number == "4" else []
            assert names(client.get(URL, {"steg": number})) == there

    def test_nobody_responsible(self, world, log_in) -> None:
        assert names(log_in(world.coordinator).get(URL, {"ansvarig": "ingen"})) == ["Ek, Örjan"]

    def test_one_responsible(self, world, log_in) -> None:
        key = str(world.case_worker.public_id)
        assert names(log_in(world.coordinator).get(URL, {"ansvarig": key})) == ["Öberg, Åsa"]

    def test_a_case_worker_who_has_left_can_still_be_chosen(self, world, log_in) -> None:
        world.case_worker.memberships.update(valid_until=today() - timedelta(days=1))
        page = log_in(world.coordinator).get(URL, {"ansvarig": str(world.case_worker.public_id)})
        assert names(page) == ["Öberg, Åsa"]
        assert "Hanna Handläggare (har slutat)" in page.content.decode()
        assert "Hanna Handläggare" not in [label for _, label in page.context["bulk"].fields["responsible"].choices]

    def test_other_organisations_case_workers_are_no_choice(self, world, log_in) -> None:
        assert "Alva" not in log_in(world.coordinator).get(URL).content.decode()

    def test_late_leaves_out_who_is_in_time(self, world, log_in) -> None:
        on = today()
        Enrolment.objects.update(enrolled_on=on - timedelta(days=15), planned_on=on, assessed_on=on)
        Enrolment.objects.filter(pk=world.unassigned.pk).update(assessed_on=None)
        client = log_in(world.coordinator)
        assert names(client.get(URL, {"sena": "on"})) == ["Ek, Örjan"]
        Enrolment.objects.update(enrolled_on=on - timedelta(days=14))
        assert names(client.get(URL, {"sena": "on"})) == []

    def test_open_ended_and_all(self, world, log_in) -> None:
        Enrolment.objects.filter(pk=world.enrolment.pk).update(exited_on=date(2026, 3, 3), exit_reason="work")
        client = log_in(world.coordinator)
        assert names(client.get(URL)) == ["Ek, Örjan"]
        assert names(client.get(URL, {"visa": "alla"})) == ["Ek, Örjan", "Öberg, Åsa"]
        ended = client.get(URL, {"visa": "avslutade"})
        assert row_of(ended, "Öberg, Åsa").status == "Avslutad 3\xa0mars 2026: Arbete"

    @pytest.mark.parametrize("wrong", [{"steg": "9"}, {"ansvarig": "x"}, {"visa": "x"}, {"steg": "1", "q": "öberg"}])
    def test_a_filter_that_does_not_exist_shows_nobody_rather_than_everybody(self, world, log_in, wrong) -> None:
        assert names(log_in(world.coordinator).get(URL, wrong)) == []


class TestALine:
    def test_it_says_who_how_far_whose_and_what_is_late(self, world, log_in) -> None:
        hold(world.enrolment, 1, 2)
        late = today() - timedelta(days=4)
        Enrolment.objects.filter(pk=world.enrolment.pk).update(assessed_on=late, planned_on=late, next_contact_on=late)
        page = log_in(world.coordinator).get(URL)
        row = row_of(page, "Öberg, Åsa")
        assert (row.detail, row.responsible) == ("f. 1980", "Hanna Handläggare")
        assert (row.steps.text, row.steps.held) == ("2 Tar ansvar", (True, True, False, False, False))
        assert (row.status, row.status_kind) == ("Nästa kontakt 4\xa0dagar sen", "late")
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


class TestSpeed:
    """A hundred thousand cases: what the first page and a search ask must go by an index."""

    def plan(self, rows) -> str:
        text, values = rows.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {text}", values)
            return "\n".join(str(line[-1]) for line in cursor.fetchall())

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="the words of a plan belong to one database")
    @pytest.mark.parametrize("text", ["", "öberg"])
    def test_the_order_comes_from_the_index(self, world, rf, text) -> None:
        rf = rf.get(URL, {"q": text})
        rf.user, rf.project, rf.session = world.coordinator, world.project, {}
        rf.scope = Scope.of(world.coordinator, today())
        found = Search.read(rf, rf.GET).found()
        plan = self.plan(found.by_name().values_list("pk", flat=True)[:50])
        assert "USING COVERING INDEX enrolment_by_name" in plan
        assert "TEMP B-TREE" not in plan
        assert "COVERING INDEX" in self.plan(found.order_by().values("pk"))

    def test_many_hits_are_counted_apart(self, world, log_in, monkeypatch) -> None:
        monkeypatch.setattr(searches, "_MANY", 1)
        page = look_for(log_in(world.coordinator), "e")
        assert page.context["page"].paginator.count == 2
        assert names(page) == ["Ek, Örjan", "Öberg, Åsa"]


class TestEmpty:
    def test_a_coordinator_is_shown_the_way_to_the_register(self, world, log_in) -> None:
        Enrolment.objects.update(is_void=True)
        html = log_in(world.coordinator).get(URL).content.decode()
        assert "Inga deltagare än" in html
        assert reverse("import_upload") in html

    def test_a_case_worker_is_shown_how_to_enrol(self, world, log_in) -> None:
        Enrolment.objects.update(is_void=True)
        html = log_in(world.case_worker).get(URL).content.decode()
        assert "Skriv in den första" in html

    def test_a_narrow_choice_says_how_to_widen_it(self, world, log_in) -> None:
        assert "Ingen passar in på urvalet" in log_in(world.coordinator).get(URL, {"steg": "5"}).content.decode()
