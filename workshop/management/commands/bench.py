"""`bench`: how long the pages take at given sizes, against bare floors of the same run."""

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.days.dates import today
from core.management.commands.prepare import collect_static
from participants.models import Enrolment
from workshop.bench import meanwhile, table
from workshop.bench.figures import check, figure_pages
from workshop.bench.floor import bare_client, floor_user
from workshop.bench.long import long_pages
from workshop.bench.measure import Timing, measure
from workshop.bench.pages import person_pages
from workshop.bench.saves import save_pages
from workshop.bench.scope import scope_pages
from workshop.scale import machine
from workshop.scale.database import own_database
from workshop.scale.people import World
from workshop.scale.world import build

SIZES = (200, 100_000)


class Command(BaseCommand):
    """Measures in a database of its own for each size, which is dropped afterwards."""

    help = "Measures pages, saves, figures and PDF at given numbers of enrolments; see docs/performance.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--enrolments", type=int, nargs="+", default=SIZES, metavar="N")
        parser.add_argument("--rounds", type=int, default=30, metavar="R", help="counted runs of each page")
        parser.add_argument(
            "--only", default="", metavar="WORDS", help="measure only what has one of these in its name; part them by ;"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print a table for each size. Raises CommandError for fewer than one enrolment or round."""
        if min(*options["enrolments"], options["rounds"], 1) < 1:
            raise CommandError("--enrolments and --rounds must be 1 or more.")
        collect_static(Path(settings.STATIC_ROOT))
        for size in options["enrolments"]:
            with own_database():
                world = build(size, on=today(), tell=self.stderr.write)
                self._measure(world, options)
                if size == options["enrolments"][-1]:
                    # Making documents takes the same of a machine, however many enrolments there are.
                    self.stdout.write(meanwhile.line(world, options["rounds"]))

    def _measure(self, world: World, options: dict[str, Any]) -> None:
        floor_user()
        enrolments = Enrolment.objects.count()
        timings: list[Timing] = []
        try:
            timings.extend(self._timings(world, options))
        finally:
            # Ten minutes of measuring aren't lost for a page that failed.
            self.stdout.write(f"{enrolments} enrolments, medians of {options['rounds']} runs by turns with the floor\n")
            self.stdout.write(f"{machine.described()}\n\n")
            self.stdout.write("\n".join([*table.lines(timings, enrolments), "", ""]))

    def _timings(self, world: World, options: dict[str, Any]) -> Iterator[Timing]:
        bare = bare_client()
        words = [word.strip() for word in options["only"].split(";")]
        check(world)
        scopes = scope_pages(world)
        # The last writes what all before would count.
        pages = person_pages(world, bare), save_pages(world), scopes, figure_pages(world, bare), long_pages(world, bare)
        for page in chain.from_iterable(pages):
            if any(word in page.name for word in words):
                self.stderr.write(f"measuring {page.name}")
                yield measure(page, rounds=options["rounds"])
