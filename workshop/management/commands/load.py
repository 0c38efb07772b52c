"""`load`: fifty users who think between clicks, on the program as `make run` starts it."""

from argparse import ArgumentParser
from itertools import islice, repeat
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from core.days.dates import today
from participants.models import Enrolment
from projects.enums import Role
from workshop.bench.floor import floor_user
from workshop.load import report
from workshop.load.crowd import Answered, Pause, go
from workshop.load.memory import watched
from workshop.load.work import Click, Work
from workshop.scale import machine
from workshop.scale.database import own_database
from workshop.scale.people import CASE_WORKERS, World, member
from workshop.scale.world import build
from workshop.serving.server import PROGRAM, Server, served
from workshop.serving.visitor import Visitor

BARE = "workshop.load.settings"
# Of ten users eight are case workers, one is a coordinator, and one the leader, who reads results.
COORDINATORS = LEADERS = 10
# Often enough for an answer about the slowest of twenty, and a hundredth of what two cores can do.
_BARE_PAUSE = Pause(1, 1)
_WARM_UP_CLICKS = 8


class Command(BaseCommand):
    """Measures in a database of its own, through this machine's own network alone, and stops by itself."""

    help = "Measures what users wait for, errors and memory under load; see docs/performance.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--enrolments", type=int, default=10_000, metavar="N")
        parser.add_argument("--users", type=int, default=50, metavar="U")
        parser.add_argument("--seconds", type=float, default=300, metavar="S")
        parser.add_argument("--pause", type=float, nargs=2, default=(5, 15), metavar="S", help="seconds between clicks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print what came of it. Raises CommandError for fewer than one enrolment or user."""
        if min(options["enrolments"], options["users"]) < 1:
            raise CommandError("--enrolments and --users must be 1 or more.")
        with own_database():
            world = build(options["enrolments"], on=today(), tell=self.stderr.write)
            floor_user()
            self.stdout.write(
                f"{Enrolment.objects.count()} enrolments, {options['users']} users for {options['seconds']:g} seconds, "
                f"{options['pause'][0]:g} to {options['pause'][1]:g} seconds between clicks\n{machine.described()}\n\n"
            )
            with served(PROGRAM, jobs=True) as program, served(BARE, jobs=False) as bare:
                self._load(world, program, bare, options)

    def _load(self, world: World, program: Server, bare: Server, options: dict[str, Any]) -> None:
        chance = Random(1)  # noqa: S311 - clicks, not secrets
        works = [
            Work(world, user, role, Visitor(program, user), Random(chance.random()))  # noqa: S311
            for user, role in users(world, options["users"])
        ]
        looker = Visitor(bare)
        self._warm_up(works, looker)
        answered = Answered()
        walks = [(work.clicks(), Pause(*options["pause"])) for work in works]
        with watched(program) as memory:
            go([*walks, (repeat(_bare_click(looker)), _BARE_PAUSE)], options["seconds"], answered, chance)
        self.stdout.write("\n".join([*report.lines(answered, memory), ""]))

    def _warm_up(self, works: list[Work], looker: Visitor) -> None:
        """Let each user come, and each process meet each kind of work before it is timed, as it has in operation."""
        self.stderr.write("warming up")
        before = Answered()
        for work in works:
            work.begin()
        for work in (*works[:2], *works[-2:]):
            for click in islice(work.clicks(), _WARM_UP_CLICKS):
                before.ask(click)
        for _ in range(_WARM_UP_CLICKS):
            before.ask(_bare_click(looker))


def users(world: World, count: int) -> list[tuple[User, Role]]:
    """So many users with their roles: case workers, then coordinators and leaders."""
    coordinators, leaders = count // COORDINATORS, count // LEADERS
    workers = count - coordinators - leaders
    more = [_named(world, Role.CASE_WORKER, place) for place in range(CASE_WORKERS, workers)]
    return [
        *((user, Role.CASE_WORKER) for user in [*world.case_workers, *more][:workers]),
        *((_named(world, Role.COORDINATOR, place), Role.COORDINATOR) for place in range(coordinators)),
        *((_named(world, Role.PROJECT_LEADER, place), Role.PROJECT_LEADER) for place in range(leaders)),
    ]


def _named(world: World, role: Role, place: int) -> User:
    return member(world.project, f"{role.label} {place}", role)


def _bare_click(looker: Visitor) -> Click:
    return Click(report.BARE, lambda: looker.get("/rader/50/"))
