"""What those who may not see persons are shown: quarters, no small groups, nothing that gives one by subtraction."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from participants.models import Enrolment
from projects.actions import change_project
from projects.enums import Role
from reports.datasets import Population
from reports.documents.actions import adopt_report
from reports.enums import HidingRules
from reports.figures.catalogue import CURVES, DEADLINES, STEPS, VOLUMES
from reports.models import Report
from reports.safe.days import SafeDays, latest_quarter_end, quarter_ends
from reports.safe.version import safe_figures
from reports.statistics.proportions import Ratio
from tests.reports.conftest import AS_OF, cleared
from tests.reports.documents.test_reports import make_report
from tests.reports.oracle import Begun, Case, Judged, Left
from tests.reports.pages.test_result_page import DAY, URL, words
from tests.reports.safe.attack import read
from tests.world.factories import CaseAssignmentFactory, MembershipFactory
from tests.world.populations import write


@pytest.fixture
def leader(world, log_in):
    return log_in(world.project_leader)


@pytest.fixture
def empty(world):
    world.project.enrolments.update(is_void=True)
    return world.project


def left_early(count, *, of, on=date(2011, 1, 1), reason="other"):
    """So many enrolled on the day, none of whom cleared a step, and some of whom left within the month."""
    gone = [Case([Begun(on=on)], [Left(on=on + timedelta(days=20), reason=reason)])] * count
    return gone + [Case([Begun(on=on)])] * (of - count)


def row_of(project, as_of=AS_OF):
    """Of the target with the longest time, the only one that says who left."""
    return safe_figures(Population.whole(project), as_of=as_of)[STEPS].combined[0].result


def test_the_project_leader_sees_the_same_headline_figures_without_ways_to_persons(leader, known_project):
    response = leader.get(URL, DAY)
    assert "1 Deltar 75 % på 3 mån antalet obedömda visas inte 77,5 % 62–88 % 31 av 40 Nått" in words(response)
    assert "/resultat/personer/" not in response.content.decode()
    assert "Följs än" not in words(response)
    assert "Hälften har klarat det efter" not in words(response)


def test_what_is_one_to_four_or_would_give_it_is_hidden_and_said_to_be(leader, known_project):
    """Of nine who missed the first step five had left: the other four would be known."""
    text = words(leader.get(URL, DAY))
    assert "1 Deltar dolt dolt 31 dold 2 Tar ansvar" in text
    assert "Dolt är ett antal mellan ett och fyra, eller ett som ett sådant kan räknas ut från" in text


@pytest.mark.parametrize(("left", "of", "shown"), [(5, 10, 5), (4, 10, None), (6, 10, None), (7, 20, 7), (0, 12, 0)])
def test_who_left_is_shown_when_neither_they_nor_the_rest_are_few(empty, left, of, shown):
    write(empty, left_early(left, of=of))
    assert row_of(empty).left_before_due == shown


def test_the_second_figure_is_shown_only_where_it_differs_by_five(empty):
    write(empty, [*left_early(4, of=20, reason="moved"), *left_early(5, of=5)])
    assert (row_of(empty).left_before_due, row_of(empty).adjusted) == (9, None)
    write(empty, left_early(1, of=1, reason="moved"))
    assert (row_of(empty).left_before_due, row_of(empty).adjusted) == (10, Ratio(0, 21))


def test_who_left_is_told_of_the_last_target_alone(leader, empty):
    """All five who left missed every step. Told of the first and the third, that would say it of the second, too.

    There two missed the step without having left.
    """
    begun = [Begun(on=date(2011, 1, 1))]
    first, second = cleared(1, date(2011, 2, 1)), cleared(2, date(2011, 3, 1))
    write(empty, left_early(5, of=5))
    write(empty, [Case(begun, judged=[first, second])] * 13 + [Case(begun, judged=[first])] * 2)
    rows = read(leader.get(URL, DAY).content.decode(), AS_OF).rows
    assert {name: row.behind["Slutat i förtid"] for name, row in rows.items() if row.behind} == {
        "1 Deltar": None,
        "2 Tar ansvar": None,
        "3 Prövar arbetsliv": None,
        "Steg 4 eller 5": 5,
    }


def test_a_number_is_not_shown_again_until_five_more_have_come(empty):
    write(empty, left_early(6, of=12))
    write(empty, left_early(1, of=1, on=date(2011, 4, 1)))
    shown = [row_of(empty, end).left_before_due for end in quarter_ends(date(2012, 3, 1), date(2012, 6, 30))]
    assert shown == [6, None]


def test_deadlines_say_their_share_and_both_counts_alone(leader, known_project):
    text = words(leader.get(URL, DAY))
    assert "Räknat Andel Antal Målet nått?" in text
    assert "Från inskrivning 100 % inom 14 dagar 77,5 % 62–88 % 31 av 40 Inte nått" in text


def test_a_bar_says_that_the_number_of_the_unassessed_is_hidden(leader, known_project):
    text = words(leader.get(URL, DAY))
    assert "4 Delvis egen försörjning 10 % på 12 mån antalet obedömda visas inte 7,5 %" in text
    assert "5 Egen försörjning 10 % på 12 mån antalet obedömda visas inte 10,0 %" in text
    assert "Steg 4 eller 5 20 % på 12 mån, målen ihop 17,5 % 9–32 % 33 inte bedömda: 17,5–100 %" in text


def test_another_day_is_moved_to_the_nearest_allowed_one_with_a_note(leader, known_project):
    text = words(leader.get(URL, {"per": "2012-06-29"}))
    assert "här per 31 mars 2012 i stället för 29 juni 2012" in text
    assert "Per 31 mars 2012" in text


def test_the_days_are_a_choice(leader, known_project):
    with time_machine.travel("2012-07-29 12:00", tick=False):
        html = leader.get(URL).content.decode()
    select = html[html.index("<select", html.index('class="day-form"')) :].partition("</select>")[0]
    days = re.findall(r'value="([^"]+)"', select)
    assert days == ["2012-06-30", "2012-03-31", "2011-12-31", "2011-09-30", "2011-06-30", "2011-03-31"]
    assert 'value="2012-06-30" selected' in select


def test_two_days_of_one_quarter_give_the_same_answer(leader, known_project):
    first, second = (words(leader.get(URL, {"per": day})) for day in ("2012-04-01", "2012-06-28"))
    strip = re.compile(r"i stället för \d+ \w+ \d{4}")
    assert strip.sub("", first) == strip.sub("", second)


def test_a_base_under_ten_is_hidden_and_says_so_and_the_volumes_are_exact(leader, empty):
    cases = [Case([Begun(on=date(2011, 1, 1))], judged=[Judged(on=date(2011, 2, 1), cleared=date(2011, 2, 1))])] * 7
    write(empty, [*cases, Case([Begun(on=date(2012, 6, 1))], [Left(on=date(2012, 6, 3))])])
    text = words(leader.get(URL, DAY))
    assert "8 inskrivna, 1 avslutad" in text
    assert "1 Deltar 75 % på 3 mån Färre än tio i underlaget. dold dolt Visas inte" in text
    assert not re.search(r"\b7 av 7\b|100,0 %", text)
    assert "Steg 1, 2, 3, 4 och 5 visas inte, för det är färre än tio i underlaget." in text
    assert "Kurvan visas inte" in text


def test_hidden_figures_are_not_even_there_to_be_shown(known_project):
    everybody = Population.whole(known_project)
    figures = safe_figures(everybody, as_of=date(2011, 1, 31))
    assert [row.result for row in figures[STEPS].single] == [None] * 5
    assert figures[STEPS].combined[0].result is None
    shown = safe_figures(everybody, as_of=AS_OF)
    for curve in shown[CURVES]:
        assert curve.points == ()
        assert (curve.enrolled, curve.followed_days, curve.median_days) == (None, None, None)
        assert {(line.low, line.high, line.at_risk, line.base) for line in curve.months} <= {(None,) * 4}
    for row in shown[STEPS].single:
        assert (row.result.enrolled, row.result.not_yet_due, row.result.never_due) == (None,) * 3
    for row in (shown[DEADLINES].from_enrolment, shown[DEADLINES].from_application):
        assert (row.enrolled, row.left_before, row.not_yet_due, row.median_days) == (None,) * 4
    assert (shown[VOLUMES].counted_only, shown[DEADLINES].without_day) == (None, None)


def test_a_curve_rises_only_where_five_more_have_cleared(empty):
    """Four in the second month and one in the fourth make one step; three more later make none."""
    begun = [Begun(on=date(2011, 1, 1))]
    days = [date(2011, 2, 10)] * 4 + [date(2011, 4, 20)] + [date(2011, 6, 1)] * 3
    write(empty, [Case(begun, judged=[cleared(1, day)]) for day in days] + [Case(begun)] * 10)
    curve = safe_figures(Population.whole(empty), as_of=AS_OF)[CURVES][0]
    assert [line.month for line in curve.months if line.is_step] == [4]
    assert curve.months[3].share == pytest.approx(5 / 18)
    assert curve.as_of == date(2011, 6, 30)


def test_a_curve_stands_until_as_many_new_steps_have_come(empty):
    """Drawn in the first half of the year; the two of the autumn change nothing that is shown."""
    begun = [Begun(on=date(2011, 1, 1))]
    days = [date(2011, 2, 10)] * 5 + [date(2011, 4, 20)] * 6 + [date(2011, 9, 1)] * 2
    write(empty, [Case(begun, judged=[cleared(1, day)]) for day in days] + [Case(begun)] * 10)
    before, after = (safe_figures(Population.whole(empty), as_of=day)[CURVES][0] for day in (date(2011, 6, 30), AS_OF))
    assert (after.as_of, after.months) == (before.as_of, before.months)


def test_the_first_last_day_is_allowed_and_no_other(world, empty):
    """Whoever changes the project's last day again and again gets no day by it."""
    empty.ends_on = date(2012, 6, 15)
    empty.save()
    with time_machine.travel("2012-09-03 12:00", tick=False):
        for version, day in enumerate((date(2012, 6, 14), None, date(2012, 6, 13)), start=1):
            change_project(
                project=empty, version=version, data={"ends_on": day}, organisations=[], by=world.project_leader
            )
        empty.refresh_from_db()
        days = SafeDays.of(empty, date(2012, 9, 3))
    assert days.others == (date(2012, 6, 15),)
    assert [date(2012, 6, day) in days for day in (13, 14, 15, 30)] == [False, False, True, True]


