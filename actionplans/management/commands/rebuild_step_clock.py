"""`rebuild_step_clock`: work the step clocks, the first days of the cases and the parts of names out anew, and tell how
many differed."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from actionplans.plans.firsts import differing_first_days, refresh_first_days
from actionplans.steps.clock import differing_clocks, refresh_clocks
from actionplans.steps.to_judge import differing_first_step, refresh_first_step
from core.batches import in_chunks
from core.operation.turns import writing
from participants.enrolment.deadlines import differing_first_due, refresh_first_due
from participants.models import Enrolment, NamePart, PersonIdentity
from projects.models import Project


class Command(BaseCommand):
    """Exit 1 with `--check` where clocks, days or parts of names differ; else 0."""

    help = (
        "Räknar om stegklockorna ur fakta, dagarna då något i ett ärende ska vara gjort, och delarna av namn som "
        "sökning läser, i ett projekt eller alla, och säger hur många som skilde sig."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--project", metavar="DNR", help="bara projektet med det diarienumret")
        parser.add_argument("--check", action="store_true", help="säg bara hur många rader som skiljer sig")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild the clocks, the days and the parts of names, or only count those that differ.

        Raises CommandError for an unknown project, and SystemExit with 1 where a check finds some that differ.
        """
        ids = list(_enrolments(options["project"]).order_by("pk").values_list("pk", flat=True))
        differing = days = names = 0
        for chunk in in_chunks(ids):
            with writing():
                found = differing_clocks(chunk)
                if found and not options["check"]:
                    refresh_clocks(chunk)
                late = differing_first_days(chunk) + differing_first_due(chunk) + differing_first_step(chunk)
                if late and not options["check"]:
                    refresh_first_days(chunk)
                    refresh_first_due(chunk)
                    refresh_first_step(chunk)
                misspelled = [person for person in _names(chunk) if NamePart.objects.differ(person)]
                if not options["check"]:
                    for person in misspelled:
                        NamePart.objects.write(person)
            differing, days, names = differing + found, days + late, names + len(misspelled)
        self.stdout.write(_told(len(ids), differing, checked_only=options["check"]))
        self.stdout.write(_told_of_names(names, checked_only=options["check"]))
        self.stdout.write(_told_of_days(days, checked_only=options["check"]))
        if options["check"] and (differing or days or names):
            raise SystemExit(1)


def _enrolments(register_number: str | None) -> Any:
    if register_number is None:
        return Enrolment.objects.all()
    project = Project.objects.filter(register_number=register_number).first()
    if project is None:
        raise CommandError(f"Det finns inget projekt med diarienummer {register_number}.", returncode=2)
    return Enrolment.objects.filter(project=project)


def _names(enrolment_ids: list[int]) -> Any:
    people = PersonIdentity.objects.filter(participant__enrolments__in=enrolment_ids).distinct()
    return people.select_related("participant")


def _told_of_names(names: int, *, checked_only: bool) -> str:
    if not names:
        return "Delarna av namn, som sökning läser, stämmer."
    return f"Delarna av {names} namn {'skiljer sig' if checked_only else 'skilde sig och är rättade'}."


def _told_of_days(days: int, *, checked_only: bool) -> str:
    if not days:
        return "Dagarna då något ska vara gjort stämmer."
    return f"{days} dagar då något ska vara gjort {'skiljer sig' if checked_only else 'skilde sig och är rättade'}."


def _told(enrolments: int, differing: int, *, checked_only: bool) -> str:
    if not differing:
        return f"Stegklockorna för {enrolments} inskrivningar stämmer."
    done = "skiljer sig" if checked_only else "skilde sig och är rättade"
    return f"{differing} rader i stegklockorna för {enrolments} inskrivningar {done}."
