"""Reads of what holds for a case, and what its project's lists offer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from participants.grouping.actions import FIELDS, first_day
from participants.models import CaseGrouping, Enrolment
from projects.models import Listed

Offered = Mapping[str, Sequence[Listed]]


def holding_on(groupings: Sequence[CaseGrouping], on: date) -> CaseGrouping | None:
    """Of the groupings of a case that stand the one that holds on the day; None where none does yet."""
    begun = [grouping for grouping in groupings if grouping.concerns_on <= on]
    return max(begun, key=lambda grouping: grouping.concerns_on, default=None)


def lines_of(grouping: CaseGrouping | None) -> list[Listed]:
    """The lines of a grouping, and none of none."""
    if grouping is None:
        return []
    return [*(row.line for row in grouping.lines.all()), *([grouping.unit] if grouping.unit else [])]


def offered_to(enrolment: Enrolment, on: date, kept: CaseGrouping | None) -> Offered:
    """The lines that the project's four lists offer on any day from the first one of the case to `on`, with those of
    `kept`, by name; by the list, without lists that offer none. One query."""
    rows = Listed.objects.filter(project=enrolment.project_id, kind__in=list(FIELDS))
    held = {line.pk for line in lines_of(kept)}
    found: dict[str, list[Listed]] = defaultdict(list)
    for line in rows:
        is_over = line.is_over(first_day(enrolment))
        if line.pk in held or (not is_over and not (line.valid_from and line.valid_from > on)):
            found[line.kind].append(line)
    return {kind: found[kind] for kind in FIELDS if kind in found}
