"""The promises of speed: the aims that `make bench`, `make race` and `make load` measure against."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Aim:
    """At most so many times the floor, so many milliseconds, or both; from so many enrolments on."""

    times: float | None = None
    ms: float | None = None
    enrolments: int = 0

    def exceeded_by(self, ms: float, floor_ms: float) -> float:
        """By which share of itself the aim is missed, where it is missed most; 0 or less where it holds."""
        parts = [(ms / floor_ms, self.times), (ms, self.ms)]
        return max(found / most - 1 for found, most in parts if most)


def verdict(exceeded_by: float) -> str:
    """Whether an aim holds, in words, and else by how much it is missed."""
    return "holds" if exceeded_by <= 0 else f"misses by {100 * exceeded_by:.1f} %"


# Against the floors of workshop/bench.
PARTICIPANT = Aim(times=2.5)
LIST = SEARCH = START = Aim(times=3)
MEETING_FORM = PLAN_FORM = Aim(times=3.5)
SAVE = Aim(times=2.5)
RESULT = Aim(times=4)
# In few enrolments plain SQL finds its figures at once.
FIGURES = Aim(times=2, ms=300, enrolments=50_000)
SCOPE = PDF = Aim(times=1.5)
WHILE_DOCUMENTS_MS = 500

# Against Django's own admin over the same people. It writes two rows where a meeting with a note takes nine.
RACE = {"list": Aim(times=1), "search": Aim(times=1), "open": Aim(times=1), "save": Aim(times=1.3)}

# Under load. The result page is nobody's every click, and isn't held to it.
LOAD_P95_MS = 300
LOAD_TIMES_BARE_P95 = 4
LOAD_WORKER_MIB = 150
# By how much of itself a worker's memory may grow from the third quarter of the run to the last.
LOAD_GROWTH = 0.05
