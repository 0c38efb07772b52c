"""Handing a whole caseload over: whose, what it holds, and the move itself."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Count

from accounts.models import Organisation, User
from core.actions import action, stamp_day
from core.forms.concurrency import ChangedMeanwhile
from participants.assignment.actions import assign_cases
from participants.enums import CaseRole
from participants.models import CaseAssignment, Enrolment
from participants.models.participant import birth_year
from participants.querysets.enrolment import EnrolmentQuerySet
from participants.scope.case_workers import case_workers, present
from participants.scope.scope import Scope
from projects.models import Membership, Project

CHANGED = "Ärendena har ändrats sedan du öppnade sidan. Kontrollera vad som flyttas och tryck igen."
NO_CASES = "Den du valde har inga ärenden att lämna över. Kanske har någon annan redan gjort det."


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who answers for cases, present or gone."""

    user: User
    count: int
    works_now: bool

    @property
    def label(self) -> str:
        """The name, whether the person has left, and how many cases it is about."""
        left = "" if self.works_now else " (har slutat)"
        return f"{self.user}{left}, {self.count} ärende{'' if self.count == 1 else 'n'}"


@dataclass(frozen=True, slots=True)
class MovedCase:
    """A case as the user who moves it may see it: by name, or by alias alone."""

    name: str
    detail: str
    url: str

    @property
    def is_hidden(self) -> bool:
        """Whether the person has a protected identity that isn't this user's to see."""
        return not self.url


def holders(project: Project, organisation: Organisation, *, on: date) -> list[Holder]:
    """Users who answer for cases of the organisation in the project, by name, those who have left included. Three
    queries."""
    cases = Enrolment.objects.counted().in_project(project).filter(owner=organisation)
    live = CaseAssignment.objects.on(on).responsible().filter(enrolment__in=cases, user__isnull=False)
    counts = dict(live.order_by().values_list("user").annotate(Count("pk")))
    members = Membership.objects.filter(project=project, user__in=counts, user__is_active=True).on(on)
    here = set(members.values_list("user", flat=True))
    users = User.objects.filter(pk__in=counts).order_by("sort_key", "pk")
    return [Holder(user, counts[user.pk], user.pk in here) for user in users]


def caseload(user: User, project: Project, organisation: Organisation, *, on: date) -> EnrolmentQuerySet:
    """The organisation's cases that the user answers for, ended ones too: somebody must answer for them."""
    cases = Enrolment.objects.counted().in_project(project).filter(owner=organisation)
    return cases.responsibility_of(user, on=on).with_person()


def fingerprint(enrolments: Iterable[Enrolment]) -> str:
    """A digest of the cases' ids, which the form carries: when it differs, other cases would move than were shown."""
    keys = ",".join(sorted(str(row.public_id) for row in enrolments))
    return hashlib.sha256(keys.encode()).hexdigest()


def as_seen(enrolments: Iterable[Enrolment], scope: Scope) -> list[MovedCase]:
    """The cases as `by` may see them, in the order of a register; those without a name last, so that their place
    tells nothing."""
    rows = sorted(enrolments, key=lambda row: row.sort_key)
    known = Enrolment.objects.with_void_to(scope).filter(pk__in=[row.pk for row in rows])
    seen = set(known.values_list("pk", flat=True))
    hidden = sorted(row.participant.alias for row in rows if row.pk not in seen)
    return [*(_named(row) for row in rows if row.pk in seen), *(MovedCase(alias, "", "") for alias in hidden)]


def _named(row: Enrolment) -> MovedCase:
    return MovedCase(row.participant.identity.full_name, birth_year(row.participant.birth_date), row.get_absolute_url())


@action
def hand_over_caseload(
    *,
    giver: User,
    receiver: User,
    project: Project,
    organisation: Organisation,
    shown: str,
    note: str = "",
    by: User,
) -> Sequence[Enrolment]:
    """Make `receiver` responsible for all that `giver` answers for: everything or nothing, and no more than was shown.

    Raises ChangedMeanwhile when the cases aren't those of the fingerprint `shown` any more.

    Raises ValidationError for `receiver` who is the giver or no case worker of the project, and for `giver` without
    cases.
    """
    on = stamp_day()
    if receiver == giver or receiver not in present(case_workers(project, organisation, on=on)):
        raise ValidationError({"receiver": "Välj någon annan av projektets handläggare."})
    list(caseload(giver, project, organisation, on=on).select_for_update(of=("self",), no_key=True).order_by("pk"))
    # Read anew: who answered for them when the wait began isn't who does after it.
    moved = list(caseload(giver, project, organisation, on=on).order_by("pk"))
    if not moved:
        raise ValidationError({"giver": NO_CASES})
    if fingerprint(moved) != shown:
        raise ChangedMeanwhile(CHANGED)
    assign_cases(enrolments=moved, user=receiver, note=note, by=by)
    return moved


# --- The receipt ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Receipt:
    """The cases that one hand-over moved, read from what it wrote."""

    giver: User | None
    receiver: User
    at: datetime
    note: str
    enrolments: Sequence[Enrolment]


def moment_of(enrolment_id: UUID, by: User) -> datetime | None:
    """When `by` last gave this case (public id) a responsible one: by that moment a hand-over is found again."""
    rows = CaseAssignment.objects.responsible().filter(enrolment__public_id=enrolment_id, recorded_by=by)
    return rows.order_by("-pk").values_list("recorded_at", flat=True).first()


def receipt(at: datetime, project: Project, by: User) -> Receipt | None:
    """The receipt of the hand-over that `by` made at the moment, which all rows of one action carry."""
    rows = CaseAssignment.objects.responsible().filter(recorded_by=by, recorded_at=at, enrolment__project=project)
    written = list(rows.filter(enrolment__owner=by.organisation_id).select_related("user", "note").order_by("pk"))
    first = written[0] if written else None
    if first is None or first.user is None:
        return None
    enrolments = Enrolment.objects.filter(pk__in=[assignment.enrolment_id for assignment in written]).with_person()
    return Receipt(_giver(first), first.user, at, first.note.text if first.note else "", list(enrolments))


def _giver(assignment: CaseAssignment) -> User | None:
    earlier = CaseAssignment.objects.filter(enrolment=assignment.enrolment_id, role=CaseRole.RESPONSIBLE)
    last = earlier.filter(pk__lt=assignment.pk).select_related("user").order_by("-pk").first()
    return last.user if last else None


def answered_for(user: User, on: date) -> dict[int, int]:
    """How many open cases the user alone answers for, by project. One query."""
    cases = Enrolment.objects.counted().on_or_after(on).responsibility_of(user, on=on)
    return dict(cases.order_by().values_list("project").annotate(Count("pk")))
