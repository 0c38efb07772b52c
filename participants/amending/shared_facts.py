"""Facts that the pages about putting a fact right show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any

from core.facts import AmendedFact, Fact
from core.forms.concurrency import Shared
from participants.amending.words import Noun
from participants.models import Misplacement
from participants.shared_facts import of_case, written


def whose(fact: Fact, noun: Noun) -> Shared:
    """The person that the fact stands on, and whether it does."""
    model: Any = type(fact)
    rows = model._default_manager.placed().filter(pk=fact.pk).select_related("enrolment__participant__identity")
    case = fact.enrolment  # type: ignore[attr-defined]  # every fact that is moved is about a case

    def read() -> Mapping[str, Any]:
        row = rows.all().first()
        return {f"{noun.definite.capitalize()} står på": str(row.enrolment.participant.identity)} if row else {}

    marks = Misplacement.objects.filter(enrolment=case).select_related("recorded_by").order_by("-pk")
    return Shared([of_case(case)], read, lambda: written(marks.first()))


def said_taken_back(now: AmendedFact, noun: Noun) -> dict[str, str]:
    """«Mötet» «är återtaget: blev inte av»; nothing where it isn't taken back."""
    return {noun.definite.capitalize(): f"är {noun.taken_back}: {now.why}"} if now.taken_back else {}