def test_a_last_day_to_come_may_be_moved(world, empty):
    empty.ends_on = date(2012, 6, 15)
    empty.save()
    with time_machine.travel("2012-05-03 12:00", tick=False):
        change_project(
            project=empty, version=1, data={"ends_on": date(2012, 8, 15)}, organisations=[], by=world.project_leader
        )
    empty.refresh_from_db()
    assert SafeDays.of(empty, date(2012, 9, 3)).others == (date(2012, 8, 15),)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2012, 1, 1), date(2011, 12, 31)),
        (date(2012, 3, 30), date(2011, 12, 31)),
        (date(2012, 3, 31), date(2012, 3, 31)),
        (date(2012, 5, 31), date(2012, 3, 31)),
        (date(2012, 12, 31), date(2012, 12, 31)),
    ],
)
def test_the_latest_end_of_a_quarter(day, end):
    assert latest_quarter_end(day) == end


def test_the_ends_of_quarters_from_the_one_that_holds_a_day():
    ends = [date(2011, 12, 31), date(2012, 3, 31), date(2012, 6, 30)]
    assert quarter_ends(date(2011, 10, 1), date(2012, 9, 29)) == ends
    assert quarter_ends(date(2011, 12, 31), date(2012, 6, 30)) == ends
    assert quarter_ends(date(2012, 7, 1), date(2012, 9, 29)) == []


