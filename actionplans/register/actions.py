"""Importing a register: everything that the user approved or nothing, and never a row twice."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import Organisation, User
from actionplans.enums import ImportState, RowFate
from actionplans.models import ImportBatch, ImportedRow
from actionplans.register.facts import write_plans, write_steps
from actionplans.register.plan import ImportPlan, RowsRefused
from actionplans.register.reading.findings import RegisterRow
from core.actions import action, stamp
from core.batches import bulk, in_chunks
from participants.assignment.actions import assign_all
from participants.changes import enrolments_changed
from participants.enrolment.enrol import enrol_all
from participants.enrolment.new import NewEnrolment
from participants.models import CountedOnly, Enrolment, Participant
from projects.models import Project

# How long a file is kept without being approved.
KEPT_FOR = timedelta(days=14)
# How long a receipt quotes the rows that weren't imported: time enough to mend them in the register.
REFUSED_KEPT_FOR = timedelta(days=90)


@action
def begin_import(*, content: bytes, project: Project, organisation: Organisation, by: User) -> ImportBatch:
    """Keep a file until it is imported or called off, or has waited too long; files that have are let go of now."""
    forget_old_files()
    return ImportBatch.objects.create(project=project, organisation=organisation, content=content, created_by=by)


@action
def forget_old_files() -> int:
    """Call off imports that have waited too long, and delete their files and what old receipts quote. Returns how many
    were called off."""
    told = ImportBatch.objects.filter(created_at__lt=stamp() - REFUSED_KEPT_FOR).exclude(refused=[])
    told.update(refused=[])
    too_old = ImportBatch.objects.filter(state=ImportState.PREVIEW, created_at__lt=stamp() - KEPT_FOR)
    return too_old.update(state=ImportState.CANCELLED, content=None)


@action
def cancel_import(*, batch: ImportBatch) -> None:
    """Call an import off and let go of its file; one that is done stays done."""
    waiting = ImportBatch.objects.filter(pk=batch.pk, state=ImportState.PREVIEW)
    waiting.update(state=ImportState.CANCELLED, content=None)


def forget_files(participant: Participant) -> None:
    """Call off the organisation's waiting imports, since the person may stand in any of their files, and empty what
    its receipts quote of refused rows.

    Imported rows are still recognised by their fingerprints. Part of the action that protects somebody.
    """
    batches = ImportBatch.objects.filter(organisation=participant.organisation_id)
    waiting = batches.filter(content__isnull=False)
    waiting.filter(state=ImportState.PREVIEW).update(state=ImportState.CANCELLED)
    waiting.update(content=None)
    batches.exclude(refused=[]).update(refused=[])


@action
def import_register(
    *,
    plan: ImportPlan,
    project: Project,
    organisation: Organisation,
    skip_refused: bool = False,
    responsible: User | None = None,
    batch: ImportBatch | None = None,
    by: User,
) -> ImportBatch:
    """Write what the plan says, in one transaction; the plan is made before, so that the lock is held briefly.

    Raises RowsRefused, and has changed nothing, where rows are refused and `skip_refused` isn't set. Raises
    ValidationError for `responsible` who isn't a case worker there; for `number` that is barred; and for the form where
    the file's questions aren't answered, where somebody else has imported some of the rows or enrolled one of the
    persons since the plan was made, or where the import is done or called off.
    """
    if plan.register.questions:
        raise ValidationError("Svara först på frågorna om filen.")
    if plan.faults and not skip_refused:
        raise RowsRefused(plan)
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    _check_still_new(plan, project, organisation, batch)
    batch = batch or ImportBatch.objects.create(project=project, organisation=organisation, created_by=by)
    enrolments = import_rows([row for row, _ in plan.imported], project, organisation, by)
    if responsible:
        assign_all(enrolments, responsible, by)
    _count(plan.counted_only, project, organisation, by)
    _remember(batch, plan, enrolments)
    log_change(by=by, part="import", persons=[enrolment.participant.public_id for enrolment in enrolments])
    return batch


def _check_still_new(plan: ImportPlan, project: Project, organisation: Organisation, batch: ImportBatch | None) -> None:
    if batch and ImportBatch.objects.get(pk=batch.pk).state != ImportState.PREVIEW:
        raise ValidationError("Inläsningen är redan avslutad.")
    marks = [mark for _, mark in plan.new]
    present = ImportedRow.objects.filter(project=project, organisation=organisation)
    for chunk in in_chunks(marks):
        if present.filter(fingerprint__in=chunk).exists():
            raise ValidationError("Någon annan hann läsa in några av raderna. Se vad som är kvar och läs in det.")


def import_rows(rows: Sequence[RegisterRow], project: Project, organisation: Organisation, by: User) -> list[Enrolment]:
    """Write the enrolments of these rows with everything that the rows say. Part of an action, which logs it. Returns
    the enrolments in the rows' order."""
    enrolments = enrol_all([new_enrolment(row) for row in rows], project, organisation, by)
    pairs = list(zip(rows, enrolments, strict=True))
    write_plans(pairs, by)
    write_steps(pairs, project, by)
    enrolments_changed([enrolment.pk for enrolment in enrolments])
    return enrolments


def new_enrolment(row: RegisterRow) -> NewEnrolment:
    """The row as an enrolment to write."""
    return NewEnrolment(
        given_name=row.given_name,
        family_name=row.family_name,
        number=row.personal_number,
        sex=row.sex,
        source=row.source,
        applied_on=row.applied_on,
        referred_on=row.referred_on,
        enrolled_on=row.enrolled_on,
        exited_on=row.exited_on,
        exit_reason=row.exit_reason or "",
        assessed_on=row.assessed_on,
        full_time_sick=row.full_time_sick,
        livelihood_before=row.livelihood_before,
        livelihood_after=row.livelihood_after,
        note=row.note,
        is_imported=True,
    )


def _count(pairs: Sequence[tuple[RegisterRow, str]], project: Project, owner: Organisation, by: User) -> None:
    CountedOnly.objects.bulk_create(
        CountedOnly(project=project, owner=owner, sex=row.sex, year=row.enrolled_on.year, recorded_by=by)
        for row, _ in pairs
    )


def _remember(batch: ImportBatch, plan: ImportPlan, enrolments: Sequence[Enrolment]) -> None:
    common = {"batch": batch, "project_id": batch.project_id, "organisation_id": batch.organisation_id}
    rows = [
        ImportedRow(sheet_row=row.row, fingerprint=mark, fate=RowFate.IMPORTED, enrolment=enrolment, **common)
        for (row, mark), enrolment in zip(plan.imported, enrolments, strict=True)
    ]
    rows += [
        ImportedRow(sheet_row=row.row, fingerprint=mark, fate=RowFate.COUNTED_ONLY, **common)
        for row, mark in plan.counted_only
    ]
    bulk(ImportedRow, rows)
    refused = [asdict(fault) for fault in plan.faults]
    done = ImportBatch.objects.filter(pk=batch.pk)
    done.update(state=ImportState.DONE, content=None, counts=plan.counts, refused=refused)
