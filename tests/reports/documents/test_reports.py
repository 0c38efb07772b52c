"""Reports are written, changed, adopted and read, by those who may."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccessEvent
from core.forms.token import OTHER_WORDS
from participants.enrolment.actions import correct_enrolment
from participants.models import Enrolment
from reports.documents.actions import (
    NO_TEXT,
    ReportHasNoText,
    ReportIsAdopted,
    adopt_report,
    change_report,
    write_report,
)
from reports.enums import ReportState
from reports.models import Report
from tests.reports.conftest import known_cases
from tests.reports.pages.test_result_page import words
from tests.world.pages import fill, shown, submit
from tests.world.populations import write
from tests.world.worlds import model_project

TEXTS = ("Vi skulle hjälpas åt.", "Vi träffades ofta.", "Det gick bra.")
ANSWERS = {
    "title": "Slutrapport 2012",
    "period_start": "2010-09-01",
    "period_end": "2012-06-30",
    "as_of": "2012-06-30",
    "text_1": TEXTS[0],
    "text_2": TEXTS[1],
    "text_3": TEXTS[2],
    "token": "6b0e1f0e-53c4-4b5f-9d2e-1a2f6d6f0001",
}


@pytest.fixture
def leader(world, log_in):
    return log_in(world.project_leader)


def make_report(world, **changes):
    fields = {
        "title": "Slutrapport",
        "period_start": date(2010, 9, 1),
        "period_end": date(2012, 6, 30),
        "as_of": date(2012, 6, 30),
        "texts": TEXTS,
    }
    return write_report(project=world.project, by=world.project_leader, **(fields | changes))


def test_a_report_is_written_with_its_texts_and_the_figures_as_known_then(leader, known_project):
    response = leader.post("/rapporter/ny/", ANSWERS, follow=True)
    report = Report.objects.get()
    assert response.redirect_chain == [(report.get_absolute_url(), 302)]
    text = words(response)
    assert "Rapporten är sparad som utkast." in text
    for part in (*TEXTS, "Uppdraget", "Så har vi arbetat", "Slutsatser", "77,5 % 62–88 % 31 av 40 Nått"):
        assert part in text


def test_the_form_proposes_the_latest_quarter_end_before_the_day_asked_for(leader):
    with time_machine.travel("2012-07-20 12:00", tick=False):
        html = leader.get("/rapporter/ny/?per=2012-06-14").content.decode()
    assert 'value="2012-03-31"' in html


@pytest.mark.parametrize(("now", "proposed"), [("2012-06-10", "2012-03-31"), ("2012-08-01", "2012-06-15")])
def test_the_form_proposes_the_end_of_an_ended_project(world, leader, now, proposed):
    world.project.ends_on = date(2012, 6, 15)
    world.project.save()
    with time_machine.travel(f"{now} 12:00", tick=False):
        form = leader.get("/rapporter/ny/").context["form"]
    assert str(form["as_of"].value()) == proposed
    assert form["period_end"].value() == min(date(2012, 6, 15), date.fromisoformat(proposed))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"as_of": "2012-06-29"}, "Välj ett kvartals sista dag, till exempel 31 mars 2012."),
        ({"as_of": "2099-12-31"}, "Kontrollera årtalet."),
        ({"period_end": "2010-01-01"}, "Perioden kan inte sluta innan den börjar."),
        ({"title": ""}, "Skriv rapportens titel."),
    ],
)
def test_a_fault_is_told_and_everything_typed_is_kept(leader, changes, says):
    response = leader.post("/rapporter/ny/", ANSWERS | changes)
    assert says in words(response)
    assert TEXTS[1] in response.content.decode()
    assert not Report.objects.exists()


def test_the_button_pressed_twice_makes_one_report(leader):
    leader.post("/rapporter/ny/", ANSWERS)
    assert leader.post("/rapporter/ny/", ANSWERS).url == Report.objects.get().get_absolute_url()


def test_a_second_press_with_other_words_is_asked_about(leader):
    leader.post("/rapporter/ny/", ANSWERS)
    response = leader.post("/rapporter/ny/", ANSWERS | {"title": "En annan titel"})
    assert OTHER_WORDS in words(response)
    assert Report.objects.count() == 1


def test_a_change_is_saved(world, leader):
    report = make_report(world)
    response = submit(leader, f"{report.get_absolute_url()}andra/", text_3="Nytt slut.")
    assert response.url == report.get_absolute_url()
    report.refresh_from_db()
    assert report.version == 2
    assert report.sections.get(position=3).text == "Nytt slut."


def test_whoever_saves_second_sees_both_texts_and_overwrites_nothing(world, leader):
    report = make_report(world)
    url = f"{report.get_absolute_url()}andra/"
    one, two = fill(leader, url, text_3="Den förstas slut."), fill(leader, url, text_3="Den andras slut.")
    leader.post(url, one)
    response = leader.post(url, two)
    assert "Någon annan hann spara före dig" in words(response)
    assert "Slutsatser Den förstas slut. Den andras slut." in words(response)
    assert report.sections.get(position=3).text == "Den förstas slut."
    assert leader.post(url, shown(response.context["form"])).status_code == 302
    assert report.sections.get(position=3).text == "Den andras slut."


def test_an_adopted_report_stands(world, leader):
    report = make_report(world)
    url = report.get_absolute_url()
    late = fill(leader, f"{url}andra/", text_3="Nytt slut.")
    assert "kan inte ändras" in words(leader.get(f"{url}anta/"))
    assert "Rapporten är antagen." in words(leader.post(f"{url}anta/", {"version": "1"}, follow=True))
    report.refresh_from_db()
    assert report.state == ReportState.ADOPTED
    assert "kan inte ändras" in words(leader.get(f"{url}andra/", follow=True))
    for _ in range(2):
        told = leader.post(f"{url}andra/", late)
        assert "är antagen och kan inte ändras" in words(told)
        assert "Nytt slut." in words(told)
        late = shown(told.context["form"])
    assert report.sections.get(position=3).text == TEXTS[2]
    fields = {"title": "Ny", "period_start": report.period_start, "period_end": report.period_end}
    with pytest.raises(ReportIsAdopted):
        change_report(report=report, as_of=report.as_of, texts=TEXTS, by=world.project_leader, **fields)
    with pytest.raises(ReportIsAdopted):
        adopt_report(report=report, based_on=1, by=world.project_leader)


def test_a_report_changed_since_it_was_read_is_not_adopted(world, leader):
    report = make_report(world)
    submit(leader, f"{report.get_absolute_url()}andra/", text_3="Nytt slut.")
    response = leader.post(f"{report.get_absolute_url()}anta/", {"version": "1"}, follow=True)
    assert "Någon ändrade rapporten nyss." in words(response)
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT
    assert leader.post(f"{report.get_absolute_url()}anta/", {}).status_code == 404


PAGES = ["", "andra/", "anta/", ".pdf"]


@pytest.mark.parametrize(
    ("role", "adopted", "statuses"),
    [
        ("project_leader", False, [200, 200, 200, 200]),
        ("project_leader", True, [200, 302, 302, 200]),
        ("coordinator", False, [404, 403, 403, 404]),
        ("coordinator", True, [200, 403, 403, 200]),
        ("steering", False, [404, 403, 403, 404]),
        ("steering", True, [200, 403, 403, 200]),
        ("case_worker", True, [403, 403, 403, 403]),
        ("administrator", True, [403, 403, 403, 403]),
        ("outsider", True, [403, 403, 403, 403]),
    ],
)
def test_who_may_read_and_write(world, log_in, monkeypatch, role, adopted, statuses):
    monkeypatch.setattr("core.pdf.process.render", lambda html: b"%PDF-")
    report = make_report(world)
    if adopted:
        adopt_report(report=report, based_on=1, by=world.project_leader)
    client, url = log_in(getattr(world, role)), report.get_absolute_url()
    addresses = [url.removesuffix("/") + page if page == ".pdf" else url + page for page in PAGES]
    assert [client.get(address).status_code for address in addresses] == statuses
    titles = words(client.get("/rapporter/"))
    assert ("Slutrapport" in titles) == (statuses[0] == 200)
    assert client.get("/rapporter/ny/").status_code == (200 if role == "project_leader" else 403)


def test_another_projects_report_does_not_exist(world, leader):
    other = model_project(register_number="ANNAT", name="Annat", host=world.ame)
    report = make_report(world)
    Report.objects.filter(pk=report.pk).update(project=other)
    for page in ("", "andra/", "anta/"):
        assert leader.get(report.get_absolute_url() + page).status_code == 404


def test_an_adopted_report_keeps_its_figures_and_a_draft_follows_what_is_written(world, leader, known_project):
    adopted, draft = make_report(world), make_report(world)
    adopt_report(report=adopted, based_on=1, by=world.project_leader)
    before = words(leader.get(adopted.get_absolute_url()))
    for enrolment in Enrolment.objects.filter(project=known_project, is_void=False).order_by("pk")[:5]:
        correct_enrolment(
            enrolment=enrolment,
            enrolled_on=enrolment.enrolled_on,
            source=enrolment.source,
            applied_on=None,
            referred_on=None,
            is_void=True,
            by=world.coordinator,
        )
    assert "31 av 40" in before
    assert words(leader.get(adopted.get_absolute_url())) == before
    assert "26 av 35" in words(leader.get(draft.get_absolute_url()))
    assert "26 av 35" in words(leader.get("/resultat/", {"per": "2012-06-30"}))


def test_each_write_is_in_the_access_log(world, leader):
    leader.post("/rapporter/ny/", ANSWERS)
    report = Report.objects.get()
    submit(leader, f"{report.get_absolute_url()}andra/", text_3="Nytt slut.")
    leader.post(f"{report.get_absolute_url()}anta/", {"version": "2"})
    changes = AccessEvent.objects.filter(kind="change").order_by("pk").values_list("part", flat=True)
    assert list(changes)[-3:] == ["report_create", "report_edit", "report_adopt"]


def test_queries_of_a_report_are_the_same_for_few_and_many(world, leader):
    """An adopted report works out anew those written about since, in a number of statements that doesn't grow."""
    report = make_report(world)
    adopt_report(report=report, based_on=1, by=world.project_leader)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert leader.get(report.get_absolute_url()).status_code == 200
        return len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    write(world.project, known_cases())
    world.project.enrolments.last().entries.update(superseded_at=timezone.now())
    queries()
    few = queries()
    for enrolment in write(world.project, known_cases()):
        enrolment.entries.update(superseded_at=timezone.now())
    assert queries() == few <= 30


