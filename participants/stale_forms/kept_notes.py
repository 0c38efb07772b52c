"""Keeps the words of a form when its case has closed to the user who wrote them."""

import re

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.models import TextBody
from participants.locking import lock_person
from participants.models import Enrolment, KeptNote
from participants.protection.scrubbing import list_text
from participants.protection.spans import composed

# Any word, number or address: nobody knows any more what the name was, and it needn't have a capital.
_TELLING = re.compile(r"(?<!\S)\S+@\S+|[^\W\d_]+(?:['’-]?\w)+|\+?\d[\d\s()./+\u2010-\u2015-]{3,}\d")


@action
def keep_note(*, enrolment: Enrolment, text: str, knew: bool = False, by: User) -> KeptNote:
    """Store the words for the writer's own organisation, and nobody else.

    Where the identity has been protected meanwhile, and the writer didn't know it (`knew`), what the person was called
    is no longer there to compare with: all that may tell it is listed for somebody to go through.
    """
    person = lock_person(enrolment)
    said = composed(text)
    body = TextBody.objects.write(said)
    owner = by.own_organisation
    note = KeptNote.objects.create(enrolment=enrolment, body=body, concerns_on=stamp_day(), owner=owner, recorded_by=by)
    if person.is_protected and not knew:
        list_text(person, body, owner.pk, [found.span() for found in _TELLING.finditer(said)])
    log_change(by=by, part="kept_note", persons=[person.public_id])
    return note
