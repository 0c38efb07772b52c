"""Reads about persons and enrolments; every one that leaves the program starts from `visible_to`."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import Coalesce

from core.enums import Category
from core.facts import FactQuerySet
from core.swedish.keys import fold, search_term

if TYPE_CHECKING:
    from accounts.models import Organisation, User
    from participants.models import Participant
    from projects.models import Project


class EnrolmentQuerySet(QuerySet):
    """Enrolments."""

    def visible_to(self, user: "User", *, on: date) -> Self:
        """Those that the user may read on the day; see participants.scope.scope.Scope."""
        from participants.scope.scope import Scope

        return self.filter(Scope.of(user, on).enrolments())

    def own_to(self, user: "User", *, on: date) -> Self:
        """Those of them that are the user's own organisation's: what the work is about, in lists and figures."""
        from participants.scope.scope import Scope

        return self.filter(Scope.of(user, on).own())

    def lasting_to(self, user: "User", *, on: date) -> Self:
        """Those of them that are open to the user in other ways than in an emergency."""
        from participants.scope.scope import Scope

        return self.filter(Scope.of(user, on).lasting())

    def with_void_to(self, user: "User", *, on: date) -> Self:
        """Those that the user may read, and the own organisation's wrongly registered ones."""
        from participants.scope.scope import Scope

        return self.filter(Scope.of(user, on).with_void())

    def own_with_void_to(self, user: "User", *, on: date) -> Self:
        """Those of them that are the user's own organisation's."""
        from participants.scope.scope import Scope

        return self.filter(Scope.of(user, on).own_with_void())

    def to_decide_by(self, user: "User", *, on: date) -> Self:
        """Those that are wrongly registered, or asked to be, as far as the user has to do with them."""
        from participants.scope.scope import Scope

        return self.filter(Scope.of(user, on).to_decide())

    def shared_with(self, user: "User", *, on: date) -> Self:
        """Those of them that belong to another organisation. One query, even before anything is read."""
        from participants.scope.scope import Scope

        return self.filter(Scope.of(user, on).shared_for_list())

    def with_kinds(self, user: "User", *categories: Category, on: date) -> Self:
        """Those in which the user may read these kinds of information."""
        from participants.scope.scope import Scope

        return self.filter(Scope.of(user, on).cases_with(*categories))

    def counted(self) -> Self:
        """Those that any result counts: not the wrongly registered."""
        return self.filter(is_void=False)

    def in_project(self, project: "Project") -> Self:
        """Those of one project."""
        return self.filter(project=project)

    def open_on(self, day: date) -> Self:
        """Begun and not ended on the day."""
        return self.filter(Q(exited_on__isnull=True) | Q(exited_on__gt=day), enrolled_on__lte=day)

    def assigned_to(self, user: "User", *, on: date) -> Self:
        """Those that the user is responsible for or works with, by name or with the whole unit."""
        live = apps.get_model("participants", "CaseAssignment").objects.active_on(on)
        unit = live.filter(user=None, organisation=user.organisation_id)
        return self.filter(pk__in=live.filter(user=user).values("enrolment").union(unit.values("enrolment"), all=True))

    def unassigned(self, *, on: date) -> Self:
        """Those without anybody responsible."""
        live = apps.get_model("participants", "CaseAssignment").objects.active_on(on).responsible()
        return self.exclude(pk__in=live.values("enrolment"))

    def how_many(self, *, on: date) -> tuple[int, int]:
        """How many they are, and how many of them have nobody responsible. One query."""
        live = apps.get_model("participants", "CaseAssignment").objects.active_on(on).responsible()
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
        live = apps.get_model("participants", "CaseAssignment").objects.active_on(on).responsible()
        return self.filter(pk__in=live.filter(user=user).values("enrolment"))

    def not_ended_on(self, day: date) -> Self:
        """Going on, or ending later. Nobody is enrolled ahead, so that the first day need not be asked for."""
        return self.filter(Q(exited_on__isnull=True) | Q(exited_on__gt=day))

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
        live = apps.get_model("participants", "CaseAssignment").objects.active_on(on).responsible()
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
    day = on - timedelta(days=1)
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


