"""«Sedan sist»: what others have written since the user's own last meeting, as far as it may be read."""

from projects.enums import Role
from tests.casework.case.reads import page
from tests.world.cases import days_ago, met, plan
from tests.world.factories import CaseAssignmentFactory
from tests.world.worlds import member


def _since(client, case):
    return client.get(case.get_absolute_url()).context["since"]


def _colleague(world, case):
    user = member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=case, user=user, role="substitute")
    return user


def test_nothing_is_said_to_somebody_without_a_meeting_or_after_whom_nobody_has_written(world, client, case) -> None:
    kim = _colleague(world, case)
    met(case, kim, days_ago(9))
    assert _since(client, case) is None
    met(case, world.case_worker, days_ago(5))
    assert _since(client, case) is None
    assert "Sedan ditt möte" not in page(client, case)


def test_what_others_write_after_it_is_told_with_the_writer_the_latest_first(world, client, case) -> None:
    kim = _colleague(world, case)
    met(case, world.case_worker, days_ago(5))
    plan(case, kim)
    met(case, kim, days_ago(2), text="Ringde om bussen.")
    found = _since(client, case)
    assert [entry.author for entry in found.entries] == ["Kim Kollega", "Kim Kollega"]
    assert found.entries[0].title.startswith("Handlingsplan")
    assert found.more == 0
    assert "Sedan ditt möte" in page(client, case)


def test_own_words_after_it_are_no_news(world, client, case) -> None:
    met(case, world.case_worker, days_ago(5))
    plan(case, world.case_worker)
    assert _since(client, case) is None


def test_three_are_told_and_the_rest_counted(world, client, case) -> None:
    kim = _colleague(world, case)
    met(case, world.case_worker, days_ago(9))
    for days in range(6, 1, -1):
        met(case, kim, days_ago(days))
    found = _since(client, case)
    assert (len(found.entries), found.more) == (3, 2)
