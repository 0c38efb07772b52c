"""Facts that the pages of joined persons show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any

from core.forms.concurrency import Shared
from core.swedish.words import moment
from participants.joining.former import joined
from participants.models import Participant, SamePersonAnswer


def join_of(person: Participant) -> Shared:
    """The latest join of the person that hasn't been undone, and who has undone one since."""

    def read() -> Mapping[str, Any]:
        answer = joined().filter(participant=person).select_related("recorded_by").order_by("-pk").first()
        return {"Samma person": f"{answer.recorded_by}, {moment(answer.recorded_at)}"} if answer else {}

    def saved_by() -> str:
        apart = SamePersonAnswer.objects.filter(participant=person, is_same=False).select_related("recorded_by")
        answer = apart.order_by("-pk").first()
        return (
            f"{answer.recorded_by} svarade {moment(answer.recorded_at)} att det inte är samma person." if answer else ""
        )

    return Shared([Participant.objects.filter(pk=person.pk)], read, saved_by)
