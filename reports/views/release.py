"""The host's coordinator lets a report show a day or a target that the safe version hides, after weighing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.concurrency import save_form
from core.dates import today
from core.templatetags.swedish import day as said_day
from projects.access import require_permission
from projects.enums import Permission
from projects.http import Request
from reports.actions import ReportChangedMeanwhile, ReportIsAdopted, release_figures
from reports.datasets import Population
from reports.forms import ReleaseForm
from reports.models import Report
from reports.presentation import present
from reports.releases import DAY, Released, shows_figures
from reports.safe.version import safe_figures


@require_permission(Permission.RELEASE_FIGURES)
def report_release(request: Request, public_id: UUID) -> HttpResponse:
    """What the writer asks for, and what can be released. No hidden number stands here."""
    asking = Report.objects.to_release(request.user, on=today()).filter(project=request.project)
    report = get_object_or_404(asking.select_related("project__host"), public_id=public_id)
    choices = _choices(report)
    form = ReleaseForm(request.POST or None, choices=choices, initial={"version": report.version})
    if not form.is_valid():
        return render(request, "reports/report_release.html", {"form": form, "report": report, "choices": choices})
    try:
        save_form(form=form, user=request.user, save=lambda: _save(request, report, form))
    except (ReportChangedMeanwhile, ReportIsAdopted):
        messages.warning(request, "Rapporten ändrades nyss. Läs igen vad den vill visa. Inget är släppt.")
        return redirect("report_list")
    messages.success(request, f"Släppt för {report.title}. Det står i rapporten, med när och varför.")
    return redirect("report_list")


def _save(request: Request, report: Report, form: ReleaseForm) -> UUID:
    data = form.cleaned_data
    wanted = [target.removeprefix(_PREFIX) for target in data["wanted"]]
    release_figures(report=report, based_on=data["version"], wanted=wanted, reason=data["reason"], by=request.user)
    return report.public_id


# A choice is never the empty text, which the day is stored as.
_PREFIX = "visa-"


def _choices(report: Report) -> list[tuple[str, str]]:
    """What is hidden in the report as it stands, and hasn't been released."""
    released = Released.of(report)
    day = [] if shows_figures(report, released, today()) else [(_PREFIX + DAY, f"Siffror per {said_day(report.as_of)}")]
    page = present(safe_figures(Population.whole(report.project), as_of=report.as_of, released=released.targets))
    return day + [(_PREFIX + slug, name) for slug, name in page.hidden]
