"""The result page: what it says, to whom, and at what cost."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessEvent
from participants.models import CaseAssignment, Enrolment
from tests.reports.oracle import Begun, Case, Judged
from tests.world.factories import CaseAssignmentFactory
from tests.world.populations import write

URL = "/resultat/"
DAY = {"per": "2012-06-30"}


def words(response):
    """The page as it is read: tags away, spaces evened out."""
    text = re.sub(r"<(style|script|title).*?</\1>", " ", response.content.decode(), flags=re.S)
    text = unescape(re.sub(r"<[^>]+>", " ", text)).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def coordinator(world, log_in):
    return log_in(world.coordinator)


def test_it_says_what_was_reached_in_a_sentence_and_in_a_table(coordinator, known_project):
    text = words(coordinator.get(URL, DAY))
    assert "Två av fem mål är nådda. Steg 2 och 3 ligger under målet också när osäkerheten räknas in." in text
    assert "1 Deltar 75 % på 3 mån 77,5 % 62–88 % 5 inte bedömda: 77,5–90 % 31 av 40 Nått" in text
    assert "2 Tar ansvar 60 % på 6 mån 17,5 % 9–32 % 33 inte bedömda: 17,5–100 % 7 av 40 Inte nått" in text
    assert "4 Delvis egen försörjning 10 % på 12 mån 7,5 % 3–20 % 33 inte bedömda: 7,5–90 % 3 av 40 Inte nått" in text
    assert "5 Egen försörjning 10 % på 12 mån 10,0 % 4–23 % 36 inte bedömda: 10–100 % 4 av 40 Nått" in text
    assert (
        "Steg 4 eller 5 20 % på 12 mån, målen ihop 17,5 % 9–32 % 33 inte bedömda: 17,5–100 % 7 av 40 Inte nått" in text
    )


def test_a_row_of_targets_together_is_said_not_to_be_one_more(coordinator, known_project):
    text = words(coordinator.get(URL, DAY))
    assert text.count("Raden Steg 4 eller 5 lägger ihop de målen. Den räknas inte som ett mål till.") == 1
    needed = text[text.index("Vad krävs för målet?") :].partition("Kartläggning och plan")[0]
    assert needed.count("Målen läggs ihop här, för var och en räknas bara på det högsta steget.") == 1
    assert "mål 20 %" in needed.partition("Målen läggs ihop")[0]


def test_it_says_nothing_of_hidden_numbers_to_those_who_see_all(coordinator, known_project):
    assert "visas inte" not in words(coordinator.get(URL, DAY)).partition("Så räknas siffrorna")[0]


def test_an_ended_project_without_anybody_has_no_later_day_to_choose(coordinator, known_project):
    known_project.enrolments.filter(is_void=False).update(is_void=True)
    known_project.ends_on = date(2012, 6, 30)
    known_project.save()
    text = words(coordinator.get(URL, DAY))
    assert "Ingen skrevs in i projektet, som slutade 30 juni 2012." in text
    assert "Välj en senare dag" not in text
    assert "För tidigt" not in text
    assert "Välj en senare dag" in words(coordinator.get(URL, {"per": "2012-06-29"}))


def test_of_an_ended_project_in_which_nobodys_time_ran_out_nothing_is_too_early(coordinator, known_project):
    known_project.ends_on = date(2011, 1, 31)
    known_project.save()
    text = words(coordinator.get(URL, {"per": "2011-01-31"}))
    assert "Steg 1, 2, 3, 4 och 5 går inte att pröva: ingens tid hann gå ut." in text
    assert "0 av 0 Inte prövat" in text
    assert "För tidigt" not in text
    curves = text[text.index("Tid till stegen") :]
    assert "Steg 1 ingen 100 %" in curves
    assert [word for word in ("hittills", "ingen än", "länge än") if word in curves] == []
    before = words(coordinator.get(URL, {"per": "2011-01-30"}))
    assert "för tidigt att säga" in before
    assert "Steg 1 ingen än 100 %" in before


def test_the_numbers_behind_the_shares_stand_beside_them(coordinator, known_project):
    text = words(coordinator.get(URL, DAY))
    # Enrolled, not yet due, left early, not assessed, still held, adjusted.
    assert "1 Deltar 40 0 5 5 31 81,6 % 31 av 38" in text
    assert "Justerad andel lämnar ute" in text
    assert "avliden eller flyttat" in text


def test_kartlaggning_and_plan_in_time_from_both_days(coordinator, known_project):
    text = words(coordinator.get(URL, DAY))
    assert "Från inskrivning 100 % inom 14 dagar 77,5 % 62–88 % 31 av 40 9 0 0 12 dagar Inte nått" in text
    assert "Från anvisning eller ansökan 100 % inom 14 dagar 77,5 % 62–88 % 31 av 40 9 0 0 14 dagar" in text


def test_before_anybody_is_due_it_is_too_early(coordinator, known_project):
    text = words(coordinator.get(URL, {"per": "2011-01-31"}))
    assert "är det för tidigt att säga något" in text
    assert "0 av 0 För tidigt" in text
    assert "1 Deltar 75 % på 3 mån – " in text


def test_a_small_base_is_marked_for_those_who_see_persons(coordinator, world):
    world.project.enrolments.update(is_void=True)
    write(world.project, [Case([Begun(on=date(2011, 1, 1))])] * 9)
    assert "0 av 9 Inte nått litet underlag" in words(coordinator.get(URL, DAY))


def test_wrongly_registered_are_in_no_result(coordinator, known_project):
    known_project.enrolments.filter(is_void=False).update(is_void=True)
    assert "0 inskrivna" in words(coordinator.get(URL, DAY))


def test_a_day_to_come_is_refused_and_what_was_typed_is_kept(coordinator, known_project):
    response = coordinator.get(URL, {"per": "2099-12-31"})
    assert "Kontrollera årtalet." in words(response)
    assert 'value="2099-12-31"' in response.content.decode()


def test_without_a_day_today_is_shown(coordinator, known_project):
    with time_machine.travel("2012-06-14 12:00", tick=False):
        assert "Per 14 juni 2012" in words(coordinator.get(URL))


def test_a_case_worker_gets_figures_for_the_own_cases(world, known_project, log_in):
    cases = Enrolment.objects.filter(project=known_project, is_void=False).order_by("pk")[:12]
    for enrolment in cases:
        CaseAssignmentFactory(enrolment=enrolment, user=world.case_worker)
    text = words(log_in(world.case_worker).get(URL, DAY))
    assert "12 inskrivna som du arbetar med" in text
    assert "12 av 12 Nått" in text
    CaseAssignment.objects.filter(user=world.case_worker).update(valid_until=date(2012, 1, 1))
    assert "0 inskrivna som du arbetar med" in words(log_in(world.case_worker).get(URL, DAY))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("case_worker", 200),
        ("coordinator", 200),
        ("af_coordinator", 200),
        ("project_leader", 200),
        ("steering", 403),
        ("administrator", 403),
        ("log_reviewer", 403),
        ("outsider", 403),
    ],
)
def test_who_reaches_the_page(world, log_in, role, status):
    assert log_in(getattr(world, role)).get(URL).status_code == status


def test_it_leaves_one_event_without_persons_in_the_access_log(coordinator, known_project):
    coordinator.get(URL, DAY)
    event = AccessEvent.objects.get(part="result")
    assert event.subjects_count == 0


def test_queries_are_few_and_the_same_for_few_and_many(coordinator, world):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            coordinator.get(URL, DAY)
        return [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]

    queries()
    few = queries()
    write(world.project, [Case([Begun(on=date(2011, 1, 1))], judged=[Judged(cleared=date(2011, 1, 1))])] * 30)
    write(world.project, [Case([Begun(on=date(2011, 1, 1) + timedelta(days=place))]) for place in range(30)])
    assert len(queries()) == len(few) <= 16


def test_curves_carry_their_words_and_a_table(coordinator, known_project):
    html = coordinator.get(URL, DAY).content.decode()
    assert html.count('role="img"') >= 5
    assert "Andel som klarat steg 1" in unescape(html)
    text = words(coordinator.get(URL, DAY))
    assert "Steg 4 eller 5 " in text[text.index("Tid till stegen") :]
    assert "Månad Har klarat 95 % Följs än" in text


@pytest.mark.parametrize(
    ("ends", "now", "who", "shown"),
    [
        (date(2012, 6, 15), "2012-06-15", "coordinator", "15 juni 2012"),
        (date(2012, 6, 15), "2012-09-03", "coordinator", "15 juni 2012"),
        (date(2012, 6, 15), "2012-06-10", "project_leader", "31 mars 2012"),
        (date(2012, 6, 15), "2012-06-20", "project_leader", "15 juni 2012"),
        (date(2012, 6, 30), "2012-09-03", "project_leader", "30 juni 2012"),
        (date(2012, 12, 31), "2012-09-03", "coordinator", "3 september 2012"),
        (None, "2012-09-03", "project_leader", "30 juni 2012"),
    ],
)
def test_without_a_day_an_ended_project_is_shown_as_of_its_end(world, known_project, log_in, ends, now, who, shown):
    known_project.ends_on = ends
    known_project.save()
    with time_machine.travel(f"{now} 12:00", tick=False):
        assert f"Per {shown}" in words(log_in(getattr(world, who)).get(URL))


def test_what_the_targets_need_is_said_of_those_one_may_read_about_alone(coordinator, known_project, log_in, world):
    text = words(coordinator.get(URL, DAY))
    assert "Vad krävs för målet?" in text
    assert "kan inte nås" in text or "behöver klara steget i tid" in text
    assert "Vad krävs för målet?" not in words(log_in(world.project_leader).get(URL, DAY))
