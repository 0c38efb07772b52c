"""Sick-listings: what is written last holds for its days, and leaves the days around them as they were."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from core.days.periods import BACKWARDS, Period
from participants.amending.born import require_born
from participants.amending.moving import carry, leave_marks_of, lock_move
from participants.amending.versions import last_version, lock_version, next_version, require_author
from participants.amending.wordings import Earlier, earlier_wordings
from participants.amending.words import Noun
from participants.enums import MisplacedKind
from participants.locking import lock_case
from participants.models import Enrolment, Misplacement, SickListing
from participants.sick_listing.pieces import hide_replaced, lay_out

SICK_LISTING: Final = Noun("sjukskrivningen", "återtagen", "rättad")
# Pages where something of a sick-listing stands.
_PAGES: Final = frozenset({"sick_listing_create", "sick_listing_edit", "sick_listing_take_back"})
EARLIER: Final = Earlier(MisplacedKind.SICK_LISTING, _PAGES, "sick_listing_misplaced", earlier_wordings, hide_replaced)


@dataclass(frozen=True, slots=True, kw_only=True)
class SickListingRecord:
    """So many per cent (0: not any more) from a day to a last day, or on."""

    percent: int
    from_day: date
    last_day: date | None


@action
def record_sick_listing(
    *, enrolment: Enrolment, from_day: date, last_day: date | None, percent: int, by: User
) -> SickListing:
    """Note that somebody is sick-listed to so many per cent (0: not any more) from a day to a last day, or on.

    An earlier sick-listing over the same days is superseded; of it, what lies before and after is written again.

    Raises ValidationError for `from_day` before birth and `last_day` before the first one.
    """
    locked = lock_case(enrolment)
    require_born(locked, from_day, "from_day")
    columns = _columns(SickListingRecord(percent=percent, from_day=from_day, last_day=last_day))
    fact = SickListing.objects.create(enrolment=locked, owner=locked.owner, recorded_by=by, **columns)
    lay_out(locked, by)
    log_change(by=by, part="sick_listing_create", persons=[locked.participant.public_id])
    return fact


@action
def correct_sick_listing(*, sick_listing: SickListing, record: SickListingRecord, why: str, by: User) -> SickListing:
    """A new version of a sick-listing; what the one before had cut of others comes back.

    It keeps its place in the order of writing. Raises ValidationError for `last_day` before the first one, and
    ChangedMeanwhile where somebody has replaced it.
    """
    case, old = lock_version(sick_listing)
    require_born(case, record.from_day, "from_day")
    fact = next_version(old, why, by, **_columns(record))
    lay_out(case, by)
    log_change(by=by, part="sick_listing_edit", persons=[case.participant.public_id])
    return fact


@action
def take_back_sick_listing(*, sick_listing: SickListing, reason: str, by: User) -> SickListing:
    """Take back a sick-listing that never was; what it had cut of others comes back.

    Raises PermissionDenied for others than its author and the coordinators, ChangedMeanwhile where somebody has
    replaced it.
    """
    case, old = lock_version(sick_listing)
    require_author(old, case, by)
    end = last_version(old, reason, by)
    lay_out(case, by)
    log_change(by=by, part="sick_listing_take_back", persons=[case.participant.public_id])
    return end


@action
def put_sick_listing_right(*, sick_listing: SickListing, right: Enrolment | None, by: User) -> Misplacement:
    """Move a sick-listing to the right case, or take it away where there is none. In both cases the days are worked out
    anew.

    Gives the mark that the wrong file keeps. Raises PermissionDenied for others than its author and the coordinators,
    and ChangedMeanwhile where somebody has replaced it.
    """
    move = lock_move(sick_listing, right, by)
    carry(move)
    for case in move.cases:
        lay_out(case, by)
    hide_replaced(move.wrong, move.versions[0].recorded_at)
    texts = [row.why_id for row in move.versions]
    return leave_marks_of(
        move, MisplacedKind.SICK_LISTING, pages=_PAGES, texts=texts, by=by, part="sick_listing_misplaced"
    )


def _columns(record: SickListingRecord) -> dict[str, Any]:
    """Raises ValidationError for `last_day` before the first one."""
    first, last = record.from_day, record.last_day
    if last and last < first:
        raise ValidationError({"last_day": BACKWARDS})
    return {"percent": record.percent, "concerns_on": first, "until": Period(first, last).until}
