"""The host's coordinator lets a report show a day or a target that the safe version hides, after weighing it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.days.dates import today
from core.forms.saving import saved
from core.swedish.words import day as said_day
from participants.http import Request
from projects.enums import Permission
from projects.guards import require_permission
from reports.datasets import Population
from reports.documents.actions import release_figures
from reports.documents.forms import ReleaseForm
from reports.documents.releases import DAY, Released, shows_figures
from reports.documents.shared_facts import STATE, release_of
from reports.models import Report
from reports.safe.version import safe_figures
from reports.tables.page import present


@require_permission(Permission.RELEASE_FIGURES)
def report_release(request: Request, public_id: UUID) -> HttpResponse:
    """Page where the host's coordinator releases figures in a report: the writer's request, and the choices. No hidden
    number stands here."""
    # A user who has weighed a request that is gone by now keeps the typed words.
    reports = Report.objects.of_host(request.scope).filter(project=request.project).select_related("project__host")
    is_weighed = STATE in request.POST.get("seen", "")
    report = get_object_or_404(reports if is_weighed else reports.asking(), public_id=public_id)
    choices = _choices(report)
    # What a colleague has released meanwhile can still be sent, and is told of beside the reason that was typed.
    offered = [*choices, *_already_released(report)] if request.POST else choices
    form = ReleaseForm(request.POST or None, choices=offered, shared=release_of(report))
    if saved(
        request,
        form,
        lambda: _release(request, report, form),
        f"Släppt för {report.title}. Det står i rapporten, med när och varför.",
    ):
        return redirect("report_list")
    if request.POST:
        report.refresh_from_db()
        choices = _choices(report)
        form.offer(choices)
    context = {"form": form, "report": report, "choices": choices, "may_write": choices or form.is_bound}
    return render(request, "reports/documents/report_release.html", context)


def _release(request: Request, report: Report, form: ReleaseForm) -> UUID:
    data = form.cleaned_data
    wanted = [target.removeprefix(_PREFIX) for target in data["wanted"]]
    release_figures(report=report, wanted=wanted, reason=data["reason"], by=request.user)
    return report.public_id


def _already_released(report: Report) -> list[tuple[str, str]]:
    released = Released.of(report)
    return [(_PREFIX + target, target) for target in (*sorted(released.targets), *([DAY] if released.day else []))]


# A choice is never the empty text, which the day is stored as.
_PREFIX = "visa-"


def _choices(report: Report) -> list[tuple[str, str]]:
    """Values and labels of the figures that are hidden in the report and haven't been released."""
    released = Released.of(report)
    day = [] if shows_figures(report, released, today()) else [(_PREFIX + DAY, f"Siffror per {said_day(report.as_of)}")]
    figures = safe_figures(Population.whole(report.project), as_of=report.as_of, released=released.targets)
    page = present(figures, on_paper=True)
    return day + [(_PREFIX + row.slug, row.name) for row in page.hidden]
