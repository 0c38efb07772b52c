"""Reads about enrolments; every one that leaves the program starts from `visible_to(scope)`."""

import re
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Case, Count, Q, When
from django.db.models.functions import Coalesce

from core.days.periods import ONE_DAY, PeriodQuerySet
from core.enums import Category
from core.swedish.keys import search_term, spellings
from core.swedish.typed import clean_name

if TYPE_CHECKING:
    from accounts.models import User
    from participants.scope.scope import Scope
    from projects.models import Project


class EnrolmentQuerySet(PeriodQuerySet):
    """Enrolments. As periods they end the day before the exit."""

    first_column = "enrolled_on"
    until_column = "exited_on"

    def visible_to(self, scope: "Scope") -> Self:
        """Enrolments that the user may open on the scope's day; see participants.scope.scope.Scope."""
        return self.filter(scope.enrolments())

    def own_to(self, scope: "Scope") -> Self:
        """Enrolments of the user's own organisation that the user may open: what lists and figures are about."""
        return self.filter(scope.own())

    def lasting_to(self, scope: "Scope") -> Self:
        """Enrolments of the user's own organisation that the user may open without the emergency way in."""
        return self.filter(scope.lasting())

    def with_void_to(self, scope: "Scope") -> Self:
        """Enrolments that the user may open, and the own organisation's wrongly registered ones that the user has to do
        with."""
        return self.filter(scope.with_void())

    def own_with_void_to(self, scope: "Scope") -> Self:
        """Enrolments of the user's own organisation that the user may open or that are wrongly registered and concern
        the user."""
        return self.filter(scope.own_with_void())

    def to_decide_by(self, scope: "Scope") -> Self:
        """Enrolments that are wrongly registered, or that somebody has asked to mark so, as far as the user has to do
        with them."""
        return self.filter(scope.to_decide())

    def shared_with(self, scope: "Scope") -> Self:
        """Other organisations' enrolments that the user may open on the day. Makes one query when called (asks how many
        are shared), besides the list's own."""
        return self.filter(scope.shared_for_list())

    def with_kinds(self, scope: "Scope", *categories: Category) -> Self:
        """Enrolments in which the user may read all these kinds of information."""
        return self.filter(scope.cases_with(*categories))

    def counted(self) -> Self:
        """Enrolments that figures count: all but the wrongly registered."""
        return self.filter(is_void=False)

    def in_project(self, project: "Project") -> Self:
        """Enrolments in this project."""
        return self.filter(project=project)

    def assigned_to(self, scope: "Scope") -> Self:
        """Enrolments to which the user is assigned, by name or with the whole unit, in any role."""
        return self.filter(pk__in=scope.working.assigned())

    def unassigned(self, *, on: date) -> Self:
        """Enrolments that have nobody responsible on the day."""
        live = apps.get_model("participants", "CaseAssignment").objects.on(on).responsible()
        return self.exclude(pk__in=live.values("enrolment"))

    def how_many(self, *, on: date) -> tuple[int, int]:
        """The number of enrolments, and the number of them with nobody responsible on the day. One query."""
        live = apps.get_model("participants", "CaseAssignment").objects.on(on).responsible()
        without = Count("pk", filter=~Q(pk__in=live.values("enrolment")))
        found = self.aggregate(everybody=Count("pk"), without=without)
        return found["everybody"], found["without"]

    def named(self, text: str) -> Self:
        """Enrolments whose person's name, number or year of birth holds each word of `text`."""
        words = _PARTED_NUMBER.sub(r"\1", search_term(clean_name(text))).replace(",", " ").split()
        for word in filter(_is_number, words):
            self = self.filter(_number_condition(word))
        names = [_name_condition(word) for word in words if not _is_number(word)]
        if not names:
            return self
        # Names are read through once for all words, apart from the enrolments.
        identities = apps.get_model("participants", "PersonIdentity").objects.filter(*names)
        return self.filter(participant__in=identities.values("participant"))

    def responsibility_of(self, user: "User", *, on: date) -> Self:
        """Enrolments that the user is responsible for on the day, in person."""
        live = apps.get_model("participants", "CaseAssignment").objects.on(on).responsible()
        return self.filter(pk__in=live.filter(user=user).values("enrolment"))

    def ended_on(self, day: date) -> Self:
        """Enrolments that ended on the day or before."""
        return self.filter(exited_on__lte=day)

    def late(self, project: "Project", *, on: date) -> Self:
        """Open enrolments that have passed a deadline on the day: for kartläggning, plan or next contact. None once the
        project has ended."""
        if project.has_ended(on):
            return self.none()
        return self.filter(exited_on__isnull=True).filter(late_condition(project, on=on))

    def with_person(self) -> Self:
        """Reads participant, identity, project and owner together with each enrolment."""
        return self.select_related("participant__identity", "project", "owner")

    def with_numbers(self) -> Self:
        """Reads the person's numbers together with each enrolment. One query more."""
        return self.prefetch_related("participant__numbers")

    def due_first(self) -> Self:
        """In the order of waiting, longest first: by the day of the next contact; without kartläggning or plan by the
        first day of the enrolment."""
        begun = When(Q(assessed_on__isnull=True) | Q(planned_on__isnull=True), then="enrolled_on")
        return self.order_by(Case(begun, default=Coalesce("next_contact_on", "enrolled_on")), "pk")

    def by_name(self) -> Self:
        """In the order of names, by the Swedish alphabet."""
        return self.order_by("sort_key", "participant_id", "-enrolled_on")

    def latest_first(self) -> Self:
        """In an order that tells nothing about names: the latest enrolled first."""
        return self.order_by("-enrolled_on", "-pk")


def late_condition(project: "Project", *, on: date) -> Q:
    """Condition on an open enrolment: one of its deadlines is before the day."""
    day = on - ONE_DAY
    return awaits_assessment(project, by=day) | awaits_plan(project, by=day) | awaits_contact(by=day)


def awaits_assessment(project: "Project", *, by: date) -> Q:
    """Condition on an open enrolment: it has no kartläggning, and shall have one on `by` or earlier."""
    return Q(assessed_on__isnull=True, enrolled_on__lte=by - timedelta(days=project.assessment_days))


def awaits_plan(project: "Project", *, by: date) -> Q:
    """Condition on an open enrolment: it has no plan, and shall have one on `by` or earlier."""
    return Q(planned_on__isnull=True, enrolled_on__lte=by - timedelta(days=project.plan_days))


def awaits_contact(*, by: date) -> Q:
    """Condition on an open enrolment: its next contact shall be made on `by` or earlier."""
    return Q(next_contact_on__lte=by)


# A number with blanks around its hyphen, as some programs write it.
_PARTED_NUMBER = re.compile(r"(?<=\d) ?([-+]) ?(?=\d)")


def _is_number(word: str) -> bool:
    return word.isascii() and word.strip("+-").replace("-", "").replace("+", "").isdigit()


def _number_condition(word: str) -> Q:
    digits = "".join(char for char in word if char.isdigit())
    numbers = apps.get_model("participants", "PersonalNumber").objects.filter(value__contains=digits)
    condition = Q(participant__in=numbers.values("participant"))
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        condition |= Q(participant__birth_date__year=int(digits))
    return condition


def _name_condition(word: str) -> Q:
    """Condition on a person's name: it holds the word in one of its spellings («Lindén» finds Linden too, and
    «Sörensen» finds Sørensen)."""
    return reduce(or_, (Q(search_key__contains=spelled) for spelled in spellings(word)))
