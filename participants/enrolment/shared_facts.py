"""Facts that forms about an enrolment show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any

from core.forms.concurrency import Shared
from participants.identity.corrections import EntryCorrection, PersonCorrection
from participants.models import Enrolment, Participant
from participants.shared_facts import IDENTITY, of_case, of_person


def who_and_beginning(enrolment: Enrolment) -> Shared:
    """Who the person is, and when and how the enrolment began; of somebody protected nothing that tells who."""
    people = Participant.objects.filter(enrolments=enrolment.pk)

    def read() -> Mapping[str, Any]:
        person = people.select_related("identity").get()
        now = PersonCorrection.of(person).shown() | EntryCorrection.of(of_case(enrolment).get()).shown()
        hidden = IDENTITY if person.is_protected else ()
        return {name: value for name, value in now.items() if name not in hidden}

    return Shared([people, of_person(enrolment)], read)
