"""Facts that the forms about activities show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any, Final

from actionplans.activities.actions import ACTIVITIES
from actionplans.models import CaseActivity
from core.forms.concurrency import Shared
from participants.amending.shared_facts import facts_of, said_taken_back
from participants.shared_facts import of_case, written


def _answers(fact: CaseActivity) -> dict[str, Any]:
    """An activity as its form asks for it."""
    return {
        "kind": str(fact.kind.public_id),
        "rhythm": str(fact.rhythm or ""),
        "helper": str(fact.helper.public_id) if fact.helper else "",
        "note": str(fact.note or ""),
        "first_day": fact.concerns_on,
        "last_day": fact.period.last,
        "attendance": fact.attendance,
    }


activity_facts: Final = facts_of(ACTIVITIES, _answers)


def days_of(fact: CaseActivity) -> Shared:
    """An activity in words with its days, for the page that ends it, and whether it was taken back."""
    versions = CaseActivity.objects.versions_of(fact).with_case().order_by("-pk")

    def read() -> Mapping[str, Any]:
        now = versions.all()[0]
        return {ACTIVITIES.noun.title: now.in_words} if now.stands else said_taken_back(now, ACTIVITIES.noun)

    return Shared([of_case(fact.enrolment)], read, lambda: written(versions.all()[0]))
