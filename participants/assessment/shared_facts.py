"""Facts that the forms about a kartläggning show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any, cast

from core.forms.concurrency import Shared
from participants.amending.shared_facts import said_taken_back
from participants.assessment.corrections import ASSESSMENT
from participants.models import Assessment
from participants.shared_facts import of_case, written


def assessment_facts(assessment: Assessment) -> Shared:
    """The day and the summary of a kartläggning, in its last version."""
    versions = Assessment.objects.versions_of(assessment).select_related("recorded_by", "why", "summary")

    def latest() -> Assessment:
        return cast(Assessment, versions.order_by("-pk").first())

    def read() -> Mapping[str, Any]:
        now = latest()
        summary = now.summary.text if now.summary else ""
        return {"completed_on": now.concerns_on, "summary": summary, **said_taken_back(now, ASSESSMENT)}

    return Shared([of_case(assessment.enrolment)], read, lambda: written(latest()))
