"""Cases of other organisations that are shared with the user's own."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render

from casework.caseload.reads import page_of_shared
from core.enums import Category
from core.paging import leaf_of
from core.swedish.words import day
from participants.http import Request
from participants.models import Enrolment
from participants.models.participant import birth_year
from participants.scope.reading import CaseReading
from projects.enums import Permission
from projects.guards import require_permission

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A line of the list: which organisation has the case, which kinds of information are open, and until when."""

    name: str
    detail: str
    url: str
    owner: str
    kinds: str
    until: str


@require_permission(Permission.SEE_PERSONS)
def participant_shared(request: Request) -> HttpResponse:
    """Page of other organisations' cases in the project that are open to the user, latest enrolled first. An order by
    name would tell the names behind the aliases."""
    cases = Enrolment.objects.shared_with(request.scope).in_project(request.project).latest_first()
    leaf = leaf_of(cases.values_list("pk", flat=True), request.GET.get("sida"), PAGE_SIZE)
    shown = request.scope.masked(page_of_shared(leaf.rows))
    request.access.declare(enrolment.participant for enrolment in shown)
    context = {"leaf": leaf, "rows": [_row(enrolment) for enrolment in shown]}
    return render(request, "casework/caseload/participant_shared.html", context)


def _row(enrolment: Enrolment) -> SharedRow:
    person, reading = enrolment.participant, enrolment.reading
    granted = reading.granted
    return SharedRow(
        name=person.identity.full_name,
        detail=birth_year(person.birth_date),
        url=enrolment.get_absolute_url(),
        owner=enrolment.owner.name,
        kinds=", ".join(kind.label.lower() for kind in Category if kind in granted) or "det ni själva skrivit",
        until=_until(reading),
    )


def _until(reading: CaseReading) -> str:
    """The last day on which everything that is open still is, in words."""
    last: dict[Category, date] = {}
    for grant in reading.grants:
        if grant.organisation_id == reading.organisation_id:
            last[grant.category] = max(grant.valid_through, last.get(grant.category, grant.valid_through))
    return day(min(last.values())) if last else ""
