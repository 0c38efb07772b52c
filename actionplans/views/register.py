"""Importing a register in the browser: upload, see every row's fate, approve."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.models import User
from actionplans.actions.register import ImportPlan, import_register, plan_import
from actionplans.enums import ImportState
from actionplans.forms.register import ApproveForm, ColumnsForm, UploadForm, stored_choices
from actionplans.models import ImportBatch
from actionplans.register.sheet import RegisterError
from core.dates import today
from core.forms import add_faults, save_once
from participants.staff import case_workers, present
from projects.access import require_permission
from projects.enums import Permission


@require_permission(Permission.IMPORT)
def import_upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is read at once, and nothing is written but the file on its way in."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            _plan(request, content, {})
        except RegisterError as error:
            form.add_error("file", str(error))
        else:
            batch = ImportBatch.objects.create(
                project=request.project,
                organisation=request.user.organisation,
                content=content,
                created_by=request.user,
            )
            return redirect("import_preview", public_id=batch.public_id)
    earlier = _own(request).filter(state=ImportState.DONE).select_related("created_by").order_by("-created_at")[:10]
    return render(request, "actionplans/import_upload.html", {"form": form, "earlier": earlier})


@require_permission(Permission.IMPORT)
def import_preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Every row's fate; choose columns, call it off, or approve."""
    batch = get_object_or_404(_own(request), public_id=public_id)
    if batch.state != ImportState.PREVIEW:
        return redirect("import_receipt", public_id=batch.public_id)
    if request.POST.get("do") == "cancel":
        ImportBatch.objects.filter(pk=batch.pk).update(state=ImportState.CANCELLED, content=None)
        messages.info(request, "Inläsningen är avbruten. Filen är borttagen.")
        return redirect("import_upload")
    plan = _plan(request, bytes(batch.content), batch.choices)
    columns = ColumnsForm(request.POST if _does(request, "columns") else None, register=plan.register)
    if columns.is_valid():
        ImportBatch.objects.filter(pk=batch.pk).update(choices=columns.choices())
        return redirect("import_preview", public_id=batch.public_id)
    approve = ApproveForm(
        request.POST if _does(request, "approve") else None,
        colleagues=_colleagues(request),
    )
    if approve.is_valid() and plan.new and _import(request, batch, plan, approve):
        return redirect("import_receipt", public_id=batch.public_id)
    return render(request, "actionplans/import_preview.html", _preview(request, batch, plan, columns, approve))


@require_permission(Permission.IMPORT)
def import_receipt(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What an import did."""
    batch = get_object_or_404(_own(request).select_related("created_by"), public_id=public_id)
    if batch.state == ImportState.PREVIEW:
        return redirect("import_preview", public_id=batch.public_id)
    return render(request, "actionplans/import_receipt.html", {"batch": batch})


def _own(request: HttpRequest) -> QuerySet[ImportBatch]:
    """Imports of the user's own organisation in the current project."""
    return ImportBatch.objects.filter(project=request.project, organisation=request.user.organisation)


def _plan(request: HttpRequest, content: bytes, choices: dict[str, dict[str, str]]) -> ImportPlan:
    return plan_import(
        content=content,
        project=request.project,
        organisation=request.user.organisation,
        today=today(),
        choices=stored_choices(choices),
    )


def _colleagues(request: HttpRequest) -> QuerySet[User]:
    workers = present(case_workers(request.project, request.user.organisation_id, on=today()))
    return User.objects.filter(pk__in=[user.pk for user in workers])


def _does(request: HttpRequest, what: str) -> bool:
    return request.method == "POST" and request.POST.get("do") == what


def _import(request: HttpRequest, batch: ImportBatch, plan: ImportPlan, form: ApproveForm) -> bool:
    def save() -> UUID:
        return import_register(
            plan=plan,
            project=batch.project,
            organisation=batch.organisation,
            skip_refused=True,
            responsible=form.cleaned_data["responsible"],
            batch=batch,
            by=request.user,
        ).public_id

    try:
        save_once(token=form.cleaned_data["token"], user=request.user, save=save)
    except ValidationError as error:
        add_faults(form, error)
        return False
    messages.success(request, "Registret är inläst.")
    return True


def _preview(
    request: HttpRequest, batch: ImportBatch, plan: ImportPlan, columns: ColumnsForm, approve: ApproveForm
) -> dict[str, object]:
    rows = [row for row, _ in plan.new]
    page = Paginator(rows, 50).get_page(request.GET.get("sida"))
    return {
        "batch": batch,
        "counts": plan.counts,
        "faults": plan.faults,
        "page": page,
        "remarks": [row for row in plan.register.rows if row.remarks],
        "columns": columns,
        "unrecognised": plan.register.unrecognised,
        "skipped_sheets": [sheet.name for sheet in plan.register.sheets if sheet.heading_row is None],
        "form": approve,
    }
