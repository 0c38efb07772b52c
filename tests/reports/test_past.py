"""The past is counted by the statements of the present, and comes out as a count row by row has it."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.models import StepClock
from participants.models import Enrolment
from reports.datasets import Beginnings, Population
from reports.figures.catalogue import STEPS
from reports.figures.ground import Ground
from reports.figures.past import cases_at, past_tables
from reports.figures.project import project_figures
from tests.reports import oracle, rowwise
from tests.reports.conftest import AS_OF
from tests.reports.oracle import Begun, Case, Judged
from tests.world.populations import MOMENTS, random_case, write
from tests.world.worlds import model_project

BEFORE = MOMENTS[1] - timedelta(seconds=1)
# Everything that is written has been written by then.
LATER = MOMENTS[-1] + timedelta(days=3650)
ENDS = [date(2011, 12, 31), date(2012, 3, 31), AS_OF]


@pytest.fixture
def project(db):
    """With ladder and targets that have always been there."""
    project = model_project()
    for versions in (project.ladders, project.target_versions):
        versions.update(recorded_at=oracle.ALWAYS)
    return project


def write_random(project, seed, count=30):
    chance = random.Random(seed)
    return write(project, [random_case(chance) for _ in range(count)])


def decide_targets_anew(project):
    """A version since the moment, of the same aims: all enrolments are worked out anew."""
    old = project.target_versions.get()
    later = project.target_versions.create(valid_from=date(2030, 1, 1), recorded_by=old.recorded_by)
    later.targets.create(step_number=1, months=1, percent=90)


def of_each(found):
    return rowwise.people((key, tally) for key, tallies in found.each.items() for tally in tallies)


def assert_row_by_row(ground, cases):
    """Everything that is asked of the ground is what the cases say."""
    rowwise.assert_steps(ground.by_quarter(ENDS), cases)
    expected = Beginnings()
    rowwise.add_beginnings(expected, cases, ground.deadline)
    assert of_each(ground.beginnings) == of_each(expected)
    for volume in ("enrolled", "exited", "without_day"):
        assert getattr(ground.beginnings, volume) == getattr(expected, volume)
    assert ground.first_enrolled_on() == min(case.enrolled_on for case in cases)
    left = [case.exited_on for case in cases if case.exited_on and case.exited_on <= AS_OF]
    until = [sum(day <= end for day in left) for end in ENDS]
    assert ground.exits_by_quarter(ENDS) == [until[0], until[1] - until[0], until[2] - until[1]]


@pytest.mark.parametrize("seed", range(300, 306))
@pytest.mark.parametrize("all_anew", [False, True])
def test_statements_over_the_past_give_what_a_count_row_by_row_gives(project, seed, all_anew):
    write_random(project, seed)
    if all_anew:
        decide_targets_anew(project)
    assert_row_by_row(Ground.lay(Population.whole(project), AS_OF, BEFORE), list(cases_at(project, BEFORE, None)))


def test_more_than_a_document_holds_stand_in_several(project, monkeypatch):
    """PostgreSQL has room for the clocks of 165 000 enrolments in one."""
    monkeypatch.setattr("reports.datasets.past_tables.IN_A_DOCUMENT", 7)
    write_random(project, 307)
    assert len(past_tables(project, BEFORE).params) > (10 if connection.vendor == "postgresql" else 0)
    assert_row_by_row(Ground.lay(Population.whole(project), AS_OF, BEFORE), list(cases_at(project, BEFORE, None)))


@pytest.mark.parametrize("seed", range(310, 316))
def test_statements_over_the_present_give_what_a_count_row_by_row_gives(project, seed):
    write_random(project, seed)
    assert_row_by_row(Ground.lay(Population.whole(project), AS_OF, None), list(cases_at(project, LATER, None)))


@pytest.mark.parametrize("seed", range(320, 323))
def test_a_part_is_those_of_it_now_as_they_were_then(project, seed):
    """Whose it is now decides, also where it is asked by something that has changed: here the day of the exit."""
    write_random(project, seed)
    some = Enrolment.objects.filter(exited_on__isnull=False, is_void=False)
    keys = set(some.values_list("pk", flat=True))
    cases = [case for case in cases_at(project, BEFORE, None) if case.enrolment in keys]
    assert {case.exited_on is None for case in cases} == {True, False}
    assert_row_by_row(Ground.lay(Population.part(project, some), AS_OF, BEFORE), cases)


def test_higher_steps_are_looked_up_in_the_past_too(project):
    """Step 5 was noted after the moment: as it was known then, the case counts at step 4."""
    begun, cleared_on = date(2011, 1, 1), date(2011, 11, 1)
    judged = [Judged(step=4, on=cleared_on, cleared=cleared_on)]
    judged += [Judged(step=5, on=cleared_on, cleared=cleared_on, at=MOMENTS[1])]
    write(project, [Case([Begun(on=begun)], judged=judged)])
    for known_at, counted in ((BEFORE, [1, 0]), (None, [0, 1])):
        rows = project_figures(Population.whole(project), as_of=AS_OF, known_at=known_at)[STEPS].single
        assert [row.result.cleared_in_time for row in rows if row.target.step >= 4] == counted


def test_another_project_is_neither_counted_nor_worked_out(project):
    write_random(project, 1)
    ground = Ground.lay(Population.whole(project), AS_OF, BEFORE)
    counted = ground.beginnings
    write_random(model_project(host=project.host, register_number="PROV-2026-2"), 2)
    again = Ground.lay(Population.whole(project), AS_OF, BEFORE)
    assert (again.then, again.beginnings) == (ground.then, counted)


def rows_of(model):
    return list(model.objects.order_by("pk").values())


def types_in(rows):
    return {(name, type(value)) for row in rows for name, value in row.items() if value is not None}


@pytest.mark.parametrize("model", [Enrolment, StepClock])
@pytest.mark.parametrize("all_anew", [False, True])
def test_every_column_of_the_past_has_the_type_that_it_has_now(project, model, all_anew):
    write_random(project, 1)
    if all_anew:
        decide_targets_anew(project)
    with past_tables(project, BEFORE).read():
        then = rows_of(model)
    assert then != rows_of(model)
    assert types_in(then) == types_in(rows_of(model))


def test_after_a_failure_the_present_is_read(project):
    write_random(project, 1)
    now = rows_of(Enrolment)
    with pytest.raises(ZeroDivisionError):
        _fail_within(past_tables(project, BEFORE))
    assert rows_of(Enrolment) == now


def _fail_within(past):
    with past.read():
        assert Enrolment.objects.count() / 0


def test_nothing_is_put_first_where_nothing_has_changed_since(project, django_assert_num_queries):
    write_random(project, 1)
    with django_assert_num_queries(1):
        assert past_tables(project, LATER) is None


def test_many_changed_enrolments_take_no_more_parameters_than_few(project):
    """SQLite takes 32 766 in a statement: a list of keys is one, and so are the rows, however many there are."""
    write_random(project, 1)
    few = past_tables(project, BEFORE)
    write_random(project, 2, 60)
    many = past_tables(project, BEFORE)
    assert (many.sql, len(many.params)) == (few.sql, len(few.params))


def test_the_past_takes_no_statement_that_the_present_does_not_take(project):
    """Beside those that read the facts; and nothing is written, so that a page that reads waits for nobody."""
    write_random(project, 1)

    def asked(ground):
        with CaptureQueriesContext(connection) as queries:
            ground.steps, ground.durations, ground.beginnings, ground.first_enrolled_on()
        return [query["sql"] for query in queries]

    now = asked(Ground.lay(Population.whole(project), AS_OF, None))
    then = asked(Ground.lay(Population.whole(project), AS_OF, BEFORE))
    assert len(then) == len(now) == 4
    assert all(statement.startswith(("WITH", "SELECT", "(SELECT")) for statement in then)


def test_no_copy_is_made_of_the_tables(project):
    """A copy of 500 000 clocks has no index: seconds for each statement. Only the changed rows are copied."""
    write_random(project, 1)
    plan = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    steps = []

    def explain(execute, sql, params, many, context):
        with connection.cursor() as cursor:
            cursor.cursor.execute(f"{plan}{past.sql}{sql}", (*past.params, *params))
            steps.extend(str(row[-1]) for row in cursor.cursor.fetchall())
        return execute(sql, params, many, context)

    past = past_tables(project, BEFORE)
    ground = Ground.lay(Population.whole(project), AS_OF, BEFORE)
    with connection.execute_wrapper(explain):
        ground.steps, ground.durations, ground.beginnings, ground.first_enrolled_on()
    copied = {step for step in steps if "MATERIALIZE" in step or "CTE Scan" in step}
    assert copied
    assert [step for step in copied if "past_" not in step] == []
