"""What the pages with one form about an enrolment share."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.forms import TokenForm, add_faults, save_once
from participants.models import Enrolment
from projects.http import Request


def case_form(
    request: Request,
    enrolment: Enrolment,
    form: TokenForm,
    *,
    template: str,
    save: Callable[[dict[str, Any]], UUID],
    receipt: str,
    **context: Any,
) -> HttpResponse:
    """Show the form, or save it once and go to the person; what an action refuses lands on its field."""
    if request.method == "POST" and form.already_made(request.user):
        return redirect(enrolment)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            save_once(token=data["token"], user=request.user, save=lambda: save(data))
        except ValidationError as error:
            add_faults(form, error)
        else:
            messages.success(request, receipt)
            return redirect(enrolment)
    return render(request, template, {"form": form, "enrolment": enrolment, **context})
