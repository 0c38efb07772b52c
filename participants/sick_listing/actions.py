"""Sick-listings: what is written last holds for its days, and leaves the days around them as they were."""

from datetime import date

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from core.days.periods import BACKWARDS, Period
from core.facts import supersede
from participants.locking import lock_case
from participants.models import Enrolment, SickListing


@action
def record_sick_listing(
    *, enrolment: Enrolment, from_day: date, last_day: date | None, percent: int, by: User
) -> SickListing:
    """Note that somebody is sick-listed to so many per cent (0: not any more) from a day to a last day, or on.

    An earlier sick-listing over the same days is superseded; of it, what lies before and after is written again.

    Raises ValidationError for `last_day` before the first one.
    """
    locked = lock_case(enrolment)
    if last_day and last_day < from_day:
        raise ValidationError({"last_day": BACKWARDS})
    fact = SickListing(
        enrolment=locked,
        concerns_on=from_day,
        until=Period(from_day, last_day).until,
        percent=percent,
        owner=locked.owner,
        recorded_by=by,
    )
    for earlier in _overlapped(fact):
        supersede(earlier)
        for left in _left_of(earlier, fact):
            SickListing.objects.create(
                enrolment=locked,
                concerns_on=left.first,
                until=left.until,
                percent=earlier.percent,
                corrects=earlier,
                owner=earlier.owner,
                recorded_by=by,
            )
    fact.save(force_insert=True)
    log_change(by=by, part="sick_listing_create", persons=[locked.participant.public_id])
    return fact


def _overlapped(new: SickListing) -> list[SickListing]:
    """Current sick-listings that share a day with the new one."""
    present = SickListing.objects.filter(enrolment=new.enrolment).current()
    return list(present.overlapping(new.period).select_related("owner"))


def _left_of(earlier: SickListing, new: SickListing) -> list[Period]:
    """The days of the earlier sick-listing that the new one doesn't speak of."""
    left: list[Period] = []
    if earlier.concerns_on < new.concerns_on:
        left.append(Period.of(earlier.concerns_on, new.concerns_on))
    if new.until and (earlier.until is None or earlier.until > new.until):
        left.append(Period.of(new.until, earlier.until))
    return left
