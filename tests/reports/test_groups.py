"""The share of each target group: as counted row by row, as known at any moment, for those who read the persons."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.urls import reverse

from core.actions import written_at
from core.days.dates import STOCKHOLM, today
from participants.grouping.actions import GROUPINGS, GroupingRecord
from participants.models import CaseGrouping, Enrolment
from participants.querysets.grouping import FIRST_TALKS
from projects.enums import ListKind
from projects.lists.actions import ListedLine, add_to_list, change_listed
from projects.models import Listed
from reports.datasets import Population
from reports.figures.catalogue import GROUPS
from reports.figures.project import project_figures
from tests.world.cases import days_ago
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory

DAY = {"per": "i dag"}
METHOD = ListedLine(name="7-TJUGO", valid_from=None, valid_until=None)
HEADING = "<h2>Målgrupper</h2>"


def lines(world: Any) -> list[Listed]:
    return list(Listed.objects.filter(project=world.project, kind=ListKind.TARGET_GROUP).exclude(code="")[:3])


def case_of(world: Any, number: int, days: int) -> Enrolment:
    case = EnrolmentFactory(
        project=world.project, given_name=f"Ida{number}", family_name="Ek", enrolled_on=days_ago(days)
    )
    CaseAssignmentFactory(enrolment=case, user=world.case_worker)
    return case


def grouped(world: Any, case: Enrolment, found: list[Listed], after: int = 0) -> CaseGrouping:
    method = Listed.objects.filter(project=world.project, kind=ListKind.METHOD)[:1]
    record = GroupingRecord(on=case.enrolled_on + timedelta(days=after), target_groups=found, methods=method)
    return GROUPINGS.record(enrolment=case, record=record, by=world.case_worker)


def book(world: Any, as_of: Any = None, known_at: datetime | None = None) -> Any:
    return project_figures(Population.whole(world.project), as_of=as_of or today(), known_at=known_at)[GROUPS]


def shares(found: Any) -> dict[str, int]:
    return {row.name: row.count for row in found.rows}


def by_hand(cases: list[Enrolment], as_of: Any) -> tuple[dict[str, int], int]:
    """The same, row by row."""
    counts: dict[str, int] = {}
    said = 0
    for case in cases:
        facts = list(CaseGrouping.objects.placed().current().filter(enrolment=case))
        before = [fact for fact in facts if fact.concerns_on <= case.enrolled_on]
        soon = [fact for fact in facts if case.enrolled_on < fact.concerns_on <= case.enrolled_on + FIRST_TALKS]
        chosen = max(before, key=lambda fact: fact.concerns_on, default=None) or min(
            soon, key=lambda fact: fact.concerns_on, default=None
        )
        if case.enrolled_on > as_of or chosen is None:
            continue
        said += 1
        for row in chosen.lines.select_related("line"):
            if row.line.kind == ListKind.TARGET_GROUP:
                counts[row.line.name] = counts.get(row.line.name, 0) + 1
    return counts, said


@pytest.mark.parametrize("seed", range(4))
def test_equals_a_count_row_by_row(world, seed) -> None:
    add_to_list(project=world.project, kind=ListKind.METHOD, line=METHOD, by=world.project_leader)
    chance, cases = Random(seed), [world.enrolment]
    cases += [case_of(world, number, chance.randrange(5, 90)) for number in range(8)]
    for case in cases:
        for after in chance.sample(range(-20, 30), chance.randrange(4)):
            if case.enrolled_on + timedelta(days=after) <= today():
                fact = grouped(world, case, chance.sample(lines(world), chance.randrange(1, 4)), after)
                if chance.random() < 0.2:
                    GROUPINGS.take_back(fact=fact, reason="Fel", by=world.case_worker)
    cases = list(Enrolment.objects.in_project(world.project))
    for as_of in (today(), days_ago(40)):
        counts, said = by_hand(cases, as_of)
        found = book(world, as_of)
        assert (shares(found), found.said) == (counts, said)
        assert found.unsaid == sum(case.enrolled_on <= as_of for case in cases) - said


def test_a_wrong_registration_is_in_no_group(world) -> None:
    case = case_of(world, 1, 20)
    grouped(world, case, lines(world)[:1])
    Enrolment.objects.filter(pk=case.pk).update(is_void=True)
    assert (shares(book(world)), book(world).said) == ({}, 0)


def test_another_partys_word_is_not_counted(world) -> None:
    case = case_of(world, 1, 20)
    fact = grouped(world, case, lines(world)[:1])
    CaseGrouping.objects.filter(pk=fact.pk).update(owner=world.af)
    assert (shares(book(world)), book(world).said) == ({}, 0)


def test_known_at_a_moment_it_is_what_stood_then(world) -> None:
    first, second, _ = lines(world)
    now = datetime.now(STOCKHOLM)
    with written_at(now - timedelta(days=12)):
        case = case_of(world, 1, 30)
    moments = [now - timedelta(days=days) for days in (9, 6, 3)]
    with written_at(moments[0]):
        fact = grouped(world, case, [first])
    with written_at(moments[1]):
        record = GroupingRecord(on=case.enrolled_on, target_groups=[second])
        fact = GROUPINGS.correct(fact=fact, record=record, why="Fel målgrupp.", by=world.case_worker)
    with written_at(moments[2]):
        GROUPINGS.take_back(fact=fact, reason="Fel person frågad.", by=world.case_worker)
    after = [moment + timedelta(days=1) for moment in moments]
    assert [shares(book(world, known_at=moment)) for moment in after] == [{first.name: 1}, {second.name: 1}, {}]


class TestOnThePage:
    def test_the_real_share_stands_beside_the_wished_one(self, world, log_in) -> None:
        first, second, _ = lines(world)
        change_listed(
            listed=first,
            line=ListedLine(
                name=first.name, valid_from=None, valid_until=None, wished_percent=50, is_about_health=None
            ),
            by=world.project_leader,
        )
        own = add_to_list(
            project=world.project,
            kind=ListKind.TARGET_GROUP,
            line=ListedLine(
                name="Nya ärenden", valid_from=None, valid_until=None, wished_percent=30, is_about_health=False
            ),
            by=world.project_leader,
        )
        for number in range(3):
            grouped(world, case_of(world, number, 20), [first] if number else [first, second])
        html = log_in(world.coordinator).get(reverse("result"), DAY).content.decode().replace("\xa0", " ")
        part = html[html.index(HEADING) :]
        for said in (first.name, second.name, own.name, "50 %", "30 %", "3 av 3", "1 av 3", "0 av 3"):
            assert said in part
        assert "För 2 deltagare står det inte" in part

    def test_whoever_reads_no_persons_is_shown_none_of_it(self, world, log_in) -> None:
        for number in range(12):
            grouped(world, case_of(world, number, 400), lines(world)[:1])
        assert HEADING in log_in(world.coordinator).get(reverse("result"), DAY).content.decode()
        for user in (world.project_leader, world.steering):
            assert HEADING not in log_in(user).get(reverse("result"), DAY).content.decode()

    def test_another_organisation_is_shown_none_of_it(self, world, log_in) -> None:
        grouped(world, world.enrolment, lines(world)[:1])
        for user in (world.af_case_worker, world.af_coordinator):
            for query in (DAY, DAY | {"urval": "projektet"}):
                answer = log_in(user).get(reverse("result"), query).content.decode()
                assert lines(world)[0].name not in answer
