"""Every kind of fact that a page writes can be put right: it has pages that correct it, take it back and move it."""

from typing import NamedTuple

import pytest
from django.apps import apps

from core.facts import AmendedFact, Fact
from core.privacy import AMENDED
from tests.guards import access_table


class Pages(NamedTuple):
    """Names of addresses: where the fact is corrected, taken back whole, and moved to the right person."""

    correct: str
    take_back: str
    move: str


PAGES = {
    "Meeting": Pages("meeting_edit", "meeting_take_back", "meeting_misplaced"),
    # A note goes with its meeting; a judgement is corrected by taking it back and judging anew.
    "MeetingParagraph": Pages("meeting_correct", "meeting_take_back", "meeting_misplaced"),
    "StepAssessment": Pages("step_withdraw", "step_withdraw", "meeting_misplaced"),
    "Assessment": Pages("assessment_edit", "assessment_take_back", "assessment_misplaced"),
    # One that is under way is changed where it is written; an area and the participant's words go with it.
    "AssessmentWork": Pages("assessment_create", "assessment_work_take_back", "assessment_work_misplaced"),
    "AreaAnswer": Pages("area_edit", "assessment_take_back", "assessment_misplaced"),
    "PlanRevision": Pages("revision_edit", "revision_take_back", "revision_misplaced"),
    "MilestoneStatus": Pages("milestone_edit", "milestone_take_back", "milestone_misplaced"),
    "PlanSignature": Pages("signature_edit", "signature_take_back", "signature_misplaced"),
    "SignedPaper": Pages("paper_edit", "paper_take_back", "paper_misplaced"),
    "PlacementCertificate": Pages("certificate_edit", "certificate_take_back", "certificate_misplaced"),
    "WorkplaceSheet": Pages("workplace_sheet_edit", "workplace_sheet_take_back", "workplace_sheet_misplaced"),
    "CaseActivity": Pages("activity_edit", "activity_take_back", "activity_misplaced"),
    "PlacementPeriod": Pages("placement_edit", "placement_take_back", "placement_misplaced"),
    "SickListing": Pages("sick_listing_edit", "sick_listing_take_back", "sick_listing_misplaced"),
    "EmploymentPeriod": Pages("employment_edit", "employment_take_back", "employment_misplaced"),
    "LivelihoodRecord": Pages("livelihood_edit", "livelihood_take_back", "livelihood_misplaced"),
    "CaseOutcome": Pages("outcome_edit", "outcome_take_back", "outcome_misplaced"),
    "CaseGrouping": Pages("grouping_edit", "grouping_take_back", "grouping_misplaced"),
    "SupportTalk": Pages("talk_edit", "talk_take_back", "talk_misplaced"),
    "CoordinatedPlan": Pages("sip_edit", "sip_take_back", "sip_misplaced"),
    "AbilityStatement": Pages("ability_edit", "ability_take_back", "ability_misplaced"),
    "Exit": Pages("enrolment_exit", "enrolment_reopen", "exit_misplaced"),
    "Consent": Pages("consent_edit", "consent_take_back", "consent_misplaced"),
    "LegalGround": Pages("ground_edit", "ground_take_back", "ground_misplaced"),
    # The words of a form that couldn't be saved are no statement: they go, or stand with the right person.
    "KeptNote": Pages("kept_note_misplaced", "kept_note_misplaced", "kept_note_misplaced"),
    # A whole enrolment of the wrong person is a wrong registration.
    "EnrolmentEntry": Pages("enrolment_correct", "void_ask", "void_ask"),
    # While it waits; one that has led to an enrolment follows when the beginning of that is corrected.
    "Referral": Pages("referral_edit", "referral_end", "referral_end"),
}
# Kinds without, and why.
WITHOUT = {
    "OwnWords": "The participant's own words are never changed; they go with their kartläggning.",
    "EmergencyAccess": "It says what somebody did, and when: it was done, whatever the reason was worth.",
    "Misplacement": "The program's own mark that something stood wrong.",
    "Voiding": "Steps of a wrong registration: each is taken back by the next.",
    "ConsentWithdrawal": "A consent that was withdrawn by mistake is asked for anew.",
}


def kinds() -> list[type[Fact]]:
    return [model for model in apps.get_models() if issubclass(model, Fact)]


@pytest.mark.parametrize("model", kinds(), ids=lambda model: model.__name__)
def test_each_kind_has_its_pages_or_a_reason(model) -> None:
    name = model.__name__
    assert (name in PAGES) != (name in WITHOUT), "name its pages in PAGES, or say in WITHOUT why it has none"


def test_the_pages_are_there_and_every_name_is_a_kind() -> None:
    addresses = {name for name, _ in access_table.addresses()}
    assert {page for pages in PAGES.values() for page in pages} <= addresses
    assert {*PAGES, *WITHOUT} == {model.__name__ for model in kinds()}


def test_what_is_amended_by_versions_has_pages_of_its_own() -> None:
    amended = {model.__name__ for model in kinds() if issubclass(model, AmendedFact)}
    assert amended <= PAGES.keys()
    assert "Assessment" in amended


def test_a_registerutdrag_says_in_words_that_it_was_taken_back_and_why() -> None:
    amended = [model for model in kinds() if issubclass(model, AmendedFact)]
    assert [model.__name__ for model in amended if not AMENDED.items() <= model.in_extract.fields.items()] == []
