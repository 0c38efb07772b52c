"""The users, each a thread that thinks, clicks and thinks again; bounded in time and in clicks."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from http.client import HTTPException
from random import Random
from threading import Event
from time import monotonic

from workshop.answers import NoFormError
from workshop.bench.measure import milliseconds
from workshop.load.work import Click
from workshop.serving.visitor import WrongAnswerError

# At most so many clicks of a user, whatever the pauses.
MOST_CLICKS = 1_000


@dataclass(frozen=True, slots=True)
class Pause:
    """How long a user thinks between two clicks, in seconds: evenly spread between the two."""

    shortest: float
    longest: float

    def drawn(self, chance: Random) -> float:
        """One pause."""
        return chance.uniform(self.shortest, self.longest)


@dataclass(slots=True)
class Answered:
    """How long each page took, in milliseconds, and what went wrong, in words."""

    times: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def ask(self, click: Click) -> None:
        """Click, and write down how long the answer took, or what was wrong with it."""
        try:
            self.times.setdefault(click.page, []).append(milliseconds(click.ask))
        except (WrongAnswerError, OSError, HTTPException, NoFormError) as error:
            self.errors.append(f"{click.page}: {type(error).__name__}: {error}")


def go(walks: Sequence[tuple[Iterator[Click], Pause]], seconds: float, answered: Answered, chance: Random) -> None:
    """Let everybody click until the time is up, and wait until the last answer has come."""
    done = Event()
    with ThreadPoolExecutor(len(walks)) as users:
        walking = [
            users.submit(_walk, clicks, pause, seconds, answered, Random(chance.random()), done)  # noqa: S311
            for clicks, pause in walks
        ]
        try:
            for walk in as_completed(walking):
                walk.result()
        finally:
            done.set()


def _walk(
    clicks: Iterator[Click], pause: Pause, seconds: float, answered: Answered, chance: Random, done: Event
) -> None:
    until = monotonic() + seconds
    # Somewhere in the first pause: people don't begin together.
    wait = chance.uniform(0, pause.longest)
    for _ in range(MOST_CLICKS):
        if monotonic() + wait > until or done.wait(wait):
            return
        answered.ask(next(clicks))
        wait = pause.drawn(chance)
