"""Whole worlds of facts, counted by the program in SQL and by the oracle one person at a time."""

import random
from datetime import date, timedelta

import pytest

from core.days.dates import quarter_end
from participants.models import Enrolment
from reports.datasets import Population
from reports.figures.catalogue import CURVES, DEADLINES, NEEDED, STEPS, VOLUMES
from reports.figures.project import project_figures
from tests.reports import oracle
from tests.world.populations import MOMENTS, random_case, write
from tests.world.worlds import model_project

AIMS = [
    oracle.Aim(1, 3, 75, True, False),
    oracle.Aim(2, 6, 60, True, False),
    oracle.Aim(3, 9, 35, True, False),
    oracle.Aim(4, 12, 10, False, True),
    oracle.Aim(5, 12, 10, False, True),
]
PAIR = oracle.Aim(4, 12, 20, True, False)
BEYOND = {"deceased", "moved"}
DAYS = [date(2011, 2, 28), date(2011, 11, 30), date(2012, 6, 30)]


def counted(row):
    """A result in the oracle's words."""
    result = row.result
    return {
        "enrolled": result.enrolled,
        "due": result.due,
        "cleared": result.cleared_in_time,
        "not_yet": result.not_yet_due,
        "never": result.never_due,
        "left": result.left_before_due,
        "not_assessed": result.not_assessed,
        "held": result.held,
        "adjusted_due": result.adjusted.whole,
        "adjusted_cleared": result.adjusted.part,
    }


def assert_equal(figures, cases, as_of):
    seen = [case for case in cases if case and case.begun.on <= as_of]
    curves = {curve.target: curve for curve in figures[CURVES]}
    for row, aim in zip(figures[STEPS].single, AIMS, strict=True):
        assert counted(row) == oracle.result(seen, aim, AIMS, as_of, BEYOND), (aim, as_of)
        steps = {5} if aim.step == 5 else range(aim.step, 10)
        expected = oracle.curve(seen, steps, as_of)
        assert [(p.day, pytest.approx(p.share), p.at_risk) for p in curves[row.target].points] == [
            (day, float(share), at_risk) for day, share, at_risk in expected
        ]
    if seen:
        assert counted(figures[STEPS].combined[0]) == oracle.result(seen, PAIR, AIMS, as_of, BEYOND, group=(4, 5))
    assert_needed(figures, seen, as_of)
    deadlines = figures[DEADLINES]
    for result, from_application in ((deadlines.from_enrolment, False), (deadlines.from_application, True)):
        expected = oracle.deadline([case for case in cases if case], as_of, from_application)
        assert (result.enrolled, result.due, result.within, result.left_before, result.not_yet_due) == (
            expected["all"],
            expected["due"],
            expected["within"],
            expected["left"],
            expected["not_yet"],
        )
    assert deadlines.without_day == oracle.deadline([c for c in cases if c], as_of, True)["without_day"]
    assert figures[VOLUMES].enrolled == len(seen)


def assert_needed(figures, seen, as_of):
    """Every target that isn't met is there, with as many coming as the oracle counts."""
    aims = {aim.step: aim for aim in AIMS if not aim.exclusive} | {PAIR.step: PAIR}
    results = [oracle.result(seen, aim, AIMS, as_of, BEYOND, (4, 5) if aim is PAIR else ()) for aim in aims.values()]
    if not seen:
        return
    unmet = [
        aim.step
        for aim, row in zip(aims.values(), results, strict=True)
        if not row["due"] or 100 * row["cleared"] < aim.percent * row["due"]
    ]
    assert [row.needed.result.target.step for row in figures[NEEDED]] == unmet
    for row in figures[NEEDED]:
        aim, quarter = aims[row.needed.result.target.step], row.needed.quarter
        until = quarter_end(quarter) if quarter else date(2100, 1, 1)
        assert row.needed.coming == oracle.coming(seen, aim, as_of, until), (aim, as_of)


@pytest.fixture
def project(db):
    return model_project()


@pytest.mark.parametrize("seed", range(12))
def test_figures_known_now_equal_the_slow_count(project, seed):
    chance = random.Random(seed)
    cases = [random_case(chance) for _ in range(25)]
    write(project, cases)
    seen = [oracle.see(case, MOMENTS[-1] + timedelta(days=1)) for case in cases]
    for as_of in DAYS:
        assert_equal(project_figures(Population.whole(project), as_of=as_of), seen, as_of)


@pytest.mark.parametrize("seed", range(100, 108))
def test_figures_known_at_a_moment_equal_the_slow_count(project, seed):
    chance = random.Random(seed)
    cases = [random_case(chance) for _ in range(25)]
    write(project, cases)
    project.ladders.update(recorded_at=oracle.ALWAYS)
    project.target_versions.update(recorded_at=oracle.ALWAYS)
    for moment in MOMENTS:
        before = moment - timedelta(seconds=1)
        seen = [oracle.see(case, before) for case in cases]
        figures = project_figures(Population.whole(project), as_of=DAYS[-1], known_at=before)
        assert_equal(figures, seen, DAYS[-1])


@pytest.mark.parametrize("seed", range(200, 204))
def test_figures_of_some_enrolments_equal_the_slow_count_of_those(project, seed):
    chance = random.Random(seed)
    cases = [random_case(chance) for _ in range(25)]
    enrolments = write(project, cases)
    mine = Enrolment.objects.filter(pk__in=[enrolment.pk for enrolment in enrolments[::2]])
    seen = [oracle.see(case, MOMENTS[-1] + timedelta(days=1)) for case in cases[::2]]
    figures = project_figures(Population.part(project, mine), as_of=DAYS[-1])
    assert_equal(figures, seen, DAYS[-1])


def test_when_targets_were_decided_anew_since_all_enrolments_are_worked_out_from_facts(project):
    chance = random.Random(7)
    cases = [random_case(chance) for _ in range(25)]
    write(project, cases)
    project.ladders.update(recorded_at=oracle.ALWAYS)
    version = project.target_versions.get()
    early = MOMENTS[0] - timedelta(days=10)
    later = project.target_versions.create(valid_from=date(2011, 1, 1), recorded_by=version.recorded_by)
    later.targets.create(step_number=1, months=1, percent=90)
    project.target_versions.filter(pk=version.pk).update(recorded_at=oracle.ALWAYS)
    seen = [oracle.see(case, early) for case in cases]
    figures = project_figures(Population.whole(project), as_of=DAYS[-1], known_at=early)
    assert_equal(figures, seen, DAYS[-1])
