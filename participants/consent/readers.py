"""Who can read what of a case: the people at each party, and «Kan läsas av» of each kind of information."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import BigIntegerField, DateField, Q, QuerySet

from accounts.enums import Duty
from core.batches import in_chunks
from core.prepared.questions import prepared
from core.swedish.keys import sort_key
from core.swedish.words import day
from participants.enums import ProtectionLevel
from participants.models import CaseAssignment, Enrolment
from projects.access import ROLE_PERMISSIONS
from projects.enums import Permission, Role
from projects.models import Membership

# The places in the one question about who is at work.
_PARTIES: Final = ("first", "second", "third", "fourth")


def at_work(
    enrolment: Enrolment, parties: Collection[int], *, on: date, people: Iterable[CaseAssignment] | None = None
) -> dict[int, list[str]]:
    """Who of these organisations works with the case, by name: whom consent lets in. One query for each four
    organisations, and one more where the day's assignments (`people`) aren't read yet."""
    members = _members_of(parties, enrolment.project_id, on)
    assigned = list(enrolment.assignments.on(on) if people is None else people)
    by_name = {assignment.user_id for assignment in assigned if assignment.user_id}
    units = {assignment.organisation_id for assignment in assigned if assignment.user_id is None}
    is_open = enrolment.participant.protection == ProtectionLevel.NONE
    found: dict[int, set[str]] = defaultdict(set)
    for member in members:
        as_unit = is_open and (member.role == Role.COORDINATOR or member.user.organisation_id in units)
        if as_unit or member.user_id in by_name:
            found[member.user.own_organisation.pk].add(str(member.user))
    return {party: sorted(found[party], key=sort_key) for party in parties}


def _members_of(parties: Iterable[int], project: int, on: date) -> Iterator[Membership]:
    """Who at these organisations sees persons in the project."""
    for few in in_chunks(parties, len(_PARTIES)):
        # Where there are fewer, the last stands in the places that are left.
        asked = {name: few[min(place, len(few) - 1)] for place, name in enumerate(_PARTIES)}
        yield from _members.ask(project=project, on=on, **asked)


@prepared(project=BigIntegerField(), on=DateField(), **{name: BigIntegerField() for name in _PARTIES})
def _members(*, project: Any, on: Any, **parties: Any) -> QuerySet:
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if Permission.SEE_PERSONS in allowed]
    is_of_one = reduce(or_, (Q(user__organisation=party) for party in parties.values()))
    members = Membership.objects.on(on).filter(is_of_one, project=project, role__in=roles)
    working = members.filter(user__is_active=True, user__duty=Duty.CASE_WORK)
    return working.select_related("user__organisation")


@dataclass(frozen=True, slots=True)
class Readers:
    """The parties that read each kind of information by consent, each in words: with its people and last day.

    A party where nobody works with the case reads nothing, so it isn't among them. `here` is the reader's own party,
    where the case is another's."""

    shared: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    here: str = ""

    @classmethod
    def of(cls, enrolment: Enrolment, *, on: date, people: Iterable[CaseAssignment] | None = None) -> "Readers":
        """The parties and people who may read the case today by consent. As many queries as `at_work`; none where no
        consent holds."""
        # Where several consents overlap, the one that lasts longest comes first.
        longest = {(grant.category, grant.organisation_id): grant for grant in reversed(enrolment.reading.grants)}
        parties = {grant.organisation_id for grant in longest.values()}
        names = at_work(enrolment, parties, on=on, people=people) if parties else {}
        shared: dict[str, dict[str, str]] = defaultdict(dict)
        for grant in reversed(longest.values()):
            if who := ", ".join(names[grant.organisation_id]):
                text = f"{grant.organisation} ({who}) till och med {day(grant.valid_through)}"
                shared[grant.category][grant.organisation] = text
        reading = enrolment.reading
        own = {grant.organisation for grant in reading.grants if grant.organisation_id == reading.organisation_id}
        return cls(shared, "" if reading.is_own else next(iter(own), ""))

    def beside(self, writer: str, category: str) -> str:
        """The organisation that wrote it and those whom a consent lets in; nothing where nobody else reads."""
        others = [text for party, text in self.shared.get(category, {}).items() if party != writer]
        return " · ".join([writer, *others]) if others else ""

    def unlike_the_rule(self, writer: str, category: str) -> str:
        """As `beside`, but nothing where the writer and the reader's own party are the only ones: that they read, and
        until when, the page says once."""
        others = {party for party in self.shared.get(category, {}) if party != writer}
        return "" if others == {self.here} else self.beside(writer, category)
