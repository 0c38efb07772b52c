"""No draft from before a person's identity was protected: it may hold who that was."""

import re

from django.db.models import Q

from core.forms.showing import FormPage
from participants.models import Enrolment, Participant

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


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
