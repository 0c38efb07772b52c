"""Employments that ended when another took their place: they go on as before when that one goes."""

from datetime import date
from typing import Any, Final

from accounts.models import User
from core.swedish.words import day, listed
from participants.amending.versions import next_version
from participants.amending.wordings import let_go_of
from participants.misplaced.marks import hide
from participants.models import EmploymentPeriod, Enrolment

# The program's own words say nothing of the other employment, which may turn out to be somebody else's.
ENDED: Final = "Sista dagen skrevs in."
AS_BEFORE: Final = "Sista dagen ändrades tillbaka."


def end(employment: EmploymentPeriod, first: date, by: User) -> EmploymentPeriod:
    """Let an employment that goes on end the day before another begins, on the day `first`. Gives the new version."""
    return next_version(employment, ENDED, by, until=first)


def ended_by(employment: EmploymentPeriod, case: Enrolment) -> list[EmploymentPeriod]:
    """The employments of the case that this one ended when it was written, and that nobody has changed since. One
    query, or two for a later version."""
    rows = _ended(employment, case).current().select_related("form", "employer", "first", "corrects")
    return list(rows.order_by("concerns_on", "pk"))


def said_of(employment: EmploymentPeriod, case: Enrolment) -> str:
    """Which employments go on as before when this one goes, in words; empty where none does."""
    if not employment.stands:
        return ""
    rows = ended_by(employment, case)
    lasts = [(row.work, _before(row).period.last) for row in rows]
    lasting = [work for work, last in lasts if last is None]
    said = [f"{listed(lasting)} pågår igen."] if lasting else []
    return " ".join([*said, *(f"{work} slutar {day(last)} igen." for work, last in lasts if last)])


def go_on_as_before(employment: EmploymentPeriod, case: Enrolment, by: User, is_misplaced: bool) -> None:
    """Let the employments that this one ended have the last day that they had, as it goes from the case. Where it was
    somebody else's, the versions that it ended go from the file too: their last day was its."""
    if employment.stands:
        for row in ended_by(employment, case):
            next_version(row, AS_BEFORE, by, until=_before(row).until)
    if is_misplaced:
        for row in _ended(employment, case).filter(superseded_at__isnull=False):
            let_go_of(row)
            hide(EmploymentPeriod, [row.pk])


def _before(ended: EmploymentPeriod) -> EmploymentPeriod:
    """The version before it was ended."""
    return ended.corrects  # type: ignore[return-value]  # the versions of an employment are employments


def _ended(employment: EmploymentPeriod, case: Enrolment) -> Any:
    """The versions that were written with the first one of this employment: one transaction has one moment."""
    first = employment.first or employment
    return EmploymentPeriod.objects.placed().filter(
        enrolment=case,
        corrects__isnull=False,
        taken_back=False,
        recorded_at=first.recorded_at,
        recorded_by=first.recorded_by_id,
        until=first.concerns_on,
    )
