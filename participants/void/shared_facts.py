"""Facts that the pages of wrong registrations show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any

from core.forms.concurrency import Shared
from participants.models import Enrolment, Participant, Voiding
from participants.shared_facts import of_case, written


def voiding_of(enrolment: Enrolment) -> Shared:
    """The state of the question whether the enrolment is wrongly registered."""

    def current() -> Voiding | None:
        rows = Voiding.objects.filter(enrolment=enrolment).current()
        return rows.select_related("why", "recorded_by").first()

    def read() -> Mapping[str, Any]:
        step = current()
        why = f": {step.why.text}" if step and step.why else ""
        return {"Felregistrering": f"{step.get_state_display()}{why}" if step else ""}

    people = Participant.objects.filter(enrolments=enrolment.pk)
    return Shared([people, of_case(enrolment)], read, lambda: written(current()))
