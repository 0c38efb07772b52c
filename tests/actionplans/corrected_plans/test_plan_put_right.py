"""A plan or a delmål that was wrong, through its pages: corrected, taken back, or moved to the right person."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actionplans.enums import MilestoneState
from actionplans.models import MilestoneStatus, PlanRevision
from actionplans.plans.actions import MilestoneRecord, current_milestones
from actionplans.plans.forms import TAKEN_BACK
from core.days.dates import today
from core.models import Draft, TextBody
from core.swedish.words import day
from participants.enums import MisplacedWay
from participants.models import Enrolment, Misplacement
from projects.enums import Role
from tests.casework.case.reads import entries
from tests.world import worlds
from tests.world.canary import rows_with
from tests.world.cases import days_ago, met, plan, started
from tests.world.factories import CaseAssignmentFactory
from tests.world.pages import faults, shown, submit

CANARY = "Kanarietext om köket"
FOLLOW_UP = today() + timedelta(days=20)


@pytest.fixture
def case(world) -> Enrolment:
    return started(world.enrolment, 60)


@pytest.fixture
def first(world, case) -> PlanRevision:
    return plan(case, world.case_worker, valid_on=days_ago(40), next_follow_up_on=FOLLOW_UP)


@pytest.fixture
def second(world, case, first) -> PlanRevision:
    """Says otherwise in every part, and that the first one's delmål is reached."""
    reached = {"text": "Göra klart cv", "state": MilestoneState.REACHED}
    public_id = MilestoneStatus.objects.get().milestone.public_id
    milestones = [MilestoneRecord(**reached, public_id=public_id), MilestoneRecord(text=CANARY)]
    said = {"valid_on": days_ago(5), "main_activity": CANARY, "next_follow_up_on": FOLLOW_UP + timedelta(days=9)}
    return plan(case, world.case_worker, based_on=1, milestones=milestones, **said)


def address(name: str, fact) -> str:
    return reverse(name, args=[fact.public_id])


def put_right(client, name: str, fact, right: Enrolment | None):
    way = MisplacedWay.MOVED_AWAY if right else MisplacedWay.TAKEN_AWAY
    return submit(client, address(name, fact), way=way, right=str(right.public_id) if right else "")


def now_standing(revision: PlanRevision) -> PlanRevision:
    return PlanRevision.objects.current().versions_of(revision).get()


def now(case: Enrolment) -> Enrolment:
    return Enrolment.objects.get(pk=case.pk)


def delmal(case: Enrolment) -> list[tuple[str, str]]:
    return [(row.text.text, row.state) for row in current_milestones(case.plan)]


def page(client, case: Enrolment) -> str:
    return client.get(reverse("plan_detail", args=[case.public_id])).content.decode()


def test_a_wrong_day_is_corrected_and_the_wrong_one_no_longer_counts(case, first, client) -> None:
    assert now(case).planned_on == days_ago(40)
    answer = submit(client, address("revision_edit", first), valid_on=days_ago(3).isoformat(), why="Fel dag.")
    assert answer["Location"] == reverse("plan_detail", args=[case.public_id])
    assert now(case).planned_on == days_ago(3)
    html = page(client, case)
    assert "Fel dag." in html
    assert f"Förut stod: {day(days_ago(40))}." in html
    assert MilestoneStatus.objects.current().get().concerns_on == days_ago(3)


def test_a_corrected_follow_up_moves_the_deadline(world, case, first, client) -> None:
    met(case, world.case_worker, days_ago(50))
    assert now(case).next_contact_on == FOLLOW_UP
    later = FOLLOW_UP + timedelta(days=3)
    submit(client, address("revision_edit", first), next_follow_up_on=later.isoformat(), why="Fel.")
    assert now(case).next_contact_on == later


