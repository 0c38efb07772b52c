"""Facts that forms about an enrolment show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any

from core.forms.concurrency import Shared
from participants.identity.corrections import EntryCorrection, PersonCorrection
from participants.models import Enrolment, Exit, Participant
from participants.shared_facts import IDENTITY, of_case, written


def who_and_beginning(enrolment: Enrolment) -> Shared:
    """Who the person is, and when and how the enrolment began; of somebody protected nothing that tells who."""
    people = Participant.objects.filter(enrolments=enrolment.pk)

    def read() -> Mapping[str, Any]:
        person = people.select_related("identity").get()
        now = PersonCorrection.of(person).shown() | EntryCorrection.of(of_case(enrolment).get()).shown()
        hidden = IDENTITY if person.is_protected else ()
        return {name: value for name, value in now.items() if name not in hidden}

    return Shared([people, of_case(enrolment)], read)


def exit_of(enrolment: Enrolment) -> Shared:
    """How the enrolment ended; nothing while it goes on."""

    def current() -> Exit | None:
        return Exit.objects.filter(enrolment=enrolment).current().select_related("comment", "recorded_by").first()

    def read() -> Mapping[str, Any]:
        fact = current()
        if fact is None:
            return {}
        comment = fact.comment.text if fact.comment else ""
        return {"exited_on": fact.concerns_on, "reason": fact.reason, "comment": comment}

    return Shared([of_case(enrolment)], read, lambda: written(current()))
