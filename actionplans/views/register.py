"""Importing a register in the browser: upload, see every row's fate, approve."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from accounts.models import Organisation
from actionplans.actions.register import ImportPlan, begin_import, cancel_import, import_register, plan_import
from actionplans.actions.register_files import WORKBOOKS, keep, read_choices, settle_columns, workbook_of
from actionplans.enums import ImportState
from actionplans.forms.register import ApproveForm, ColumnsForm, UploadForm
from actionplans.models import ImportBatch
from actionplans.register.sheet import RegisterError
from core.concurrency import save_form
from core.dates import today
from core.forms import add_faults
from core.places import NoPlaceError
from core.templatetags.swedish import plural
from participants.protected_numbers import ENOUGH
from participants.staff import case_workers, present
from projects.access import require_permission
from projects.enums import Permission
from projects.http import Request

NO_HEADING = (
    "Programmet hittade ingen rad med rubriker. Skriv rubriker som Personnr, Efternamn och Inskriven "
    "på raden ovanför deltagarna och försök igen."
)

NOT_KEPT = "Filen är inte sparad."
REMOVE_ROWS = f"{NOT_KEPT} Ta bort raderna ur den och välj den igen."
# So many rows are said one by one.
_ROWS_SAID = 20


BUSY = "Andra filer läses just nu, och det görs två åt gången. Vänta en halv minut, välj filen igen och försök."
# So many of each are shown: who has more corrects the file and comes back.
MOST_SHOWN = 200


@require_permission(Permission.IMPORT)
def import_upload(request: Request) -> HttpResponse:
    """Choose a file; it is read at once, and nothing is written but the file on its way in."""
    is_sent = request.method == "POST"
    form = UploadForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent:
        made = form.already_made(request.user)
        if made is None and form.is_valid():
            made = _upload(request, form)
        if made is not None:
            return redirect("import_preview", public_id=made)
    batches = _own(request).select_related("created_by").order_by("-created_at")
    context = {
        "form": form,
        "earlier": batches.filter(state=ImportState.DONE)[:10],
        "begun": batches.filter(state=ImportState.PREVIEW, created_by=request.user)[:10],
    }
    return render(request, "actionplans/import_upload.html", context)


@require_permission(Permission.IMPORT)
def import_preview(request: Request, public_id: UUID) -> HttpResponse:
    """Every row's fate; choose columns, call it off, or approve."""
    batch = get_object_or_404(_own(request), public_id=public_id)
    if batch.state != ImportState.PREVIEW:
        return redirect("import_receipt", public_id=batch.public_id)
    answers = {"cancel": _cancel, "columns": _choose_columns, "approve": _approve}
    answer = answers.get(request.POST.get("do", ""), _show)
    return answer(request, batch)


@require_permission(Permission.IMPORT)
def import_receipt(request: Request, public_id: UUID) -> HttpResponse:
    """What an import did."""
    batch = get_object_or_404(_own(request).select_related("created_by"), public_id=public_id)
    if batch.state == ImportState.PREVIEW:
        return redirect("import_preview", public_id=batch.public_id)
    return render(request, "actionplans/import_receipt.html", {"batch": batch})


def _upload(request: Request, form: UploadForm) -> UUID | None:
    """Keep a file that can be read, for its preview."""
    try:
        with WORKBOOKS.hold(str(request.user.pk)):
            content = _kept(request, form.cleaned_data["file"].read())
        plan = _plan(request, content, ImportBatch())
    except NoPlaceError:
        form.add_error("file", BUSY)
        return None
    except RegisterError as error:
        form.add_error("file", str(error))
        return None
    if not any(sheet.heading_row for sheet in plan.register.sheets):
        form.add_error("file", NO_HEADING)
        return None
    if plan.barred:
        # The name stands in the file: it isn't kept, not even until somebody has looked at the rows.
        for sentence in _barred_rows(plan):
            form.add_error("file", sentence)
        return None

    def save() -> UUID:
        return begin_import(
            content=content, project=request.project, organisation=_organisation(request), by=request.user
        ).public_id

    return save_form(form=form, user=request.user, save=save)


