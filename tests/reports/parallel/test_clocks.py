"""Step clocks that are worked out while the rules they follow, or the facts they are of, are changed beside them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.meetings import actions as meetings
from actionplans.steps.clock import differing_clocks
from core.operation.turns import writing
from participants.enrolment import enrol
from participants.enrolment.new import NewEnrolment
from participants.models import Enrolment
from projects import actions as decisions
from tests.reports.parallel.conftest import until, waits_for_somebody
from tests.reports.parallel.test_adoption import decide
from tests.world.cases import met
from tests.world.pages import fill


def enrolled(world):
    new = NewEnrolment(enrolled_on=date(2011, 1, 1), given_name="Ada", family_name="Berg")
    return enrol.enrol_participant(new=new, project=world.project, owner=world.ame, by=world.coordinator)


def judged(world, case):
    return met(case, world.coordinator, date(2011, 3, 1), clears=1)


@pytest.mark.parametrize(
    ("module", "first", "second"),
    [
        (enrol, lambda world, _: enrolled(world), lambda world, _: decide(world)),
        (meetings, judged, lambda world, _: decide(world)),
        (decisions, lambda world, _: decide(world), judged),
    ],
    ids=["somebody is enrolled", "a step is judged", "a step is judged after the clocks"],
)
def test_no_clock_misses_new_targets(world, open_case, start, stop, module, first, second) -> None:
    midway = stop(module, "log_change")
    begun = start(lambda: first(world, open_case))
    midway.has_come()
    beside = start(lambda: second(world, open_case))
    until(lambda: beside.done() or waits_for_somebody())
    midway.let_go()
    begun.result()
    beside.result()
    assert differing_clocks(list(Enrolment.objects.values_list("pk", flat=True))) == 0


def test_a_form_waits_for_its_turn_before_it_locks_anything(world, log_in) -> None:
    """Who held a row while waiting would stop the one who writes alone and wants that row, for good."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    client, url = log_in(world.project_leader), "/projekt/mal/"
    data = fill(client, url)
    with CaptureQueriesContext(connection) as caught:
        assert client.post(url, data).status_code == 302
    said = [query["sql"] for query in caught]
    turns = [place for place, sql in enumerate(said) if "pg_advisory" in sql]
    assert len(turns) == 1
    assert "_shared" not in said[turns[0]]
    assert not [sql for sql in said[: turns[0]] if "FOR UPDATE" in sql]


def test_a_turn_that_is_shared_never_becomes_alone(world) -> None:
    with writing(), pytest.raises(RuntimeError, match="alone"):
        decide(world)
