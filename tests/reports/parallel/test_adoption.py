"""What is under way while a report is adopted is in its figures from the first or never."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from participants.enums import ExitReason
from participants.exits import actions
from participants.exits.actions import end_enrolment
from projects import actions as decisions
from projects.ladder.ladders import load_template
from reports.datasets import Population
from reports.documents.actions import adopt_report
from reports.figures.project import project_figures
from tests.reports.documents.test_reports import make_report
from tests.reports.parallel.conftest import until, waits_for_somebody

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def targets():
    return [{**target, "percent": target["percent"] + 1} for target in load_template()["targets"]]


def results(project, known_at=None):
    return project_figures(Population.whole(project), as_of=date(2012, 6, 30), known_at=known_at).results


def adopt(world, report):
    """Adopt it, and give its figures as they are then."""
    adopt_report(report=report, based_on=1, by=world.project_leader)
    report.refresh_from_db()
    return results(world.project, report.known_at)


def end(world, case, day=date(2012, 6, 1), reason=ExitReason.WORK):
    return end_enrolment(enrolment=case, exited_on=day, reason=reason, by=world.case_worker)


def decide(world):
    return decisions.change_targets(
        project=world.project, valid_from=date(1900, 1, 1), targets=targets(), by=world.project_leader
    )


@pytest.mark.parametrize(
    ("module", "place", "write"),
    [
        (actions, "log_change", lambda world, case: end(world, case)),
        (decisions, "_begin", lambda world, _: decide(world)),
    ],
    ids=["an exit that isn't committed", "a decision that has begun"],
)
def test_an_adopted_report_stands_whatever_is_under_way(world, open_case, start, stop, module, place, write) -> None:
    report, midway = make_report(world), stop(module, place)
    written = start(lambda: write(world, open_case))
    midway.has_come()
    adopted = start(lambda: adopt(world, report))
    until(lambda: adopted.done() or waits_for_somebody())
    midway.let_go()
    written.result()
    at_adoption = adopted.result()
    report.refresh_from_db()
    assert results(world.project, report.known_at) == at_adoption


@pytest.mark.parametrize("ahead", [0, 30])
def test_what_follows_an_adoption_is_later_even_in_the_same_microsecond_or_by_a_slower_clock(
    world, open_case, ahead
) -> None:
    report = make_report(world)
    with time_machine.travel(NOON, tick=False) as clock:
        clock.shift(ahead)
        at_adoption = adopt(world, report)
        clock.move_to(NOON)
        end(world, open_case)
    assert results(world.project, report.known_at) == at_adoption


def test_what_was_shown_between_two_writers_is_what_was_known_then(world, open_case, start, stop) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    before_the_lock = stop(actions, "lock_case")
    slower = start(lambda: end(world, open_case))
    before_the_lock.has_come()
    end(world, open_case, date(2011, 2, 1), ExitReason.MOVED)
    moment, shown = timezone.now(), results(world.project)
    before_the_lock.let_go()
    slower.result()
    assert results(world.project, moment) == shown
