"""New versions of a fact: corrected, or taken back whole. Parts of the actions that write them."""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied

from accounts.models import User
from core.actions import stamp
from core.facts import AmendedFact, Fact, supersede
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from participants.amending.rights import may_take_back
from participants.locking import lock_case
from participants.models import Enrolment

FactT = TypeVar("FactT", bound=AmendedFact)

# What each version has for itself; everything else is taken from the one before, unless it is corrected.
_OWN = frozenset(
    {"id", "public_id", "recorded_at", "recorded_by", "corrects", "superseded_at", "misplaced_at", "first"}
    | {"why", "taken_back"}
)


def lock_version(fact: FactT) -> tuple[Enrolment, FactT]:
    """The case, locked, and the fact read anew. Raises ChangedMeanwhile where it is no longer the version in force."""
    case = lock_case(fact.enrolment)  # type: ignore[attr-defined]  # every fact that is amended is about a case
    now: FactT = type(fact)._default_manager.select_related("first").get(pk=fact.pk)
    if not now.stands or now.enrolment_id != case.pk:  # type: ignore[attr-defined]
        raise ChangedMeanwhile
    return case, now


def next_version(old: FactT, why: str, by: User, **corrected: Any) -> FactT:
    """Write a new version with these columns corrected; the one before stays in the history."""
    supersede(old)
    kept = {column.attname: getattr(old, column.attname) for column in _columns(old) if column.name not in corrected}
    return type(old)._default_manager.create(
        **kept,
        **corrected,
        first_id=old.root_id,
        corrects=old,
        why=TextBody.objects.write(why.strip()),
        recorded_by=by,
    )


def last_version(old: FactT, reason: str, by: User, **corrected: Any) -> FactT:
    """Write the version that takes all of them back: it is superseded from its first moment, so nothing counts it."""
    return next_version(old, reason, by, **corrected, taken_back=True, superseded_at=stamp())


def require_author(fact: Fact, case: Enrolment, by: User) -> None:
    """Raises PermissionDenied for others than the fact's author and the coordinators."""
    if not may_take_back(by, fact, case):
        raise PermissionDenied


def _columns(fact: AmendedFact) -> list[Any]:
    return [column for column in fact._meta.concrete_fields if column.name not in _OWN]
