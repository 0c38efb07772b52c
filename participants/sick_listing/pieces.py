"""Which days each sick-listing holds for: those that no later one speaks of. One until further notice speaks of no day
from which another, that begins later, holds.
"""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from core.days.periods import Period
from core.facts import supersede
from participants.misplaced.marks import hide
from participants.models import Enrolment, SickListing

Piece = tuple[SickListing, Period]


def standing(enrolment: Enrolment) -> list[SickListing]:
    """The sick-listings of a case as somebody wrote or corrected them last, without those that were taken back, in the
    order in which they were first written. One query."""
    rows = SickListing.objects.placed().said().filter(enrolment=enrolment).select_related("recorded_by").order_by("pk")
    last = {row.root_id: row for row in rows}
    return [last[root] for root in sorted(last) if not last[root].taken_back]


def lay_out(enrolment: Enrolment, by: User) -> None:
    """Let the facts in force be what the standing sick-listings leave of each other; part of the action that changed
    one of them. Only pieces that differ are replaced."""
    rows = list(SickListing.objects.placed().current().filter(enrolment=enrolment).order_by("pk"))
    lacking = []
    for said, period in _pieces(standing(enrolment)):
        alike = next((row for row in rows if _is_piece(row, said, period)), None)
        if alike:
            rows.remove(alike)
        else:
            lacking.append((said, period))
    for row in rows:
        supersede(row)
    for said, period in lacking:
        _write(said, period, by)


def hide_replaced(enrolment: Enrolment, since: datetime) -> None:
    """Show nobody the pieces that were cut since a moment and have been replaced: they tell the first and last day of
    what had cut them. Part of the action that took that away."""
    pieces = SickListing.objects.placed().filter(enrolment=enrolment, recorded_at__gte=since)
    cut = pieces.exclude(superseded_at=None).exclude(pk__in=pieces.said().values("pk"))
    hide(SickListing, cut.values_list("pk", flat=True))


def replaced_by(new: Period, sick_listings: Iterable[SickListing]) -> list[SickListing]:
    """The standing sick-listings that would lose days to a new one that somebody said they hold for: all that it
    overlaps but those until further notice that began before it, which are meant to be followed. No query."""
    return [
        said
        for said in sick_listings
        if said.period.overlaps(new) and not _gives_way(new, said) and not _is_followed(said, new)
    ]


def replaced_in(said: SickListing, right: Enrolment) -> list[SickListing]:
    """The sick-listings of another case that would lose days to this one there. It keeps its place in the order of
    writing: of what was written later it takes none. One query."""
    if said.taken_back:
        return []
    return replaced_by(said.period, [row for row in standing(right) if row.root_id < said.root_id])


def _pieces(sick_listings: list[SickListing]) -> list[Piece]:
    laid: list[Piece] = []
    for new in sick_listings:
        kept = [period for said, period in laid if _gives_way(new.period, said)]
        spoken_of = _without([new.period], kept)
        left = [(said, part) for said, period in laid for part in _without([period], spoken_of)]
        laid = [*left, *((new, period) for period in spoken_of)]
    return laid


def _gives_way(new: Period, said: SickListing) -> bool:
    """Whether a new sick-listing, until further notice, leaves the days of `said`, that begins later, as they are."""
    return new.until is None and said.concerns_on > new.first


def _is_followed(said: SickListing, new: Period) -> bool:
    """Whether a new sick-listing goes on from `said`, of which nobody has said how long it holds."""
    return said.until is None and said.concerns_on < new.first


def _without(periods: list[Period], others: Iterable[Period]) -> list[Period]:
    for other in others:
        periods = [part for period in periods for part in _left_of(period, other)]
    return periods


def _left_of(earlier: Period, new: Period) -> list[Period]:
    """The days of the earlier sick-listing that the new one doesn't speak of."""
    if not earlier.overlaps(new):
        return [earlier]
    left: list[Period] = []
    if earlier.first < new.first:
        left.append(Period.of(earlier.first, new.first))
    if new.until and (earlier.until is None or earlier.until > new.until):
        left.append(Period.of(new.until, earlier.until))
    return left


def _is_piece(row: SickListing, said: SickListing, period: Period) -> bool:
    return (row.root_id, row.percent, row.period) == (said.root_id, said.percent, period)


def _write(said: SickListing, period: Period, by: User) -> None:
    SickListing.objects.create(
        enrolment_id=said.enrolment_id,
        concerns_on=period.first,
        until=period.until,
        percent=said.percent,
        first_id=said.root_id,
        corrects=said,
        owner_id=said.owner_id,
        recorded_by=by,
    )
