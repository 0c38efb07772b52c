"""Facts that the forms about the ability to work show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any, cast

from core.forms.concurrency import Shared
from participants.abilities.actions import ABILITY
from participants.abilities.forms import view_key
from participants.amending.shared_facts import said_taken_back
from participants.models import AbilityStatement, Enrolment
from participants.shared_facts import of_case, written


def abilities_of(enrolment: Enrolment) -> Shared:
    """The views that stand: a new one takes the place of that party's earlier one."""
    present = AbilityStatement.objects.placed().filter(enrolment=enrolment).current()

    def read() -> Mapping[str, Any]:
        rows = present.select_related("words").order_by("concerns_on", "pk")
        return {"Syn på arbetsförmågan": "\n".join(row.in_words for row in rows)}

    return Shared([of_case(enrolment)], read, lambda: written(present.select_related("recorded_by").last()))


def ability_facts(fact: AbilityStatement) -> Shared:
    """The view in its newest version; where it was taken back, that alone."""
    versions = AbilityStatement.objects.versions_of(fact).with_case()

    def latest() -> AbilityStatement:
        return cast(AbilityStatement, versions.order_by("-pk").first())

    def read() -> Mapping[str, Any]:
        now = latest()
        if not now.stands:
            return said_taken_back(now, ABILITY)
        words = now.words.text if now.words else ""
        return {"view": view_key(now.party, now.answer), "on": now.concerns_on, "words": words}

    return Shared([of_case(fact.enrolment)], read, lambda: written(latest()))
