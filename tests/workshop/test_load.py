"""What the load says of its answers: limits, memory, and what went wrong."""

from random import Random

import pytest

from workshop import aims
from workshop.load.crowd import MOST_CLICKS, Answered, Pause, go
from workshop.load.memory import Memory, WorkerMemory
from workshop.load.report import BARE, limit_ms, lines
from workshop.load.work import RESULT, Click
from workshop.serving.visitor import WrongAnswerError


def refuse() -> None:
    raise WrongAnswerError("503 instead of 200")


@pytest.mark.parametrize(("bare", "most"), [(75, 300), (100, 400)])
def test_pages_may_take_longer_where_the_bare_view_does_too(bare: float, most: float) -> None:
    assert limit_ms({BARE: [bare] * 3}) == most


def test_a_slow_page_is_said_by_how_much_and_the_result_page_is_not_held() -> None:
    said = lines(Answered({"list": [450.0] * 20, RESULT: [900.0] * 20}), Memory())
    of_list, of_result = (next(line for line in said if line.startswith(f"| {page}")) for page in ("list", RESULT))
    assert "misses by 50.0 %" in of_list
    assert "misses" not in of_result


def test_what_went_wrong_is_counted_and_told() -> None:
    answered = Answered()
    for ask in (refuse, list, refuse):
        answered.ask(Click("list", ask))
    said = lines(answered, Memory())
    assert "errors: 2 of 3 clicks, aim 0: misses by 2" in said
    assert "list: WrongAnswerError: 503 instead of 200" in said


def test_a_fault_of_the_measurement_itself_ends_it() -> None:
    with pytest.raises(ZeroDivisionError):
        go([(iter([Click("list", lambda: 1 / 0)]), Pause(0, 0))], 5, Answered(), Random(1))


def test_everybody_stops_when_the_time_is_up_and_after_so_many_clicks() -> None:
    answered = Answered()
    clicks = [iter(lambda: Click("list", list), None) for _ in range(2)]
    go([(clicks[0], Pause(0.01, 0.01)), (clicks[1], Pause(0, 0))], 0.3, answered, Random(1))
    assert MOST_CLICKS < len(answered.times["list"]) <= MOST_CLICKS + 30


@pytest.mark.parametrize(("last", "verdict"), [(104, "holds"), (106, "misses by 20.0 %")])
def test_memory_may_grow_a_little_from_the_third_quarter_to_the_last(last: float, verdict: str) -> None:
    worker = WorkerMemory([50, 80, 100, last])
    assert worker.growth == pytest.approx(last / 100 - 1)
    assert lines(Answered(), Memory({1: worker.seen}))[-1].endswith(f"aim {100 * aims.LOAD_GROWTH:g}: {verdict}")


def test_a_worker_that_takes_too_much_is_said_by_how_much() -> None:
    assert "180 at most, aim 150: misses by 20.0 %" in lines(Answered(), Memory({1: [180.0] * 4}))[-1]
