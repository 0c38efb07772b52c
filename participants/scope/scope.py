"""The one door to persons: what `visible_to` lets through, what of it may be read, the guard of pages about a case."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from accounts.models import User
from core.enums import Category
from core.facts import Fact
from participants.models import (
    ConsentGrant,
    Enrolment,
    Participant,
    Voiding,
)
from participants.querysets.consent import ConsentGrantQuerySet
from participants.scope.reading import CaseReading, Grant
from participants.scope.working import Working
from projects.access import Roles
from projects.enums import Permission
from projects.models import Project

# What a supervisor reads: who comes, and the agreed schedule. Of another organisation's participants by consent.
SUPERVISED = (Category.IDENTITY, Category.PLAN)
# So many open cases are few enough to begin with all of them.
FEW = 1000


@dataclass(frozen=True, slots=True)
class Scope:
    """What a user may read on a day: cases that the user works with, and in them the facts that the own organisation
    owns and those that the participant's consent opens to it.

    Made once per request by `participants.scope.middleware` and handed in, `visible_to(request.scope)`: the user's
    organisation, roles and projects are read once and stand as constants in every condition. Consent acts here and
    nowhere else.
    """

    user: User
    on: date
    roles: Roles

    @classmethod
    def of(cls, user: User, on: date) -> "Scope":
        """The user's scope on the day, for commands, actions and tests. One query; none for those without cases."""
        return cls(user, on, Roles.of(user, on))

    def may(self, permission: Permission, project: Project) -> bool:
        """Whether the user's roles in the project allow this."""
        return permission in self.roles.permissions(project)

    @property
    def working(self) -> Working:
        """Which cases the user works with, by each way."""
        return Working(self.user, self.on, self.roles)

    # --- Cases ------------------------------------------------------------------------------------------------------

    def enrolments(self) -> Q:
        """The condition on an enrolment that lets this user open it."""
        return self._worked_on(self.working.in_emergency()) & (self._is_own() | self._is_opened())

    def own(self) -> Q:
        """Cases of the user's own organisation."""
        return self._worked_on(self.working.in_emergency()) & self._is_own()

    def lasting(self) -> Q:
        """Cases of the user's own organisation that are open in other ways than in an emergency."""
        return self._worked_on() & self._is_own()

    def shared(self) -> Q:
        """Another organisation's cases of which the user may read something: by consent, or what the own organisation
        has written there itself."""
        return self._worked_on() & ~self._is_own() & self._is_opened()

    def shared_for_list(self) -> Q:
        """The same cases as `shared`, for a page that shows some of many: the cost is that page's, whatever is shared.

        Whoever isn't a coordinator has a list of cases to begin with. Else one query: where little is open the list of
        it is the condition. Where much is, a page soon meets enough cases by asking each in its turn, and "exists"
        would make PostgreSQL read first all that is open.
        """
        if not self.working.coordinated():
            return self.shared()
        keys = [rows.order_by().values("enrolment").distinct() for rows in self._opening()]
        opened = keys[0].union(*keys[1:], all=True)
        if not opened[FEW : FEW + 1]:
            return self._worked_on() & ~self._is_own() & Q(pk__in=opened)
        found = (Subquery(self._of_the_case(rows).values("enrolment")[:1]) for rows in self._opening())
        return self._worked_on() & ~self._is_own() & _any(IsNull(condition, False) for condition in found)

    def void(self) -> Q:
        """The own organisation's wrongly registered cases, which nothing else shows: to those who worked with them, and
        to coordinators."""
        assigned = Q(pk__in=self.working.by_name())
        return Q(is_void=True) & self._own_by_role(assigned) & self._not_hidden(assigned)

    def with_void(self) -> Q:
        """Those and all that the user may open: what reaches all that is stored of a person."""
        return self.enrolments() | self.void()

    def own_with_void(self) -> Q:
        """Those of the own organisation among them: what somebody is to know of, whatever becomes of the case."""
        return self.own() | self.void()

    def to_decide(self) -> Q:
        """Cases that are wrongly registered, or have been asked to be. A coordinator answers for those of whoever is
        protected too, by the alias that is all that is left of the name."""
        asked, assigned = Q(Exists(self._of_the_case(Voiding.objects.current()))), Q(pk__in=self.working.by_name())
        coordinated = Q(project_id__in=self.working.coordinated())
        return (Q(is_void=True) | asked) & self._own_by_role(assigned) & (self._not_hidden(assigned) | coordinated)

    def _own_by_role(self, assigned: Q) -> Q:
        """The own organisation's cases that the user is assigned to, alone or with the unit, or coordinates."""
        let_in = assigned | Q(pk__in=self.working.by_unit()) | Q(project_id__in=self.working.coordinated())
        return self._is_own() & Q(project_id__in=self.roles.project_ids(Permission.SEE_PERSONS)) & let_in

    def _is_own(self) -> Q:
        return Q(owner_id=self.user.organisation_id)

    def _is_opened(self) -> Q:
        return _any(Exists(self._of_the_case(rows)) for rows in self._opening())

    def _worked_on(self, *own: QuerySet) -> Q:
        """A coordinator works with the project's cases, others with those that they are let into by one of these ways,
        or stand in a list of `own` cases: what can hold nothing but those is left out where others' are asked for.

        One list of them all: a database starts from one short list, but from none of two that are joined by an "or".
        """
        projects = self.roles.project_ids(Permission.SEE_PERSONS)
        coordinated = self.working.coordinated()
        counted, by_name = Q(is_void=False, project_id__in=projects), self.working.by_name()
        if set(projects) <= set(coordinated):
            return counted & self._not_hidden(Q(pk__in=by_name))
        let_in = Q(pk__in=by_name.union(self.working.by_unit(), *own, all=True))
        # Asked of the few who are protected: the list again makes PostgreSQL think that each case costs as much as it.
        assigned = Q(Exists(self._of_the_case(by_name)))
        return counted & (let_in | Q(project_id__in=coordinated)) & self._not_hidden(assigned)

    @staticmethod
    def _not_hidden(assigned: Q) -> Q:
        """A protected identity is for those who are assigned in person.

        A list of the few who are protected instead of a look at everybody: a count need not read any person.
        """
        return ~Q(participant__in=Participant.objects.protected().values("pk")) | assigned

    # --- What may be read in them -----------------------------------------------------------------------------------

    def facts(self) -> Q:
        """The condition on a fact about a case: the own organisation's, or of a kind that consent opens to it."""
        granted = self._grants().filter(enrolment=OuterRef("enrolment"), category=OuterRef("category"))
        return self.in_cases(self.enrolments()) & (Q(owner_id=self.user.organisation_id) | Q(Exists(granted)))

    @staticmethod
    def in_cases(condition: Q) -> Q:
        """The condition on a row about a case that its case fulfils this: asked of that case, not of all there are."""
        return Q(Exists(Enrolment.objects.filter(condition, pk=OuterRef("enrolment"))))

    def cases_with(self, *categories: Category) -> Q:
        """The condition on an enrolment that lets this user read what its owner has written of all these kinds."""
        shared = self.shared()
        for category in categories:
            shared &= Q(Exists(self._of_the_case(self._grants().filter(category=category))))
        return self.own() | shared

    def supervised(self) -> Q:
        """The condition on a placement that this user looks after it and may know who is there, or when.

        It opens nothing of the case: who supervises works with the participant, not with the case.
        """
        projects = self.roles.project_ids(Permission.SEE_PLACEMENTS)
        known = self._grants().filter(enrolment=OuterRef("enrolment"), category__in=SUPERVISED)
        goes_on = Q(enrolment__exited_on__isnull=True) | Q(enrolment__exited_on__gt=self.on)
        is_own = Q(enrolment__owner_id=self.user.organisation_id)
        case = Q(enrolment__project_id__in=projects, enrolment__is_void=False) & goes_on
        return Q(supervisor=self.user) & case & (is_own | Q(Exists(known)))

    def reading(self, enrolment: Enrolment) -> "CaseReading":
        """What may be read in one case that the scope lets through. One query."""
        return self.readings([enrolment])[enrolment.pk]

    def masked(self, enrolments: Iterable[Enrolment]) -> list[Enrolment]:
        """The same, each without what may not be read: what a page may be given. At most one query."""
        rows = list(enrolments)
        others = [row for row in rows if row.owner_id != self.user.organisation_id]
        readings = self.readings(others) if others else {}
        for row in others:
            row.reading = readings[row.pk]
            row.reading.mask(row)
        return rows

    def readings(self, enrolments: Sequence[Enrolment]) -> dict[int, "CaseReading"]:
        """The same for several cases, by key. One query."""
        grants: dict[int, list[Grant]] = defaultdict(list)
        rows = ConsentGrant.objects.on(self.on).filter(enrolment__in=[enrolment.pk for enrolment in enrolments])
        columns = ("enrolment", "organisation", "organisation__name", "category", "valid_through")
        for key, *values in rows.order_by("organisation__name", "category", "-valid_through").values_list(*columns):
            grants[key].append(Grant(values[0], values[1], Category(values[2]), values[3]))
        own = self.user.organisation_id
        return {
            enrolment.pk: CaseReading(own, enrolment.owner_id == own, tuple(grants[enrolment.pk]))
            for enrolment in enrolments
        }

    def _grants(self) -> ConsentGrantQuerySet:
        return ConsentGrant.objects.on(self.on).filter(organisation=self.user.organisation_id)

    def _opening(self) -> Sequence[QuerySet]:
        """What opens another's case: consents, and what the own organisation has written there, which stays its own
        whatever is taken back."""
        rows: Iterable[Any] = (model._default_manager.all() for model in opening_models())
        written = (facts.exclude(enrolment=None) for facts in rows)
        return self._grants(), *(facts.filter(owner=self.user.organisation_id) for facts in written)

    @staticmethod
    def _of_the_case(rows: QuerySet) -> QuerySet:
        return rows.filter(enrolment=OuterRef("pk"))


@cache
def opening_models() -> tuple[type[Fact], ...]:
    """The kinds of facts whose writer may open the case again; each says so itself (`opens_case`)."""
    return tuple(model for model in apps.get_models() if issubclass(model, Fact) and model.opens_case)


def _any(conditions: Iterable[Exists | IsNull]) -> Q:
    """One of them is enough."""
    return reduce(or_, map(Q, conditions))
