"""Keeping the words of a form when its case has closed to whoever wrote them."""

import re

from accounts.access_log import log_change
from accounts.models import User
from core.actions import action
from core.dates import today
from core.models import TextBody
from participants.models import Enrolment, KeptNote, Participant, TextToCheck

# What a name or a number may look like.
_TELLING = re.compile(r"[A-ZÅÄÖÉ][\w'’-]+|\d[\d\s-]{4,}\d|\S+@\S+")


@action
def keep_note(*, enrolment: Enrolment, text: str, by: User) -> KeptNote:
    """Store the words for the writer's own organisation, and nobody else.

    Where the identity has been protected meanwhile the writer didn't know it, and what the person was called is no
    longer there to compare with: all that may tell it is listed for somebody to go through.
    """
    person = Participant.objects.select_for_update(of=("self",)).get(pk=enrolment.participant_id)
    body = TextBody.objects.write(text)
    owner = by.own_organisation
    note = KeptNote.objects.create(enrolment=enrolment, body=body, concerns_on=today(), owner=owner, recorded_by=by)
    spans = [list(found.span()) for found in _TELLING.finditer(text)] if person.is_protected else []
    if spans:
        TextToCheck.objects.create(participant=person, body=body, owner=owner, spans=spans)
    log_change(by=by, part="kept_note", persons=[person.public_id])
    return note
