"""Each deadline by itself: the promised form, equal to a count one person at a time, and the same on the page."""

import json
import os
import random
from contextlib import nullcontext, suppress
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from actionplans.plans.firsts import COLUMNS
from core.days.dates import after_workdays
from core.swedish.words import NBSP
from participants.enums import ReferralSource, ReferralState
from participants.models import Enrolment, EnrolmentEntry
from reports.datasets import Population
from reports.datasets.limits import Before, Days, longest
from reports.figures.catalogue import EACH_DEADLINE
from reports.figures.past import past_tables
from reports.figures.project import project_figures
from reports.tables.each_deadline import plain_rows
from tests.casework.test_histories import KINDS
from tests.reports import oracle
from tests.reports.oracle import Begun, Case, Done, Left, Met
from tests.reports.safe.attack import tables_of
from tests.world.cases import days_ago
from tests.world.deeds.stage import Stage, two_cases
from tests.world.factories.background import ReferralFactory
from tests.world.populations import MOMENTS, random_case, write
from tests.world.worlds import model_project

# 300 of them in `make soak`.
SEEDS = range(max(12, int(os.environ.get("WORLDS", "50")) * 3 // 5))
DAY = date(2011, 1, 3)
KEYS = ["deadline", "from", "due", "in_time", "done_late", "not_done", "not_yet_due", "left_before", "median_days"]
ALIKE = {"first_meeting": 14, "assessment": 14, "plan": 14, "placement": 5, "follow_up": 14}


def run(*args):
    out = StringIO()
    call_command("deadline_adherence", *args, stdout=out, stderr=StringIO())
    return out.getvalue()


def asked(project, as_of, *args):
    return json.loads(run("--project", project.register_number, "--as-of", f"{as_of}", "--format", "json", *args))


@pytest.fixture
def project(db):
    project = model_project()
    for versions in (project.ladders, project.target_versions):
        versions.update(recorded_at=oracle.ALWAYS)
    return project


def limited(project, chance):
    """Other numbers of days in some of the worlds."""
    if chance.random() < 0.5:
        return ALIKE
    limits = {name: chance.choice([3, 7, 10, 14, 15, 21]) for name in ALIKE}
    limits["placement"] = chance.choice([limits["placement"], None])
    columns = {f"{name}_days": days for name, days in limits.items() if name != "follow_up"}
    type(project).objects.filter(pk=project.pk).update(**columns, first_follow_up_days=limits["follow_up"])
    project.refresh_from_db()
    return limits


def referred(project, chance):
    """Referrals that led nowhere; the days of those that count."""
    days = []
    for _ in range(chance.randrange(4)):
        day = date(2011, 1, 1) + timedelta(days=chance.randrange(400))
        source = chance.choice([ReferralSource.SOCIAL_SERVICES, ReferralSource.OWN_APPLICATION])
        ReferralFactory(
            project=project, concerns_on=day, source=source, state=ReferralState.WAITING, recorded_at=oracle.ALWAYS
        )
        days += [day] if source == ReferralSource.SOCIAL_SERVICES else []
    return days


@pytest.mark.parametrize("seed", SEEDS)
def test_it_is_a_count_one_person_at_a_time(project, seed):
    """On any day, as it is known now and as it was known at any moment."""
    chance = random.Random(seed)
    cases = [random_case(chance) for _ in range(chance.randrange(4, 30))]
    write(project, cases)
    limits, referrals = limited(project, chance), referred(project, chance)
    for moment in (chance.choice(MOMENTS) - timedelta(seconds=1), None):
        seen = [found for case in cases if (found := oracle.see(case, moment or MOMENTS[-1]))]
        for as_of in (date(2010, 9, 1) + timedelta(days=chance.randrange(700)) for _ in range(2)):
            known = ["--known-at", moment.isoformat()] if moment else []
            expected = oracle.each_deadline(seen, referrals, as_of, limits)
            assert asked(project, as_of, *known)["deadlines"] == expected


@pytest.mark.parametrize("seed", range(max(6, len(SEEDS) // 5)))
def test_what_was_known_is_told_again_whatever_is_corrected_taken_back_and_moved_since(world, seed):
    stage, project = Stage(world, two_cases(world), random.Random(seed)), world.project
    Enrolment.objects.filter(project=project).update(applied_on=F("enrolled_on"))
    EnrolmentEntry.objects.filter(enrolment__project=project).update(applied_on=F("concerns_on"))
    kinds, told = [kind(stage) for kind in KINDS], []
    for turn in range(80):
        with suppress(ValidationError):
            stage.chance.choice([kinds[0], kinds[0], *kinds]).deed()
        if turn % 5 == 4:
            told.append((timezone.now(), firsts_of(project), rows_of(project, None)))
    assert len({str(firsts) for _, firsts, _ in told}) > 3
    for moment, firsts, rows in told:
        past = past_tables(project, moment)
        with past.read() if past else nullcontext():
            assert firsts_of(project) == firsts
        assert rows_of(project, moment) == rows


def firsts_of(project):
    return list(Enrolment.objects.filter(project=project).order_by("pk").values_list("pk", *COLUMNS))


def rows_of(project, moment):
    days = [days_ago(60), days_ago(20), days_ago(0)]
    book = (project_figures(Population.whole(project), as_of=day, known_at=moment)[EACH_DEADLINE] for day in days)
    return [plain_rows(rows) for rows in book]


def known(project):
    """Twelve referred on a Monday and enrolled a week later, who had it all in time but for what is said."""
    begun = [Begun(on=DAY + timedelta(days=7), source="social_services", referred=DAY)]
    done = {
        "assessed": [Done(on=date(2011, 1, 12))],
        "planned": [Done(on=date(2011, 1, 14))],
        "met": [Met(on=date(2011, 1, 5), kind="first"), Met(on=date(2011, 1, 28), kind="phone")],
        "placed": [Done(on=date(2011, 1, 17))],
    }
    cases = [Case(begun, **done) for _ in range(8)]
    cases += [Case(begun, **{**done, "placed": [Done(on=date(2011, 1, 18))], "met": [Met(on=date(2011, 2, 1))]})]
    cases += [Case(begun, **{**done, "planned": [], "placed": [Done(on=date(2011, 1, 20))]})]
    cases += [Case(begun, **{**done, "met": [Met(on=date(2011, 1, 5), kind="no_show")]})]
    cases += [Case(begun, [Left(on=date(2011, 1, 16))])]
    write(project, cases)


def row(rows, what, since):
    (found,) = (line for line in rows if (line["deadline"], line["from"]) == (what, since))
    return [found[key] for key in KEYS[2:]]


def test_json_has_exactly_the_promised_form(project):
    known(project)
    data = asked(project, "2011-06-30")
    assert list(data) == ["project", "as_of", "deadlines"]
    assert (data["project"], data["as_of"]) == (project.register_number, "2011-06-30")
    assert [list(line) for line in data["deadlines"]] == [KEYS] * 9
    assert [(line["deadline"], line["from"]) for line in data["deadlines"]] == oracle.DEADLINES
    rows = data["deadlines"]
    # The one who left did so before the fourteenth day, and the day before the fifth workday.
    assert row(rows, "first_meeting", "application") == [11, 9, 1, 1, 0, 1, 2]
    assert row(rows, "assessment", "application") == [11, 11, 0, 0, 0, 1, 9]
    assert row(rows, "plan", "enrolment") == [11, 10, 0, 1, 0, 1, 4]
    assert row(rows, "assessment_and_plan", "enrolment") == [11, 10, 0, 1, 0, 1, 4]
    assert row(rows, "placement", "enrolment") == [11, 9, 2, 0, 0, 1, 7]
    assert row(rows, "follow_up", "plan") == [10, 8, 1, 1, 0, 0, 14]


def test_the_result_page_has_the_same_digits(world, log_in):
    """Of each row; those of kartläggning and plan together stand in the chapter before."""
    project = world.project
    project.enrolments.update(is_void=True)
    known(project)
    tables = tables_of(log_in(world.coordinator).get("/resultat/", {"per": "2011-06-30"}).content.decode())
    shown = next(rows for label, rows in tables.items() if label.startswith("Tidsgränserna en för en"))
    rows = [line for line in asked(project, "2011-06-30")["deadlines"] if line["deadline"] != "assessment_and_plan"]
    assert len(shown) == 1 + len(rows) == 8
    for cells, line in zip(shown[1:], rows, strict=True):
        median = "–" if line["median_days"] is None else f"{line['median_days']} dagar"
        numbers = [str(line[key]) for key in ("done_late", "not_done", "not_yet_due", "left_before")]
        assert cells[2:] == [f"{line['in_time']} av {line['due']}", *numbers, median]


def test_the_table_says_the_same(project):
    known(project)
    out = run("--project", project.register_number, "--as-of", "2011-06-30").replace(NBSP, " ")
    line = next(line for line in out.splitlines() if line.startswith("Första placeringen"))
    assert [cell.strip() for cell in line.split("  ") if cell.strip()] == [
        "Första placeringen, inom 5 arbetsdagar från inskrivning", "9 av 11", "81,8 %", "2", "0", "0", "1", "7 dagar"
    ]  # fmt: skip


def test_a_project_without_a_deadline_for_the_placement_says_so_in_its_row(project):
    known(project)
    before = asked(project, "2011-06-30")["deadlines"]
    type(project).objects.filter(pk=project.pk).update(placement_days=None)
    after = asked(project, "2011-06-30")["deadlines"]
    assert row(after, "placement", "enrolment") == [0, 0, 0, 0, 0, 0, None]
    assert [line for line in after if line["deadline"] != "placement"] == [
        line for line in before if line["deadline"] != "placement"
    ]
    for args in ((), ("--safe",)):
        out = run("--project", project.register_number, "--as-of", "2011-06-30", *args)
        line = next(line for line in out.splitlines() if line.startswith("Första placeringen"))
        assert [cell.strip() for cell in line.split("  ") if cell.strip()] == [
            "Första placeringen, ingen tidsgräns", *["–"] * 7
        ]  # fmt: skip


@pytest.mark.parametrize("person", ["coordinator", "project_leader"])
def test_the_result_page_says_it_too_and_hides_nothing_there(world, log_in, person):
    world.project.enrolments.update(is_void=True)
    known(world.project)
    type(world.project).objects.update(placement_days=None)
    html = log_in(getattr(world, person)).get("/resultat/", {"per": "2011-06-30"}).content.decode()
    tables = tables_of(html)
    shown = next(rows for label, rows in tables.items() if label.startswith("Tidsgränserna en för en"))
    (cells,) = (cells for cells in shown if cells[0].startswith("Första placeringen"))
    assert cells[0].endswith("ingen tidsgräns")
    assert set(cells[1:]) == {"–"}


def test_the_safe_version_hides_how_late_and_not_done_divide(project):
    known(project)
    out = run("--project", project.register_number, "--as-of", "2011-06-30", "--safe")
    line = next(line for line in out.splitlines() if line.startswith("Första personliga mötet"))
    assert "9 av 11" in line
    assert line.count("dolt") == 5
    with pytest.raises(CommandError, match="tabell"):
        asked(project, "2011-06-30", "--safe")
    with pytest.raises(CommandError, match="kvartalsslut"):
        run("--project", project.register_number, "--as-of", "2011-06-29", "--safe")


@pytest.mark.parametrize("workdays", [1, 2, 5, 10, 60])
def test_so_many_workdays_are_never_longer_than_said_and_who_is_due_is_who_began_before(workdays):
    first = date(2008, 1, 1)
    for begun in (first + timedelta(days=number) for number in range(0, 366 * 30, 7 if workdays > 10 else 1)):
        last = after_workdays(begun, workdays)
        assert workdays <= (last - begun).days <= longest(workdays)
    for as_of in (date(2011, 12, 20) + timedelta(days=number) for number in range(40)):
        before = Before.of(Days(placement=workdays), as_of).placed_before
        for begun in (before - timedelta(days=1), before):
            assert (after_workdays(begun, workdays) < as_of) is (begun < before)
