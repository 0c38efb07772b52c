"""`bench`: how long the pages take at a given size, against bare floors of the same run."""

import os
import platform
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.days.dates import today
from core.management.commands.prepare import collect_static
from participants.models import Enrolment
from workshop.bench import meanwhile, table
from workshop.bench.database import durability, own_database
from workshop.bench.figures import check, figure_pages
from workshop.bench.floor import bare_client
from workshop.bench.measure import Timing, measure
from workshop.bench.pages import person_pages
from workshop.bench.population import World, build


class Command(BaseCommand):
    """Measures in a database of its own, which is dropped afterwards."""

    help = "Measures pages, saves, figures and PDF at a given number of enrolments; see docs/performance.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--enrolments", type=int, default=100_000, metavar="N")
        parser.add_argument("--rounds", type=int, default=30, metavar="R", help="counted runs of each page")
        parser.add_argument(
            "--only", default="", metavar="WORDS", help="measure only what has one of these in its name; part them by ;"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print the table. Raises CommandError for fewer than one enrolment or round."""
        if options["enrolments"] < 1 or options["rounds"] < 1:
            raise CommandError("--enrolments and --rounds must be 1 or more.")
        collect_static(Path(settings.STATIC_ROOT))
        with own_database():
            world = build(options["enrolments"], on=today(), tell=self.stderr.write)
            self._describe(options["rounds"])
            timings = list(self._timings(world, options))
            beside = meanwhile.line(world, options["rounds"])
        self.stdout.write("\n".join([*table.lines(timings), "", beside]))

    def _describe(self, rounds: int) -> None:
        self.stdout.write(f"{Enrolment.objects.count()} enrolments, medians of {rounds} runs by turns with the floor")
        self.stdout.write(f"{durability()}; {machine()}\n\n")

    def _timings(self, world: World, options: dict[str, Any]) -> Iterator[Timing]:
        bare = bare_client()
        words = [word.strip() for word in options["only"].split(";")]
        check(world)
        for page in chain(person_pages(world, bare), figure_pages(world, bare)):
            if any(word in page.name for word in words):
                self.stderr.write(f"measuring {page.name}")
                yield measure(page, rounds=options["rounds"])


def machine() -> str:
    """The machine and database that it ran on, in words."""
    return (
        f"{os.cpu_count()} × {_processor()}, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, Django {django.get_version()}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "processor")
