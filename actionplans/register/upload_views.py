"""Pages that take a register file in: it is chosen, read at once and kept until it is imported."""

from typing import cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.models import Organisation
from actionplans.enums import ImportState
from actionplans.models import ImportBatch
from actionplans.register.actions import begin_import
from actionplans.register.files import WORKBOOKS, keep, read_choices
from actionplans.register.forms import UploadForm
from actionplans.register.plan import ImportPlan, plan_import
from actionplans.register.workbook.sheet import RegisterError
from core.forms.saving import saved
from core.operation.places import NoPlaceError
from core.swedish.words import plural
from participants.http import Request
from participants.protected_number.numbers import ENOUGH
from projects.enums import Permission
from projects.guards import require_permission

NO_HEADING = (
    "Programmet hittade ingen rad med rubriker. Skriv rubriker som Personnr, Efternamn och Inskriven "
    "på raden ovanför deltagarna och försök igen."
)

NOT_KEPT = "Filen är inte sparad."
REMOVE_ROWS = f"{NOT_KEPT} Ta bort raderna ur den och välj den igen."
# At most this many rows are named one by one.
_ROWS_SAID = 20


BUSY = "Andra filer läses just nu, och det görs två åt gången. Vänta en halv minut, välj filen igen och försök."


@require_permission(Permission.IMPORT)
def import_upload(request: Request) -> HttpResponse:
    """Page where a file is chosen. The file is read at once and kept; no person is written."""
    is_sent = request.method == "POST"
    data = (request.POST, request.FILES) if is_sent else ()
    form = UploadForm(*data, read=lambda content: _read(request, content))
    made = saved(request, form, lambda: _begin(request, form))
    if made:
        is_there = own_imports(request).filter(public_id=made).exists()
        return redirect("import_preview", public_id=made) if is_there else redirect("import_upload")
    batches = own_imports(request).select_related("created_by").order_by("-created_at")
    context = {
        "form": form,
        "earlier": batches.filter(state=ImportState.DONE)[:10],
        "begun": batches.filter(state=ImportState.PREVIEW, created_by=request.user)[:10],
    }
    return render(request, "actionplans/register/import_upload.html", context)


def _read(request: Request, raw: bytes) -> bytes:
    """The packed workbook of a chosen file, for its preview. Raises ValidationError for `file` where it can't be
    kept."""
    try:
        with WORKBOOKS.hold(str(request.user.pk)):
            content = keep(raw, project=request.project, organisation=organisation_of(request))
        plan = plan_of_file(request, content, ImportBatch())
    except NoPlaceError:
        raise ValidationError(BUSY) from None
    except RegisterError as error:
        raise ValidationError(str(error)) from None
    if not any(sheet.heading_row for sheet in plan.register.sheets):
        raise ValidationError(NO_HEADING)
    if plan.barred:
        # The protected person's name stands in the file, so it isn't kept even until the rows have been looked at.
        raise ValidationError(barred_rows(plan))
    return content


def _begin(request: Request, form: UploadForm) -> UUID:
    return begin_import(
        content=form.cleaned_data["content"],
        project=request.project,
        organisation=organisation_of(request),
        by=request.user,
    ).public_id


def barred_rows(plan: ImportPlan) -> list[str]:
    """Sentences about the rows of protected persons, and what the user can do about them."""
    rows = [f"Rad {fault.row}: {fault.reason}" for fault in plan.about_protected]
    more = len(rows[_ROWS_SAID:])
    rest = [f"Detsamma gäller {plural(more, 'rad,rader')} till."] if more else []
    enough = [ENOUGH] if len(plan.barred) > len(rows) else []
    return [*rows[:_ROWS_SAID], *rest, *enough, REMOVE_ROWS if rows else NOT_KEPT]


def own_imports(request: Request) -> QuerySet[ImportBatch]:
    """Imports of the user's own organisation in the current project."""
    return request.project.import_batches.filter(organisation=request.user.organisation)


def organisation_of(request: Request) -> Organisation:
    """The user's organisation. A user who may import has one, since roles in projects need it."""
    return cast(Organisation, request.user.organisation)


def plan_of_file(request: Request, content: bytes, batch: ImportBatch) -> ImportPlan:
    return plan_import(
        content=content,
        project=request.project,
        organisation=organisation_of(request),
        choices=read_choices(batch.choices),
        answers=batch.answers,
        scope=request.scope,
    )
