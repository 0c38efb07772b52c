"""What the pages with one form about an enrolment share."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.forms.concurrency import save_form
from core.forms.saving import add_faults
from core.forms.token import TokenForm
from participants.http import Request
from participants.models import Enrolment


def case_form(
    request: Request,
    enrolment: Enrolment,
    form: TokenForm,
    *,
    template: str,
    save: Callable[[dict[str, Any]], object],
    receipt: str,
    **context: Any,
) -> HttpResponse:
    """Show the form, or save it once and go to the person; what an action refuses lands on its field."""

    def run() -> str:
        save(form.cleaned_data)
        return receipt

    if request.method == "POST" and saved(request, form, run):
        return redirect(enrolment)
    return render(request, template, {"form": form, "enrolment": enrolment, **context})


def saved(request: Request, form: TokenForm, save: Callable[[], str]) -> bool:
    """Save once and say what came of it; what the action refuses lands on its field."""
    if form.already_made(request.user):
        return True
    if not form.is_valid():
        return False
    said: list[str] = []

    def run() -> UUID:
        said.append(save())
        token: UUID = form.cleaned_data["token"]
        return token

    try:
        save_form(form=form, user=request.user, save=run)
    except ValidationError as error:
        add_faults(form, error)
        return False
    for text in said:
        messages.success(request, text)
    return True
