"""Pages of a register import: the fate of every row, choice of columns, approval."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from actionplans.enums import ImportState
from actionplans.models import ImportBatch
from actionplans.register.actions import cancel_import, import_register
from actionplans.register.files import settle_columns, workbook_of
from actionplans.register.forms import ApproveForm, ColumnsForm
from actionplans.register.plan import ImportPlan
from actionplans.register.refused import refused_faults, refused_workbook
from actionplans.register.upload_views import barred_rows, own_imports, plan_of_file
from actionplans.shared_facts import columns_of, import_of
from core.days.dates import stockholm_day, today
from core.forms.saving import NothingToSave, saved
from participants.http import Request
from participants.scope.case_workers import case_workers, present
from projects.enums import Permission
from projects.exports import XLSX, export
from projects.guards import require_permission

TOO_LATE = "Någon annan hann avsluta inläsningen före dig. Det du valde är inte sparat."
# At most this many of each fate are shown. A user with more corrects the file and uploads it again.
MOST_SHOWN = 200


@require_permission(Permission.IMPORT)
def import_preview(request: Request, public_id: UUID) -> HttpResponse:
    """Page with the fate of every row. Its buttons choose columns, call the import off, or approve it."""
    batch = get_object_or_404(own_imports(request), public_id=public_id)
    if batch.state != ImportState.PREVIEW:
        # The second press of one button finds the first press's result; any other user is too late.
        if request.method == "POST" and not saved(request, _approval(request, batch, request.POST), _refuse):
            messages.warning(request, TOO_LATE)
        return redirect("import_receipt", public_id=batch.public_id)
    answers = {"cancel": _cancel, "columns": _choose_columns, "approve": _approve}
    answer = answers.get(request.POST.get("do", ""), _show)
    return answer(request, batch)


@require_permission(Permission.IMPORT)
def import_receipt(request: Request, public_id: UUID) -> HttpResponse:
    """Page with the result of an import."""
    batch = get_object_or_404(own_imports(request).select_related("created_by"), public_id=public_id)
    if batch.state == ImportState.PREVIEW:
        return redirect("import_preview", public_id=batch.public_id)
    faults = refused_faults(batch)
    context = {"batch": batch, "faults": faults[:MOST_SHOWN], "more_faults": max(0, len(faults) - MOST_SHOWN)}
    return render(request, "actionplans/register/import_receipt.html", context)


@require_permission(Permission.IMPORT)
def import_refused(request: Request, public_id: UUID) -> HttpResponse:
    """Excel file with the rows that an import refused; 404 where its receipt quotes none."""
    batch = get_object_or_404(own_imports(request).exclude(refused=[]), public_id=public_id)
    name = f"Rader som inte lästes in {stockholm_day(batch.created_at):%Y-%m-%d}"
    return export(request, XLSX, name=name, make=lambda: refused_workbook(refused_faults(batch)))


def _refuse() -> UUID:
    raise ValidationError(TOO_LATE)


def _let_go(request: Request, batch: ImportBatch, plan: ImportPlan) -> HttpResponse:
    """Call the import off, since a chosen column showed that a protected person stands in the file."""
    cancel_import(batch=batch)
    for sentence in barred_rows(plan):
        messages.error(request, sentence)
    return redirect("import_upload")


def _show(request: Request, batch: ImportBatch) -> HttpResponse:
    plan = _plan_of(request, batch)
    if plan.about_protected:
        return _let_go(request, batch, plan)
    return _page(request, batch, plan, _columns(batch, plan), _approval(request, batch))


def _cancel(request: Request, batch: ImportBatch) -> HttpResponse:
    cancel_import(batch=batch)
    messages.info(request, "Inläsningen är avbruten. Filen är borttagen.")
    return redirect("import_upload")


def _choose_columns(request: Request, batch: ImportBatch) -> HttpResponse:
    """Read the file anew, with the user's choices of columns and answers."""
    plan = _plan_of(request, batch)
    form = _columns(batch, plan, request.POST)
    if saved(request, form, lambda: _settle(batch, form)):
        return redirect("import_preview", public_id=batch.public_id)
    if form.conflict:
        batch.refresh_from_db()
        plan = _plan_of(request, batch) if batch.state == ImportState.PREVIEW else plan
    return _page(request, batch, plan, form, _approval(request, batch))


def _columns(batch: ImportBatch, plan: ImportPlan, data: QueryDict | None = None) -> ColumnsForm:
    return ColumnsForm(data, register=plan.register, shared=columns_of(batch, plan.register))


def _settle(batch: ImportBatch, form: ColumnsForm) -> UUID:
    if not settle_columns(batch=batch, choices=form.choices(), answers=form.answers_by_sheet()):
        raise NothingToSave(batch.public_id, TOO_LATE)
    return batch.public_id


def _approve(request: Request, batch: ImportBatch) -> HttpResponse:
    """Import the rows. If somebody else has imported some of them meanwhile, show the rest."""
    plan = _plan_of(request, batch)
    if plan.about_protected:
        return _let_go(request, batch, plan)
    form = _approval(request, batch, request.POST)
    if form.is_valid() and plan.new:
        if saved(request, form, lambda: _import(request, batch, plan, form), "Registret är inläst."):
            return redirect("import_receipt", public_id=batch.public_id)
        fresh = own_imports(request).get(pk=batch.pk)
        plan = _plan_of(request, fresh if fresh.state == ImportState.PREVIEW else batch)
    return _page(request, batch, plan, _columns(batch, plan), form)


def _plan_of(request: Request, batch: ImportBatch) -> ImportPlan:
    return plan_of_file(request, workbook_of(batch), batch)


def _approval(request: Request, batch: ImportBatch, data: QueryDict | None = None) -> ApproveForm:
    workers = present(case_workers(request.project, request.user.organisation, on=today()))
    return ApproveForm(data, workers=workers, shared=import_of(batch))


def _import(request: Request, batch: ImportBatch, plan: ImportPlan, form: ApproveForm) -> UUID:
    return import_register(
        plan=plan,
        project=batch.project,
        organisation=batch.organisation,
        skip_refused=True,
        responsible=form.cleaned_data["responsible"],
        batch=batch,
        by=request.user,
    ).public_id


def _page(
    request: Request, batch: ImportBatch, plan: ImportPlan, columns: ColumnsForm, form: ApproveForm
) -> HttpResponse:
    rows = [row for row, _ in plan.new]
    remarks = [row for row in rows if row.remarks]
    context = {
        "batch": batch,
        "has_ended": batch.project.has_ended(today()),
        "counts": plan.counts,
        "faults": plan.faults[:MOST_SHOWN],
        "more_faults": max(0, len(plan.faults) - MOST_SHOWN),
        "page": Paginator(rows, 50).get_page(request.GET.get("sida")),
        "remarks": remarks[:MOST_SHOWN],
        "more_remarks": max(0, len(remarks) - MOST_SHOWN),
        "questions": plan.register.questions,
        "told": plan.register.told,
        "marked": plan.register.marked[:MOST_SHOWN],
        "more_marked": max(0, len(plan.register.marked) - MOST_SHOWN),
        "columns": columns,
        "unrecognised": plan.register.unrecognised,
        "skipped_sheets": [sheet.name for sheet in plan.register.sheets if sheet.heading_row is None],
        "form": form,
    }
    return render(request, "actionplans/register/import_preview.html", context)
