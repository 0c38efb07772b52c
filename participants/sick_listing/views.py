"""Sick-listings."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.forms.saving import saved
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment, SickListing
from participants.sick_listing.actions import record_sick_listing
from participants.sick_listing.forms import PERCENT, SickListingForm
from projects.enums import Permission

_LABELS = {int(value): label for value, label in PERCENT}


@case_page(Permission.EDIT_CASE)
def sick_listing_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note how much somebody is sick-listed; what was noted before stands beside."""
    present = list(enrolment.sick_listings.current().order_by("-concerns_on", "-pk"))
    form = SickListingForm(request.POST or None, enrolment=enrolment, on=today())
    if saved(request, form, lambda: _record(request, enrolment, form), "Sjukskrivningen är sparad."):
        return redirect(enrolment)
    context = {"form": form, "enrolment": enrolment, "present": [_line(listing) for listing in present]}
    return render(request, "participants/sick_listing/sick_listing_create.html", context)


def _record(request: Request, enrolment: Enrolment, form: SickListingForm) -> UUID:
    return record_sick_listing(enrolment=enrolment, by=request.user, **form.answers).public_id


def _line(listing: SickListing) -> dict[str, Any]:
    """A sick-listing for the page, with its last day in place of the day after."""
    return {
        "share": _LABELS.get(listing.percent, f"{listing.percent} %"),
        "from_day": listing.concerns_on,
        "last_day": listing.period.last,
    }
