"""What clocks say of themselves is counted as their days say: on any day, as known at any moment, after any deeds."""

import os
import random
from datetime import date, timedelta

import pytest
from django.utils import timezone

from actionplans.steps.clock import differing_clocks, refresh_project
from participants.models import Enrolment
from reports.datasets import Population
from reports.figures.ground import Ground
from reports.figures.past import cases_at
from reports.safe.days import quarter_ends
from tests.reports import rowwise
from tests.world.deeds.steps import happen

SEEDS = range(max(12, int(os.environ.get("WORLDS", "50")) // 4))
FIRST, DAYS = date(2025, 12, 1), 900


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_was_written_any_day_is_counted_as_row_by_row(world, seed) -> None:
    """Steps judged and withdrawn, days corrected, exits, wrong registrations and targets, in an order of chance."""
    refresh_project(world.project)
    chance, moments = random.Random(seed), []
    for turn in range(40):
        happen(world, chance)
        if turn % 15 == 14:
            moments.append(timezone.now())
    assert differing_clocks(list(Enrolment.objects.values_list("pk", flat=True))) == 0
    for moment in (*moments, None):
        cases = list(cases_at(world.project, moment or timezone.now(), None))
        for day in (FIRST + timedelta(days=chance.randrange(DAYS)) for _ in range(4)):
            ground = Ground.lay(Population.whole(world.project), day, moment)
            rowwise.assert_steps(ground, cases)
            rowwise.assert_steps(ground.by_quarter(quarter_ends(FIRST, day)), cases)
