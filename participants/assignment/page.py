"""Sentences and rows about the people who work with a case, for its page."""

from dataclasses import dataclass
from datetime import date

from participants.enums import CaseRole
from participants.models import CaseAssignment, ConsentGrant, Enrolment
from projects.models import Membership


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """One assignment as the page says it."""

    assignment: CaseAssignment
    is_live: bool
    has_left: bool
    lacks_consent: bool

    @property
    def key(self) -> str:
        """The value by which a form names this assignment among those of the case."""
        one = self.assignment
        return f"{one.user.public_id if one.user else one.organisation.public_id}:{one.role}:{one.valid_from}"

    @property
    def last_day(self) -> date | None:
        """The last day of access; the first, where it ended before the day was over."""
        return self.assignment.period.last_begun

    @property
    def can_be_ended(self) -> bool:
        """The responsible one is replaced instead: a case without anybody is found by nobody."""
        return self.is_live and self.assignment.role != CaseRole.RESPONSIBLE


def lines(enrolment: Enrolment, on: date) -> list[AssignmentLine]:
    """Everybody who works with the case, is to, or has: the responsible one first, then by first day."""
    rows = list(enrolment.assignments.select_related("user", "organisation", "note").order_by("valid_from", "pk"))
    members = Membership.objects.filter(project=enrolment.project_id, user__is_active=True).on(on)
    here = set(members.filter(user__in=[row.user_id for row in rows]).values_list("user", flat=True))
    live = ConsentGrant.objects.on(on).filter(enrolment=enrolment)
    opened = {*live.values_list("organisation", flat=True), enrolment.owner_id}
    rows.sort(key=lambda row: row.role != CaseRole.RESPONSIBLE)
    return [
        AssignmentLine(
            row,
            is_live=row.valid_until is None or row.valid_until > max(on, row.valid_from),
            has_left=row.user_id is not None and row.user_id not in here,
            lacks_consent=row.organisation_id not in opened,
        )
        for row in rows
    ]
