"""Facts that the forms about outcomes show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any, cast

from core.forms.concurrency import Shared
from participants.amending.shared_facts import said_taken_back
from participants.models import CaseOutcome, Enrolment
from participants.outcomes.actions import OUTCOME
from participants.outcomes.page import standing
from participants.shared_facts import of_case, written


def outcomes_of(enrolment: Enrolment) -> Shared:
    """The outcomes that stand: a new main one takes the place of the one before."""
    present = CaseOutcome.objects.filter(enrolment=enrolment).current()

    def read() -> Mapping[str, Any]:
        return {"Utfall": "\n".join(row.in_words for row in standing(enrolment))}

    return Shared([of_case(enrolment)], read, lambda: written(present.select_related("recorded_by").last()))


def outcome_facts(fact: CaseOutcome) -> Shared:
    """The outcome in its newest version; where it was taken back, that alone."""
    versions = CaseOutcome.objects.versions_of(fact).with_case()

    def latest() -> CaseOutcome:
        return cast(CaseOutcome, versions.order_by("-pk").first())

    def read() -> Mapping[str, Any]:
        now = latest()
        if not now.stands:
            return said_taken_back(now, OUTCOME)
        return {
            "outcome": str(now.outcome.public_id),
            "on": now.concerns_on,
            "is_main": "yes" if now.is_main else "no",
        }

    return Shared([of_case(fact.enrolment)], read, lambda: written(latest()))
