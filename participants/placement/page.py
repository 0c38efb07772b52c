"""Rows and sentences of pages about placements and about what supervisors see."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.enums import Duty
from accounts.models import Organisation, User
from core.enums import Category
from core.swedish.words import day
from participants.consent.readers import at_work
from participants.models import ConsentGrant, Enrolment, PlacementPeriod
from participants.scope.scope import SUPERVISED
from projects.enums import Role
from projects.models import Membership


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """A placement as pages about the case say it, with the kinds that its supervisor reads today."""

    placement: PlacementPeriod
    when: str
    is_over: bool
    has_begun: bool
    knows: frozenset[Category]
    reads: str


def supervisors_in_project(enrolment: Enrolment, on: date) -> list[User]:
    """Supervisors of the case's project on the day who can log in, of all organisations, by name."""
    held = Membership.objects.on(on).filter(project=enrolment.project_id, role=Role.SUPERVISOR)
    able = User.objects.filter(is_active=True, duty=Duty.CASE_WORK, pk__in=held.values("user"))
    return list(able.select_related("organisation").order_by("sort_key", "pk"))


def _granted(enrolment: Enrolment, on: date) -> dict[int, set[str]]:
    """The kinds of information about a placement that consent opens on the day, by the party's primary key."""
    found: dict[int, set[str]] = defaultdict(set)
    live = ConsentGrant.objects.on(on).filter(enrolment=enrolment, category__in=SUPERVISED)
    for organisation, category in live.values_list("organisation", "category"):
        found[organisation].add(category)
    return found


def lines(enrolment: Enrolment, on: date) -> list[PlacementLine]:
    """Current facts about where somebody is, will be and has been, the latest first."""
    facts = PlacementPeriod.objects.current().filter(enrolment=enrolment)
    texts = ("place", "guide", "guide_phone")
    rows = facts.select_related(*texts, "supervisor__organisation").order_by("-concerns_on", "-pk")
    granted, able = _granted(enrolment, on), {supervisor.pk for supervisor in supervisors_in_project(enrolment, on)}
    return [_line(row, enrolment, granted, able, on) for row in rows]


def in_words(placement: PlacementPeriod) -> str:
    """The days of a placement."""
    return placement.period.in_words


def supervising(enrolment: Enrolment, parties: Collection[int], *, on: date) -> dict[int, list[str]]:
    """Names of the users in these organisations who may read something of the case today, as supervisors of a
    placement."""
    facts = PlacementPeriod.objects.current().on(on).filter(enrolment=enrolment, supervisor__organisation__in=parties)
    able = {supervisor.pk for supervisor in supervisors_in_project(enrolment, on)}
    found: dict[int, list[str]] = {party: [] for party in parties}
    for fact in facts.select_related("supervisor").order_by("supervisor__sort_key", "supervisor"):
        if fact.supervisor and fact.supervisor.pk in able:
            found[fact.supervisor.own_organisation.pk].append(str(fact.supervisor))
    return found


def _line(
    row: PlacementPeriod, enrolment: Enrolment, granted: dict[int, set[str]], able: set[int], on: date
) -> PlacementLine:
    kinds = _opened(row, enrolment, granted)
    may = frozenset(Category(kind) for kind in kinds) if row.supervisor_id in able else frozenset[Category]()
    ends = [end for end in (row.until, enrolment.exited_on) if end]
    is_over, begun = bool(ends and min(ends) <= on), row.concerns_on <= on
    reads = "" if is_over or row.supervisor is None else _reads(row, enrolment, may, on)
    known = may if begun and not is_over else frozenset[Category]()
    return PlacementLine(row, in_words(row), is_over, begun, known, reads)


def _opened(row: PlacementPeriod, enrolment: Enrolment, granted: dict[int, set[str]]) -> set[Any]:
    """The kinds that are open to the organisation of the placement's supervisor; none where that has no account."""
    if row.supervisor is None:
        return set()
    party = row.supervisor.own_organisation
    return set(SUPERVISED) if party.pk == enrolment.owner_id else granted.get(party.pk, set())


def _reads(row: PlacementPeriod, enrolment: Enrolment, may: Collection[Category], on: date) -> str:
    """The words about what the supervisor reads or will read."""
    name = "alias" if enrolment.participant.is_protected else "namn"
    said = " och ".join(
        words for kind, words in ((Category.IDENTITY, name), (Category.PLAN, "veckoschema")) if kind in may
    )
    since = f" från och med {day(row.concerns_on)}" if row.concerns_on > on else ""
    if not said:
        return "läser inget: har inte rollen handledare i projektet, eller inget samtycke som gäller"
    return f"läser {said}{since}"


def nobody_reads(
    enrolment: Enrolment, parties: Collection[Organisation], kinds: Collection[Category], *, on: date
) -> list[Organisation]:
    """The parties where nobody could read these kinds on the day: they have no contact, coordinator or supervisor
    there. Six queries at most."""
    keys = [party.pk for party in parties]
    people = at_work(enrolment, keys, on=on)
    told = supervising(enrolment, keys, on=on) if set(kinds) & set(SUPERVISED) else {}
    return [party for party in parties if not (people[party.pk] or told.get(party.pk))]
