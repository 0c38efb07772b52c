"""The case page: how it stands on top, what has been under it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from actionplans.case import case_now, ladder_of
from actionplans.timeline import timeline
from core.dates import today
from participants.access import case_page
from participants.models import Enrolment, Participant
from participants.models.participant import birth_year
from projects.access import Roles
from projects.enums import Permission

_PER_PAGE = 30


def participant_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The latest enrolment of a participant that the user may read."""
    participant = get_object_or_404(Participant.objects.visible_to(request.user, on=today()), public_id=public_id)
    latest = (
        Enrolment.objects.visible_to(request.user, on=today())
        .filter(participant=participant)
        .order_by("-enrolled_on", "-pk")[0]
    )
    request.access.shown([participant])
    return redirect(latest)


@case_page(Permission.SEE_PERSONS)
def enrolment_detail(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """One enrolment: the page that everything about a case starts from."""
    on = today()
    person = enrolment.participant
    allowed = Roles.of(request.user, on).permissions(enrolment.project)
    others = Enrolment.objects.visible_to(request.user, on=on).filter(participant=person).exclude(pk=enrolment.pk)
    page = Paginator(timeline(enrolment), _PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "enrolment": enrolment,
        "person": person,
        "birth_year": birth_year(person.birth_date),
        "numbers": list(person.numbers.all()),
        "ladder": ladder_of(enrolment),
        "now": case_now(enrolment, on=on),
        "page": page,
        "others": others.select_related("project").order_by("-enrolled_on"),
        "may_edit": Permission.EDIT_CASE in allowed,
        "may_enrol": Permission.ENROL in allowed,
        "may_assign": Permission.ASSIGN in allowed,
    }
    return render(request, "actionplans/participant_detail.html", context)
