"""All figures of a page are of one moment, and what is worked out anew takes nobody's step away."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from actionplans.models import StepClock
from actionplans.steps import clock
from actionplans.steps.clock import differing_clocks
from reports.datasets import Population
from reports.figures import ground as grounds
from reports.figures.project import project_figures
from reports.safe.version import safe_figures
from tests.reports.documents.test_reports import make_report
from tests.reports.parallel.conftest import until, waits_for_somebody
from tests.reports.parallel.test_adoption import adopt, end, results
from tests.reports.parallel.test_clocks import judged


@pytest.mark.parametrize("is_adopted", [False, True])
@pytest.mark.parametrize("figures", [project_figures, safe_figures])
def test_an_exit_that_is_saved_meanwhile_is_in_none_of_the_statements(
    world, open_case, start, monkeypatch, figures, is_adopted
) -> None:
    report = make_report(world)
    at_adoption = adopt(world, report)

    def read():
        known_at = report.known_at if is_adopted else None
        return figures(Population.whole(world.project), as_of=date(2012, 6, 30), known_at=known_at).results

    before, real = read(), grounds.TargetBook.load

    def then_somebody_saves(*args):
        found = real(*args)
        monkeypatch.setattr(grounds.TargetBook, "load", real)
        start(lambda: end(world, open_case)).result()
        return found

    monkeypatch.setattr(grounds.TargetBook, "load", then_somebody_saves)
    assert read() == before
    assert results(world.project, report.known_at) == at_adoption
    assert (read() == before) is is_adopted


def test_no_step_is_lost_that_is_judged_while_clocks_are_rebuilt(world, open_case, start, monkeypatch) -> None:
    first = world.project.enrolments.filter(is_void=False).order_by("pk").first()
    StepClock.objects.filter(enrolment=first, step_number=5).update(assessed_on=date(2012, 1, 1))
    real, asked = clock.clocks_of, []

    def slow(enrolments, books):
        rows = real(enrolments, books)
        asked.append(1)
        if len(asked) == 2:
            job = start(lambda: judged(world, open_case))
            until(lambda: job.done() or waits_for_somebody())
        return rows

    monkeypatch.setattr(clock, "clocks_of", slow)
    call_command("rebuild_step_clock")
    until(lambda: connection.vendor == "sqlite" or not waits_for_somebody())
    assert len(asked) >= 2
    assert differing_clocks([open_case.pk, first.pk]) == 0
