"""What those who may not see persons are shown: month ends, no small groups, no exact days."""

import re
from datetime import date

import pytest
import time_machine

from reports.datasets import Population
from reports.figures import project_figures
from tests.reports.conftest import AS_OF
from tests.reports.oracle import Begun, Case, Judged, Left
from tests.reports.populations import write
from tests.reports.test_result_page import DAY, URL, words


@pytest.fixture
def leader(world, log_in):
    return log_in(world.project_leader)


def test_the_project_leader_sees_the_same_headline_figures_without_ways_to_persons(leader, known_project):
    response = leader.get(URL, DAY)
    assert "1 Deltar 75 % på 3 mån 77,5 % 62–88 % 31 av 40 Nått" in words(response)
    assert "/resultat/personer/" not in response.content.decode()
    assert "Följs än" not in words(response)
    assert "Hälften har klarat det efter" not in words(response)


def test_another_day_is_moved_to_the_latest_month_end_with_a_note(leader, known_project):
    text = words(leader.get(URL, {"per": "2012-06-29"}))
    assert "här per 31 maj 2012 i stället för 29 juni 2012" in text
    assert "Per 31 maj 2012" in text


def test_without_a_day_the_latest_month_end_is_shown(leader, known_project):
    with time_machine.travel("2012-06-29 12:00", tick=False):
        assert "Per 31 maj 2012" in words(leader.get(URL))


def test_a_base_under_ten_is_hidden_and_says_so(leader, world):
    world.project.enrolments.update(is_void=True)
    cases = [Case([Begun(on=date(2011, 1, 1))], judged=[Judged(on=date(2011, 2, 1), cleared=date(2011, 2, 1))])] * 7
    cases += [Case([Begun(on=date(2012, 6, 1))])] * 8
    write(world.project, cases)
    text = words(leader.get(URL, DAY))
    assert "1 Deltar 75 % på 3 mån Underlaget är färre än tio. dold dolt Visas inte" in text
    assert not re.search(r"\b7 av 7\b|100,0 %", text)
    assert "Steg 1, 2, 3, 4 och 5 visas inte, för underlaget är färre än tio." in text


def test_fewer_than_ten_enrolled_hides_volumes_and_curves(leader, world):
    world.project.enrolments.update(is_void=True)
    write(world.project, [Case([Begun(on=date(2011, 1, 1))], [Left(on=date(2011, 3, 3))])] * 9)
    text = words(leader.get(URL, DAY))
    assert "färre än tio inskrivna" in text
    assert "Kurvan visas inte" in text
    assert not re.search(r"\b9\b", text.partition("Resultatmål")[2].replace("på 9 mån", ""))


def test_hidden_figures_are_not_even_there_to_be_shown(known_project):
    figures = project_figures(Population.whole(known_project), as_of=date(2011, 1, 31)).safe()
    assert [row.result for row in figures.rows] == [None] * 5
    assert figures.combined[0].result is None
    shown = project_figures(Population.whole(known_project), as_of=AS_OF).safe()
    for row in shown.rows:
        assert row.points == ()
        assert (row.followed_days, row.median_days) == (None, None)
        assert {(line.low, line.high, line.at_risk, line.base) for line in row.months} == {(None,) * 4}
    assert (shown.counted_only, shown.without_day) == (None, None)


def test_two_days_of_one_month_give_the_same_answer(leader, known_project):
    first, second = (words(leader.get(URL, {"per": day})) for day in ("2012-06-01", "2012-06-28"))
    strip = re.compile(r"i stället för \d+ \w+ \d{4}")
    assert strip.sub("", first) == strip.sub("", second)


def test_a_curve_ends_where_it_rests_on_fewer_than_ten(leader, world):
    """Ten followed for half a year and nine for a year: the second half of the year is not shown."""
    world.project.enrolments.update(is_void=True)
    cleared = [Judged(on=date(2011, 7, 20), cleared=date(2011, 7, 20))]
    write(world.project, [Case([Begun(on=date(2011, 7, 1))])] * 9 + [Case([Begun(on=date(2012, 1, 1))])] * 10)
    figures = project_figures(Population.whole(world.project), as_of=AS_OF)
    assert [line.base for line in figures.rows[0].months] == [19, 19, 19, 19, 19, *[9] * 7]
    assert [line.share for line in figures.safe().rows[0].months] == [*[0.0] * 5, *[None] * 7]
    write(world.project, [Case([Begun(on=date(2011, 7, 1))], judged=cleared)])
    later = project_figures(Population.whole(world.project), as_of=AS_OF).safe()
    assert all(line.share is not None for line in later.rows[0].months[:11])
