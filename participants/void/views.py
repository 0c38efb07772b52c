"""Wrong registrations: asking, answering, the list, and undoing."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User
from core.days.dates import today
from core.forms.saving import refusal, saved
from core.pages import Page, address_of, go_to
from participants.enums import VoidState
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment
from participants.scope.case_workers import case_workers, present
from participants.scope.scope import Scope
from participants.void.chain import ask_to_void, confirm_void, current, decline_void, drop_void, last_asked, undo_void
from participants.void.forms import (
    VoidAnswerForm,
    VoidAskForm,
    VoidDropForm,
    VoidOwnAnswerForm,
    VoidUndoForm,
)
from participants.void.lists import asked_in, marked_in
from participants.void.who import asker_of, deciders, may_ask, may_decide, may_drop, may_undo, others
from projects.enums import Permission
from projects.guards import require_permission

_GONE = "Inskrivningen är felregistrerad och räknas inte längre. Den står under Felregistrerade i {project}."


@require_permission(Permission.SEE_PERSONS)
def void_list(request: Request) -> HttpResponse:
    """Page with the questions about the project's enrolments, and those that are marked already."""
    asked = asked_in(request.project, request.scope)
    marked = marked_in(request.project, request.scope)
    request.access.declare([row.case.participant for row in asked] + [row.case.participant for row in marked])
    return render(request, "participants/void/void_list.html", {"asked": asked, "marked": marked})


@case_page(Permission.SEE_PERSONS)
def void_ask(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Page that asks to mark the enrolment as wrongly registered. A user who may also confirm it goes on to that page.

    Raises PermissionDenied where the user may not ask.
    """
    if not may_ask(request.user, enrolment, on=today()):
        raise PermissionDenied
    step, form = current(enrolment), VoidAskForm(request.POST or None, enrolment=enrolment)
    coordinators = deciders(enrolment, on=today())
    second = others(request.user, coordinators)
    if saved(request, form, lambda: _ask(request, enrolment, form), lambda _: _receipt_of_question(second)):
        return redirect(enrolment) if second else redirect("void_decide", enrolment.public_id)
    context = {
        "enrolment": enrolment,
        "form": form,
        "asked": step if step and step.state == VoidState.ASKED else None,
        "declined": step if step and step.state == VoidState.DECLINED else None,
        "is_asker": asker_of(step) == request.user,
        "may_drop": may_drop(request.user, step, enrolment, on=today()),
        "drop": VoidDropForm(enrolment=enrolment),
        "answered_by": second,
        "may_answer": step is not None and may_decide(request.user, step.recorded_by, coordinators),
    }
    return render(request, "participants/void/void_ask.html", context)


def _ask(request: Request, enrolment: Enrolment, form: VoidAskForm) -> UUID:
    why = form.cleaned_data["why"]
    return ask_to_void(enrolment=enrolment, why=why, home=_home(request), by=request.user).public_id


def _receipt_of_question(second: Sequence[User]) -> str:
    if second:
        return f"Du har begärt felregistrering. {' eller '.join(map(str, second))} bekräftar."
    return "Begäran är sparad. Ingen annan samordnare finns hos er i projektet, så du bekräftar den själv."


@require_POST
@case_page(Permission.SEE_PERSONS)
def void_drop(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Button that takes the question back, or the answer off the start page. A user who is too late is told so.

    Raises PermissionDenied where the user may not drop the matter.
    """
    if not may_drop(request.user, last_asked(enrolment), enrolment, on=today()):
        raise PermissionDenied
    form = VoidDropForm(request.POST, enrolment=enrolment)
    told = "Begäran om felregistrering är avslutad. Inskrivningen gäller."
    if not saved(request, form, lambda: drop_void(enrolment=enrolment, by=request.user).public_id, told):
        messages.error(request, refusal(form))
    return redirect(enrolment)


@case_page(Permission.SEE_PERSONS, cases=Scope.to_decide)
def void_decide(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Answer: somebody else than the one who asked, or that one alone with why.

    Raises PermissionDenied where the user may not decide.
    """
    step, coordinators = last_asked(enrolment), deciders(enrolment, on=today())
    asked = step if step and not step.superseded_at else None
    if asked is None and request.method != "POST":
        return _answered(request, enrolment)
    asker = step.recorded_by if step else None
    # A user who answers a question that has just been answered keeps the typed words.
    if not (may_decide(request.user, asker, coordinators) if asker else request.user in coordinators):
        raise PermissionDenied
    is_own = asker == request.user
    form = (VoidOwnAnswerForm if is_own else VoidAnswerForm)(request.POST or None, enrolment=enrolment)
    if saved(request, form, lambda: _answer(request, enrolment, form), lambda _: _receipt_of_answer(enrolment, form)):
        return redirect("void_list")
    context = {"enrolment": enrolment, "form": form, "asked": asked, "is_own": is_own}
    return render(request, "participants/void/void_decide.html", context)


def _answer(request: Request, enrolment: Enrolment, form: VoidAnswerForm | VoidOwnAnswerForm) -> UUID:
    act = confirm_void if form.is_yes else decline_void
    return act(enrolment=enrolment, why=form.cleaned_data["why"], home=_home(request), by=request.user).public_id


def _receipt_of_answer(enrolment: Enrolment, form: VoidAnswerForm | VoidOwnAnswerForm) -> str:
    if form.is_yes:
        return _GONE.format(project=enrolment.project)
    return "Du har svarat nej. Den som bad om det får veta varför."


@case_page(Permission.SEE_PERSONS, cases=Scope.to_decide)
def void_undo(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Let it count again.

    Raises Http404 where it counts already, and PermissionDenied where the user may not undo it.
    """
    # A user who undoes something that has just been undone keeps the typed words.
    was_void = request.method == "POST" and enrolment.voidings.filter(state=VoidState.UNDONE).exists()
    if not (enrolment.is_void or was_void):
        raise Http404
    on = today()
    if not may_undo(request.user, enrolment, deciders(enrolment, on=on), on=on):
        raise PermissionDenied
    workers = present(case_workers(enrolment.project, enrolment.owner, on=on))
    form = VoidUndoForm(request.POST or None, enrolment=enrolment, workers=workers, on=on)
    if saved(
        request,
        form,
        lambda: undo_void(enrolment=enrolment, by=request.user, **form.answers).public_id,
        "Inskrivningen räknas igen.",
    ):
        is_open = Enrolment.objects.visible_to(request.scope).filter(pk=enrolment.pk).exists()
        return go_to(Page.CASE, enrolment.public_id) if is_open else redirect("void_list")
    return render(request, "participants/void/void_undo.html", {"enrolment": enrolment, "form": form})


def _answered(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Somebody was faster, or the form was sent twice."""
    gone = _GONE.format(project=enrolment.project)
    messages.info(request, gone if enrolment.is_void else "Begäran är redan besvarad eller borttagen.")
    return redirect("void_list")


def _home(request: Request) -> str:
    return request.build_absolute_uri(address_of(Page.HOME))
