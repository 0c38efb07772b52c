"""The start page, by role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.enums import Duty
from actionplans.worklist import CASES_SHOWN, work_list
from core.dates import today
from participants.models import Enrolment
from projects.enums import Permission, Role


def home(request: HttpRequest) -> HttpResponse:
    """Those who work with cases get their work list; others the page that their role is about."""
    allowed = request.roles.permissions(request.project)
    if Permission.SEE_PERSONS in allowed:
        return _work(request)
    if Permission.SEE_FIGURES in allowed:
        return redirect("result")
    if Permission.SEE_REPORTS in allowed:
        return redirect("report_list")
    return render(request, "actionplans/home_without_project.html", {"duty": request.user.duty, "duties": Duty})


def _work(request: HttpRequest) -> HttpResponse:
    on = today()
    roles = request.roles.by_project[request.project.pk]
    cases = (
        Enrolment.objects.visible_to(request.user, on=on).in_project(request.project).open_on(on)
    )
    if Role.COORDINATOR not in roles:
        cases = cases.assigned_to(request.user, on=on)
    count = cases.count()
    shown = list(cases.due_first().with_person().with_responsible(on=on)[:CASES_SHOWN])
    may_edit = Permission.EDIT_CASE in request.roles.permissions(request.project)
    tasks = work_list(shown, request.project, on=on, may_edit=may_edit, cases=count)
    request.access.shown(one.enrolment.participant for one in (*tasks.late, *tasks.now, *tasks.soon))
    context = {
        "work": tasks,
        "today": on,
        "is_coordinator": Role.COORDINATOR in roles,
        "unassigned": cases.unassigned(on=on).count() if Role.COORDINATOR in roles else 0,
        "may_enrol": True,
        "may_import": Permission.IMPORT in request.roles.permissions(request.project),
        "may_edit": may_edit,
    }
    return render(request, "actionplans/home.html", context)