def test_a_plan_that_loses_a_part_is_no_longer_complete(case, first, client) -> None:
    submit(client, address("revision_edit", first), schedule="", why="Stod på fel plan.")
    assert now(case).planned_on is None
    assert "Utkast" in page(client, case)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"why": ""}, "why"),
        ({"valid_on": ""}, "valid_on"),
        ({"valid_on": "2099-01-01"}, "valid_on"),
        ({"next_follow_up_on": days_ago(41).isoformat()}, "next_follow_up_on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_changes(case, first, client, answers, field) -> None:
    answer = submit(client, address("revision_edit", first), **{"why": "Fel.", "main_activity": "Butiken", **answers})
    assert field in faults(answer)
    assert "Butiken" in answer.content.decode()
    assert PlanRevision.objects.get() == first


def test_the_newest_taken_back_all_is_as_before_it(case, first, second, client) -> None:
    assert delmal(case) == [("Göra klart cv", "reached"), (CANARY, "planned")]
    submit(client, address("revision_take_back", second), reason="Sparades av misstag.")
    assert delmal(case) == [("Göra klart cv", "planned")]
    assert now(case).next_contact_on == FOLLOW_UP
    html = page(client, case)
    assert "Plan 1, från" in html
    assert "Sparades av misstag." in html
    titles = [entry.title for entry in entries(client, case)]
    assert "Handlingsplan 2 (återtagen)" in titles
    assert "Delmål nått" not in titles


def test_an_earlier_one_is_taken_back_after_the_newer(case, first, second, client) -> None:
    answer = submit(client, address("revision_take_back", first), reason="Fel.")
    html = answer.content.decode()
    assert "Ta tillbaka plan 2 först" in html.replace("\xa0", " ")
    assert PlanRevision.objects.current().count() == 2


def test_the_only_plan_taken_back_the_case_waits_for_one(case, first, client) -> None:
    submit(client, address("revision_take_back", first), reason="Fel.")
    assert now(case).planned_on is None
    assert "Det finns ingen plan än" in page(client, case)
    assert client.get(reverse("plan_edit", args=[case.public_id])).status_code == 200


def test_the_next_plan_after_one_that_was_taken_back_is_saved(world, case, first, client) -> None:
    submit(client, address("revision_take_back", first), reason="Fel.")
    submit(client, reverse("plan_edit", args=[case.public_id]), main_activity="Butiken", valid_on=today().isoformat())
    standing = PlanRevision.objects.current().get()
    assert (standing.number, standing.main_activity.text) == (1, "Butiken")


def test_a_plan_form_that_was_open_meanwhile_is_shown_both(case, first, client) -> None:
    edit = reverse("plan_edit", args=[case.public_id])
    sent = shown(client.get(edit).context["form"]) | {"main_activity": "Min text"}
    submit(client, address("milestone_take_back", MilestoneStatus.objects.get()), reason="Fel.")
    refused = client.post(edit, sent)
    assert faults(refused) == {"m1_text": [TAKEN_BACK]}
    # Its words aren't written again unseen: the line is emptied first, and then both plans are shown.
    html = client.post(edit, shown(refused.context["form"]) | {"m1_text": ""}).content.decode()
    assert "Planen har ändrats sedan du öppnade sidan" in html
    assert "Min text" in html
    assert MilestoneStatus.objects.current().count() == 0


def test_a_plan_on_the_wrong_person_moves_with_its_delmal_and_nothing_of_it_is_left(
    case, right, first, second, client
) -> None:
    put_right(client, "revision_misplaced", second, right)
    assert delmal(case) == [("Göra klart cv", "planned")]
    assert delmal(right) == [("Göra klart cv", "reached"), (CANARY, "planned")]
    assert now(right).planned_on == days_ago(5)
    assert CANARY not in page(client, case) + client.get(case.get_absolute_url()).content.decode()
    assert CANARY in page(client, right)
    assert {mark.enrolment_id for mark in Misplacement.objects.all()} == {case.pk, right.pk}
    assert client.get(address("revision_edit", second), follow=True).context["enrolment"] == case


def test_moved_with_its_earlier_wordings_they_are_the_right_persons_history(case, right, first, client) -> None:
    submit(client, address("revision_edit", first), main_activity="Rätt kök", why="Fel kök.")
    status = MilestoneStatus.objects.current().get()
    submit(client, address("milestone_edit", status), text="Rätt delmål", why="Fel mål.")
    put_right(client, "revision_misplaced", now_standing(first), right)
    said = ("Återbruket", "Fel kök.", "Göra klart cv", "Fel mål.", "Rätt kök", "Rätt delmål")
    html = page(client, right)
    assert [words for words in said if words not in html] == []
    assert [words for words in said if words in page(client, case)] == []
    assert delmal(right) == [("Rätt delmål", "planned")]
    earlier = PlanRevision.objects.placed().filter(enrolment=right).order_by("pk").first()
    assert (earlier.recorded_at, earlier.recorded_by) == (first.recorded_at, first.recorded_by)


def test_a_delmal_moved_alone_has_its_earlier_wordings_with_it(case, right, first, client) -> None:
    status = MilestoneStatus.objects.current().get()
    submit(client, address("milestone_edit", status), text=CANARY, why="Fel mål.")
    put_right(client, "milestone_misplaced", MilestoneStatus.objects.current().get(), right)
    html = page(client, right)
    assert [words for words in (CANARY, "Göra klart cv", "Fel mål.") if words not in html] == []
    assert "Göra klart cv" not in page(client, case)


def test_a_draft_of_the_plan_keeps_all_but_a_delmal_that_was_moved(world, case, right, first, client) -> None:
    status = MilestoneStatus.objects.current().get()
    kept = {"main_activity": ["Köket, tre dagar"], "m2_id": [""], "m2_text": ["Ett nytt delmål"]}
    moved = {"m1_id": [str(status.milestone.public_id)], "m1_text": ["Göra klart cv i kanariespråk"]}
    draft = Draft.objects.create(
        author=world.case_worker,
        form="PlanForm",
        address=reverse("plan_edit", args=[case.public_id]),
        subject=case.public_id,
        data=kept | moved,
        labels={"main_activity": "Huvudsaklig aktivitet", "m1_text": "Delmål 1", "m2_text": "Delmål 2"},
    )
    put_right(client, "milestone_misplaced", status, right)
    draft.refresh_from_db()
    assert draft.data == kept


def test_a_draft_with_nothing_but_a_moved_delmal_goes(world, case, right, first, client) -> None:
    status = MilestoneStatus.objects.current().get()
    Draft.objects.create(
        author=world.case_worker,
        form="PlanForm",
        address=reverse("plan_edit", args=[case.public_id]),
        subject=case.public_id,
        data={"m1_id": [str(status.milestone.public_id)], "m1_text": ["Göra klart cv"], "main_activity": [""]},
        labels={"main_activity": "Huvudsaklig aktivitet", "m1_text": "Delmål 1"},
    )
    put_right(client, "milestone_misplaced", status, right)
    assert not Draft.objects.exists()


def test_what_an_earlier_plan_worded_otherwise_stays(world, case, right, first, client) -> None:
    """Written over in a plan on the wrong person, the new words are somebody else's, and the earlier ones are not."""
    own = MilestoneStatus.objects.get()
    over = MilestoneRecord(text=CANARY, public_id=own.milestone.public_id)
    second = plan(case, world.case_worker, based_on=1, valid_on=days_ago(5), milestones=[over])
    (wrong,) = current_milestones(second.plan)
    said = client.get(address("milestone_misplaced", wrong)).content.decode()
    assert "«Göra klart cv», blir kvar här" in said
    put_right(client, "milestone_misplaced", wrong, right)
    assert delmal(case) == [("Göra klart cv", "planned")]
    assert delmal(right) == [(CANARY, "planned")]
    assert CANARY not in page(client, case)
    assert "Göra klart cv" not in page(client, right)
    mark = Misplacement.objects.get(enrolment=case)
    assert mark.stood_from == wrong.recorded_at


def test_a_delmal_that_later_plans_say_again_is_moved_whole(world, case, right, first, second, client) -> None:
    reached = next(row for row in current_milestones(second.plan) if row.state == MilestoneState.REACHED)
    assert "blir kvar här" not in client.get(address("milestone_misplaced", reached)).content.decode()
    put_right(client, "milestone_misplaced", reached, right)
    assert delmal(case) == [(CANARY, "planned")]
    assert "Göra klart cv" not in page(client, case)


def test_moved_it_stands_among_the_right_persons_in_the_order_of_writing(world, case, right, first, client) -> None:
    plan(right, world.case_worker, valid_on=days_ago(2), main_activity="Skrevs sedan")
    put_right(client, "revision_misplaced", first, right)
    rows = PlanRevision.objects.current().filter(enrolment=right).order_by("number")
    said = [(row.number, row.main_activity.text) for row in rows]
    assert said == [(1, "Återbruket, 20 timmar"), (2, "Skrevs sedan")]
    assert now(case).planned_on is None


def test_those_built_on_it_go_with_it(case, right, first, second, client) -> None:
    html = client.get(address("revision_misplaced", first)).content.decode()
    assert "Plan 1–2 följer med" in html.replace("\xa0", " ")
    put_right(client, "revision_misplaced", first, None)
    assert rows_with([CANARY, "Göra klart cv", "Återbruket"]) == []
    assert "Det finns ingen plan än" in page(client, case)


def test_a_delmal_taken_back_stays_so_on_both_sides_each_with_its_own_words(world, case, right, first, client) -> None:
    """Both plans have spoken of it, and the later one, in whose words it was taken back, moves."""
    said = MilestoneStatus.objects.get()
    reworded = MilestoneRecord(text=CANARY, public_id=said.milestone.public_id)
    second = plan(case, world.case_worker, based_on=1, valid_on=days_ago(5), milestones=[reworded])
    submit(client, address("milestone_take_back", MilestoneStatus.objects.current().get()), reason="Det blev inte så.")
    put_right(client, "revision_misplaced", now_standing(second), right)
    assert delmal(case) == delmal(right) == []
    own, moved = page(client, case), page(client, right)
    assert CANARY not in own
    assert CANARY in moved
    assert "Göra klart cv" in own
    assert "Göra klart cv" not in moved
    assert own.count("Det blev inte så.") == moved.count("Det blev inte så.") == 1


def test_a_delmal_judged_by_mistake_goes_back(case, first, second, client) -> None:
    reached = next(row for row in current_milestones(case.plan) if row.state == MilestoneState.REACHED)
    submit(client, address("milestone_edit", reached), state="planned", why="Fel delmål.")
    assert delmal(case)[0] == ("Göra klart cv", "planned")
    assert "Delmål nått" not in [entry.title for entry in entries(client, case)]
    assert "Fel delmål." in page(client, case)


def test_a_corrected_day_of_a_plan_leaves_the_corrected_day_of_its_delmal(case, first, client) -> None:
    reached = {"state": "reached", "since": days_ago(7).isoformat(), "why": "Nått senare."}
    submit(client, address("milestone_edit", MilestoneStatus.objects.current().get()), **reached)
    submit(client, address("revision_edit", now_standing(first)), valid_on=days_ago(39).isoformat(), why="Fel dag.")
    assert MilestoneStatus.objects.current().get().concerns_on == days_ago(7)


def test_a_delmal_dropped_needs_its_why(first, client) -> None:
    answer = submit(client, address("milestone_edit", MilestoneStatus.objects.get()), state="dropped", why="Fel.")
    assert "dropped_because" in faults(answer)


def test_a_delmal_taken_back_is_in_no_plan(case, first, second, client) -> None:
    status = next(row for row in current_milestones(case.plan) if row.text.text == CANARY)
    submit(client, address("milestone_take_back", status), reason="Fel.")
    assert delmal(case) == [("Göra klart cv", "reached")]


def test_the_only_delmal_taken_back_the_plan_is_a_draft(case, first, client) -> None:
    submit(client, address("milestone_take_back", MilestoneStatus.objects.get()), reason="Fel.")
    assert now(case).planned_on is None


def test_a_delmal_on_the_wrong_person_moves_alone(world, case, right, first, second, client) -> None:
    plan(right, world.case_worker, milestones=[])
    assert now(right).planned_on is None
    status = next(row for row in current_milestones(case.plan) if row.text.text == CANARY)
    put_right(client, "milestone_misplaced", status, right)
    assert delmal(case) == [("Göra klart cv", "reached")]
    assert delmal(right) == [(CANARY, "planned")]
    assert now(right).planned_on == today()


def test_words_that_were_taken_back_are_for_author_and_coordinator(world, case, second, client, log_in) -> None:
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    CaseAssignmentFactory(enrolment=case, user=colleague, role="substitute")
    submit(client, address("revision_take_back", second), reason="Sparades av misstag.")
    assert CANARY in page(client, case)
    assert CANARY in page(log_in(world.coordinator), case)
    html = page(log_in(colleague), case)
    assert "Sparades av misstag." in html
    assert CANARY not in html


def test_text_bodies_of_the_wrong_file_are_empty_after_a_move(case, right, second, client) -> None:
    put_right(client, "revision_misplaced", second, right)
    hidden = PlanRevision.objects.filter(enrolment=case).exclude(misplaced_at=None)
    assert [row.main_activity for row in hidden] == [None]
    statuses = MilestoneStatus.objects.filter(enrolment=case).exclude(misplaced_at=None)
    assert {row.text.text for row in statuses} == {""}
    assert TextBody.objects.filter(text=CANARY).count() == 2
