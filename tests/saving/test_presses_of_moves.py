"""A form that is sent again once it has moved its fact to another person, or taken it away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.enums import AccessKind
from accounts.models import AccessEvent
from actionplans.models import PlanSignature
from core.days.periods import Period
from core.forms.saving import ALREADY
from participants.assessment.actions import record_assessment
from participants.enums import MisplacedWay
from participants.guards import NOT_HERE
from participants.models import Enrolment, Misplacement
from participants.placement.actions import PlacementRecord, record_placement
from participants.sick_listing.actions import record_sick_listing
from tests.world.case_rows import ability, livelihood
from tests.world.cases import days_ago, met, plan, started
from tests.world.factories import CaseAssignmentFactory, EnrolmentFactory
from tests.world.factories.access import LegalGroundFactory
from tests.world.factories.background import (
    CaseOutcomeFactory,
    EmploymentPeriodFactory,
    KeptNoteFactory,
    PlacementCertificateFactory,
)
from tests.world.factories.beside import (
    CoordinatedPlanFactory,
    SignedPaperFactory,
    SupportTalkFactory,
    WorkplaceSheetFactory,
)
from tests.world.factories.grouping import CaseGroupingFactory
from tests.world.factories.plans import CaseActivityFactory, PlanSignatureFactory
from tests.world.pages import fill


def _assessment(world: Any) -> Any:
    return record_assessment(enrolment=world.enrolment, completed_on=days_ago(5), by=world.case_worker)


def _sick_listing(world: Any) -> Any:
    since = days_ago(5)
    return record_sick_listing(
        enrolment=world.enrolment, from_day=since, last_day=None, percent=50, by=world.case_worker
    )


def _placement(world: Any) -> Any:
    record = PlacementRecord("Lagret", world.supervisor, Period(days_ago(9)))
    return record_placement(enrolment=world.enrolment, record=record, by=world.case_worker)


def _signature(world: Any) -> PlanSignature:
    """Under the first plan, which the right person has too."""
    plan(Enrolment.objects.latest("pk"), world.case_worker)
    return PlanSignatureFactory(enrolment=world.enrolment, recorded_by=world.case_worker)


FACTS: dict[str, Callable[[Any], Any]] = {
    "meeting_misplaced": lambda world: met(world.enrolment, world.case_worker, days_ago(3), text="Kom i tid."),
    "assessment_misplaced": _assessment,
    "revision_misplaced": lambda world: plan(world.enrolment, world.case_worker),
    "sick_listing_misplaced": _sick_listing,
    "placement_misplaced": _placement,
    "signature_misplaced": _signature,
    "paper_misplaced": lambda world: SignedPaperFactory(enrolment=world.enrolment, recorded_by=world.case_worker),
    "workplace_sheet_misplaced": lambda world: WorkplaceSheetFactory(
        enrolment=world.enrolment, recorded_by=world.case_worker
    ),
    "certificate_misplaced": lambda world: PlacementCertificateFactory(
        enrolment=world.enrolment, recorded_by=world.case_worker
    ),
    "activity_misplaced": lambda world: CaseActivityFactory(enrolment=world.enrolment, recorded_by=world.case_worker),
    "employment_misplaced": lambda world: EmploymentPeriodFactory(
        enrolment=world.enrolment, recorded_by=world.case_worker
    ),
    "livelihood_misplaced": lambda world: livelihood(world.enrolment, by=world.case_worker),
    "outcome_misplaced": lambda world: CaseOutcomeFactory(enrolment=world.enrolment, recorded_by=world.case_worker),
    "grouping_misplaced": lambda world: CaseGroupingFactory(enrolment=world.enrolment, recorded_by=world.case_worker),
    "talk_misplaced": lambda world: SupportTalkFactory(enrolment=world.enrolment, recorded_by=world.case_worker),
    "sip_misplaced": lambda world: CoordinatedPlanFactory(enrolment=world.enrolment, recorded_by=world.case_worker),
    "ability_misplaced": lambda world: ability(world.enrolment, by=world.case_worker),
    "kept_note_misplaced": lambda world: KeptNoteFactory(enrolment=world.enrolment, recorded_by=world.case_worker),
    "ground_misplaced": lambda world: LegalGroundFactory(enrolment=world.enrolment, recorded_by=world.case_worker),
}


@pytest.mark.parametrize("way", [MisplacedWay.MOVED_AWAY, MisplacedWay.TAKEN_AWAY])
@pytest.mark.parametrize("page", FACTS)
def test_a_second_press_leads_where_the_first_one_led(world, log_in, page: str, way: MisplacedWay) -> None:
    wrong = world.enrolment = started(world.enrolment, 60)
    right = EnrolmentFactory(project=world.project, given_name="Vilgot", family_name="Rätt", enrolled_on=days_ago(60))
    CaseAssignmentFactory(enrolment=right, user=world.case_worker)
    client = log_in(world.case_worker)
    address = reverse(page, args=[FACTS[page](world).public_id])
    moves = way == MisplacedWay.MOVED_AWAY
    sent = fill(client, address, way=way, right=str(right.public_id) if moves else "")
    first = client.post(address, sent)
    client.get(first["Location"])
    second = client.post(address, sent)
    assert first["Location"] == second["Location"] == wrong.get_absolute_url()
    assert [str(said) for said in get_messages(second.wsgi_request)] == [ALREADY]
    assert Misplacement.objects.filter(enrolment=wrong).count() == 1
    assert not AccessEvent.objects.filter(kind=AccessKind.REFUSED).exists()


def test_anothers_token_opens_nothing(world, log_in) -> None:
    world.enrolment = started(world.enrolment, 60)
    address = reverse("assessment_misplaced", args=[_assessment(world).public_id])
    client = log_in(world.case_worker)
    sent = fill(client, address, way=MisplacedWay.TAKEN_AWAY)
    assert client.post(address, sent).status_code == 302
    for answer in (log_in(world.coordinator).post(address, sent), client.post(address, sent | {"token": "inget"})):
        assert [str(said) for said in get_messages(answer.wsgi_request)][-1:] == [NOT_HERE]
