"""The past stands in tables of its own while figures are counted: in SQL, and as a count row by row has it."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.datasets import Beginnings, Population
from reports.datasets.past_tables import PastClock, PastEnrolment
from reports.figures import past
from reports.figures.catalogue import STEPS
from reports.figures.ground import Ground
from reports.figures.past import as_known, cases_at
from reports.figures.project import project_figures
from tests.reports import oracle, rowwise
from tests.reports.conftest import AS_OF
from tests.reports.oracle import Begun, Case, Judged
from tests.world.populations import MOMENTS, random_case, write
from tests.world.worlds import model_project

BEFORE = MOMENTS[1] - timedelta(seconds=1)


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


def people(pairs):
    """How many there are of each, whatever rows they are counted in."""
    counts = Counter()
    for key, tally in pairs:
        values = {name: getattr(tally, name) for name in tally.__slots__ if name != "count"}
        counts[key, *sorted(values.items(), key=repr)] += tally.count
    return +counts


def of_targets(tallies):
    return people((target, tally) for target, own in tallies.items() for tally in own)


@pytest.mark.parametrize("seed", range(300, 306))
@pytest.mark.parametrize("all_anew", [False, True])
def test_sql_over_the_tables_of_the_past_gives_what_a_count_row_by_row_gives(project, seed, all_anew, monkeypatch):
    write_random(project, seed)
    if all_anew:
        monkeypatch.setattr(past, "_MOST_LISTED", 0)
    cases = list(cases_at(Population.whole(project), BEFORE, None))
    with Ground.laid(Population.whole(project), AS_OF, BEFORE) as ground:
        assert len(ground.parts) == (1 if all_anew else 2)
        quarterly = ground.by_quarter([MOMENTS[0].date(), AS_OF])
        rows = list(rowwise.step_rows(cases, quarterly.rules))
        for is_group, tallies in enumerate(quarterly.steps):
            expected = people((target, tally) for target, of_group, tally in rows if of_group == is_group)
            assert of_targets(tallies) == expected
        assert of_targets(quarterly.durations) == people(rowwise.duration_rows(cases, quarterly.rules))
        expected = Beginnings()
        rowwise.add_beginnings(expected, cases, ground.deadline)
        for part in ("from_enrolment", "from_application"):
            found = people((part, tally) for tally in getattr(ground.beginnings, part))
            assert found == people((part, tally) for tally in getattr(expected, part))
        for volume in ("enrolled", "exited", "without_day"):
            assert getattr(ground.beginnings, volume) == getattr(expected, volume)
        assert ground.first_enrolled_on() == min(case.enrolled_on for case in cases)
        left = [case.exited_on for case in cases if case.exited_on and case.exited_on <= AS_OF]
        first = sum(day <= MOMENTS[0].date() for day in left)
        assert ground.exits_by_quarter([MOMENTS[0].date(), AS_OF]) == [first, len(left) - first]


def test_higher_steps_are_looked_up_in_the_past_too(project):
    """Step 5 was noted after the moment: as it was known then, the case counts at step 4."""
    begun, cleared_on = date(2011, 1, 1), date(2011, 11, 1)
    judged = [Judged(step=4, on=cleared_on, cleared=cleared_on)]
    judged += [Judged(step=5, on=cleared_on, cleared=cleared_on, at=MOMENTS[1])]
    write(project, [Case([Begun(on=begun)], judged=judged)])
    for known_at, counted in ((BEFORE, [1, 0]), (None, [0, 1])):
        rows = project_figures(Population.whole(project), as_of=AS_OF, known_at=known_at)[STEPS].single
        assert [row.result.cleared_in_time for row in rows if row.target.step >= 4] == counted


def test_what_changed_in_chunks_is_all_there(project, monkeypatch):
    write_random(project, 7)
    whole = project_figures(Population.whole(project), as_of=AS_OF, known_at=BEFORE)
    monkeypatch.setattr(past, "_CHUNK", 2)
    assert project_figures(Population.whole(project), as_of=AS_OF, known_at=BEFORE).results == whole.results


def test_the_tables_are_gone_afterwards_also_when_counting_fails(project):
    write_random(project, 1)
    with pytest.raises(ZeroDivisionError), as_known(Population.whole(project), BEFORE):
        1 / (PastEnrolment.objects.filter(pk=0).count() + PastClock.objects.filter(pk=0).count())
    assert not {"past_enrolment", "past_clock"} & set(connection.introspection.table_names())
    with as_known(Population.whole(project), BEFORE) as parts:
        assert len(parts) == 2


def test_nothing_is_made_where_nothing_has_changed_since(project, django_assert_num_queries):
    write_random(project, 1)
    population = Population.whole(project)
    later = MOMENTS[-1] + timedelta(days=3650)
    with django_assert_num_queries(1), as_known(population, later) as parts:
        assert parts == (population,)
    with django_assert_num_queries(0), as_known(population, None) as parts:
        assert parts == (population,)


def test_no_transaction_is_begun_so_that_others_save_meanwhile(transactional_db):
    """SQLite's transactions are begun as writers: a page that only reads would wait for a register that is read in."""
    project = model_project()
    for versions in (project.ladders, project.target_versions):
        versions.update(recorded_at=oracle.ALWAYS)
    write_random(project, 1)
    with CaptureQueriesContext(connection) as queries:
        project_figures(Population.whole(project), as_of=AS_OF, known_at=BEFORE)
    statements = [query["sql"] for query in queries]
    assert any("INSERT INTO past_clock" in statement for statement in statements)
    assert [statement for statement in statements if statement.startswith(("BEGIN", "SAVEPOINT"))] == []
