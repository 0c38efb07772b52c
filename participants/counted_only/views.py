"""The page that counts somebody without registering them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from participants.counted_only.actions import count_only
from participants.counted_only.forms import CountedOnlyForm
from participants.http import Request
from projects.enums import Permission
from projects.guards import require_permission


@require_permission(Permission.ENROL)
def counted_only_create(request: Request) -> HttpResponse:
    """Add one to the volumes; the page says how many there are already."""
    form = CountedOnlyForm(request.POST or None, project=request.project, on=today())
    if saved(request, form, lambda: _count(request, form), "Personen är räknad."):
        return redirect("counted_only_create")
    counted = request.project.counted_only.filter(owner=request.user.organisation_id).count()
    return render(request, "participants/counted_only/counted_only_create.html", {"form": form, "counted": counted})


def _count(request: Request, form: CountedOnlyForm) -> UUID:
    answers, owner = form.cleaned_data, request.user.own_organisation
    count_only(project=request.project, owner=owner, sex=answers["sex"], year=answers["year"], by=request.user)
    # Who is counted has no id of their own: nobody is to be found again.
    return request.project.public_id
