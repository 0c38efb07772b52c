"""The attack on the figures: generated projects, every allowed day, by those who see no persons and by coordinators."""

import os
import random
from datetime import date, timedelta

import pytest
import time_machine

from participants.models import Enrolment
from projects.models import Ladder, TargetVersion
from reports.documents.actions import adopt_report, release_figures
from reports.safe.days import SafeDays, quarter_ends
from reports.statistics.curves import target_day
from tests.reports.documents.test_reports import make_report
from tests.reports.oracle import ALWAYS, cleared_days, see
from tests.reports.safe.attack import attack, read
from tests.world.populations import random_case, write

# As many as there is time for: `make soak` has it.
PROJECTS = int(os.environ.get("ATTACKS", "30"))
NOW = "2013-02-01 12:00"
LAST = date(2012, 6, 15)
URL = "/resultat/"
LEFT, LAST_TARGET = "Slutat i förtid", "Steg 4 eller 5"
CURVES = {"steg 1": range(1, 6), "steg 2": range(2, 6), "steg 3": range(3, 6), "steg 4 eller 5": (4, 5), "steg 5": (5,)}


def populate(world, seed):
    """A project of its own size and kind. Its last day isn't the end of a quarter."""
    chance = random.Random(seed)
    world.project.enrolments.update(is_void=True)
    world.project.ends_on = LAST
    world.project.save()
    cases = [random_case(chance) for _ in range(chance.choice([12, 20, 30, 45, 60]))]
    for case in cases:
        # What was written later was written before anybody read.
        for facts in (case.begun, case.left, case.judged, case.assessed, case.planned):
            facts[:] = [fact for fact in facts if fact.until is None]
    for model in (Ladder, TargetVersion):
        model.objects.update(recorded_at=ALWAYS)
    return cases, write(world.project, cases)


def pages(client, project, **more):
    """The result page of every allowed day."""
    for day in SafeDays.of(project, date(2013, 2, 1)).since(date(2010, 9, 1)):
        yield read(client.get(URL, {"per": day.isoformat(), **more}).content.decode(), day)


def exits(project):
    """How many had left by a day, as every page says."""
    left = sorted(day for day in project.enrolments.filter(is_void=False).values_list("exited_on", flat=True) if day)
    return lambda until: sum(day <= until for day in left)


@pytest.mark.parametrize("seed", range(PROJECTS))
def test_a_project_leader_recovers_no_hidden_number(world, log_in, seed):
    cases, _ = populate(world, seed)
    with time_machine.travel(NOW, tick=False):
        told = list(pages(log_in(world.project_leader), world.project))
    assert len(told) == 11
    assert attack(told, exits(world.project)) == []
    assert _leaving_told(told) <= {LAST_TARGET}
    assert _steep([see(case, _now()) for case in cases], told) == []
    for page in told:
        assert all(set(row) == {"Räknat", "Andel", "Antal", "Målet nått?"} for row in page.deadlines)


@pytest.mark.parametrize("seed", range(0, PROJECTS, 3))
def test_reports_add_nothing_to_what_the_pages_say(world, log_in, seed):
    """Reports of every quarter and of the last day, one of them of another day that was released: all adopted."""
    populate(world, seed)
    leader, told = log_in(world.project_leader), []
    with time_machine.travel(NOW, tick=False):
        for day in (*quarter_ends(date(2010, 12, 1), date(2013, 2, 1)), LAST, date(2012, 5, 8)):
            report = make_report(world, as_of=day, release_asked="Styrelsen möts den dagen.")
            if day == date(2012, 5, 8):
                release_figures(report=report, wanted=[""], reason="Prövat.", by=world.coordinator)
            adopt_report(report=report, based_on=1, by=world.project_leader)
            told.append(read(leader.get(report.get_absolute_url()).content.decode(), day))
        told += pages(leader, world.project)
    assert attack(_merged(told), exits(world.project)) == []


def test_a_large_project_is_told_most_of_what_is_behind_the_shares(world, log_in):
    """Hiding everything would be safe, too."""
    chance = random.Random(1)
    world.project.enrolments.update(is_void=True)
    cases = [random_case(chance) for _ in range(250)]
    for case in cases:
        for facts in (case.begun, case.left, case.judged, case.assessed, case.planned):
            facts[:] = [fact for fact in facts if fact.until is None]
    write(world.project, cases)
    with time_machine.travel(NOW, tick=False):
        told = list(pages(log_in(world.project_leader), world.project))
    assert _leaving_told(told) == {LAST_TARGET}
    behind = [
        count
        for page in told[1:5]
        for name, row in page.rows.items()
        for part, count in row.behind.items()
        if part != LEFT or name == LAST_TARGET
    ]
    shown = [count for count in behind if count is not None]
    assert len(shown) > len(behind) / 2
    assert all(row.due for row in told[0].rows.values())
    assert {len(curve.months) for curve in told[0].steps.values()} >= {2}
    assert attack(told, exits(world.project)) == []