def _barred_rows(plan: ImportPlan) -> list[str]:
    """What is said of rows with somebody protected, and what to do about them."""
    rows = [f"Rad {fault.row}: {fault.reason}" for fault in plan.about_protected]
    more = len(rows[_ROWS_SAID:])
    rest = [f"Detsamma gäller {plural(more, 'rad,rader')} till."] if more else []
    enough = [ENOUGH] if len(plan.barred) > len(rows) else []
    return [*rows[:_ROWS_SAID], *rest, *enough, REMOVE_ROWS if rows else NOT_KEPT]


def _let_go(request: Request, batch: ImportBatch, plan: ImportPlan) -> HttpResponse:
    """A column that was chosen showed that somebody protected stands in the file: it is let go of."""
    cancel_import(batch=batch)
    for sentence in _barred_rows(plan):
        messages.error(request, sentence)
    return redirect("import_upload")


def _show(request: Request, batch: ImportBatch) -> HttpResponse:
    plan = _plan_of(request, batch)
    if plan.about_protected:
        return _let_go(request, batch, plan)
    return _page(request, batch, plan, ColumnsForm(register=plan.register), _approval(request))


def _cancel(request: Request, batch: ImportBatch) -> HttpResponse:
    cancel_import(batch=batch)
    messages.info(request, "Inläsningen är avbruten. Filen är borttagen.")
    return redirect("import_upload")


def _choose_columns(request: Request, batch: ImportBatch) -> HttpResponse:
    """Understand the file anew, with the columns and the answers as the user says."""
    plan = _plan_of(request, batch)
    form = ColumnsForm(request.POST, register=plan.register)
    if form.is_valid():
        settle_columns(batch=batch, choices=form.choices(), answers=form.answers())
        return redirect("import_preview", public_id=batch.public_id)
    return _page(request, batch, plan, form, _approval(request))


def _approve(request: Request, batch: ImportBatch) -> HttpResponse:
    """Import; if others were quicker with some of the rows, show what is left."""
    plan = _plan_of(request, batch)
    if plan.about_protected:
        return _let_go(request, batch, plan)
    form = _approval(request, request.POST)
    if form.is_valid() and plan.new:
        if _import(request, batch, plan, form):
            return redirect("import_receipt", public_id=batch.public_id)
        plan = _plan_of(request, batch)
    return _page(request, batch, plan, ColumnsForm(register=plan.register), form)


def _own(request: Request) -> QuerySet[ImportBatch]:
    """Imports of the user's own organisation in the current project."""
    return ImportBatch.objects.filter(project=request.project, organisation=request.user.organisation)


def _organisation(request: Request) -> Organisation:
    """Whoever may import has an organisation; its members alone have roles in projects."""
    return cast(Organisation, request.user.organisation)


def _plan_of(request: Request, batch: ImportBatch) -> ImportPlan:
    return _plan(request, workbook_of(batch), batch)


def _kept(request: Request, content: bytes) -> bytes:
    return keep(content, project=request.project, organisation=_organisation(request))


def _plan(request: Request, content: bytes, batch: ImportBatch) -> ImportPlan:
    return plan_import(
        content=content,
        project=request.project,
        organisation=_organisation(request),
        today=today(),
        choices=read_choices(batch.choices),
        answers=batch.answers,
        by=request.user,
    )


def _approval(request: Request, data: QueryDict | None = None) -> ApproveForm:
    workers = present(case_workers(request.project, request.user.organisation, on=today()))
    return ApproveForm(data, workers=workers)


def _import(request: Request, batch: ImportBatch, plan: ImportPlan, form: ApproveForm) -> bool:
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
        save_form(form=form, user=request.user, save=save)
    except ValidationError as error:
        add_faults(form, error)
        return False
    messages.success(request, "Registret är inläst.")
    return True


def _page(
    request: Request, batch: ImportBatch, plan: ImportPlan, columns: ColumnsForm, form: ApproveForm
) -> HttpResponse:
    rows = [row for row, _ in plan.new]
    remarks = [row for row in rows if row.remarks]
    context = {
        "batch": batch,
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
    return render(request, "actionplans/import_preview.html", context)
