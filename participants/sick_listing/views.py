"""Sick-listings."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from core.days.dates import today
from participants.case_form import case_form
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
    present = list(SickListing.objects.filter(enrolment=enrolment).current().order_by("-concerns_on", "-pk"))

    def save(data: dict[str, Any]) -> UUID:
        answers = {name: data[name] for name in ("from_day", "last_day", "percent")}
        return record_sick_listing(enrolment=enrolment, by=request.user, **answers).public_id

    return case_form(
        request,
        enrolment,
        SickListingForm(request.POST or None, enrolment=enrolment, on=today()),
        template="participants/sick_listing/sick_listing_create.html",
        save=save,
        receipt="Sjukskrivningen är sparad.",
        present=[_line(one) for one in present],
    )


def _line(one: SickListing) -> dict[str, Any]:
    """A sick-listing for the page, with its last day in place of the day after."""
    return {
        "share": _LABELS.get(one.percent, f"{one.percent} %"),
        "from_day": one.concerns_on,
        "last_day": one.period.last,
    }
