"""The rule of who may read what, worked out by looking through the rows, without a question to the database."""

from dataclasses import dataclass
from datetime import date

from accounts.enums import Duty
from accounts.models import User
from actionplans.enums import ReaderLevel
from actionplans.models import Meeting
from core.enums import Category
from core.facts import Fact
from participants.enums import ProtectionLevel
from participants.models import (
    AreaAnswer,
    CaseAssignment,
    Consent,
    ConsentGrant,
    Enrolment,
    KeptNote,
    PlacementPeriod,
    SignedPaper,
)
from projects.enums import Role
from projects.models import Membership

READS = {Role.CASE_WORKER, Role.COORDINATOR}


@dataclass(slots=True)
class Rule:
    """Who may read what on a day, from rows read once and compared in Python."""

    on: date
    memberships: list[Membership]
    assignments: list[CaseAssignment]
    grants: list[ConsentGrant]
    taken_back: set[int | None]
    written: list[Meeting | KeptNote]

    @classmethod
    def of(cls, on: date) -> "Rule":
        return cls(
            on,
            list(Membership.objects.all()),
            list(CaseAssignment.objects.all()),
            list(ConsentGrant.objects.all()),
            set(Consent.objects.filter(taken_back=True).values_list("corrects", flat=True)),
            [*Meeting.objects.all(), *KeptNote.objects.all()],
        )

    def roles(self, user: User, case: Enrolment) -> set[str]:
        if not user.is_active or user.duty != Duty.CASE_WORK:
            return set()
        mine = (
            membership
            for membership in self.memberships
            if (membership.user_id, membership.project_id) == (user.pk, case.project_id)
        )
        return {
            membership.role
            for membership in mine
            if membership.valid_from <= self.on < (membership.valid_until or date.max)
        }

    def works_with(self, user: User, case: Enrolment, *, with_void: bool = False) -> bool:
        roles = self.roles(user, case)
        if not roles & READS or (case.is_void and not with_void):
            return False
        live = [
            assignment
            for assignment in self.assignments
            if assignment.enrolment_id == case.pk
            and assignment.valid_from <= self.on < (assignment.valid_until or date.max)
        ]
        if any(assignment.user_id == user.pk for assignment in live):
            return True
        if case.participant.protection != ProtectionLevel.NONE:
            return False
        unit = any(
            assignment.user_id is None and assignment.organisation_id == user.organisation_id for assignment in live
        )
        return unit or Role.COORDINATOR in roles

    def granted(self, user: User, case: Enrolment) -> set[str]:
        return {
            grant.category
            for grant in self.grants
            if (grant.enrolment_id, grant.organisation_id) == (case.pk, user.organisation_id)
            and grant.withdrawal_id is None
            and grant.consent_id not in self.taken_back
            and grant.valid_from <= self.on <= grant.valid_through
        }

    def may_open(self, user: User, case: Enrolment) -> bool:
        wrote = any((fact.enrolment_id, fact.owner_id) == (case.pk, user.organisation_id) for fact in self.written)
        is_own = case.owner_id == user.organisation_id
        return self.works_with(user, case) and (is_own or bool(self.granted(user, case)) or wrote)

    def supervised(self, user: User, fact: PlacementPeriod) -> set[str]:
        """What a supervisor knows of a placement: name, plan, both or nothing."""
        case = fact.enrolment
        is_there = fact.concerns_on <= self.on < (fact.until or date.max) and fact.superseded_at is None
        goes_on = not case.is_void and self.on < (case.exited_on or date.max)
        if fact.supervisor_id != user.pk or Role.SUPERVISOR not in self.roles(user, case):
            return set()
        if not (is_there and goes_on):
            return set()
        known = {Category.IDENTITY.value, Category.PLAN.value}
        return known if case.owner_id == user.organisation_id else known & self.granted(user, case)

    def may_read(self, user: User, fact: Fact) -> bool:
        case = fact.enrolment
        if not self.may_open(user, case):
            return False
        if fact.owner_id == user.organisation_id:
            return True
        if isinstance(fact, KeptNote | SignedPaper):
            return False
        if isinstance(fact, AreaAnswer) and fact.work.superseded_at is None:
            return False
        is_shared = getattr(fact, "reader_level", ReaderLevel.CONSENTED) == ReaderLevel.CONSENTED
        return is_shared and fact.category in self.granted(user, case)
