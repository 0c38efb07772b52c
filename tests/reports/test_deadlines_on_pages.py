"""What pages call late is what figures count as due and not done, for those who haven't left: in random worlds, on
random days, deadline by deadline, person by person."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.worklist.all_rules import RULES
from casework.worklist.reads import Cases, waiting_in
from casework.worklist.rules.rule import DeadlineRule
from casework.worklist.task import Outlook
from participants.enrolment.deadlines import Awaited, StartDay, open_deadlines, refresh_project_days
from participants.models import Enrolment
from participants.scope.scope import Scope
from projects.enums import Role
from reports.datasets import Awaits, Days, Population, Since
from reports.datasets.deadlines import beginnings
from reports.datasets.limits import DeadlineRules
from reports.statistics.deadlines import one_deadline
from tests.reports import oracle
from tests.reports.test_deadline_adherence import SEEDS, asked, limited
from tests.world.populations import random_case, write
from tests.world.worlds import member, model_project

# Each row of the figure, and what pages say of those whom it counts as late by it.
ROWS = {
    (Awaits.FIRST_MEETING, Since.APPLICATION): Awaited.FIRST_MEETING,
    (Awaits.ASSESSMENT, Since.APPLICATION): Awaited.ASSESSMENT,
    (Awaits.ASSESSMENT, Since.ENROLMENT): Awaited.ASSESSMENT,
    (Awaits.PLAN, Since.APPLICATION): Awaited.PLAN,
    (Awaits.PLAN, Since.ENROLMENT): Awaited.PLAN,
    (Awaits.PLACEMENT, Since.ENROLMENT): Awaited.PLACEMENT,
    (Awaits.FOLLOW_UP, Since.PLAN): Awaited.FOLLOW_UP,
}
STARTS = {
    StartDay.APPLICATION: Since.APPLICATION,
    StartDay.REFERRAL: Since.APPLICATION,
    StartDay.ENROLMENT: Since.ENROLMENT,
    StartDay.PLAN: Since.PLAN,
}
FACTS = ("left", "judged", "assessed", "planned", "met")

Late = dict[Awaited, set[int]]


@pytest.fixture
def project(db):
    project = model_project()
    for versions in (project.ladders, project.target_versions):
        versions.update(recorded_at=oracle.ALWAYS)
    return project


def by(case, on):
    """The case as it can stand on the day: nothing but a placement is written ahead."""
    return replace(case, **{name: [fact for fact in getattr(case, name) if fact.on <= on] for name in FACTS})


def counted(project, on, cases):
    """Keys of those due and not done, by row of the figure; each person counted alone."""
    rules, found = DeadlineRules.of(on, Days.of(project)), defaultdict(set)
    for key in cases:
        each = beginnings(Population.part(project, Enrolment.objects.filter(pk=key)), rules)
        for row in ROWS:
            if one_deadline(each.of(*row)).not_done:
                found[row].add(key)
    return found


def said_late(project, on, cases):
    """Keys of the late ones by what they wait for, and the rows that the pages name for each."""
    late, named = defaultdict(set), set()
    for case in cases:
        for deadline in open_deadlines(case, project, on=on):
            if deadline.is_late(on):
                late[deadline.awaited].add(case.pk)
                named.add((case.pk, deadline.awaited, STARTS[deadline.since]))
    return late, named


def on_the_work_list(project, on, user):
    outlook = Outlook(project, on, may_edit=True)
    keys = dict(Enrolment.objects.values_list("public_id", "pk"))
    lines = waiting_in(Cases(Scope.of(user, on), project, everybody=True), outlook, 1_000).lines
    late = defaultdict(set)
    for rule in RULES:
        for line in lines if isinstance(rule, DeadlineRule) else []:
            if (due_on := rule.due_on(line, outlook)) and rule.is_late(due_on, outlook):
                late[rule.awaited].add(keys[line.public_id])
    return late


@pytest.mark.parametrize("seed", SEEDS)
def test_pages_call_late_whom_the_figures_count_as_not_done(project, seed):
    chance = random.Random(seed)
    everybody = [random_case(chance) for _ in range(40)]
    on = chance.choice(everybody).begun[-1].on + timedelta(days=chance.randrange(5, 25))
    cases = [by(case, on) for case in everybody if all(begun.on <= on for begun in case.begun)][-20:]
    enrolments = write(project, cases)
    limited(project, chance)
    refresh_project_days(project)
    coordinator = member(project, project.host, Role.COORDINATOR, "Samira Samordnare")
    here = Enrolment.objects.own_to(Scope.of(coordinator, on)).in_project(project).filter(exited_on=None)
    figures = counted(project, on, list(here.values_list("pk", flat=True)))
    late, named = said_late(project, on, here)
    expected: Late = defaultdict(set)
    for row, awaited in ROWS.items():
        expected[awaited] |= figures[row]
        assert {key for key, *said in named if said == [awaited, row[1]]} <= figures[row]
    assert late == {awaited: keys for awaited, keys in expected.items() if keys}
    assert set(here.late(project, on=on).values_list("pk", flat=True)) == set().union(*late.values())
    assert on_the_work_list(project, on, coordinator) == late
    if not Enrolment.objects.filter(pk__in=[case.pk for case in enrolments]).exclude(exited_on=None).exists():
        rows = {(row["deadline"], row["from"]): row["not_done"] for row in asked(project, on)["deadlines"]}
        assert {row: rows[row] for row in ROWS} == {row: len(figures[row]) for row in ROWS}


def test_somebody_is_late_for_each_thing_in_some_world(project):
    """That the worlds above have something to find: of each deadline and start, and placements that are still to
    begin."""
    chance = random.Random(1)
    cases = [random_case(chance) for _ in range(150)]
    write(project, cases)
    rows, coming = set(), 0
    for on in (date(2010, 10, 1) + timedelta(days=20 * number) for number in range(30)):
        here = Enrolment.objects.filter(project=project, exited_on=None, enrolled_on__lte=on)
        late, named = said_late(project, on, here)
        rows |= {tuple(said) for _, *said in named}
        coming += here.filter(pk__in=late[Awaited.PLACEMENT], first_placed_on__gt=on).count()
    assert {(awaited, start) for (_, start), awaited in ROWS.items()} <= rows
    assert coming > 5
