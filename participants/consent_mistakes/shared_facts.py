"""Facts that the pages about a mistaken consent show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any, cast

from core.forms.concurrency import Shared
from core.swedish.words import day
from participants.amending.shared_facts import said_taken_back
from participants.consent_mistakes.actions import CONSENT
from participants.models import Consent
from participants.shared_facts import of_case, written


def consent_facts(fact: Consent) -> Shared:
    """The answer in its newest version; where it was taken back, that alone."""
    versions = Consent.objects.versions_of(fact).with_case().select_related("purpose")

    def latest() -> Consent:
        return cast(Consent, versions.order_by("-pk").first())

    def read() -> Mapping[str, Any]:
        now = latest()
        if not now.stands:
            return said_taken_back(now, CONSENT)
        through = f" till och med {day(now.valid_through)}" if now.valid_through else ""
        said = f"{now.get_answer_display()} från {day(now.concerns_on)}{through}: {now.purpose.text}"
        return {CONSENT.definite.capitalize(): said}

    return Shared([of_case(fact.enrolment)], read, lambda: written(latest()))
