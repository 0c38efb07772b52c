"""`import_register FILE --project DNR`: read a register by hand or by schedule."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Organisation, User
from actionplans.register.actions import import_register
from actionplans.register.files import keep
from actionplans.register.plan import ImportPlan, plan_import
from actionplans.register.reading.findings import Fault, RegisterQuestion, Topic
from actionplans.register.reading.kept import sheets_of
from actionplans.register.reading.questions import LEAVE, READ, Answers
from actionplans.register.workbook.sheet import RegisterError
from core.days.dates import today
from participants.scope.scope import Scope
from projects.models import Project

_ADVICE = {
    Topic.HIDDEN: "Säg --hidden read för att läsa in det också, eller --hidden leave för att lämna det.",
    Topic.LOOSE: "Skriv Skyddad på raderna som det gäller, eller svara på sidan Läs in register.",
    Topic.COLUMNS: "Rätta rubrikerna i filen, eller svara på sidan Läs in register.",
}


class Command(BaseCommand):
    """Exit 0: imported, or a dry run that would be; 1: rows refused or questions left, and so nothing imported."""

    help = "Läser in ett deltagarregister (xlsx, xls eller ods) i ett projekt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--project", required=True, metavar="DNR", help="projektets diarienummer")
        parser.add_argument("--organisation", metavar="NAME", help="ägare, annars värden")
        parser.add_argument("--dry-run", action="store_true", help="visa vad som skulle hända")
        parser.add_argument("--skip-refused", action="store_true", help="läs in resten fast rader avvisas")
        parser.add_argument("--hidden", choices=(READ, LEAVE), help="läs in eller lämna det som är dolt i filen")
        parser.add_argument("--format", choices=("table", "json"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file, or tell what stands in the way.

        Raises CommandError where the project, the organisation or the file can't be found or read, and SystemExit
        with 1 where the file has open questions or faulty rows.
        """
        project = _project(options["project"])
        organisation = _organisation(options["organisation"]) if options["organisation"] else project.host
        by = User.objects.system()
        try:
            content = keep(_content(options["file"]), project=project, organisation=organisation)
            answers = _answers(content, options["hidden"])
            plan = plan_import(
                content=content,
                project=project,
                organisation=organisation,
                answers=answers,
                scope=Scope.of(by, today()),
            )
        except RegisterError as error:
            raise CommandError(str(error), returncode=2) from error
        blocked = bool(plan.register.questions) or (bool(plan.faults) and not options["skip_refused"])
        if not options["dry_run"] and not blocked:
            import_register(
                plan=plan,
                project=project,
                organisation=organisation,
                skip_refused=options["skip_refused"],
                by=by,
            )
        # A dry run tells what would have been written; a refused run wrote nothing and says so.
        self._tell(plan, options["format"], written=not blocked)
        if blocked:
            raise SystemExit(1)

    def _tell(self, plan: ImportPlan, form: str, *, written: bool) -> None:
        if form == "json":
            self.stdout.write(json.dumps(as_json(plan, written=written), ensure_ascii=False, indent=2))
            return
        for fault in plan.faults:
            self.stdout.write(f"Rad {fault.row}, {fault.column}: «{fault.value}». {fault.reason}")
        for question in plan.register.questions:
            self.stdout.write(f"Rad {question.row}: {_with_advice(question)}")
        for sentence in plan.register.told:
            self.stdout.write(sentence)
        if plan.register.marked:
            self.stdout.write(f"Märkta som skyddade, räknas utan att registreras: {'; '.join(plan.register.marked)}.")
        counts = plan.counts
        verb = "läses in" if written else "hade gått att läsa in"
        self.stdout.write(
            f"{counts['imported']} rader {verb}, {counts['counted_only']} räknade utan att registreras, "
            f"{counts['unchanged']} oförändrade, {counts['refused']} kan inte läsas in."
        )
        if counts["refused"] and not written:
            self.stdout.write("Ingenting är inläst. Rätta raderna, eller lägg till --skip-refused.")


def as_json(plan: ImportPlan, *, written: bool) -> dict[str, Any]:
    """The form in which other programs get the outcome; counts are of rows that were, or would be, written."""
    counts = plan.counts if written else {**plan.counts, "imported": 0, "counted_only": 0}
    return {
        "imported": counts["imported"],
        "unchanged": counts["unchanged"],
        "counted_only": counts["counted_only"],
        "refused": [
            {"row": fault.row, "column": fault.column, "value": fault.value, "reason": fault.reason}
            for fault in (*plan.faults, *map(_as_fault, plan.register.questions))
        ],
        **({"told": list(plan.register.told)} if plan.register.told else {}),
    }


def _as_fault(question: RegisterQuestion) -> Fault:
    """A question that nobody is there to answer, as other programs get it."""
    return Fault(question.sheet, question.row, "", "", _with_advice(question))


def _with_advice(question: RegisterQuestion) -> str:
    return f"{question.text} {_ADVICE[question.topic]}"


def _answers(content: bytes, hidden: str | None) -> Answers:
    names = [sheet.name for sheet in sheets_of(content)] if hidden else []
    return {name: {Topic.HIDDEN.value: hidden} for name in names if hidden}


def _project(register_number: str) -> Project:
    project = Project.objects.select_related("host").filter(register_number=register_number).first()
    if project is None:
        raise CommandError(f"Det finns inget projekt med diarienummer {register_number}.", returncode=2)
    return project


def _organisation(name: str) -> Organisation:
    organisation = Organisation.objects.filter(name=name).first()
    if organisation is None:
        raise CommandError(f"Det finns ingen organisation som heter {name}.", returncode=2)
    return organisation


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"Filen går inte att öppna: {error.strerror}.", returncode=2) from error
