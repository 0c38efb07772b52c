"""Reads of what holds for a case of its project's lists."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from participants.querysets.facts import AmendedFactQuerySet

# The field sorts people into groups at the first talks: those of the first kartläggning, which is made within 14 days.
FIRST_TALKS: Final = timedelta(days=14)


class CaseGroupingQuerySet(AmendedFactQuerySet):
    """Groupings of cases, versions that have been replaced included."""

    def with_case(self) -> Self:
        """Reads unit and lines together with each grouping, besides case, person, project and owner; the lines in
        two queries of their own."""
        return super().with_case().select_related("unit").prefetch_related("lines__line")

    def at_enrolment(self, known_at: datetime | None = None) -> Self:
        """Of each case the grouping that breakdowns count it by, as known at a moment (now, without one): the latest
        whose day is the enrolment's or before; where there is none, the first one within FIRST_TALKS after it. A case
        that was grouped later has none."""
        enrolled_on = F("enrolment__enrolled_on")
        every = type(self)(self.model)
        stood = every.known_at(known_at) if known_at else every.placed().current()
        others = stood.filter(enrolment=OuterRef("enrolment"))
        held = others.filter(concerns_on__lte=enrolled_on).order_by("-concerns_on").values("pk")[:1]
        soon = others.filter(concerns_on__lte=enrolled_on + FIRST_TALKS).order_by("concerns_on").values("pk")[:1]
        return self.filter(pk=Coalesce(Subquery(held), Subquery(soon)))