class ParticipantQuerySet(QuerySet):
    """Participants."""

    def visible_to(self, user: "User", *, on: date) -> Self:
        """Those with an enrolment that the user may read."""
        enrolments = apps.get_model("participants", "Enrolment").objects.visible_to(user, on=on)
        return self.filter(Exists(enrolments.filter(participant=OuterRef("pk"))))

    def protected(self) -> Self:
        """Those whose identity is protected, at any level."""
        return self.exclude(protection="none")

    def known_to(self, organisation_id: int | None, number: str) -> Self:
        """Those whom the organisation itself has under a number (twelve digits)."""
        return self.filter(organisation_id=organisation_id, numbers__value=number)


class CaseFactQuerySet(FactQuerySet):
    """Facts about an enrolment."""

    def visible_to(self, user: "User", *, on: date) -> Self:
        """Those of the own organisation, and those that consent opens to it, in cases that the user works with."""
        from participants.scope.scope import Scope

        return self.filter(Scope.of(user, on).facts())

    def with_void_to(self, user: "User", *, on: date) -> Self:
        """Those, and the own organisation's in its wrongly registered cases."""
        from participants.scope.scope import Scope

        scope = Scope.of(user, on)
        return self.filter(scope.facts() | Q(owner=user.organisation_id) & scope.in_cases(scope.void()))


class KeptNoteQuerySet(CaseFactQuerySet):
    """Words kept for the writer's own organisation."""

    def visible_to(self, user: "User", *, on: date) -> Self:
        """The own organisation's, in cases that the user works with; no consent opens them."""
        return super().visible_to(user, on=on).filter(owner=user.organisation_id)


class PlacementPeriodQuerySet(CaseFactQuerySet):
    """Placements."""

    def holding_on(self, day: date) -> Self:
        """Current facts that say that somebody is at a place on the day."""
        return self.current().filter(Q(until__isnull=True) | Q(until__gt=day), concerns_on__lte=day)

    def supervised_by(self, user: "User", *, on: date) -> Self:
        """Those that the user looks after on the day and may read something of; see participants.scope.scope.Scope."""
        from participants.scope.scope import Scope

        return self.holding_on(on).filter(Scope.of(user, on).supervised())


class ReferralQuerySet(FactQuerySet):
    """Referrals."""

    def visible_to(self, user: "User", *, on: date) -> Self:
        """Those of a person whom the user may read; one that holds no person yet is nobody's to read."""
        persons = apps.get_model("participants", "Participant").objects.visible_to(user, on=on)
        return self.filter(participant__in=persons)


class SickListingQuerySet(CaseFactQuerySet):
    """Sick-listings."""

    def full_time_on(self, day: date) -> Self:
        """Current facts that say 100 per cent on the day."""
        return self.current().filter(Q(until__isnull=True) | Q(until__gt=day), percent=100, concerns_on__lte=day)


class CaseAssignmentQuerySet(QuerySet):
    """Who works with which case."""

    def active_on(self, day: date) -> Self:
        """Those that hold on the day; periods are half-open."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)

    def responsible(self) -> Self:
        """Only the responsible one."""
        return self.filter(role="responsible")

    def of(self, enrolments: Iterable[int]) -> Self:
        """Those of some enrolments."""
        return self.filter(enrolment__in=enrolments)


class ConsentGrantQuerySet(QuerySet):
    """What consents open."""

    def live_on(self, day: date) -> Self:
        """Begun, not over on the day ("till och med" counts), and not taken back."""
        return self.open_on(day).filter(valid_from__lte=day)

    def open_on(self, day: date) -> Self:
        """The same together with those that haven't begun yet."""
        return self.filter(withdrawal__isnull=True, valid_through__gte=day)


class EmergencyAccessQuerySet(CaseFactQuerySet):
    """Cases opened in an emergency."""

    def live_at(self, moment: datetime) -> Self:
        """Those that hold at the moment."""
        return self.filter(recorded_at__lte=moment, until__gt=moment)


class TextToCheckQuerySet(QuerySet):
    """Texts about somebody protected that a person has to go through."""

    def waiting(self) -> Self:
        """Those that nobody has gone through."""
        return self.filter(checked_at__isnull=True)

    def of(self, participant: "Participant", owner: "Organisation") -> Self:
        """What one organisation has written about the person."""
        return self.filter(participant=participant, owner=owner)