@pytest.mark.parametrize("end", ["\r\n", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}"], ids=ascii)
def test_a_text_of_lines_with_next_to_nothing_on_them_is_refused_and_kept(leader, known_project, end):
    """However they end: on paper each makes a line."""
    many = f"a{end}" * 6_000
    page = leader.post("/rapporter/ny/", {**ANSWERS, "text_2": many})
    assert page.context["form"].errors == {
        "text_2": ["Texten har 6000 rader och får ha högst 400. Slå ihop rader till stycken."]
    }
    assert page.context["form"]["text_2"].value() == many
    assert not Report.objects.exists()


def test_a_report_without_text_is_not_adopted(world, leader, known_project):
    report = make_report(world, texts=("", " ", ""))
    address = report.get_absolute_url()
    assert ">Anta<" not in leader.get(address).content.decode()
    assert NO_TEXT in words(leader.get(f"{address}anta/", follow=True))
    assert NO_TEXT in words(leader.post(f"{address}anta/", {"version": "1"}, follow=True))
    with pytest.raises(ReportHasNoText):
        adopt_report(report=report, based_on=1, by=world.project_leader)
    assert not Report.objects.get().is_adopted
    change_report(
        report=report, title=report.title, period_start=report.period_start, period_end=report.period_end,
        as_of=report.as_of, texts=("", "", "Det gick bra."), by=world.project_leader,
    )  # fmt: skip
    assert ">Anta<" in leader.get(address).content.decode()
