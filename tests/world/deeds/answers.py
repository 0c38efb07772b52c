"""All that is answered about a case."""

from django.test import Client
from django.urls import reverse

from participants.models import Enrolment

# What is read of a case, and of its participant.
OF_CASE = (
    "enrolment_detail",
    "plan_detail",
    "plan_compare",
    "plan_edit",
    "meeting_create",
    "assessment_create",
    "placement_create",
    "sick_listing_create",
    "employment_create",
    "livelihood_list",
    "livelihood_create",
    "outcome_create",
    "signature_create",
    "paper_create",
    "certificate_create",
    "workplace_sheet_create",
    "activity_create",
    "grouping_create",
    "talk_create",
    "sip_create",
    "ability_list",
    "ability_create",
    "consent_list",
    "case_people",
)
OF_PERSON = ("participant_detail", "participant_readers", "participant_extract")


def read(client: Client, case: Enrolment) -> str:
    """Every page about the case and its participant, and the registerutdrag as JSON."""
    person = case.participant.public_id
    paths = [reverse(name, args=[case.public_id]) for name in OF_CASE]
    paths += [reverse(name, args=[person]) for name in OF_PERSON]
    answers = [client.get(path, follow=True) for path in paths]
    answers.append(client.post(reverse("participant_extract_json", args=[person]), {"reason": "asked"}))
    assert {answer.status_code for answer in answers} == {200}
    return " ".join(b"".join(answer).decode() for answer in answers)
