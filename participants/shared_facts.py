"""Facts that the forms about a case show and replace, to notice two who save at once: the rows to lock, and their
present values."""

from typing import Any

from core.facts import Fact
from core.forms.saver import Saver
from participants.models import (
    CaseAssignment,
    Enrolment,
)

NOBODY = "Ingen"
IDENTITY = ("given_name", "family_name", "number", "birth_date", "phone", "email")


def of_case(enrolment: Enrolment) -> Any:
    """The case's own row, which every action about the case locks."""
    return Enrolment.objects.filter(pk=enrolment.pk)


def of_person(enrolment: Enrolment) -> Any:
    """All cases of the person, for what is written in each of them: several are locked in one order everywhere."""
    return Enrolment.objects.filter(participant__enrolments=enrolment.pk)


def written(fact: Fact | CaseAssignment | None) -> Saver | str:
    """Who saved a fact and when; nothing where there is none."""
    return Saver(fact.recorded_by, fact.recorded_at) if fact else ""
