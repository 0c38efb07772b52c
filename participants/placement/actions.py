"""Placements: where somebody is, under whom, and what the supervisor reads by it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from accounts.enums import Duty
from accounts.log.access import log_change
from accounts.models import Organisation, User
from core.actions import action
from core.days.dates import add_months, today
from core.days.periods import Period
from core.enums import Category
from core.facts import supersede
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from core.swedish.words import day
from participants.assignment.people import LONGEST_MONTHS
from participants.consent.actions import parties_of
from participants.locking import lock_case
from participants.models import ConsentGrant, Enrolment, PlacementPeriod
from participants.scope.scope import SUPERVISED
from projects.enums import Role
from projects.models import Membership

CHANGED = "Någon annan har ändrat placeringen sedan du öppnade sidan. Öppna den igen från deltagarens sida."


@dataclass(frozen=True, slots=True)
class PlacementRecord:
    """A placement as it is written down; without a last day it holds until further notice."""

    place: str
    supervisor: User
    period: Period


@dataclass(frozen=True, slots=True)
class Line:
    """A placement as pages about the case say it, with the kinds that its supervisor reads today."""

    placement: PlacementPeriod
    when: str
    is_over: bool
    knows: frozenset[Category]
    reads: str


# --- Who can look after somebody ------------------------------------------------------------------------------------


def supervisors_for(enrolment: Enrolment, on: date) -> list[User]:
    """The project's supervisors at the owner and at parties that a consent tells who comes or when, by name.

    Also those whose consent hasn't begun: they read nothing before.
    """
    opened = {enrolment.owner_id} | _told(enrolment, on)
    return [one for one in _supervisors(enrolment, on) if one.organisation_id in opened]


def parties_shut_out(enrolment: Enrolment, on: date) -> list[Organisation]:
    """Other parties that have a supervisor in the project, but aren't told anything."""
    opened, there = _told(enrolment, on), {one.organisation_id for one in _supervisors(enrolment, on)}
    return [one for one in parties_of(enrolment) if one.pk in there and one.pk not in opened]


def _supervisors(enrolment: Enrolment, on: date) -> list[User]:
    held = Membership.objects.on(on).filter(project=enrolment.project_id, role=Role.SUPERVISOR)
    able = User.objects.filter(is_active=True, duty=Duty.CASE_WORK, pk__in=held.values("user"))
    return list(able.select_related("organisation").order_by("name", "pk"))


def _told(enrolment: Enrolment, on: date) -> set[int]:
    """The parties that a consent tells something of a placement on the day or from a later one."""
    to_come = ConsentGrant.objects.on_or_after(on).filter(enrolment=enrolment, category__in=SUPERVISED)
    return set(to_come.values_list("organisation", flat=True))


def _granted(enrolment: Enrolment, on: date) -> dict[int, set[str]]:
    """What of a placement consent opens on the day, by party."""
    found: dict[int, set[str]] = defaultdict(set)
    live = ConsentGrant.objects.on(on).filter(enrolment=enrolment, category__in=SUPERVISED)
    for organisation, category in live.values_list("organisation", "category"):
        found[organisation].add(category)
    return found


# --- What pages say -------------------------------------------------------------------------------------------------


def lines(enrolment: Enrolment, on: date) -> list[Line]:
    """Current facts about where somebody is, will be and has been, the latest first."""
    facts = PlacementPeriod.objects.current().filter(enrolment=enrolment)
    rows = facts.select_related("place", "supervisor__organisation").order_by("-concerns_on", "-pk")
    granted, able = _granted(enrolment, on), {one.pk for one in _supervisors(enrolment, on)}
    return [_line(row, enrolment, granted, able, on) for row in rows]


def in_words(placement: PlacementPeriod) -> str:
    """The days of a placement."""
    last = placement.period.last
    return f"{day(placement.concerns_on)} – {day(last)}" if last else f"från {day(placement.concerns_on)}"


