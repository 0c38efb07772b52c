"""Who may hand out a registerutdrag. It holds all cases of the person, so the user must work with each, or coordinate
its project."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Count

from accounts.models import Organisation, User
from participants.models import CaseAssignment, Enrolment, Participant
from participants.scope.working import decides, is_named
from projects.access import Roles
from projects.enums import Permission, Role
from projects.models import Membership

_DECIDE = frozenset({Permission.ASSIGN, Permission.EDIT_CASE})


def own_cases(person: Participant, organisation: Organisation) -> list[Enrolment]:
    """The organisation's cases of the person, the wrongly registered too: these are handed out as well."""
    rows = Enrolment.objects.filter(participant=person, owner=organisation)
    return list(rows.select_related("participant", "project"))


def hands_out(user: User, cases: Iterable[Enrolment], roles: Roles, *, on: date) -> set[int]:
    """Primary keys of the cases among `cases` that the user works with on the day, assigned or as coordinator of
    the project."""
    assignments: dict[int, list[CaseAssignment]] = defaultdict(list)
    for row in CaseAssignment.objects.on(on).of([case.pk for case in cases]):
        assignments[row.enrolment_id].append(row)
    return {case.pk for case in cases if _hands_out(user, case, assignments[case.pk], roles.permissions(case.project))}


def _hands_out(
    user: User, case: Enrolment, assignments: Sequence[CaseAssignment], allowed: Collection[Permission]
) -> bool:
    if case.participant.is_protected:
        return is_named(user, assignments) and not _DECIDE.isdisjoint(allowed)
    return decides(user, case, assignments, allowed)


def who_can_hand_out(cases: Iterable[Enrolment], organisation: Organisation, *, on: date) -> list[str]:
    """Names of the organisation's coordinators on the day who have the projects of all the cases; empty for a protected
    person."""
    rows = list(cases)
    if any(case.participant.is_protected for case in rows):
        return []
    projects = {case.project_id for case in rows}
    held = Membership.objects.on(on).filter(role=Role.COORDINATOR, project__in=projects)
    users = User.objects.filter(organisation=organisation, is_active=True, memberships__in=held)
    enough = users.annotate(coordinated=Count("memberships__project", distinct=True)).filter(coordinated=len(projects))
    return [str(user) for user in enough.order_by("sort_key", "pk")]
