"""The one door to persons: which cases `visible_to` lets through, and which facts may be read in them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, reduce
from operator import and_, or_
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from accounts.models import User
from core.days.periods import lasts_through
from core.enums import Category
from core.facts import Fact
from participants.models import ConsentGrant, Enrolment, Participant, Voiding
from participants.querysets.consent import ConsentGrantQuerySet
from participants.scope.grants import grants_in
from participants.scope.reading import CaseReading, Grant
from participants.scope.working import Working
from projects.access import Roles
from projects.enums import Permission
from projects.models import Project

# A supervisor reads who comes, and the agreed schedule; of another organisation's participants by consent.
SUPERVISED = (Category.IDENTITY, Category.PLAN)
# Up to this many opened cases are listed, as the condition of a query.
FEW = 1000


@dataclass(frozen=True, slots=True)
class Scope:
    """All that a user may read on a day: the cases that the user works with, and in each of them the facts that the
    user's organisation owns or that the participant's consent opens to it.

    Made once per request by `participants.scope.middleware` and handed in, `visible_to(request.scope)`: the user's
    organisation, roles and projects are read once and stand as constants in every condition. Consent acts here and
    nowhere else.
    """

    user: User
    on: date
    roles: Roles
    moment: datetime | None = None

    @classmethod
    def of(cls, user: User, on: date) -> "Scope":
        """The user's scope on the day, for commands, actions and tests. One query; none for a user whose duty isn't
        case work."""
        return cls(user, on, Roles.of(user, on))

    def may(self, permission: Permission, project: Project) -> bool:
        """Whether the user's roles in the project allow this."""
        return permission in self.roles.permissions(project)

    @property
    def working(self) -> Working:
        """The cases that the user works with, one attribute for each way into a case. No query."""
        return Working(self.user, self.on, self.roles, self.moment)

    # --- Cases ------------------------------------------------------------------------------------------------------

    def enrolments(self) -> Q:
        """Condition on an enrolment: the user may open it."""
        return self._worked_on(self.working.in_emergency()) & (self._is_own() | self._is_opened())

    def own(self) -> Q:
        """Condition on an enrolment: the user may open it and the user's organisation owns it."""
        return self._worked_on(self.working.in_emergency()) & self._is_own()

    def lasting(self) -> Q:
        """Condition on an enrolment: the user's organisation owns it, and the user may open it, emergency aside."""
        return self._worked_on() & self._is_own()

    def shared(self) -> Q:
        """Condition on an enrolment: another organisation owns it, and the user may read something in it, by consent or
        since the user's own organisation has written there itself."""
        return self._worked_on() & ~self._is_own() & self._is_opened()

    def shared_for_list(self) -> Q:
        """Condition on an enrolment: as `shared`, but quick for a page that shows some of many.

        For users who don't coordinate it is `shared` itself, which starts from their short list of cases. For a
        coordinator it first asks, by one query, how many cases are opened: if few, their keys become the condition. If
        many, each case is asked in its turn until the page is full; `IsNull(Subquery)` is used there, since `Exists`
        would make PostgreSQL read everything that is opened first.
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
        """Condition on an enrolment: it is wrongly registered, of the user's own organisation, and the user worked with
        it or coordinates its project. No other condition lets these cases through."""
        assigned = Q(pk__in=self.working.by_name())
        return Q(is_void=True) & self._own_by_role(assigned) & self._not_hidden(assigned)

    def with_void(self) -> Q:
        """Condition on an enrolment: the user may open it, or it is wrongly registered and `void` lets it through."""
        return self.enrolments() | self.void()

    def own_with_void(self) -> Q:
        """Condition on an enrolment of the user's own organisation: the user may open it, or it is wrongly registered
        and `void` lets it through. For notices, which a user shall see even if the case has been found wrong since."""
        return self.own() | self.void()

    def to_decide(self) -> Q:
        """Condition on an enrolment: it is wrongly registered or somebody has asked that it be, and the user has to do
        with it.

        A coordinator sees protected persons' cases here too: only the alias is left of their names.
        """
        asked, assigned = Q(Exists(self._of_the_case(Voiding.objects.current()))), Q(pk__in=self.working.by_name())
        coordinated = Q(project_id__in=self.working.coordinated())
        return (Q(is_void=True) | asked) & self._own_by_role(assigned) & (self._not_hidden(assigned) | coordinated)

    def _own_by_role(self, assigned: Q) -> Q:
        """Condition on an enrolment of the own organisation: the user is assigned to it, or coordinates its project."""
        let_in = assigned | Q(pk__in=self.working.by_unit()) | Q(project_id__in=self.working.coordinated())
        return self._is_own() & Q(project_id__in=self.roles.project_ids(Permission.SEE_PERSONS)) & let_in

    def _is_own(self) -> Q:
        return Q(owner_id=self.user.organisation_id)

    def _is_opened(self) -> Q:
        return _any(Exists(self._of_the_case(rows)) for rows in self._opening())

    def _worked_on(self, *own: QuerySet) -> Q:
        """Condition on an enrolment: the user works with it, by name, with the unit, as coordinator, or because it
        stands in one of the `own` lists of keys. Leave `own` out when only other organisations' cases are asked for.

        All ways by key are one `IN (… UNION ALL …)`: a database starts from one short list, but reads every enrolment
        when two lists are joined by OR.
        """
        projects = self.roles.project_ids(Permission.SEE_PERSONS)
        coordinated = self.working.coordinated()
        counted, by_name = Q(is_void=False, project_id__in=projects), self.working.by_name()
        if set(projects) <= set(coordinated):
            return counted & self._not_hidden(Q(pk__in=by_name))
        let_in = Q(pk__in=by_name.union(self.working.by_unit(), *own, all=True))
        # EXISTS, since only the few protected cases are asked. With a list, PostgreSQL reckons its cost for each case.
        assigned = Q(Exists(self._of_the_case(by_name)))
        return counted & (let_in | Q(project_id__in=coordinated)) & self._not_hidden(assigned)

    @staticmethod
    def _not_hidden(assigned: Q) -> Q:
        """Condition on an enrolment: the person isn't protected, or the user is assigned in person.

        Asks of the few protected persons by a list of their keys, so that a count need not read any person.
        """
        return ~Q(participant__in=Participant.objects.protected().values("pk")) | assigned

    # --- What may be read in them -----------------------------------------------------------------------------------

    def facts(self) -> Q:
        """Condition on a fact about a case: the user works with the case, and the fact is the user's own organisation's
        or of a kind that consent opens to it."""
        granted = self._grants().filter(enrolment=OuterRef("enrolment"), category=OuterRef("category"))
        return self.in_cases(self.enrolments()) & (Q(owner_id=self.user.organisation_id) | Q(Exists(granted)))

    @staticmethod
    def in_cases(condition: Q) -> Q:
        """Condition on a row with a foreign key to an enrolment: its enrolment fulfils `condition`. Asked of that
        enrolment alone, so that the database doesn't list all enrolments first."""
        return Q(Exists(Enrolment.objects.filter(condition, pk=OuterRef("enrolment"))))

    def cases_with(self, *categories: Category) -> Q:
        """Condition on an enrolment: the user may read all these kinds of information written by the case's owner."""
        granted = (Q(Exists(self._of_the_case(self._grants().filter(category=category)))) for category in categories)
        return self.own() | reduce(and_, granted, self.shared())

    def supervised(self) -> Q:
        """Condition on a placement: the user supervises it and may know who is there, or when.

        It opens nothing of the case: a supervisor works with the participant, not with the case.
        """
        projects = self.roles.project_ids(Permission.SEE_PLACEMENTS)
        known = self._grants().filter(enrolment=OuterRef("enrolment"), category__in=SUPERVISED)
        goes_on = lasts_through("enrolment__exited_on", self.on)
        is_own = Q(enrolment__owner_id=self.user.organisation_id)
        case = Q(enrolment__project_id__in=projects, enrolment__is_void=False) & goes_on
        return Q(supervisor=self.user) & case & (is_own | Q(Exists(known)))

    def reading(self, enrolment: Enrolment) -> "CaseReading":
        """The reading of one case that the scope lets through. One query."""
        return self.readings([enrolment])[enrolment.pk]

    def masked(self, enrolments: Iterable[Enrolment]) -> list[Enrolment]:
        """The enrolments in their order, each emptied of the fields that the user may not read, as a page may be given
        them. At most one query."""
        rows = list(enrolments)
        others = [row for row in rows if row.owner_id != self.user.organisation_id]
        readings = self.readings(others) if others else {}
        for row in others:
            row.reading = readings[row.pk]
            row.reading.mask(row)
        return rows

    def readings(self, enrolments: Sequence[Enrolment]) -> dict[int, "CaseReading"]:
        """The reading of each of these cases, by the enrolment's primary key. One query."""
        grants: dict[int, list[Grant]] = defaultdict(list)
        for key, grant in grants_in([enrolment.pk for enrolment in enrolments], self.on):
            grants[key].append(grant)
        own, writes = self.user.organisation_id, self.roles.project_ids(Permission.EDIT_CASE)
        coordinates = self.roles.project_ids(Permission.ASSIGN)
        return {
            enrolment.pk: CaseReading(
                own,
                enrolment.owner_id == own,
                tuple(grants[enrolment.pk]),
                self.user.pk if enrolment.project_id in writes else None,
                enrolment.project_id in coordinates,
            )
            for enrolment in enrolments
        }

    def _grants(self) -> ConsentGrantQuerySet:
        return ConsentGrant.objects.on(self.on).filter(organisation=self.user.organisation_id)

    def _opening(self) -> Sequence[QuerySet]:
        """Lists of rows with an `enrolment`, each of which opens another organisation's case to the user: consents that
        hold, and facts that the user's own organisation has written there, which it may read also after a consent is
        withdrawn."""
        rows: Iterable[Any] = (model._default_manager.all() for model in opening_models())
        written = (facts.exclude(enrolment=None).filter(misplaced_at=None) for facts in rows)
        return self._grants(), *(facts.filter(owner=self.user.organisation_id) for facts in written)

    @staticmethod
    def _of_the_case(rows: QuerySet) -> QuerySet:
        return rows.filter(enrolment=OuterRef("pk"))


@cache
def opening_models() -> tuple[type[Fact], ...]:
    """Models of facts whose writer's organisation may open the case again (`opens_case` on the model)."""
    return tuple(model for model in apps.get_models() if issubclass(model, Fact) and model.opens_case)


def _any(conditions: Iterable[Exists | IsNull]) -> Q:
    """Condition: at least one of these holds."""
    return reduce(or_, map(Q, conditions))
