"""Reads about enrolments; every one that leaves the program starts from `visible_to(scope)`."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Case, Count, Prefetch, Q, When
from django.db.models.functions import Coalesce

from core.days.periods import ONE_DAY, PeriodQuerySet
from core.enums import Category
from core.swedish.keys import fold, search_term

if TYPE_CHECKING:
    from accounts.models import User
    from participants.scope.scope import Scope
    from projects.models import Project


class EnrolmentQuerySet(PeriodQuerySet):
    """Enrolments. The day of the exit is none of their days."""

    first_column = "enrolled_on"
    until_column = "exited_on"

    def visible_to(self, scope: "Scope") -> Self:
        """Those that the user may read on the day; see participants.scope.scope.Scope."""
        return self.filter(scope.enrolments())

    def own_to(self, scope: "Scope") -> Self:
        """Those of them that are the user's own organisation's: what the work is about, in lists and figures."""
        return self.filter(scope.own())

    def lasting_to(self, scope: "Scope") -> Self:
        """Those of them that are open to the user in other ways than in an emergency."""
        return self.filter(scope.lasting())

    def with_void_to(self, scope: "Scope") -> Self:
        """Those that the user may read, and the own organisation's wrongly registered ones."""
        return self.filter(scope.with_void())

    def own_with_void_to(self, scope: "Scope") -> Self:
        """Those of them that are the user's own organisation's."""
        return self.filter(scope.own_with_void())

    def to_decide_by(self, scope: "Scope") -> Self:
        """Those that are wrongly registered, or asked to be, as far as the user has to do with them."""
        return self.filter(scope.to_decide())

    def shared_with(self, scope: "Scope") -> Self:
        """Those of them that belong to another organisation. One query, even before anything is read."""
        return self.filter(scope.shared_for_list())

    def with_kinds(self, scope: "Scope", *categories: Category) -> Self:
        """Those in which the user may read these kinds of information."""
        return self.filter(scope.cases_with(*categories))

    def counted(self) -> Self:
        """Those that any result counts: not the wrongly registered."""
        return self.filter(is_void=False)

    def in_project(self, project: "Project") -> Self:
        """Those of one project."""
        return self.filter(project=project)

    def assigned_to(self, scope: "Scope") -> Self:
        """Enrolments that the user is responsible for or works with, by name or with the whole unit."""
        return self.filter(pk__in=scope.working.assigned())

    def unassigned(self, *, on: date) -> Self:
        """Those without anybody responsible."""
        live = apps.get_model("participants", "CaseAssignment").objects.on(on).responsible()
        return self.exclude(pk__in=live.values("enrolment"))

    def how_many(self, *, on: date) -> tuple[int, int]:
        """How many they are, and how many of them have nobody responsible. One query."""
        live = apps.get_model("participants", "CaseAssignment").objects.on(on).responsible()
        without = Count("pk", filter=~Q(pk__in=live.values("enrolment")))
        found = self.aggregate(everybody=Count("pk"), without=without)
        return found["everybody"], found["without"]

    def named(self, text: str) -> Self:
        """Those whose name, number or year of birth holds each word that was typed."""
        words = search_term(text).replace(",", " ").split()
        for word in filter(_is_number, words):
            self = self.filter(_number_condition(word))
        names = [_name_condition(word) for word in words if not _is_number(word)]
        if not names:
            return self
        # Names are read through once for all words, apart from the enrolments.
        identities = apps.get_model("participants", "PersonIdentity").objects.filter(*names)
        return self.filter(participant__in=identities.values("participant"))

    def responsibility_of(self, user: "User", *, on: date) -> Self:
        """Those that the user alone answers for on the day."""
        live = apps.get_model("participants", "CaseAssignment").objects.on(on).responsible()
        return self.filter(pk__in=live.filter(user=user).values("enrolment"))

    def ended_on(self, day: date) -> Self:
        """Ended on the day or before."""
        return self.filter(exited_on__lte=day)

    def late(self, project: "Project", *, on: date) -> Self:
        """Open ones that have passed a deadline: kartläggning, plan or next contact; none after the project's end."""
        if project.has_ended(on):
            return self.none()
        return self.filter(exited_on__isnull=True).filter(late_condition(project, on=on))

    def with_person(self) -> Self:
        """Together with participant, identity and project."""
        return self.select_related("participant__identity", "project", "owner")

    def with_responsible(self, *, on: date) -> Self:
        """With the live responsible assignment in `responsible_now` (a list of none or one)."""
        live = apps.get_model("participants", "CaseAssignment").objects.on(on).responsible()
        return self.prefetch_related(
            Prefetch(
                "assignments",
                live.select_related("user").only("enrolment", "role", "user__name", "user__distinction"),
                to_attr="responsible_now",
            ),
        )

    def with_numbers(self) -> Self:
        """With personal numbers."""
        return self.prefetch_related("participant__numbers")

    def due_first(self) -> Self:
        """Those that have waited longest first: by next contact; without kartläggning or plan by their first day."""
        begun = When(Q(assessed_on__isnull=True) | Q(planned_on__isnull=True), then="enrolled_on")
        return self.order_by(Case(begun, default=Coalesce("next_contact_on", "enrolled_on")), "pk")

    def by_name(self) -> Self:
        """In the order of a Swedish register."""
        return self.order_by("sort_key", "participant_id", "-enrolled_on")

    def latest_first(self) -> Self:
        """In an order that tells nothing about names."""
        return self.order_by("-enrolled_on", "-pk")


def late_condition(project: "Project", *, on: date) -> Q:
    """What makes an open enrolment late on the day: a deadline before it."""
    day = on - ONE_DAY
    return awaits_assessment(project, by=day) | awaits_plan(project, by=day) | awaits_contact(by=day)


def awaits_assessment(project: "Project", *, by: date) -> Q:
    """The condition that an open enrolment has no kartläggning and shall have one on `by` or earlier."""
    return Q(assessed_on__isnull=True, enrolled_on__lte=by - timedelta(days=project.assessment_days))


def awaits_plan(project: "Project", *, by: date) -> Q:
    """The condition that an open enrolment has no plan and shall have one on `by` or earlier."""
    return Q(planned_on__isnull=True, enrolled_on__lte=by - timedelta(days=project.plan_days))


def awaits_contact(*, by: date) -> Q:
    """The condition that the next contact of an open enrolment shall be made on `by` or earlier."""
    return Q(next_contact_on__lte=by)


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
    """The word as typed, or without the marks that Swedish doesn't count: «Lindén» finds Linden too."""
    loose = "".join(char if char in "åäö" else fold(char) for char in word)
    exact = Q(search_key__contains=word)
    return exact if loose == word else exact | Q(search_key__contains=loose)
