"""The page of those who look after participants at a placement."""

from django.http import HttpResponse
from django.shortcuts import render

from actionplans.plans.supervised import supervised
from participants.http import Request
from projects.enums import Permission
from projects.guards import require_permission


@require_permission(Permission.SEE_PLACEMENTS)
def placement_list(request: Request) -> HttpResponse:
    """Page of the persons at the user's placements now, with the days when they come."""
    people = supervised(request.scope, request.project)
    persons = {person.person for person in people}
    request.access.declare(persons)
    today = {person.person for person in people if person.today}
    context = {"people": people, "count": len(persons), "count_today": len(today)}
    return render(request, "actionplans/plans/placement_list.html", context)
