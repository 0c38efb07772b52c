"""`demo`: fills an empty database with an invented project and prints who can log in."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from core.days.dates import today
from core.enums import Use
from core.start.databases import mark
from participants.models import Enrolment
from participants.scope.scope import Scope
from workshop.demo.beside import (
    give_activities,
    give_certificates,
    give_group_activities,
    give_later_plans,
    give_papers,
    give_sheets,
    give_signatures,
    give_support,
)
from workshop.demo.cases import Story
from workshop.demo.cast import PASSWORD, gather, has_demo_users, logins
from workshop.demo.employments import begin_work
from workshop.demo.people import People
from workshop.demo.placements import place, register
from workshop.demo.queue import fill_queue
from workshop.demo.sharing import share

_CASES = 64


class Command(BaseCommand):
    """Refuses outside development mode and where there are users already."""

    help = "Fyller en tom databas med ett påhittat projekt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="gör ingenting om databasen redan används")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill an empty database and print the log-ins.

        Raises CommandError outside development, and where the database is in use (with --if-empty it is left alone).
        """
        if not settings.DEVELOPMENT:
            raise CommandError("Demon kan bara startas med DEBUG=1, aldrig där riktiga uppgifter finns.")
        if User.objects.exclude(email=User.objects.system().email).exists():
            if not options["if_empty"]:
                raise CommandError("Databasen används redan. Demon fyller bara en tom databas.")
            if not has_demo_users():
                return
        else:
            self.stdout.write("Fyller databasen med påhittade deltagare, det tar några sekunder.")
            fill()
        mark(Use.DEMO)
        self._print_logins()

    def _print_logins(self) -> None:
        self.stdout.write("")
        for email, task in logins():
            self.stdout.write(f"  {email:<20} {task}")
        self.stdout.write(f"  Lösenord för alla: {PASSWORD}\n")


@transaction.atomic
def fill() -> None:
    """The demo's organisations, users, projects and cases, ending today."""
    day = today()
    start = day - timedelta(days=500)
    cast = gather(start)
    people = People(seed=7, on=start)
    workers = [cast.users["hanna"], cast.users["jonas"], cast.users["hanna"], cast.users["alva"]]
    for number in range(_CASES):
        worker = workers[number % len(workers)]
        supervisor = cast.users["sixten" if worker == cast.users["alva"] else "hedda"]
        story = Story(cast.project, worker, supervisor, people, day)
        story.live(start + timedelta(days=round(number * 490 / _CASES)))
    hanna = cast.users["hanna"]
    latest = Enrolment.objects.assigned_to(Scope.of(hanna, day)).on_or_after(day).order_by("-enrolled_on")
    share(list(latest[:4]), cast.users, hanna, day)
    place(cast.users, day)
    register(cast.users, cast.project)
    begin_work(cast.users, day)
    give_support(cast.users, day)
    give_activities(cast.users, day)
    give_group_activities(cast.users, day)
    give_later_plans(cast.users, day)
    give_signatures(cast.users, day)
    give_papers(cast.users, day)
    give_certificates(cast.users, day)
    give_sheets(cast.users, day)
    fill_queue(cast.project, cast.users, people, day)
