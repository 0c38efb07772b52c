"""«Läget»: how the open cases lie on those who answer for them, shown to coordinators."""

from casework.worklist.load import load_in_words, spread_of
from casework.worklist.reads import Cases
from core.days.dates import today
from participants.models import Enrolment
from participants.scope.scope import Scope
from tests.casework.worklist.lines import HOME, case_of
from tests.world.cases import days_ago, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory, MembershipFactory, UserFactory


def _colleague(world, late: int, name: str = "Kim Kollega"):
    """A case worker who answers for so many cases, all late."""
    user = UserFactory(organisation=world.ame, name=name)
    MembershipFactory(user=user, project=world.project)
    for _ in range(late):
        CaseAssignmentFactory(enrolment=started(EnrolmentFactory(project=world.project), 60), user=user)
    return user


def _loads(world):
    return _caseload(world).loads


def _caseload(world):
    return spread_of(Cases(Scope.of(world.coordinator, today()), world.project, everybody=True))


def test_each_who_answers_for_cases_is_counted_with_those_that_are_late_first(world) -> None:
    started(world.enrolment, 60)
    case_of(world, enrolled_on=days_ago(1))
    _colleague(world, late=2)
    first, second = _loads(world)
    assert (first.name, first.open, first.late) == ("Kim Kollega", 2, 2)
    assert (second.name, second.open, second.late) == ("Hanna Handläggare", 2, 1)
    assert (first.open_width, second.late_width) == (100.0, 50.0)


def test_one_with_most_late_is_named_and_nobody_where_two_share_the_place(world) -> None:
    started(world.enrolment, 60)
    assert load_in_words(_loads(world)) == ""
    kim = _colleague(world, late=2)
    assert load_in_words(_loads(world)) == "Kim Kollega har flest sena ärenden, 2 av 2."
    _colleague(world, late=2, name="Lo Lika")
    assert load_in_words(_loads(world)) == ""
    assert kim


def test_the_coordinator_reaches_the_late_cases_of_each_and_a_case_worker_sees_no_table(world, log_in) -> None:
    started(world.enrolment, 60)
    client = log_in(world.coordinator)
    html = client.get(HOME).content.decode()
    assert "Läget" in html
    address = f"/deltagare/?ansvarig={world.case_worker.public_id}&sena=on"
    assert address.replace("&", "&amp;") in html
    assert [row.name for row in client.get(address).context["rows"]] == [world.enrolment.participant.identity.full_name]
    assert "Handläggarna" not in log_in(world.case_worker).get(HOME).content.decode()


def test_nothing_is_late_once_the_project_has_ended(world) -> None:
    started(world.enrolment, 60)
    assert [load.late for load in _loads(world)] == [1]
    world.project.ends_on = days_ago(1)
    assert [load.late for load in _loads(world)] == [0]


def test_all_and_those_that_nobody_answers_for_are_counted_as_before(world) -> None:
    case_of(world)
    CaseAssignmentFactory(
        enrolment=EnrolmentFactory(project=world.project, owner=world.ame), user=None, organisation=world.ame,
        recorded_by=world.case_worker,
    )  # fmt: skip
    cases = Enrolment.objects.in_project(world.project).filter(owner=world.ame).on(today())
    found = _caseload(world)
    assert (found.everybody, found.unassigned) == (cases.count(), cases.unassigned(on=today()).count())
    assert found.unassigned
    assert sum(load.open for load in found.loads) == found.everybody - found.unassigned - 1


def test_of_very_many_cases_the_count_alone_is_told(world, log_in, monkeypatch) -> None:
    started(world.enrolment, 60)
    case_of(world, enrolled_on=days_ago(1))
    for module in ("casework.worklist.load", "core.templatetags.components"):
        monkeypatch.setattr(f"{module}.MOST", 1)
    answer = log_in(world.coordinator).get(HOME)
    assert "fler än 1 öppna ärende" in answer.content.decode().replace("\xa0", " ")
    assert "Handläggarna" not in answer.content.decode()
    assert answer.context["groups"]
