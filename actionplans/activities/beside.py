"""Group activities of a participant, beside the criteria of a step: facts that decide nothing."""

from typing import Any, Final

from django.db.models import BigIntegerField, QuerySet

from actionplans.models import CaseActivity
from actionplans.models.activity import activity_in_words
from core.days.periods import Period
from core.prepared.questions import prepared
from participants.models import Enrolment
from participants.scope.opened import WHO, scope_of, who
from participants.scope.scope import Scope
from projects.access import RolesShape

# The latest of them; the timeline has all.
_SHOWN: Final = 6


def in_groups(scope: Scope, enrolment: Enrolment) -> list[str]:
    """«Studiebesök i grupp, 13–15, deltog, 3 mars 2026» of the latest that the user may read, the last one first. One
    query."""
    rows = _in_groups.ask(scope.roles.shape, enrolment=enrolment.pk, **who(scope))
    return [_said(*row) for row in rows[:_SHOWN]]


@prepared(enrolment=BigIntegerField(), **WHO)
def _in_groups(roles: RolesShape, *, enrolment: Any, **values: Any) -> QuerySet:
    readable = CaseActivity.objects.visible_to(scope_of(roles, **values)).filter(enrolment=enrolment).current()
    rows = readable.exclude(attendance="").order_by("-concerns_on", "-pk")
    return rows.values_list("kind__name", "rhythm__text", "attendance", "concerns_on", "until")


def _said(kind: str, rhythm: str | None, attendance: str, first: Any, until: Any) -> str:
    return f"{activity_in_words(kind, rhythm or '', '', attendance)}, {Period.of(first, until).in_words}"
