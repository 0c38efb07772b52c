"""`race`: the program beside Django's own admin, over the same people, by turns."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.days.dates import today
from participants.models import Enrolment
from workshop.bench import table
from workshop.bench.measure import measure
from workshop.race.laps import laps
from workshop.scale import machine
from workshop.scale.database import own_database
from workshop.scale.world import build
from workshop.serving.server import PROGRAM, served

ADMIN = "workshop.race.settings"


class Command(BaseCommand):
    """Measures in a database of its own, which both write in, and which is dropped afterwards."""

    help = "Measures list, search, page and save beside Django's admin over the same people; see docs/performance.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--enrolments", type=int, default=10_000, metavar="N")
        parser.add_argument("--rounds", type=int, default=30, metavar="R", help="counted runs of each page")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print the table. Raises CommandError for fewer than one enrolment or round."""
        enrolments, rounds = options["enrolments"], options["rounds"]
        if min(enrolments, rounds) < 1:
            raise CommandError("--enrolments and --rounds must be 1 or more.")
        with own_database():
            world = build(enrolments, on=today(), tell=self.stderr.write)
            with served(PROGRAM, jobs=False) as ours, served(ADMIN, jobs=False) as admins:
                timings = [measure(lap, rounds=rounds, counts_queries=False) for lap in laps(world, ours, admins)]
                count = Enrolment.objects.count()
                self.stdout.write(f"{count} enrolments, medians of {rounds} requests by turns with Django's admin\n")
                self.stdout.write(f"{machine.described()}\n\n")
                self.stdout.write("\n".join(table.lines(timings, count, floor="admin")))
