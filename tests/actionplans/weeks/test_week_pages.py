"""The week on the plan's pages: typed row by row, read as days, and the words that stood before it."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from actionplans.models import PlanRevision
from actionplans.weeks.entries import Entry, Week
from actionplans.weeks.page import days_of, holidays_ahead, in_short
from core.models import TextBody
from participants.models import Enrolment
from tests.world.cases import AGREED, days_ago, plan, started
from tests.world.forms import text_of
from tests.world.pages import faults, fill, shown, submit

WORDS = "Måndag–torsdag 9–13, fredag ledig"
REST = {"main_activity": "Återbruket", "m1_text": "Göra klart cv"}
TIME = {"w1_start": "9", "w1_end": "12.30"}


@pytest.fixture
def case(world) -> Enrolment:
    return started(world.enrolment, 30)


@pytest.fixture
def url(case) -> str:
    return reverse("plan_edit", args=[case.public_id])


@pytest.fixture
def detail(case) -> str:
    return reverse("plan_detail", args=[case.public_id])


@pytest.fixture
def in_words(world, case) -> PlanRevision:
    """A complete plan from when the week was written in words."""
    revision = plan(case, world.case_worker, valid_on=days_ago(10))
    PlanRevision.objects.filter(pk=revision.pk).update(schedule=TextBody.objects.write(WORDS))
    return PlanRevision.objects.get(pk=revision.pk)


def schedules(case: Enrolment) -> list[str]:
    rows = PlanRevision.objects.filter(enrolment=case).current().order_by("number")
    return [row.schedule.text if row.schedule else "" for row in rows]


# --- Typed ------------------------------------------------------------------------------------------------------------


def test_a_week_is_typed_in_rows_that_have_their_days_already(client, case, url) -> None:
    more = {"w3_start": "8:30", "w3_end": "12", "w3_what": "Samtal", "w3_where": "Huset · andra våningen"}
    submit(client, url, **REST, **TIME, **more)
    assert schedules(case) == [
        "Måndag 9.00–12.30\nOnsdag 8.30–12.00 · Samtal · Huset - andra våningen",
    ]
    assert PlanRevision.objects.get().is_complete


def test_times_are_kept_in_the_order_of_the_week(client, case, url) -> None:
    submit(
        client, url, w1_day="6", w1_start="10", w1_end="11", w2_day="1", w2_start="13-15", w3_day="1", w3_start="9-10"
    )
    assert schedules(case) == ["Tisdag 9.00–10.00\nTisdag 13.00–15.00\nSöndag 10.00–11.00"]


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"w3_start": "13", "w3_end": "9"}, "w3_end", "Rad 3: till ska vara efter från."),
        ({"w3_start": "9", "w3_end": "9.00"}, "w3_end", "Rad 3: till ska vara efter från."),
        ({"w3_start": "9"}, "w3_end", "Rad 3: skriv till vilken tid."),
        ({"w3_end": "9"}, "w3_start", "Rad 3: skriv från vilken tid."),
        ({"w3_what": "Samtal"}, "w3_start", "Rad 3: skriv från vilken tid."),
        ({"w3_where": "Huset"}, "w3_start", "Rad 3: skriv från vilken tid."),
        ({"w3_start": "tidigt", "w3_end": "9"}, "w3_start", "Rad 3: skriv från som 9 eller 9.30."),
        ({"w3_start": "9", "w3_end": "25"}, "w3_end", "Rad 3: skriv till som 9 eller 9.30."),
        ({"w3_day": "", "w3_start": "9", "w3_end": "10"}, "w3_day", "Rad 3: välj en dag."),
        (
            {"w3_day": "0", "w3_start": "12", "w3_end": "14"},
            "w3_start",
            "Rad 3: från och till går in i rad 1, samma dag.",
        ),
    ],
)
def test_a_fault_names_its_row_and_keeps_everything(client, case, url, answers, field, said) -> None:
    answer = submit(client, url, **REST, **TIME, **answers)
    assert faults(answer) == {field: [said]}
    assert f'href="#id_{field}"' in answer.content.decode()
    kept = shown(answer.context["form"])
    assert {name: kept.get(name, "") for name in answers} == answers
    assert kept["w1_end"] == "12.30"
    assert not PlanRevision.objects.exists()


def test_one_more_row_keeps_everything_typed_and_saves_nothing(client, url) -> None:
    answers = fill(client, url, **REST, **TIME, w2_start="nio", m2_text="Ringa")
    form = client.post(url, {**answers, "do": "add_time"}).context["form"]
    kept = shown(form)
    assert {name: value for name, value in kept.items() if name in answers and name != "times"} == {
        name: value for name, value in answers.items() if name != "times"
    }
    assert (kept["times"], kept["rows"]) == ("6", "3")
    assert form.fields["w6_day"].widget.attrs["autofocus"]
    assert not PlanRevision.objects.exists()


def test_rows_of_the_week_end_somewhere(client, url) -> None:
    form = client.post(url, {**fill(client, url, times="28"), "do": "add_time"}).context["form"]
    assert (form.has_room, len(form.time_rows)) == (False, 28)


@pytest.mark.parametrize("times", ["0", "29", "-1", "x", "٣"])
def test_rows_that_the_page_never_writes_are_refused(client, url, times) -> None:
    assert client.post(url, {"times": times}).status_code == 400


def test_there_is_always_room_for_more(world, client, case, url) -> None:
    plan(case, world.case_worker)
    form = client.get(url).context["form"]
    empty = [row.number for row in form.time_rows if not row.start.value()]
    assert empty == [5, 6]


def test_a_week_that_is_emptied_is_gone(world, client, case, url, detail) -> None:
    plan(case, world.case_worker, week=Week((Entry(0, 540, 600),)))
    submit(client, url, w1_start="", w1_end="")
    assert schedules(case) == ["Måndag 9.00–10.00", ""]
    assert "Saknar veckoschema" in text_of(client.get(detail))


# --- Read -------------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_days_and_their_hours(world, client, case, detail) -> None:
    week = Week((Entry(0, 540, 600), Entry(0, 660, 750, "Samtal", "Huset"), Entry(5, 600, 690)))
    plan(case, world.case_worker, week=week)
    text = text_of(client.get(detail))
    assert "Veckan 4 timmar i veckan" in text
    assert "Måndag 2,5 timmar 9.00–10.00 11.00–12.30 Samtal Huset Tisdag ledig" in text
    assert "Lördag 1,5 timmar" in text
    assert "Söndag" not in text


@pytest.mark.parametrize(
    ("on", "weekdays", "said"),
    [
        (date(2026, 12, 31), (2, 3), ["31 december räknas som helgdag", "6 januari är helgdag"]),
        (date(2027, 1, 6), (2,), ["6 januari är helgdag"]),
        (date(2027, 1, 7), (2,), []),
        (date(2027, 1, 1), (0,), []),
        (date(2026, 6, 15), (4,), ["19 juni räknas som helgdag"]),
        (date(2030, 5, 25), (3,), ["30 maj är helgdag"]),
        (date(2026, 6, 1), (5,), ["6 juni är helgdag"]),
    ],
)
def test_holidays_of_the_days_to_come_are_known(on, weekdays, said) -> None:
    week = Week(tuple(Entry(day, 540, 600) for day in weekdays))
    assert [text.replace("\xa0", " ") for text in holidays_ahead(week, on)] == said


def test_a_holiday_on_a_day_of_the_week_is_told(world, log_in, case, detail) -> None:
    with time_machine.travel("2027-01-04 11:00Z", tick=False):
        plan(case, world.case_worker, week=AGREED)
        assert "6 januari är helgdag." in text_of(log_in(world.case_worker).get(detail))


def test_a_day_off_is_no_column_on_a_weekend() -> None:
    days = days_of(Week((Entry(6, 540, 600),)))
    assert [(day.name, len(day.entries)) for day in days][-2:] == [("fredag", 0), ("söndag", 1)]
    assert days_of(Week()) == []


def test_each_revision_keeps_its_week_and_says_that_it_changed(world, client, case, url, detail) -> None:
    plan(case, world.case_worker, valid_on=days_ago(9), week=Week((Entry(0, 540, 600, "Köket"),)))
    submit(client, url, w1_what="Verkstaden")
    page = client.get(detail)
    assert "I plan 2 ändrades veckoschema" in text_of(page)
    assert "Måndag 9.00–10.00 · Köket" in text_of(page)
    assert [str(version.week) for version in (page.context["current"], *page.context["earlier"])] == [
        "Måndag 9.00–10.00 · Verkstaden",
        "Måndag 9.00–10.00 · Köket",
    ]


# --- In words, from before --------------------------------------------------------------------------------------------


def test_words_are_read_as_they_stand_until_a_week_is_entered(in_words, client, case, url, detail) -> None:
    text = text_of(client.get(detail))
    assert f"Skrivet tidigare i ord. Skriv in veckan dag för dag {WORDS}" in text
    assert "Komplett" in text
    assert WORDS in text_of(client.get(url))
    submit(client, url, **TIME)
    assert schedules(case) == [WORDS, "Måndag 9.00–12.30"]
    assert "Skrivet tidigare i ord" not in text_of(client.get(url))
    assert WORDS in text_of(client.get(detail))


def test_the_next_plan_keeps_the_words_and_is_complete_by_them(in_words, client, case, url) -> None:
    submit(client, url, main_activity="Butiken")
    assert schedules(case) == [WORDS, WORDS]
    assert PlanRevision.objects.get(number=2).is_complete


def test_a_page_with_a_fault_shows_the_words_too(in_words, client, url) -> None:
    assert WORDS in text_of(submit(client, url, w1_start="9"))


def test_no_new_words_are_written_and_those_of_a_page_from_before_are_shown(client, case, url) -> None:
    answer = submit(client, url, **REST, schedule=WORDS)
    assert faults(answer) == {"w1_start": [f"Veckan skrivs in i rader nu. Du hade skrivit: «{WORDS}»."]}
    assert schedules(case) == []


def test_words_that_stand_may_come_from_a_page_from_before(in_words, client, case, url) -> None:
    submit(client, url, main_activity="Butiken", schedule=WORDS)
    assert schedules(case) == [WORDS, WORDS]


def test_an_earlier_plan_that_was_complete_by_words_stays_so_whatever_is_corrected(in_words, client, case, url) -> None:
    submit(client, url, **TIME)
    last = PlanRevision.objects.current().get(number=2)
    submit(client, reverse("revision_edit", args=[last.public_id]), schedule="", why="Fel.")
    said = [(row.number, row.is_complete) for row in PlanRevision.objects.current().order_by("number")]
    assert said == [(1, True), (2, False)]
    case.refresh_from_db()
    assert case.planned_on == days_ago(10)


# --- Corrected --------------------------------------------------------------------------------------------------------


def test_a_week_is_corrected_line_by_line(world, client, case, detail) -> None:
    revision = plan(case, world.case_worker, week=Week((Entry(0, 540, 600, "Köket"),)))
    edit = reverse("revision_edit", args=[revision.public_id])
    assert shown(client.get(edit).context["form"])["schedule"] == "Måndag 9.00–10.00 · Köket"
    submit(client, edit, schedule="mån 9-11, Köket\ntors 13 till 15", why="Fel tider.")
    assert schedules(case) == ["Måndag 9.00–11.00 · Köket\nTorsdag 13.00–15.00"]
    text = text_of(client.get(detail))
    assert "Förut stod:" in text
    assert "Måndag 9.00–10.00 · Köket." in text


def test_a_line_that_is_no_time_is_named_and_changes_nothing(world, client, case) -> None:
    revision = plan(case, world.case_worker)
    edit = reverse("revision_edit", args=[revision.public_id])
    answer = submit(client, edit, schedule="måndag 9–13\nmåndag 12–14", why="Fel.")
    assert faults(answer) == {"schedule": ["Rad 2: tiden går in i rad 1, samma dag."]}
    assert "måndag 12–14" in answer.content.decode()
    assert schedules(case) == [str(AGREED)]


def test_words_are_corrected_as_words_or_become_a_week(in_words, client, case) -> None:
    edit = reverse("revision_edit", args=[in_words.public_id])
    submit(client, edit, schedule="Måndag–onsdag 9–13", why="Inte torsdag.")
    assert schedules(case) == ["Måndag–onsdag 9–13"]
    now = PlanRevision.objects.current().get()
    submit(client, reverse("revision_edit", args=[now.public_id]), schedule="måndag 9–13", why="Bara då.")
    assert schedules(case) == ["Måndag 9.00–13.00"]


def _same_time(*weekdays: int, what: str = "Träning") -> list[Entry]:
    return [Entry(day, 510, 810, what, "Köket") for day in weekdays]


@pytest.mark.parametrize(
    ("entries", "lines"),
    [
        (_same_time(0, 1, 2, 3, 4), ["Måndag–fredag 8.30–13.30 · Träning · Köket"]),
        (_same_time(1, 3), ["Tisdag 8.30–13.30 · Träning · Köket", "Torsdag 8.30–13.30 · Träning · Köket"]),
        (_same_time(3, 4), ["Torsdag och fredag 8.30–13.30 · Träning · Köket"]),
        (_same_time(4, 5, 6), ["Fredag–söndag 8.30–13.30 · Träning · Köket"]),
        (
            [*_same_time(0), *_same_time(1, what="Kurs")],
            ["Måndag 8.30–13.30 · Träning · Köket", "Tisdag 8.30–13.30 · Kurs · Köket"],
        ),
        (
            [Entry(0, 540, 600), Entry(0, 660, 720), Entry(1, 540, 600), Entry(1, 660, 720)],
            ["Måndag och tisdag 9.00–10.00", "Måndag och tisdag 11.00–12.00"],
        ),
    ],
)
def test_the_same_times_on_days_in_a_row_are_read_as_one_line(entries, lines) -> None:
    assert in_short(str(Week(tuple(entries)))).split("\n") == lines


@pytest.mark.parametrize("words", ["", WORDS, "Måndag förmiddag"])
def test_words_that_are_no_week_are_read_as_they_stand(words) -> None:
    assert in_short(words) == words
