"""Who may take a fact back, or move it to the right person."""

from collections.abc import Iterable
from typing import TypeVar

from accounts.models import User
from core.actions import stamp_day
from core.facts import AmendedFact, Fact
from participants.models import Enrolment
from projects.access import Roles
from projects.enums import Permission

FactT = TypeVar("FactT", bound=Fact)


def may_take_back(user: User, fact: Fact, enrolment: Enrolment) -> bool:
    """Whether the user may take the fact back, and read it afterwards: as the author of its first version, or as a
    coordinator of the organisation that wrote it."""
    return bool(may_take_back_of(user, [fact], enrolment))


def may_take_back_of(user: User, facts: Iterable[FactT], enrolment: Enrolment) -> list[FactT]:
    """The facts of a case that the user may take back. One query, however many there are."""
    allowed = Roles.of(user, stamp_day()).permissions(enrolment.project)
    own = [fact for fact in facts if fact.owner_id == user.organisation_id]
    if Permission.ASSIGN in allowed:
        return own
    return [fact for fact in own if _author(fact) == user.pk] if Permission.EDIT_CASE in allowed else []


def _author(fact: Fact) -> int:
    first = fact.first if isinstance(fact, AmendedFact) else None
    return (first or fact).recorded_by_id
