"""Sick-listings: noted, corrected, taken back, moved to the right person."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render

from core.days.dates import today
from core.days.periods import Period
from core.forms.saving import saved
from core.swedish.words import listed
from participants.amending.pages import amend_pages, amending, gone, is_theirs
from participants.guards import case_page
from participants.http import Request
from participants.models import Enrolment, SickListing
from participants.sick_listing.actions import (
    EARLIER,
    SICK_LISTING,
    correct_sick_listing,
    put_sick_listing_right,
    record_sick_listing,
    take_back_sick_listing,
)
from participants.sick_listing.forms import SickListingEditForm, SickListingForm
from participants.sick_listing.pieces import replaced_in, standing
from participants.sick_listing.shared_facts import sick_listing_facts, sick_listings_in_words, sick_listings_of
from participants.sick_listing.timeline import NONE_LEFT, left_in_words
from projects.enums import Permission


@case_page(Permission.SEE_PERSONS)
def sick_listing_create(request: Request, enrolment: Enrolment) -> HttpResponse:
    """Note how much somebody is sick-listed; what was noted before stands beside. A coordinator reads that alone, and
    finds the way to take it back. Raises PermissionDenied for others who don't write in the case."""
    may_edit = Permission.EDIT_CASE in enrolment.allowed
    if not may_edit and (request.method == "POST" or Permission.ASSIGN not in enrolment.allowed):
        raise PermissionDenied
    written = standing(enrolment)
    form = SickListingForm(request.POST or None, shared=sick_listings_of(enrolment), on=today(), standing=written)
    if saved(request, form, lambda: _record(request, enrolment, form), lambda made: _receipt(enrolment, made)):
        return redirect(enrolment)
    context = {
        "form": form,
        "may_edit": may_edit,
        "enrolment": enrolment,
        "said": _lines(enrolment, written),
    }
    return render(request, "participants/sick_listing/sick_listing_create.html", context)


@case_page(Permission.SEE_PERSONS, of=SickListing)
def sick_listing_edit(request: Request, sick_listing: SickListing) -> HttpResponse:
    """Page that corrects a sick-listing; who may take it back finds the way to that here. Raises PermissionDenied for
    users who may do neither."""
    may_edit, theirs = Permission.EDIT_CASE in sick_listing.enrolment.allowed, is_theirs(request, sick_listing)
    if not (may_edit or theirs) or (request.method == "POST" and not may_edit):
        raise PermissionDenied
    if not sick_listing.stands and request.method != "POST" and not theirs:
        return gone(request, sick_listing, SICK_LISTING)
    # It keeps its place in the order of writing: of what was written later it takes no days.
    earlier = [row for row in standing(sick_listing.enrolment) if row.root_id < sick_listing.root_id]
    shared = sick_listing_facts(sick_listing)
    form = SickListingEditForm(request.POST or None, shared=shared, on=today(), standing=earlier)
    if saved(request, form, lambda: _correct(request, sick_listing, form), lambda made: _corrected(sick_listing, made)):
        return redirect(sick_listing.enrolment)
    context = {
        "form": form,
        "enrolment": sick_listing.enrolment,
        "may_edit": may_edit,
        **amending(request, sick_listing, SICK_LISTING),
    }
    return render(request, "participants/sick_listing/sick_listing_edit.html", context)


sick_listing_take_back, sick_listing_misplaced = amend_pages(
    SickListing,
    SICK_LISTING,
    sick_listing_facts,
    "participants/sick_listing/sick_listing",
    replaced=lambda sick_listing, right: sick_listings_in_words(replaced_in(sick_listing, right)),
    take_back=lambda sick_listing, **asked: take_back_sick_listing(sick_listing=sick_listing, **asked),
    earlier=EARLIER,
    put_right=lambda sick_listing, **asked: put_sick_listing_right(sick_listing=sick_listing, **asked),
)


def _record(request: Request, enrolment: Enrolment, form: SickListingForm) -> UUID:
    said = form.record
    return record_sick_listing(
        enrolment=enrolment, percent=said.percent, from_day=said.from_day, last_day=said.last_day, by=request.user
    ).public_id


def _receipt(enrolment: Enrolment, made: UUID) -> str:
    """The receipt says what was saved, and the days that it holds where another that begins later leaves it fewer."""
    is_whole, days = _days_left(enrolment, made)
    why = "" if is_whole else f" Den gäller {days}, eftersom en annan sjukskrivning börjar senare."
    return f"Sjukskrivningen är sparad: {_in_words(enrolment, made)}.{why}"


def _corrected(sick_listing: SickListing, made: UUID) -> str:
    """The receipt of a correction, with the days that it holds where others leave it fewer."""
    is_whole, days = _days_left(sick_listing.enrolment, made)
    told = SICK_LISTING.is_corrected_to(_in_words(sick_listing.enrolment, made))
    if is_whole:
        return told
    left = f"Den gäller {days}. De andra dagarna gäller en annan sjukskrivning." if days else NONE_LEFT
    return f"{told} {left}"


def _in_words(enrolment: Enrolment, made: UUID) -> str:
    words = enrolment.sick_listings.get(public_id=made).in_words
    return f"{words[:1].lower()}{words[1:]}"


def _days_left(enrolment: Enrolment, made: UUID) -> tuple[bool, str]:
    """Whether others leave all days of a sick-listing, and those that they leave, in words."""
    said = enrolment.sick_listings.get(public_id=made)
    pieces = enrolment.sick_listings.current().versions_of(said).order_by("concerns_on")
    left = [row.period for row in pieces]
    return left == [said.period], listed([period.in_words for period in left])


def _correct(request: Request, sick_listing: SickListing, form: SickListingEditForm) -> UUID:
    why = form.cleaned_data["why"]
    return correct_sick_listing(sick_listing=sick_listing, record=form.record, why=why, by=request.user).public_id


def _lines(enrolment: Enrolment, written: Sequence[SickListing]) -> list[dict[str, str]]:
    """Sick-listings for the page, the latest first: in words, with what others leave of them, and their addresses."""
    left: dict[int, list[Period]] = defaultdict(list)
    for piece in enrolment.sick_listings.current():
        left[piece.root_id].append(piece.period)
    return [
        {
            "words": said.in_words,
            "left": left_in_words(said.period, left[said.root_id]),
            "url": said.get_absolute_url(),
        }
        for said in sorted(written, key=lambda said: (said.concerns_on, said.root_id), reverse=True)
    ]
