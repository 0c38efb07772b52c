"""The list, narrowed by a search or a choice, and how fast."""

from datetime import date, timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.db import connection

from casework.caseload.search import Search
from core.days.dates import today
from participants.models import Enrolment
from participants.scope.scope import Scope
from tests.casework.caseload.lines import URL, hold, look_for, names, row_of
from tests.world.cases import with_days
from tests.world.factories import EnrolmentFactory


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
        for case in (world.enrolment, world.unassigned):
            with_days(case, enrolled_on=on - timedelta(days=15), planned_on=on, assessed_on=on)
        with_days(world.unassigned, assessed_on=None)
        client = log_in(world.coordinator)
        assert names(client.get(URL, {"sena": "on"})) == ["Ek, Örjan"]
        with_days(world.unassigned, enrolled_on=on - timedelta(days=14))
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
        answer = log_in(world.coordinator).get(URL, wrong)
        assert names(answer) == []
        assert "Inga deltagare än" not in answer.content.decode(), "nothing was searched, so nobody knows"


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

    @pytest.mark.parametrize("asked", [{}, {"ansvarig": "ingen", "visa": "alla"}])
    def test_more_than_are_counted_have_no_pages_beyond(self, world, log_in, monkeypatch, asked) -> None:
        for _ in range(4):
            EnrolmentFactory(project=world.project, owner=world.ame)
        for module in ("core.paging", "casework.caseload.search", "core.templatetags.components"):
            monkeypatch.setattr(f"{module}.MOST", 3)
        monkeypatch.setattr("casework.caseload.views.PAGE_SIZE", 2)
        client = log_in(world.coordinator)
        first, beyond = (client.get(URL, {**asked, **place}) for place in ({}, {"sida": "40"}))
        assert "fler än 3" in first.content.decode().replace("\xa0", " ")
        assert "Listan har bara de första" in first.content.decode()
        paginator = beyond.context["page"].paginator
        assert (paginator.count, paginator.num_pages, beyond.context["page"].number) == (3, 2, 2)
        assert len(beyond.context["rows"]) == 1