def supervising(enrolment: Enrolment, parties: Collection[int], *, on: date) -> dict[int, list[str]]:
    """Whom of these organisations a placement lets read something of it today, by name."""
    facts = PlacementPeriod.objects.current().on(on).filter(enrolment=enrolment, supervisor__organisation__in=parties)
    able = {one.pk for one in _supervisors(enrolment, on)}
    found: dict[int, list[str]] = {party: [] for party in parties}
    for one in facts.select_related("supervisor").order_by("supervisor__name"):
        if one.supervisor_id in able:
            found[one.supervisor.own_organisation.pk].append(str(one.supervisor))
    return found


def _line(row: PlacementPeriod, enrolment: Enrolment, granted: dict[int, set[str]], able: set[int], on: date) -> Line:
    party = row.supervisor.own_organisation
    kinds = set(SUPERVISED) if party.pk == enrolment.owner_id else granted.get(party.pk, set())
    may = frozenset(Category(one) for one in kinds) if row.supervisor_id in able else frozenset[Category]()
    ends = [end for end in (row.until, enrolment.exited_on) if end]
    is_over, is_now = bool(ends and min(ends) <= on), row.concerns_on <= on
    reads = "" if is_over else _reads(row, enrolment, may, on)
    return Line(row, in_words(row), is_over, may if is_now and not is_over else frozenset(), reads)


def _reads(row: PlacementPeriod, enrolment: Enrolment, may: Collection[Category], on: date) -> str:
    """What the supervisor reads or will read, in words."""
    name = "alias" if enrolment.participant.is_protected else "namn"
    said = " och ".join(
        words for kind, words in ((Category.IDENTITY, name), (Category.PLAN, "veckoschema")) if kind in may
    )
    since = f" från och med {day(row.concerns_on)}" if row.concerns_on > on else ""
    if not said:
        return "läser inget: har inte rollen handledare i projektet, eller inget samtycke som gäller"
    return f"läser {said}{since}"


# --- Actions --------------------------------------------------------------------------------------------------------


@action
def record_placement(*, enrolment: Enrolment, record: PlacementRecord, by: User) -> PlacementPeriod:
    """Note where somebody is, and under whom, from a day."""
    locked = lock_case(enrolment)
    _check(locked, record, kept=None)
    return _write(locked, record, by)


@action
def change_placement(*, placement: PlacementPeriod, record: PlacementRecord, by: User) -> PlacementPeriod:
    """Other days, another supervisor or another place: a new fact in place of the one that was open."""
    enrolment, current = _current(placement)
    _check(enrolment, record, kept=current.supervisor)
    supersede(current)
    return _write(enrolment, record, by, corrects=current)


@action
def remove_placement(*, placement: PlacementPeriod, by: User) -> None:
    """It was written down by mistake: it holds no longer, and lets nobody read anything."""
    enrolment, current = _current(placement)
    supersede(current)
    log_change(by=by, part="placement_remove", persons=[enrolment.participant.public_id])


def _current(placement: PlacementPeriod) -> tuple[Enrolment, PlacementPeriod]:
    """The case, locked, and the fact as it stands. Raises ChangedMeanwhile where somebody has replaced it."""
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
    """Whoever supervises already may go on in what is changed, also without consent: it opens nothing by itself."""
    _check_days(enrolment, record.period)
    asked = max(record.period.first, today())
    if record.supervisor != kept and record.supervisor not in supervisors_for(enrolment, asked):
        raise ValidationError({"supervisor": f"{record.supervisor} kan inte vara handledare den dagen. Välj igen."})


def _check_days(enrolment: Enrolment, period: Period) -> None:
    first, last, exited = period.first, period.last, enrolment.exited_on
    latest = add_months(today(), LONGEST_MONTHS)
    if first < enrolment.enrolled_on:
        fault = f"Placeringen kan inte börja före inskrivningen, {day(enrolment.enrolled_on)}."
        raise ValidationError({"first_day": fault})
    if first > latest:
        raise ValidationError({"first_day": "Kontrollera årtalet."})
    if last and last < first:
        raise ValidationError({"last_day": "Sista dagen kan inte ligga före den första."})
    if last and last > latest:
        raise ValidationError({"last_day": "Kontrollera årtalet."})
    if exited and (last is None or last > exited):
        raise ValidationError(
            {"last_day": f"Inskrivningen avslutades {day(exited)}. Fyll i en dag som inte är senare."}
        )
