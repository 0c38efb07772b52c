"""Plans and delmål on the timeline, from rows alone."""

from datetime import date

from actionplans.enums import MilestoneState
from actionplans.plans.timeline import MilestoneEntries, MilestoneRow, PlanEntries, PlanRow
from core.enums import Category
from tests.world.histories import CASE, SAID, history, row


def plan(**fields) -> PlanRow:
    said = {"number": 2, "main_activity": "Köket", "schedule": "", "next_follow_up_on": date(2026, 4, 1)}
    return row(PlanRow, **{**said, "is_complete": True, "is_imported": False, **fields})


def test_a_plan_says_what_is_done_and_when_it_is_followed_up() -> None:
    (entry,) = PlanEntries().entries(history(plan(), shares=Category.PLAN))
    assert (entry.title, entry.when, entry.kind) == ("Handlingsplan 2", SAID, "")
    assert entry.text.replace("\xa0", " ") == "Köket\n\nNästa uppföljning 1 april 2026."
    assert entry.url.endswith(f"{CASE}/handlingsplan/?plan=2#plan-2")
    assert entry.readers == "Vuxenenheten · Af till maj"


def test_a_draft_says_so_and_an_imported_one_has_no_author() -> None:
    (entry,) = PlanEntries().entries(history(plan(is_complete=False, is_imported=True, next_follow_up_on=None)))
    assert (entry.title, entry.text) == ("Handlingsplan 2, utkast", "Köket")
    assert entry.when.endswith("från register")


def test_only_delmal_that_were_reached_are_told() -> None:
    said = enumerate(MilestoneState, start=1)
    rows = [row(MilestoneRow, text=state.label, state=state, due_on=None, milestone=key) for key, state in said]
    entries = list(MilestoneEntries().entries(history(*rows)))
    assert [(entry.title, entry.text) for entry in entries] == [("Delmål nått", MilestoneState.REACHED.label)]
