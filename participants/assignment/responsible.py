"""Who is responsible for each case of a list."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import DateField, QuerySet

from accounts.namesakes import shown_name
from core.prepared.questions import prepared
from core.prepared.slots import PAGE_OF_KEYS
from participants.models import CaseAssignment


class Responsible(NamedTuple):
    """Who is responsible for a case, by name: a user, or a whole unit; then the user is empty."""

    user: str
    unit: str

    @property
    def name(self) -> str:
        return self.user or self.unit


def read_responsible(asked: Mapping[str, int], *, on: date) -> dict[int, Responsible]:
    """Who is responsible on the day for each case of a page, by its key; without those that nobody is responsible for.
    One query, of columns: two models for each line cost a tenth of the list. `asked` are the keys as `in_page` puts
    them."""
    return {case: Responsible(user or "", unit or "") for case, user, unit in _live.ask(**asked, on=on)}


@prepared(on=DateField(), **PAGE_OF_KEYS)
def _live(*, on: Any, **cases: Any) -> QuerySet[CaseAssignment, Any]:
    live = CaseAssignment.objects.on(on).responsible().filter(enrolment__pk__in=cases.values())
    return live.values_list("enrolment", shown_name("user"), "organisation__name")
