"""A person's work on a day, for the page where steps are judged."""

from datetime import date
from typing import Final

from core.swedish.words import day
from participants.models import EmploymentPeriod, Enrolment
from participants.models.placement import work_in_words

_SUPPORT: Final = {True: ", med annat stöd", False: ", utan annat stöd", None: ""}


def employed_in_words(enrolment: Enrolment, on: date) -> list[str]:
    """«Trygghetsanställning på Återbruket, 75 %, sedan 1 februari 2026, utan annat stöd», the first begun first. One
    query."""
    held = EmploymentPeriod.objects.placed().current().on(on).filter(enrolment=enrolment)
    columns = ("form__name", "employer__text", "percent", "concerns_on", "other_support")
    return [
        f"{work_in_words(form, employer or '', percent)}, sedan {day(first)}{_SUPPORT[other_support]}"
        for form, employer, percent, first, other_support in held.order_by("concerns_on", "pk").values_list(*columns)
    ]
