"""Facts that the forms about protection show and replace, to notice two who save at once."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.forms.concurrency import Shared
from participants.assignment.shared_facts import responsible_for
from participants.models import Enrolment, Participant, TextToCheck
from participants.shared_facts import of_person


def protection_of(enrolment: Enrolment, *, on: date) -> Shared:
    """The person's protection, and who is responsible for the case."""
    people, responsible = Participant.objects.filter(enrolments=enrolment.pk), responsible_for(enrolment, on=on)

    def read() -> Mapping[str, Any]:
        return {"level": people.get().protection, **responsible.read()}

    return Shared([people, of_person(enrolment)], read)


def texts_to_check(texts: Sequence[TextToCheck]) -> Shared:
    """The texts of a page with their likely places. The action locks the texts itself and compares once more."""
    rows = TextToCheck.objects.waiting().filter(pk__in=[text.pk for text in texts]).select_related("body")

    def read() -> Mapping[str, Any]:
        return {"Texterna": repr([(text.pk, text.body.digest, text.spans) for text in rows.order_by("pk")])}

    return Shared((), read)
