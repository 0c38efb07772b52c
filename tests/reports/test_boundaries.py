"""The days and moments on which a figure turns: one day, and one moment, on each side."""

from datetime import UTC, date, datetime, timedelta

import pytest

from reports.datasets import Days, DeadlineRules, Population, beginnings
from reports.datasets.persons import deadline_list
from reports.figures.catalogue import DEADLINES, STEPS, VOLUMES
from reports.figures.project import project_figures
from tests.reports import oracle
from tests.reports.oracle import Begun, Case, Done, Judged, Left
from tests.world.factories.background import ReferralFactory
from tests.world.populations import write
from tests.world.worlds import model_project

BEGUN = date(2011, 3, 1)
DAY_14 = BEGUN + timedelta(days=14)
REPLACED = datetime(2012, 3, 1, 12, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
# Written after every moment that is asked about, so that the case is worked out anew from its facts.
LATER = Judged(step=5, on=BEGUN, outcome="not_cleared", at=REPLACED + timedelta(days=1))
AS_OF = date(2012, 6, 30)


@pytest.fixture
def project(db):
    """With ladder and targets that have always been there."""
    project = model_project()
    for versions in (project.ladders, project.target_versions):
        versions.update(recorded_at=oracle.ALWAYS)
    return project


@pytest.mark.parametrize(
    ("as_of", "due"), [(DAY_14 - timedelta(days=1), 0), (DAY_14, 0), (DAY_14 + timedelta(days=1), 1)]
)
@pytest.mark.parametrize("changed_since", [False, True])
def test_fourteen_days_are_due_when_the_fourteenth_has_passed(project, as_of, due, changed_since):
    """Counted in SQL, and row by row where the facts have changed since the moment."""
    until = REPLACED if changed_since else None
    done = [Done(on=BEGUN, until=until)]
    begun = [Begun(on=BEGUN, source="social_services", applied=BEGUN)]
    write(project, [Case(begun, assessed=done, planned=done)])
    known_at = REPLACED - INSTANT if changed_since else None
    figures = project_figures(Population.whole(project), as_of=as_of, known_at=known_at)
    for result in (figures[DEADLINES].from_enrolment, figures[DEADLINES].from_application):
        assert (result.enrolled, result.due, result.within, result.not_yet_due) == (1, due, due, 1 - due)


@pytest.mark.parametrize(("as_of", "due"), [(DAY_14, 0), (DAY_14 + timedelta(days=1), 1)])
def test_a_referral_that_led_nowhere_is_due_the_same_day(project, as_of, due):
    ReferralFactory(project=project, concerns_on=BEGUN)
    (tally,) = beginnings(Population.whole(project), DeadlineRules.of(as_of, Days())).from_application
    assert (tally.count, int(tally.due)) == (1, due)


@pytest.mark.parametrize(("as_of", "late", "waiting"), [(DAY_14, 0, 1), (DAY_14 + timedelta(days=1), 1, 0)])
def test_the_persons_behind_the_number_turn_the_same_day(project, as_of, late, waiting):
    write(project, [Case([Begun(on=BEGUN)])])
    population, rules = Population.whole(project), DeadlineRules.of(as_of, Days())
    for which, count in (("sent", late), ("inte-ute", waiting)):
        assert deadline_list(population, rules, is_from_application=False, which=which).count() == count


def _left(**known):
    return Case([Begun(on=BEGUN)], [Left(on=BEGUN, reason="moved", **known)], [LATER])


def _cleared(**known):
    return Case([Begun(on=BEGUN)], judged=[Judged(step=1, on=BEGUN, cleared=BEGUN, **known), LATER])


def _assessed(**known):
    return Case([Begun(on=BEGUN)], assessed=[Done(on=BEGUN, **known)], planned=[Done(on=BEGUN)], judged=[LATER])


def _planned(**known):
    return Case([Begun(on=BEGUN)], assessed=[Done(on=BEGUN)], planned=[Done(on=BEGUN, **known)], judged=[LATER])


_FACTS = {
    "exit": (_left, lambda figures: figures[VOLUMES].exited),
    "step": (_cleared, lambda figures: figures[STEPS].single[0].result.cleared_in_time),
    "assessment": (_assessed, lambda figures: figures[DEADLINES].from_enrolment.within),
    "plan": (_planned, lambda figures: figures[DEADLINES].from_enrolment.within),
}
_MOMENTS = (REPLACED - INSTANT, REPLACED, REPLACED + INSTANT)


@pytest.mark.parametrize("fact", [*_FACTS])
def test_what_was_taken_back_holds_until_that_moment_and_not_in_it(project, fact):
    make, number = _FACTS[fact]
    write(project, [make(until=REPLACED)])
    assert [number(_known(project, moment)) for moment in _MOMENTS] == [1, 0, 0]


@pytest.mark.parametrize("fact", [*_FACTS])
def test_what_was_written_holds_from_that_moment_on(project, fact):
    make, number = _FACTS[fact]
    write(project, [make(at=REPLACED)])
    assert [number(_known(project, moment)) for moment in _MOMENTS] == [0, 1, 1]


def test_a_correction_takes_over_in_its_moment(project):
    begun = [Begun(on=BEGUN, until=REPLACED), Begun(on=AS_OF + timedelta(days=1), at=REPLACED)]
    write(project, [Case(begun, judged=[LATER])])
    assert [_known(project, moment)[VOLUMES].enrolled for moment in _MOMENTS] == [1, 0, 0]


def test_targets_that_were_replaced_hold_until_that_moment(project):
    write(project, [_cleared()])
    old = project.target_versions.get()
    project.target_versions.filter(pk=old.pk).update(superseded_at=REPLACED)
    later = project.target_versions.create(valid_from=old.valid_from, recorded_by=old.recorded_by, recorded_at=REPLACED)
    later.targets.create(step_number=1, months=3, percent=90)
    assert [_known(project, moment)[STEPS].single[0].target.percent for moment in _MOMENTS] == [75, 90, 90]


def _known(project, moment):
    return project_figures(Population.whole(project), as_of=AS_OF, known_at=moment)
