"""Facts that the forms about meetings, steps and the plan show and replace, to notice two who save at once: the rows to
lock, and their present values."""

from collections.abc import Mapping
from typing import Any

from django.db.models import BigIntegerField, QuerySet

from actionplans.enums import Outcome
from actionplans.models import ImportBatch, MeetingParagraph, StepAssessment
from actionplans.plans.next_contact import booked_meeting_on, latest_contact, latest_revision
from actionplans.register.reading.fields import LABELS, Field
from actionplans.register.reading.findings import Register
from core.forms.concurrency import Shared
from core.prepared.questions import prepared
from core.swedish.words import day
from participants.models import Enrolment
from participants.shared_facts import of_case, written
from projects.models import Project, Step

NEXT_MEETING = "Nästa möte"


def note(paragraph: MeetingParagraph) -> Shared:
    """The note of a meeting, in the version that stands now."""
    versions = MeetingParagraph.objects.filter(meeting=paragraph.meeting_id, owner=paragraph.owner_id)

    def current() -> MeetingParagraph:
        found = versions.select_related("body", "recorded_by").get(pk=paragraph.pk)
        while found.superseded_at:
            found = versions.select_related("body", "recorded_by").get(corrects=found)
        return found

    # In the order in which who moves the meeting locks them.
    case = [of_case(paragraph.enrolment)] if paragraph.enrolment else []
    return Shared([*case, versions], lambda: {"text": current().body.text}, lambda: written(current()))


def assessment_of_step(assessment: StepAssessment) -> Shared:
    """Whether the assessment stands, or why a colleague took it back."""
    withdrawals = StepAssessment.objects.filter(corrects=assessment).select_related("departure", "recorded_by")

    def read() -> Mapping[str, Any]:
        taken_back = withdrawals.first()
        reason = taken_back.departure.text if taken_back and taken_back.departure else ""
        return {"Bedömningen": f"är redan återtagen: {reason}" if taken_back else "gäller"}

    return Shared([of_case(assessment.enrolment)], read, lambda: written(withdrawals.first()))


def beyond_the_note(enrolment: Enrolment) -> Shared:
    """The decisions of a meeting besides its note: the day of the next meeting, and each step by its number."""

    def read() -> Mapping[str, Any]:
        return {NEXT_MEETING: next_meeting_in_words(enrolment)} | _steps_in_words(enrolment)

    return Shared([of_case(enrolment)], read, lambda: written(latest_contact(enrolment)))


def next_meeting_in_words(enrolment: Enrolment) -> str:
    """The day that is agreed for the next meeting, and the plan's own."""
    agreed, revision = booked_meeting_on(enrolment), latest_revision(enrolment)
    planned = revision.next_follow_up_on if revision else None
    parts = [(agreed, "bestämt på mötet"), (planned, "enligt planen")]
    return ", ".join(f"{day(when)} {source}" for when, source in parts if when)


def step_key(step: Step) -> str:
    """The name of a step among the decisions of a meeting."""
    return f"Steg {step.number}, {step.name.lower()}"


def _steps_in_words(enrolment: Enrolment) -> dict[str, str]:
    """The latest assessment of each step that has one."""
    return {step_key(row.step): _in_words(row) for row in _judged.ask(enrolment=enrolment.pk)}


@prepared(enrolment=BigIntegerField())
def _judged(*, enrolment: Any) -> QuerySet[StepAssessment]:
    rows = StepAssessment.objects.filter(enrolment=enrolment).current().select_related("step")
    return rows.order_by("concerns_on", "pk")


def _in_words(row: StepAssessment) -> str:
    since = f" sedan {day(row.cleared_on)}" if row.cleared_on else ""
    return f"{Outcome(row.outcome).label}{since}, bedömt {day(row.concerns_on)}"


def columns_of(batch: ImportBatch, register: Register) -> Shared:
    """The field of each column of a register file and the answers about the file, by the names of the form."""
    rows = ImportBatch.objects.filter(pk=batch.pk)

    def read() -> Mapping[str, Any]:
        now = rows.get()
        said: dict[str, Any] = {"Inläsningen": now.get_state_display()}
        for place, sheet in enumerate(register.sheets):
            chosen = now.choices.get(sheet.name)
            for column in sheet.columns:
                understood = column.field or "" if chosen is None else chosen.get(str(column.column), "")
                said[f"kolumn_{place}_{column.column}"] = understood
            said |= {f"fraga_{place}_{topic}": value for topic, value in now.answers.get(sheet.name, {}).items()}
        return said

    return Shared([rows], read)


def import_of(batch: ImportBatch) -> Shared:
    """The import's columns, answers and state, for a user who approves the import that the page showed."""
    rows = ImportBatch.objects.filter(pk=batch.pk).select_related("project")

    def read() -> Mapping[str, Any]:
        now = rows.get()
        columns = [(sheet, *pair) for sheet, chosen in now.choices.items() for pair in sorted(chosen.items())]
        answers = [(sheet, *pair) for sheet, said in now.answers.items() for pair in sorted(said.items())]
        lines = [f"{sheet}, kolumn {column}: {LABELS[Field(held)]}" for sheet, column, held in columns]
        lines += [f"{sheet}: {answer}" for sheet, _, answer in answers]
        return {"Inläsningen": now.get_state_display(), "Så läses filen": "\n".join(lines)}

    return Shared([Project.objects.filter(pk=batch.project_id), rows], read)
