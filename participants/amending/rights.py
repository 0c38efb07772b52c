"""Who may take a fact back, or move it to the right person."""

from accounts.models import User
from core.actions import stamp_day
from core.facts import AmendedFact
from participants.models import Enrolment
from projects.access import Roles
from projects.enums import Permission


def may_take_back(user: User, fact: AmendedFact, enrolment: Enrolment) -> bool:
    """Whether the user may take the fact back, and read it afterwards: as the author of its first version, or as a
    coordinator of the organisation that wrote it."""
    if user.organisation_id != fact.owner_id:
        return False
    author = fact.first.recorded_by_id if fact.first else fact.recorded_by_id
    allowed = Roles.of(user, stamp_day()).permissions(enrolment.project)
    return Permission.ASSIGN in allowed or (author == user.pk and Permission.EDIT_CASE in allowed)
