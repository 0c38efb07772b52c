"""Facts that the forms about employments show and replace, to notice two who save at once."""

from collections.abc import Mapping
from typing import Any, Final, cast

from core.forms.concurrency import Shared
from participants.amending.shared_facts import said_taken_back
from participants.employment.actions import EMPLOYMENT
from participants.models import EmploymentPeriod, Enrolment
from participants.shared_facts import of_case, written

_ANSWERS: Final = {True: "yes", False: "no", None: "unknown"}


def employments_of(enrolment: Enrolment) -> Shared:
    """The employments that stand: a new one may end some of them."""
    present = EmploymentPeriod.objects.filter(enrolment=enrolment).current().select_related("form", "employer")

    def read() -> Mapping[str, Any]:
        rows = present.order_by("concerns_on", "pk")
        return {"Anställningar": "\n".join(row.in_words for row in rows)}

    return Shared([of_case(enrolment)], read, lambda: written(present.select_related("recorded_by").last()))


def employment_facts(fact: EmploymentPeriod) -> Shared:
    """The employment in its newest version, and whether it was taken back."""
    versions = EmploymentPeriod.objects.versions_of(fact).with_case()

    def latest() -> EmploymentPeriod:
        return cast(EmploymentPeriod, versions.order_by("-pk").first())

    def read() -> Mapping[str, Any]:
        now = latest()
        return {**_answers(now), **said_taken_back(now, EMPLOYMENT)}

    return Shared([of_case(fact.enrolment)], read, lambda: written(latest()))


def _answers(fact: EmploymentPeriod) -> dict[str, Any]:
    """An employment as the form's answers."""
    return {
        "form": str(fact.form.public_id),
        "employer": fact.employer.text if fact.employer else "",
        "percent": fact.percent,
        "first_day": fact.concerns_on,
        "last_day": fact.period.last,
        "other_support": _ANSWERS[fact.other_support],
    }
