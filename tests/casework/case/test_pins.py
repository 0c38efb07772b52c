"""Delmål as pins on the ladder: each at the step under way on its day."""

from datetime import date, datetime

from actionplans.enums import MilestoneState
from actionplans.models import StepClock
from actionplans.plans.timeline import MilestoneRow
from casework.case.ladder import LadderStep
from casework.case.pins import with_pins
from core.days.dates import STOCKHOLM
from projects.models import ResultTarget
from tests.casework.case.reads import page
from tests.world.cases import plan

ON = date(2026, 11, 28)


def _steps(*states: str) -> list[LadderStep]:
    return [LadderStep(number, f"Steg {number}", state, "") for number, state in enumerate(states, start=1)]


def _clock(step: int, *, cleared: date | None = None, due: date | None = None) -> StepClock:
    target = ResultTarget(step_number=step, exclusive=False)
    return StepClock(step_number=step, cleared_on=cleared, due_on=due, target=target, holds_now=bool(cleared))


def _row(text: str, state: MilestoneState, *, on: date = date(2026, 9, 1), due: date | None = None) -> MilestoneRow:
    written = datetime(2026, 11, 1, tzinfo=STOCKHOLM)
    kept = {"fact": 1, "corrects": None, "recorded_at": written, "superseded_at": None, "by": "", "category": "plan"}
    return MilestoneRow(on=on, text=text, state=state, due_on=due, **kept)


def _placed(*rows: MilestoneRow, is_over: bool = False) -> dict[int, list[tuple[str, str, str]]]:
    clocks = [_clock(1, cleared=date(2026, 6, 1)), _clock(2, due=date(2026, 12, 15)), _clock(3, due=date(2027, 3, 15))]
    steps = with_pins(_steps("cleared", "now", "ahead"), clocks, rows, on=ON, is_over=is_over)
    return {step.number: [(pin.text, pin.state, pin.note) for pin in step.pins] for step in steps if step.pins}


def test_one_that_was_reached_stands_at_the_step_that_was_under_way_then() -> None:
    reached = MilestoneState.REACHED
    early, late = _row("Tidig", reached, on=date(2026, 5, 1)), _row("Sen", reached, on=date(2026, 7, 1))
    assert _placed(late, early) == {1: [("Tidig", "reached", "")], 2: [("Sen", "reached", "")]}


def test_one_ahead_stands_at_the_step_whose_day_comes_next_and_says_its_own() -> None:
    soon = _row("Snart", MilestoneState.UNDER_WAY, due=date(2026, 12, 10))
    far = _row("Längre fram", MilestoneState.UNDER_WAY, due=date(2027, 1, 29))
    found = _placed(soon, far)
    assert [(text, state) for text, state, _ in found[2]] == [("Snart", "planned")]
    assert [(text, state) for text, state, _ in found[3]] == [("Längre fram", "planned")]
    assert found[2][0][2]


def test_one_that_has_passed_its_day_waits_now_and_says_by_how_much_unless_the_case_is_over() -> None:
    row = _row("CV", MilestoneState.UNDER_WAY, due=date(2026, 11, 17))
    assert _placed(row)[2] == [("CV", "late", "11\N{NO-BREAK SPACE}dagar för sent")]
    assert _placed(row, is_over=True)[2][0][1] == "planned"


def test_at_most_four_are_named_under_a_step() -> None:
    rows = [_row(f"Delmål {number}", MilestoneState.UNDER_WAY) for number in range(6)]
    steps = with_pins(_steps("now"), [], rows, on=ON, is_over=False)
    assert (len(steps[0].named), steps[0].unnamed) == (4, 2)


def test_the_page_names_the_plan_s_delmal_on_the_ladder(world, client, case) -> None:
    assert 'aria-label="Delmål"' not in page(client, case)
    plan(case, world.case_worker)
    pinned = page(client, case).partition('aria-label="Delmål"')[2].partition("</ul>")[0]
    assert "Göra klart cv" in pinned
