"""Facts that the forms about groups show and replace, to notice two who save at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.forms.concurrency import Shared
from participants.grouping.actions import FIELDS, GROUPINGS, standing_in
from participants.grouping.page import holding_on, lines_of
from participants.models import CaseGrouping, Enrolment
from participants.shared_facts import of_case, written
from projects.enums import ListKind


def answers(grouping: CaseGrouping) -> dict[str, Any]:
    """A grouping as its form asks for it; a list of which nothing holds has no answer."""
    return {**_chosen(grouping), "on": grouping.concerns_on}


def groupings_of(enrolment: Enrolment, on: date) -> Shared:
    """The grouping that holds on the day, with which the form opens, and all that stand: a new one takes its place."""

    def read() -> Mapping[str, Any]:
        rows = GROUPINGS.standing(enrolment)
        now = holding_on(rows, on)
        return {**(_chosen(now) if now else {}), "Inskrivet": "\n".join(row.in_words for row in rows)}

    present = standing_in(enrolment).select_related("recorded_by")
    return Shared([of_case(enrolment)], read, lambda: written(present.last()))


def _chosen(grouping: CaseGrouping) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for line in lines_of(grouping):
        key = str(line.public_id)
        if line.kind == ListKind.UNIT:
            found[FIELDS[ListKind.UNIT]] = key
        else:
            found.setdefault(FIELDS[ListKind(line.kind)], []).append(key)
    return found
