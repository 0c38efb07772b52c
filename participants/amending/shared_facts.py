"""Facts that the pages about putting a fact right show and replace, to notice two who save at once."""

from collections.abc import Callable, Mapping
from typing import Any

from core.facts import AmendedFact, Fact
from core.forms.concurrency import Shared
from participants.amending.kinds import CaseFacts, FactT
from participants.amending.words import Noun
from participants.models import Enrolment, Misplacement
from participants.shared_facts import of_case, written


def whose(fact: Fact, noun: Noun) -> Shared:
    """The person that the fact stands on, and whether it does."""
    model: Any = type(fact)
    rows = model._default_manager.placed().filter(pk=fact.pk).select_related("enrolment__participant__identity")
    case = fact.enrolment  # type: ignore[attr-defined]  # every fact that is moved is about a case

    def read() -> Mapping[str, Any]:
        row = rows.all().first()
        return {f"{noun.title} står på": str(row.enrolment.participant.identity)} if row else {}

    marks = Misplacement.objects.filter(enrolment=case).select_related("recorded_by").order_by("-pk")
    return Shared([of_case(case)], read, lambda: written(marks.first()))


def facts_of(kind: CaseFacts[FactT, Any], answers: Callable[[FactT], Mapping[str, Any]]) -> Callable[[FactT], Shared]:
    """For a kind: a fact in its newest version as its form asks for it (`answers`); where it was taken back, that
    alone."""

    def shared(fact: FactT) -> Shared:
        rows: Any = kind.model._default_manager
        versions = rows.versions_of(fact).with_case().order_by("-pk")

        def read() -> Mapping[str, Any]:
            now = versions.all().first()
            return answers(now) if now.stands else said_taken_back(now, kind.noun)

        case = fact.enrolment  # type: ignore[attr-defined]  # every fact of a kind is about a case
        return Shared([of_case(case)], read, lambda: written(versions.all().first()))

    return shared


def lines_of(kind: CaseFacts[Any, Any], enrolment: Enrolment) -> Shared:
    """The facts of a kind that stand in a case, each in words: one who writes another sees them."""
    present = kind.model._default_manager.filter(enrolment=enrolment).current().select_related("recorded_by")

    def read() -> Mapping[str, Any]:
        return {kind.noun.title: "\n".join(row.in_words for row in kind.standing(enrolment))}

    return Shared([of_case(enrolment)], read, lambda: written(present.last()))


def said_taken_back(now: AmendedFact, noun: Noun) -> dict[str, str]:
    """«Mötet» «är återtaget: blev inte av»; nothing where it isn't taken back."""
    return {noun.title: f"är {noun.taken_back}: {now.why}"} if now.taken_back else {}
