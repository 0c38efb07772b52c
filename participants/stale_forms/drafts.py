"""No draft from before a person's identity was protected: it may hold who that was."""

import re
from typing import cast
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest

from core.forms.showing import FormPage
from participants.http import Request
from participants.models import Enrolment, Participant

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def declare_subject(request: HttpRequest, subject: UUID) -> None:
    """Have the access log say whom a page is about that shows somebody's own words; `subject` is the public id of a
    case or a person."""
    about = Q(public_id=subject) | Q(enrolments__public_id=subject)
    cast(Request, request).access.declare(Participant.objects.filter(about).distinct())


def is_from_before_protection(page: FormPage) -> bool:
    """Whether a person of the page has been protected since it was shown. They are locked while it is asked.

    A page is about a case, or about persons: two, where its address names both.
    """
    if not page.subject:
        return False
    ids = [page.subject, *_ID.findall(page.address)]
    about = Q(public_id__in=ids) | Q(pk__in=Enrolment.objects.filter(public_id__in=ids).values("participant"))
    people = Participant.objects.filter(about).order_by("pk").select_for_update(of=("self",), no_key=True)
    return any(person.protected_at and person.protected_at >= page.moment for person in people)
