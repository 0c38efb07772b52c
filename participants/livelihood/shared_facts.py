"""Facts that the forms about means of support show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any, cast

from core.forms.concurrency import Shared
from participants.amending.shared_facts import said_taken_back
from participants.livelihood.actions import LIVELIHOODS
from participants.models import Enrolment, LivelihoodRecord
from participants.shared_facts import of_case, written


def livelihoods_of(enrolment: Enrolment) -> Shared:
    """The records that stand: each moment has one."""
    present = LivelihoodRecord.objects.placed().filter(enrolment=enrolment).current()

    def read() -> Mapping[str, Any]:
        return {"Försörjning": "\n".join(row.in_words for row in present.with_case().order_by("pk"))}

    return Shared([of_case(enrolment)], read, lambda: written(present.select_related("recorded_by").last()))


def livelihood_facts(fact: LivelihoodRecord) -> Shared:
    """The record in its newest version, and whether it was taken back."""
    versions = LivelihoodRecord.objects.versions_of(fact).with_case()

    def latest() -> LivelihoodRecord:
        return cast(LivelihoodRecord, versions.order_by("-pk").first())

    def read() -> Mapping[str, Any]:
        now = latest()
        return {**_answers(now), **said_taken_back(now, LIVELIHOODS.noun)}

    return Shared([of_case(fact.enrolment)], read, lambda: written(latest()))


def _answers(fact: LivelihoodRecord) -> dict[str, Any]:
    """A record as the form's answers, and its means of support, which stand in rows, by what the page calls them."""
    return {
        "moment": fact.moment,
        "day": fact.concerns_on,
        "not_reached": fact.not_reached,
        "Försörjning": fact.in_rows,
        "occupation": str(fact.occupation.public_id) if fact.occupation else "",
        "education": str(fact.education.public_id) if fact.education else "",
        "months_before": fact.months_before,
    }
