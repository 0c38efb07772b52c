"""Placements: where somebody is, under whom, and what the supervisor reads by it."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.days.dates import add_months
from core.days.kinds import CHECK_YEAR
from core.days.periods import BACKWARDS, Period
from core.facts import supersede
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from core.swedish.words import day
from participants.assignment.helping import LONGEST_MONTHS
from participants.locking import lock_case
from participants.models import Enrolment, PlacementPeriod
from participants.placement.choices import supervisors_for

CHANGED = "Någon annan har ändrat placeringen sedan du öppnade sidan. Öppna den igen från deltagarens sida."


@dataclass(frozen=True, slots=True)
class PlacementRecord:
    """A placement as it is written down; without a last day it holds until further notice."""

    place: str
    supervisor: User
    period: Period


@action
def record_placement(*, enrolment: Enrolment, record: PlacementRecord, by: User) -> PlacementPeriod:
    """Note where somebody is, and under whom, from a day.

    Raises ValidationError for `supervisor`, who can't be one that day, and for `first_day` and `last_day` outside the
    enrolment, in the wrong order or too far ahead.
    """
    locked = lock_case(enrolment)
    _check(locked, record, kept=None)
    return _write(locked, record, by)


@action
def change_placement(*, placement: PlacementPeriod, record: PlacementRecord, by: User) -> PlacementPeriod:
    """Other days, another supervisor or another place: a new fact in place of the one that was open.

    Raises ValidationError for `supervisor`, `first_day` and `last_day`, and ChangedMeanwhile where somebody has
    replaced it.
    """
    enrolment, current = _current(placement)
    _check(enrolment, record, kept=current.supervisor)
    supersede(current)
    return _write(enrolment, record, by, corrects=current)


@action
def remove_placement(*, placement: PlacementPeriod, by: User) -> None:
    """Remove a placement that was written down by mistake: it no longer holds, and lets nobody read anything.

    Raises ChangedMeanwhile where somebody has replaced it.
    """
    enrolment, current = _current(placement)
    supersede(current)
    log_change(by=by, part="placement_remove", persons=[enrolment.participant.public_id])


def _current(placement: PlacementPeriod) -> tuple[Enrolment, PlacementPeriod]:
    """The case, locked, and the newest version of the fact. Raises ChangedMeanwhile where somebody has replaced it."""
    enrolment = lock_case(placement.enrolment)
    found = PlacementPeriod.objects.current().filter(pk=placement.pk).select_related("supervisor").first()
    if found is None:
        raise ChangedMeanwhile(CHANGED)
    return enrolment, found


def _write(
    enrolment: Enrolment, record: PlacementRecord, by: User, corrects: PlacementPeriod | None = None
) -> PlacementPeriod:
    made = PlacementPeriod.objects.create(
        enrolment=enrolment,
        place=TextBody.objects.write(record.place),
        supervisor=record.supervisor,
        concerns_on=record.period.first,
        until=record.period.until,
        corrects=corrects,
        owner=enrolment.owner,
        recorded_by=by,
    )
    part = "placement_edit" if corrects else "placement_create"
    log_change(by=by, part=part, persons=[enrolment.participant.public_id])
    return made


def _check(enrolment: Enrolment, record: PlacementRecord, *, kept: User | None) -> None:
    """Check the answers. The supervisor in `kept` may go on also without consent, since a placement opens nothing by
    itself.

    Raises ValidationError for `supervisor` and for the days.
    """
    _check_days(enrolment, record.period)
    asked = max(record.period.first, stamp_day())
    if record.supervisor != kept and record.supervisor not in supervisors_for(enrolment, asked):
        raise ValidationError({"supervisor": f"{record.supervisor} kan inte vara handledare den dagen. Välj igen."})


def _check_days(enrolment: Enrolment, period: Period) -> None:
    first, last, exited = period.first, period.last, enrolment.exited_on
    latest = add_months(stamp_day(), LONGEST_MONTHS)
    if first < enrolment.enrolled_on:
        fault = f"Placeringen kan inte börja före inskrivningen, {day(enrolment.enrolled_on)}."
        raise ValidationError({"first_day": fault})
    if first > latest:
        raise ValidationError({"first_day": CHECK_YEAR})
    if last and last < first:
        raise ValidationError({"last_day": BACKWARDS})
    if last and last > latest:
        raise ValidationError({"last_day": CHECK_YEAR})
    if exited and (last is None or last > exited):
        raise ValidationError(
            {"last_day": f"Inskrivningen avslutades {day(exited)}. Fyll i en dag som inte är senare."}
        )
