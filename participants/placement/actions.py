"""Placements: where somebody is, under whom, and what the supervisor reads by it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.days.dates import add_months
from core.days.kinds import CHECK_YEAR
from core.days.periods import BACKWARDS, Period
from core.models import TextBody
from core.swedish.words import day
from participants.amending.versions import last_version, lock_version, next_version, require_author
from participants.amending.words import Noun
from participants.assignment.helping import LONGEST_MONTHS
from participants.locking import lock_case
from participants.models import Enrolment, PlacementPeriod
from participants.models.placement import led_by
from participants.placement.choices import supervisors_for
from participants.placement.first import refresh_first_placed

NOBODY: Final = "Välj en handledare, eller skriv in en som inte har konto."
NAMELESS: Final = "Skriv vem numret går till."
PLACEMENT: Final = Noun("placeringen", "återtagen", "ändrad")


@dataclass(frozen=True, slots=True)
class PlacementRecord:
    """A placement as it is written down; without a last day it holds until further notice."""

    place: str
    supervisor: User | None
    period: Period
    # The name and number of somebody without an account; "" where there is none.
    guide: str = ""
    guide_phone: str = ""

    @property
    def led_by(self) -> str:
        """Who looks after the participant there, in words."""
        return led_by(str(self.supervisor or ""), self.guide)


@action
def record_placement(*, enrolment: Enrolment, record: PlacementRecord, by: User) -> PlacementPeriod:
    """Note where somebody is, and under whom, from a day.

    Raises ValidationError for `supervisor`, who can't be one that day, or where nobody looks after it, for `guide`
    where a number is nobody's, and for `first_day` and `last_day` outside the
    enrolment, in the wrong order or too far ahead.
    """
    locked = lock_case(enrolment)
    _check(locked, record, kept=None)
    return _write(locked, record, by)


@action
def change_placement(*, placement: PlacementPeriod, record: PlacementRecord, why: str, by: User) -> PlacementPeriod:
    """Other days, another supervisor or another place: a new version, with why, of the one in force.

    Raises ValidationError for `supervisor`, `guide`, `first_day` and `last_day`, and ChangedMeanwhile where somebody
    has replaced it.
    """
    enrolment, current = lock_version(placement)
    _check(enrolment, record, kept=current.supervisor)
    made = next_version(current, why, by, **_columns(record))
    refresh_first_placed(enrolment)
    log_change(by=by, part="placement_edit", persons=[enrolment.participant.public_id])
    return made


@action
def take_back_placement(*, placement: PlacementPeriod, reason: str, by: User) -> PlacementPeriod:
    """Take back a placement that never was: it no longer holds, and lets nobody read anything.

    Raises PermissionDenied for others than its author and the coordinators, ChangedMeanwhile where somebody has
    replaced it.
    """
    enrolment, current = lock_version(placement)
    require_author(current, enrolment, by)
    end = last_version(current, reason, by)
    refresh_first_placed(enrolment)
    log_change(by=by, part="placement_take_back", persons=[enrolment.participant.public_id])
    return end


def _write(enrolment: Enrolment, record: PlacementRecord, by: User) -> PlacementPeriod:
    made = PlacementPeriod.objects.create(
        enrolment=enrolment,
        owner=enrolment.owner,
        recorded_by=by,
        **_columns(record),
    )
    refresh_first_placed(enrolment)
    log_change(by=by, part="placement_create", persons=[enrolment.participant.public_id])
    return made


def _columns(record: PlacementRecord) -> dict[str, Any]:
    period = record.period
    write = TextBody.objects.write
    return {
        "place": write(record.place),
        "supervisor": record.supervisor,
        "guide": write(record.guide) if record.guide else None,
        "guide_phone": write(record.guide_phone) if record.guide_phone else None,
        "concerns_on": period.first,
        "until": period.until,
    }


def _check(enrolment: Enrolment, record: PlacementRecord, *, kept: User | None) -> None:
    """Check the answers. The supervisor in `kept` may go on also without consent, since a placement opens nothing by
    itself.

    Raises ValidationError for `supervisor`, for `guide` and for the days.
    """
    check_days(enrolment, record.period)
    if record.guide_phone and not record.guide:
        raise ValidationError({"guide": NAMELESS})
    if record.supervisor is None:
        if not record.guide:
            raise ValidationError({"supervisor": NOBODY})
        return
    asked = max(record.period.first, stamp_day())
    if record.supervisor != kept and record.supervisor not in supervisors_for(enrolment, asked):
        raise ValidationError({"supervisor": f"{record.supervisor} kan inte vara handledare den dagen. Välj igen."})


def check_days(enrolment: Enrolment, period: Period) -> None:
    """Raises ValidationError for `first_day` and `last_day` outside the enrolment, or too far ahead."""
    first, last, exited = period.first, period.last, enrolment.exited_on
    latest = add_months(stamp_day(), LONGEST_MONTHS)
    if first < enrolment.enrolled_on:
        fault = f"Placeringen kan inte börja före inskrivningen, {day(enrolment.enrolled_on)}."
        raise ValidationError({"first_day": fault})
    if exited and first > exited:
        raise ValidationError({"first_day": not_later(exited, first)})
    if first > latest:
        raise ValidationError({"first_day": CHECK_YEAR})
    if last and last < first:
        raise ValidationError({"last_day": BACKWARDS})
    if last and last > latest:
        raise ValidationError({"last_day": CHECK_YEAR})
    if exited and (last is None or last > exited):
        raise ValidationError({"last_day": not_later(exited, last)})


def not_later(exited: date, last: date | None) -> str:
    """The fault, in words, of a day that is later than the exit, or of none where one is needed."""
    wanted = "Fyll i en dag som inte är senare." if last else "Fyll i sista dagen, som inte kan vara senare."
    return f"Inskrivningen avslutades {day(exited)}. {wanted}"