def _leaving_told(told):
    """The targets that say who left: told of two, whose people are among each other's, they bound a third."""
    rows = [(name, row) for page in told for name, row in page.rows.items()]
    return {name for name, row in rows if row.behind.get(LEFT) is not None or row.adjusted}


def _merged(told):
    """Page and report of a day say the same, or one of them more: the attacker takes what there is."""
    days = {}
    for page in told:
        kept = days.setdefault(page.day, page)
        assert kept.rows == page.rows
    return list(days.values())


@pytest.mark.parametrize("seed", range(0, PROJECTS, 3))
def test_a_coordinator_without_own_cases_is_shown_what_the_project_leader_is(world, log_in, seed):
    populate(world, seed)
    Enrolment.objects.filter(owner=world.af).update(is_void=True)
    with time_machine.travel(NOW, tick=False):
        ours, theirs = (
            list(pages(log_in(user), world.project)) for user in (world.project_leader, world.af_coordinator)
        )
    assert [page.rows for page in ours] == [page.rows for page in theirs]
    assert [page.steps for page in ours] == [page.steps for page in theirs]


@pytest.mark.parametrize("seed", range(0, PROJECTS, 3))
def test_a_coordinator_learns_nothing_of_the_others_by_taking_away_the_own(world, log_in, seed):
    """Some to most are the coordinator's own, who are known exactly on every day."""
    _, enrolments = populate(world, seed)
    chance = random.Random(seed)
    own = chance.sample(enrolments, chance.randrange(1, len(enrolments)))
    Enrolment.objects.filter(pk__in=[enrolment.pk for enrolment in own]).update(owner=world.af)
    client = log_in(world.af_coordinator)
    with time_machine.travel(NOW, tick=False):
        for page in [*pages(client, world.project, urval="projektet"), _reported(world, client, seed)]:
            mine = read(client.get(URL, {"per": page.day.isoformat()}).content.decode(), page.day)
            assert page.steps == {}
            for name, row in page.rows.items():
                assert set(row.behind.values()) <= {None}
                assert row.adjusted is None
                others = (row.due or 0) - (mine.rows[name].due or 0) if row.due else 0
                assert others == 0 or others >= 10


def _reported(world, client, seed):
    """A report of the end of a quarter, as somebody reads it."""
    day = (date(2011, 12, 31), date(2012, 3, 31), date(2012, 12, 31))[seed % 3]
    report = make_report(world, as_of=day)
    adopt_report(report=report, based_on=1, by=world.project_leader)
    return read(client.get(report.get_absolute_url()).content.decode(), day)


def _steep(seen, told):
    """Steps of curves, and differences of the same step between two curves, that fewer than five people make."""
    seen = [case for case in seen if case]
    faults = []
    for page in told:
        for name, curve in page.steps.items():
            months = curve.months
            for first, last in zip([0, *months], months, strict=False):
                if _cleared(seen, CURVES[name], curve.day, first, last) < 5:
                    faults.append((page.day, name, first, last))
            for other in (page.steps[name] for page in told if name in page.steps):
                shared = [0, *(month for month in months if month in other.months)]
                for place, last in enumerate(shared):
                    for first in shared[:place]:
                        counts = [_cleared(seen, CURVES[name], drawn.day, first, last) for drawn in (curve, other)]
                        if 0 < abs(counts[0] - counts[1]) < 5:
                            faults.append((curve.day, other.day, name, first, last))
    return faults


def _cleared(seen, steps, day, first, last):
    """How many cleared the step between the ends of two months after their enrolment, by the day."""
    count = 0
    for case in seen:
        until = day
        if case.left and case.left.reason == "project_ended" and case.left.on <= day:
            until = case.left.on
        days = cleared_days(case, steps, until)
        if case.begun.on <= day and days:
            took = min(days) - case.begun.on
            count += (first == 0 or took > timedelta(target_day(first))) and took <= timedelta(target_day(last))
    return count


def _now():
    return ALWAYS.replace(year=2013)
