"""Facts that the forms about sick-listing show and replace, to notice two who save at once."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from core.forms.concurrency import Shared
from core.swedish.words import day
from participants.amending.shared_facts import said_taken_back
from participants.models import Enrolment, SickListing
from participants.models.background import share_in_words
from participants.shared_facts import of_case, written
from participants.sick_listing.actions import SICK_LISTING


def sick_listings_of(enrolment: Enrolment) -> Shared:
    """The sick-listings that hold: a new one takes the days that it speaks of from them."""
    present = SickListing.objects.filter(enrolment=enrolment).current()

    def read() -> Mapping[str, Any]:
        rows = present.order_by("concerns_on", "pk")
        return {"Sjukskrivningar": "\n".join(map(sick_listing_in_words, rows))}

    return Shared([of_case(enrolment)], read, lambda: written(present.select_related("recorded_by").last()))


def sick_listing_facts(fact: SickListing) -> Shared:
    """One sick-listing, in the version that somebody wrote last."""
    versions = SickListing.objects.said().versions_of(fact).with_case()

    def latest() -> SickListing:
        return cast(SickListing, versions.order_by("-pk").first())

    def read() -> Mapping[str, Any]:
        now = latest()
        return {
            "percent": str(now.percent),
            "from_day": now.concerns_on,
            "last_day": now.period.last,
            **said_taken_back(now, SICK_LISTING),
        }

    return Shared([of_case(fact.enrolment)], read, lambda: written(latest()))


def sick_listing_in_words(row: SickListing) -> str:
    """«100 % från 3 mars 2026 till och med 31 mars 2026»."""
    last = f" till och med {day(row.period.last)}" if row.period.last else ""
    return f"{share_in_words(row.percent)} från {day(row.concerns_on)}{last}"


def sick_listings_in_words(rows: Iterable[SickListing]) -> str:
    """Several of them, with commas."""
    return ", ".join(map(sick_listing_in_words, rows))
