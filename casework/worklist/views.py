"""The start page, which differs by role."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.enums import Duty
from actionplans.register.waiting import waiting_in_words, waiting_months
from casework.drafts.lines import DraftLine, drafts_of
from casework.worklist.groups import summary, work_list
from casework.worklist.load import CaseSpread, how_many, load_in_words, spread_of
from casework.worklist.reads import Cases
from casework.worklist.task import Outlook
from core.days.dates import today
from core.pages import Page, go_to
from participants.emergency.notices import NoticeLine, unseen_notices
from participants.http import Request
from participants.joining.questions import open_questions
from participants.models import Enrolment
from participants.protected_number.notices import ProtectedLine
from participants.protected_number.notices import unseen_notices as unseen_of_protected
from participants.protection.texts import left_in
from participants.referral.queue import in_queue
from participants.self_enrolment.notices import unseen
from participants.void.lists import waiting_for
from projects.enums import Permission, Role


def home(request: Request) -> HttpResponse:
    """The work list for users who work with cases; for other users a redirect to the main page of their role."""
    allowed = request.roles.permissions(request.project)
    if Permission.SEE_PERSONS in allowed:
        return _work(request, allowed)
    if notices := unseen_notices(request.scope):
        # The notice was sent before the user's role changed, and stands until it is seen.
        lines = [NoticeLine.of(notice, today()) for notice in notices]
        return render(request, "casework/worklist/home_notices.html", {"notices": lines})
    if Permission.SEE_FIGURES in allowed:
        return go_to(Page.FIGURES)
    if Permission.SEE_REPORTS in allowed:
        return go_to(Page.REPORTS)
    if Permission.SEE_PLACEMENTS in allowed:
        return redirect("placement_list")
    return render(request, "casework/worklist/home_without_project.html", {"duty": request.user.duty, "duties": Duty})


def _work(request: Request, allowed: frozenset[Permission]) -> HttpResponse:
    is_coordinator = Role.COORDINATOR in request.roles.by_project[request.project.pk]
    context = {
        **_cases(request, allowed, is_coordinator),
        **_notices(request, is_coordinator),
        "drafts": _drafts(request),
        "today": today(),
        "is_coordinator": is_coordinator,
        "may_enrol": Permission.ENROL in allowed,
        "may_import": Permission.IMPORT in allowed,
        "register_waits": _register(request) if Permission.IMPORT in allowed else "",
        "in_queue": _in_queue(request) if Permission.RECEIVE in allowed else "",
        "may_edit": Permission.EDIT_CASE in allowed,
        "may_read_reports": Permission.SEE_REPORTS in allowed,
    }
    return render(request, "casework/worklist/home.html", context)


def _register(request: Request) -> str:
    on = today()
    return waiting_in_words(waiting_months(request.project, request.user.own_organisation, on), on)


def _in_queue(request: Request) -> str:
    return in_queue(request.project, request.scope).in_words(today())


def _drafts(request: Request) -> list[DraftLine]:
    drafts = drafts_of(request.scope)
    request.access.declare(draft.person for draft in drafts if draft.person)
    return drafts


def _cases(request: Request, allowed: frozenset[Permission], is_coordinator: bool) -> dict[str, Any]:
    """The work list's part of the page; where the list is empty, whether there are no cases yet or only other
    users'."""
    on = today()
    cases = Cases(request.scope, request.project, everybody=is_coordinator)
    spread = spread_of(cases) if is_coordinator else CaseSpread((), how_many(cases), 0)
    count, has_ended = spread.everybody, request.project.has_ended(on)
    outlook = Outlook(request.project, on, may_edit=Permission.EDIT_CASE in allowed)
    groups = work_list(cases, outlook)
    request.access.declare(task.person for group in groups for task in group.tasks)
    return {
        "groups": groups,
        "summary": summary(groups),
        "loads": () if has_ended else spread.loads,
        "load_in_words": load_in_words(spread.loads),
        "cases": count,
        "has_ended": has_ended,
        "unassigned": spread.unassigned if is_coordinator and not has_ended else 0,
        "shares": not count and Enrolment.objects.shared_with(request.scope).in_project(request.project).exists(),
        "is_new": not count and not Enrolment.objects.own_to(request.scope).in_project(request.project).exists(),
    }


def _notices(request: Request, is_coordinator: bool) -> dict[str, Any]:
    """Notices and questions about the user's cases, which stand above the list until they are seen or answered."""
    notices = unseen_notices(request.scope)
    request.access.declare(notice.opening.enrolment.participant for notice in notices if notice.is_readable)
    voidings = waiting_for(request.scope)
    request.access.declare(step.enrolment.participant for step in voidings)
    protected = unseen_of_protected(request.scope)
    request.access.declare(notice.participant for notice in protected)
    questions = open_questions(request.scope)
    request.access.declare(question.holder for question in questions)
    self_enrolments = unseen(request.scope, request.project) if is_coordinator else []
    request.access.declare(found.enrolment.participant for found in self_enrolments)
    texts = left_in(request.scope, request.project, request.user.own_organisation)
    request.access.declare(case.participant for case, _ in texts)
    return {
        "notices": [NoticeLine.of(notice, today()) for notice in notices],
        "voidings": voidings,
        "protected": ProtectedLine.each(protected, request.scope),
        "questions": questions,
        "self_enrolments": self_enrolments,
        "texts": texts,
    }