def test_a_report_adopted_by_the_first_release_stands_as_it_was(world, leader, known_project):
    """It was of a month end, with all its numbers."""
    report = make_report(world)
    adopt_report(report=report, based_on=1, by=world.project_leader)
    Report.objects.filter(pk=report.pk).update(rules=HidingRules.FIRST, as_of=date(2012, 5, 31))
    text = words(leader.get(report.get_absolute_url()))
    assert "1 Deltar 40 0 5 5 31 81,6 % 31 av 38" in text
    assert "Från inskrivning 100 % inom 14 dagar 77,5 % 62–88 % 31 av 40 9 0 0 12 dagar Inte nått" in text


class TestCoordinator:
    """Exact about the own organisation's people; about the whole project no more than the others' numbers bear."""

    @pytest.fixture
    def theirs(self, world, known_project):
        def give(count):
            cases = Enrolment.objects.filter(project=known_project, is_void=False).order_by("pk")[:count]
            Enrolment.objects.filter(pk__in=[case.pk for case in cases]).update(owner=world.af)

        return give

    def test_sees_the_own_exactly_on_any_day(self, world, log_in, theirs):
        theirs(3)
        text = words(log_in(world.coordinator).get(URL, {"per": "2012-06-29"}))
        assert "28 av 37" in text
        assert "31 av 40" not in text
        assert "37 inskrivna hos er" in text

    def test_sees_nothing_of_the_project_that_gives_fewer_than_ten_by_subtraction(self, world, log_in, theirs):
        theirs(9)
        text = words(log_in(world.coordinator).get(URL, {**DAY, "urval": "projektet"}))
        assert "31 av 40" not in text
        assert "Färre än tio i underlaget utöver dina egna ärenden." in text

    def test_sees_the_headlines_of_the_project_where_the_others_are_ten(self, world, log_in, theirs):
        theirs(10)
        text = words(log_in(world.coordinator).get(URL, {"per": "2012-06-29", "urval": "projektet"}))
        assert "Per 31 mars 2012" in text
        assert "31 av 40" in text
        assert "Slutat i förtid" not in text.partition("Så räknas siffrorna")[0]
        assert "kurvorna, visas inte för hela projektet" in text
        assert "Tid till steg" not in text

    @pytest.mark.parametrize("rules", HidingRules.values)
    def test_a_report_gives_nothing_by_subtraction_that_the_page_hides(self, world, log_in, leader, theirs, rules):
        """The own organisation's people are known exactly as of the report's day."""
        theirs(10)
        report = make_report(world)
        adopt_report(report=report, based_on=1, by=world.project_leader)
        Report.objects.filter(pk=report.pk).update(rules=rules)
        text = words(log_in(world.coordinator).get(report.get_absolute_url()))
        assert "31 av 40" in text
        assert "kurvorna, visas inte för hela projektet" in text
        assert "Slutat i förtid" not in text.partition("Så räknas siffrorna")[0]
        assert "Tid till steg" not in text
        assert "Tid till steg" in words(leader.get(report.get_absolute_url()))

    def test_a_report_hides_the_headlines_where_the_others_are_fewer_than_ten(self, world, log_in, theirs):
        theirs(9)
        report = make_report(world)
        adopt_report(report=report, based_on=1, by=world.project_leader)
        text = words(log_in(world.coordinator).get(report.get_absolute_url()))
        assert "31 av 40" not in text
        assert "Färre än tio i underlaget utöver dina egna ärenden." in text

    def test_a_case_worker_in_the_steering_group_is_shown_no_more_in_a_report(self, world, log_in, known_project):
        for case in Enrolment.objects.filter(project=known_project, is_void=False).order_by("pk")[:35]:
            CaseAssignmentFactory(enrolment=case, user=world.case_worker)
        MembershipFactory(user=world.case_worker, project=world.project, role=Role.STEERING_GROUP)
        report = make_report(world)
        adopt_report(report=report, based_on=1, by=world.project_leader)
        assert "31 av 40" not in words(log_in(world.case_worker).get(report.get_absolute_url()))

    def test_a_report_of_a_project_without_others_is_whole(self, world, log_in, known_project):
        report = make_report(world)
        adopt_report(report=report, based_on=1, by=world.project_leader)
        assert "Tid till steg" in words(log_in(world.coordinator).get(report.get_absolute_url()))

    def test_without_own_people_sees_what_the_project_leader_sees(self, world, log_in, known_project):
        text = words(log_in(world.af_coordinator).get(URL, {"per": "2012-06-29"}))
        assert "Per 31 mars 2012" in text
        assert "31 av 40" in text
        assert "Hela projektet Dem" not in text

    def test_whoever_is_alone_in_the_project_has_nothing_to_choose(self, world, log_in, known_project):
        assert "Hela projektet" not in words(log_in(world.coordinator).get(URL, DAY))

    def test_a_case_worker_who_is_also_project_leader_sees_the_own_exactly_and_the_project_safely(
        self, world, log_in, theirs
    ):
        theirs(3)
        for case in Enrolment.objects.filter(project=world.project, is_void=False, owner=world.af):
            CaseAssignmentFactory(enrolment=case, user=world.af_case_worker)
        MembershipFactory(user=world.af_case_worker, project=world.project, role=Role.PROJECT_LEADER)
        client = log_in(world.af_case_worker)
        assert "31 av 40" not in words(client.get(URL, {"per": "2012-06-29"}))
        assert "Per 31 mars 2012" in words(client.get(URL, {"per": "2012-06-29", "urval": "projektet"}))
