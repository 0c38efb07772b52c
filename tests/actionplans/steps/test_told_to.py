"""A judgement as another party reads it: what is about health or support needs a consent for that too."""

import pytest
from django.urls import reverse

from actionplans.enums import CriterionOutcome
from actionplans.models import CriterionResult, StepAssessment
from core.days.dates import today
from core.enums import Category
from core.models import TextBody
from core.privacy import EmptiedRow
from participants.scope.scope import Scope
from tests.world import consents
from tests.world.factories.background import SickListingFactory
from tests.world.factories.plans import CriterionResultFactory, MeetingFactory, StepAssessmentFactory
from tests.world.forms import text_of

WHY = "Sjukskriven på heltid"
SUPPORT = "Har deltagaren också stöd den månaden?"
STEPS = (Category.IDENTITY, Category.STEPS, Category.MEETINGS)


@pytest.fixture
def case(world) -> consents.Round:
    return consents.gather(world)


@pytest.fixture
def judged(case) -> StepAssessment:
    """A judgement of a step of which a criterion doesn't apply, as the program says of those sick-listed full time."""
    meeting = MeetingFactory(enrolment=case.enrolment, recorded_by=case.worker)
    judged = StepAssessmentFactory(full=True, meeting=meeting, other_support=True)
    result = CriterionResultFactory(full=True, assessment=judged)
    answer = {"outcome": CriterionOutcome.NOT_APPLICABLE, "why": TextBody.objects.write(WHY)}
    CriterionResult.objects.filter(pk=result.pk).update(**answer)
    return judged


def page_of(judged) -> str:
    return reverse("meeting_detail", args=[judged.meeting.public_id])


@pytest.mark.parametrize(
    ("more", "says_why", "says_support"),
    [
        ((), False, False),
        ((Category.HEALTH,), True, False),
        ((Category.SUPPORT,), False, True),
        ((Category.HEALTH, Category.SUPPORT), True, True),
    ],
)
def test_other_parties_read_by_each_kind_of_information(case, judged, log_in, more, says_why, says_support) -> None:
    case.give(*STEPS, *more)
    page = text_of(log_in(case.guest).get(page_of(judged)))
    assert "Gäller inte" in page
    assert (WHY in page, SUPPORT in page) == (says_why, says_support)
    assert ("jukskriv" in page) == says_why


def test_the_own_organisation_reads_all_of_it(case, judged, log_in) -> None:
    page = text_of(log_in(case.worker).get(page_of(judged)))
    assert WHY in page
    assert SUPPORT in page


def test_neither_stands_on_any_page_of_the_case(case, judged, log_in) -> None:
    SickListingFactory(enrolment=case.enrolment, recorded_by=case.worker, percent=100)
    case.give(*STEPS, Category.PLAN, Category.ASSESSMENT, Category.SUPPORT)
    guest = log_in(case.guest)
    for name in ("enrolment_detail", "plan_detail", "meeting_create", "livelihood_list", "ability_list"):
        answer = guest.get(reverse(name, args=[case.enrolment.public_id]))
        assert answer.status_code == 200, name
        assert "jukskriven på heltid" not in answer.content.decode(), name


def test_an_emptied_judgement_refuses_to_be_saved(case, judged) -> None:
    case.give(*STEPS)
    scope = Scope.of(case.guest, today())
    rows = StepAssessment.objects.visible_to(scope).filter(pk=judged.pk)
    (row,) = rows.told_to(scope.reading(case.enrolment))
    for emptied in (row, row.results.all()[0]):
        with pytest.raises(EmptiedRow):
            emptied.save()
