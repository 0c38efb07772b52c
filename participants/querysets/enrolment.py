"""Reads about enrolments; every one that leaves the program starts from `visible_to(scope)`."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from core.days.dates import before_workdays
from core.days.periods import PeriodQuerySet
from core.enums import Category
from participants.querysets.names import named

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
        """Enrolments that have nobody responsible on the day. Each is asked about, since a list of all who have
        somebody would be of every project."""
        live = apps.get_model("participants", "CaseAssignment").objects.on(on).responsible()
        return self.filter(~Exists(live.filter(enrolment=OuterRef("pk"))))

    def named(self, text: str, *, owner: int | None = None, born: date | None = None) -> Self:
        """Enrolments whose person's name, number or year of birth holds each word of `text`, or who is `born` that day,
        where the text is a day.

        `owner`: the organisation whose enrolments these are, where they are one's; then no other's names are read.
        """
        return self.filter(*named(text, owner, born))

    def responsibility_of(self, user: "User", *, on: date) -> Self:
        """Enrolments that the user is responsible for on the day, in person."""
        live = apps.get_model("participants", "CaseAssignment").objects.on(on).responsible()
        return self.filter(pk__in=live.filter(user=user).values("enrolment"))

    def ended_on(self, day: date) -> Self:
        """Enrolments that ended on the day or before."""
        return self.filter(exited_on__lte=day)

    def late(self, project: "Project", *, on: date) -> Self:
        """Open enrolments that have passed a deadline on the day. None once the project has ended."""
        if project.has_ended(on):
            return self.none()
        return self.filter(late_condition(on=on, placed_before=placed_before(project, on)))

    def waiting(self, *, by: date) -> Self:
        """Open enrolments with a deadline on the day or earlier, the one that has waited longest first; without
        `placed_late`."""
        return self.filter(first_due_on__lte=by).order_by("first_due_on", "pk")

    def placed_late(self, *, on: date, placed_before: date) -> Self:
        """Open enrolments whose first placement has a day that is still to come and is too late, the next one first."""
        return self.filter(_placed_late(on, placed_before)).order_by("first_placed_on", "pk")

    def with_step(self, *, by: date) -> Self:
        """Open enrolments with a step to judge on the day or earlier, the one that has waited longest first."""
        return self.filter(first_step_on__lte=by).order_by("first_step_on", "pk")

    def with_person(self) -> Self:
        """Reads participant, identity, project and owner together with each enrolment."""
        return self.select_related("participant__identity", "project", "owner")

    def with_numbers(self) -> Self:
        """Reads the person's numbers together with each enrolment. One query more."""
        return self.prefetch_related("participant__numbers")

    def by_name(self) -> Self:
        """In the order of names, by the Swedish alphabet."""
        return self.order_by("sort_key", "participant_id", "-enrolled_on")

    def latest_first(self) -> Self:
        """In an order that tells nothing about names: the latest enrolled first."""
        return self.order_by("-enrolled_on", "-pk")


def late_condition(*, on: date, placed_before: date) -> Q:
    """Condition on an enrolment whose project goes on: it has passed a deadline on the day. The one definition, as
    `Deadline.has_passed`; one that has ended has no day. `placed_before` is as the function of that name says."""
    return Q(first_due_on__lt=on) | _placed_late(on, placed_before)


def placed_before(project: "Project", on: date) -> date:
    """The day before which a case has begun, if its first placement was to come before the day `on`; where no day is
    set for it the first there is, before which nobody has begun."""
    return date.min if project.placement_days is None else before_workdays(on, project.placement_days)


def _placed_late(on: date, placed_before: date) -> Q:
    """Condition on an enrolment: its first placement is decided, hasn't begun, and was to have. As long as it hasn't,
    it is late, and then no longer, without anything being written."""
    return Q(first_placed_on__gt=on, enrolled_on__lt=placed_before, exited_on__isnull=True)
