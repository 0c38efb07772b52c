"""A register file on its way in: chosen, read at once, kept for its preview, and what its pages ask of it."""

from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.models import Organisation
from actionplans.enums import ImportState
from actionplans.models import ImportBatch
from actionplans.register.actions import ImportPlan, begin_import, plan_import
from actionplans.register.files import WORKBOOKS, keep, read_choices
from actionplans.register.forms import UploadForm
from actionplans.register.workbook.sheet import RegisterError
from core.days.dates import today
from core.forms.concurrency import save_form
from core.operation.places import NoPlaceError
from core.swedish.words import plural
from participants.http import Request
from participants.protection.numbers import ENOUGH
from projects.enums import Permission
from projects.guards import require_permission

NO_HEADING = (
    "Programmet hittade ingen rad med rubriker. Skriv rubriker som Personnr, Efternamn och Inskriven "
    "på raden ovanför deltagarna och försök igen."
)

NOT_KEPT = "Filen är inte sparad."
REMOVE_ROWS = f"{NOT_KEPT} Ta bort raderna ur den och välj den igen."
# So many rows are said one by one.
_ROWS_SAID = 20


BUSY = "Andra filer läses just nu, och det görs två åt gången. Vänta en halv minut, välj filen igen och försök."


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
    batches = own_imports(request).select_related("created_by").order_by("-created_at")
    context = {
        "form": form,
        "earlier": batches.filter(state=ImportState.DONE)[:10],
        "begun": batches.filter(state=ImportState.PREVIEW, created_by=request.user)[:10],
    }
    return render(request, "actionplans/register/import_upload.html", context)


def _upload(request: Request, form: UploadForm) -> UUID | None:
    """Keep a file that can be read, for its preview."""
    try:
        with WORKBOOKS.hold(str(request.user.pk)):
            content = _kept(request, form.cleaned_data["file"].read())
        plan = plan_of_file(request, content, ImportBatch())
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
        for sentence in barred_rows(plan):
            form.add_error("file", sentence)
        return None

    def save() -> UUID:
        return begin_import(
            content=content, project=request.project, organisation=organisation_of(request), by=request.user
        ).public_id

    return save_form(form=form, user=request.user, save=save)


def barred_rows(plan: ImportPlan) -> list[str]:
    """What is said of rows with somebody protected, and what to do about them."""
    rows = [f"Rad {fault.row}: {fault.reason}" for fault in plan.about_protected]
    more = len(rows[_ROWS_SAID:])
    rest = [f"Detsamma gäller {plural(more, 'rad,rader')} till."] if more else []
    enough = [ENOUGH] if len(plan.barred) > len(rows) else []
    return [*rows[:_ROWS_SAID], *rest, *enough, REMOVE_ROWS if rows else NOT_KEPT]


def own_imports(request: Request) -> QuerySet[ImportBatch]:
    """Imports of the user's own organisation in the current project."""
    return ImportBatch.objects.filter(project=request.project, organisation=request.user.organisation)


def organisation_of(request: Request) -> Organisation:
    """Whoever may import has an organisation; its members alone have roles in projects."""
    return cast(Organisation, request.user.organisation)


def _kept(request: Request, content: bytes) -> bytes:
    return keep(content, project=request.project, organisation=organisation_of(request))


def plan_of_file(request: Request, content: bytes, batch: ImportBatch) -> ImportPlan:
    return plan_import(
        content=content,
        project=request.project,
        organisation=organisation_of(request),
        today=today(),
        choices=read_choices(batch.choices),
        answers=batch.answers,
        by=request.user,
    )
