"""A case with one row of each model that says something about a person."""

from django.db.models import Model

from accounts.models import Organisation, User
from actionplans.models import StepClock
from core.days.dates import today
from core.models import TextBody
from participants.enums import CaseRole
from participants.models import Enrolment, IdentityVersion
from tests.world.factories import CaseAssignmentFactory, PersonalNumberFactory
from tests.world.factories.access import (
    ConsentFactory,
    ConsentGrantFactory,
    ConsentWithdrawalFactory,
    EmergencyAccessFactory,
    EmergencyNoticeFactory,
    LegalGroundFactory,
    ProtectedNoticeFactory,
    ProtectedNumberFactory,
    SamePersonAnswerFactory,
    SelfEnrolmentFactory,
    TextToCheckFactory,
)
from tests.world.factories.background import (
    AreaAnswerFactory,
    AssessmentFactory,
    AssessmentWorkFactory,
    CaseOutcomeFactory,
    EmploymentPeriodFactory,
    ExitFactory,
    KeptNoteFactory,
    MisplacementFactory,
    OwnWordsFactory,
    PlacementCertificateFactory,
    PlacementPeriodFactory,
    ReferralFactory,
    SickListingFactory,
    VoidingFactory,
)
from tests.world.factories.beside import (
    AbilityStatementFactory,
    CoordinatedPlanFactory,
    SignedPaperFactory,
    SupportTalkFactory,
    WorkplaceSheetFactory,
)
from tests.world.factories.grouping import CaseGroupingFactory, CaseGroupingLineFactory
from tests.world.factories.livelihood import LivelihoodRecordFactory, LivelihoodSourceFactory
from tests.world.factories.plans import (
    ActionPlanFactory,
    CaseActivityFactory,
    CriterionResultFactory,
    MeetingFactory,
    MeetingParagraphFactory,
    MeetingPartyFactory,
    MilestoneFactory,
    MilestoneStatusFactory,
    PlanRevisionFactory,
    PlanSignatureFactory,
    StepAssessmentFactory,
    StepClockFactory,
)

# What is known of the person beside kartläggning, plan, meetings and consents.
BACKGROUND = (
    AbilityStatementFactory,
    CaseActivityFactory,
    CaseOutcomeFactory,
    CoordinatedPlanFactory,
    EmploymentPeriodFactory,
    ExitFactory,
    KeptNoteFactory,
    LegalGroundFactory,
    MisplacementFactory,
    PlacementCertificateFactory,
    PlacementPeriodFactory,
    PlanSignatureFactory,
    SickListingFactory,
    SignedPaperFactory,
    SupportTalkFactory,
    WorkplaceSheetFactory,
    VoidingFactory,
)


def fill_case(enrolment: Enrolment, by: User) -> dict[type[Model], Model]:
    """One row of each model about the person, with as many fields filled as may be at once: words as the factories
    have them."""
    rows = [*_about_person(enrolment, by), *_assessment(enrolment, by), *_plan(enrolment, by)]
    rows += [*_meeting(enrolment, by), *_access(enrolment, by)]
    rows += [factory(full=True, enrolment=enrolment, recorded_by=by) for factory in BACKGROUND]
    enrolment.entries.update(note=TextBody.objects.write("Hur det började"))
    return {type(row): row for row in rows}


def _about_person(enrolment: Enrolment, by: User) -> list[Model]:
    person, record = enrolment.participant, LivelihoodRecordFactory(full=True, enrolment=enrolment, recorded_by=by)
    grouping = CaseGroupingFactory(full=True, enrolment=enrolment, recorded_by=by)
    source = {"project": enrolment.project, "owner": enrolment.owner, "recorded_by": by}
    return [
        *(enrolment, person, person.identity, person.identity.parts.order_by("pk")[0]),
        *(enrolment.entries.get(), _version_before(enrolment, by)),
        *(record, LivelihoodSourceFactory(record=record)),
        *(grouping, CaseGroupingLineFactory(record=grouping)),
        ReferralFactory(full=True, participant=person, **source),
        PersonalNumberFactory(participant=person),
        ProtectedNumberFactory(participant=person),
        ProtectedNoticeFactory(full=True, participant=person, asked_by=by),
        SamePersonAnswerFactory(participant=person, recorded_by=by),
        TextToCheckFactory(full=True, participant=person, checked_by=by),
    ]


def _assessment(enrolment: Enrolment, by: User) -> list[Model]:
    work = AssessmentWorkFactory(full=True, enrolment=enrolment, recorded_by=by)
    return [
        *(work, AssessmentFactory(full=True, enrolment=enrolment, work=work, recorded_by=by)),
        *(AreaAnswerFactory(full=True, work=work, recorded_by=by), OwnWordsFactory(work=work, recorded_by=by)),
    ]


def _plan(enrolment: Enrolment, by: User) -> list[Model]:
    plan = ActionPlanFactory(enrolment=enrolment)
    milestone = MilestoneFactory(plan=plan)
    status = MilestoneStatusFactory(full=True, milestone=milestone, recorded_by=by)
    return [plan, PlanRevisionFactory(full=True, plan=plan, recorded_by=by), milestone, status]


def _meeting(enrolment: Enrolment, by: User) -> list[Model]:
    meeting = MeetingFactory(full=True, enrolment=enrolment, recorded_by=by)
    assessment = StepAssessmentFactory(full=True, meeting=meeting)
    clock = StepClock.objects.filter(enrolment=enrolment).first()
    return [
        *(meeting, MeetingPartyFactory(meeting=meeting), MeetingParagraphFactory(meeting=meeting)),
        *(assessment, CriterionResultFactory(full=True, assessment=assessment)),
        clock or StepClockFactory(full=True, enrolment=enrolment),
    ]


def _access(enrolment: Enrolment, by: User) -> list[Model]:
    consent = ConsentFactory(full=True, enrolment=enrolment, recorded_by=by)
    withdrawal = ConsentWithdrawalFactory(consent=consent)
    party = Organisation.objects.get(name="Arbetsförmedlingen")
    opening = EmergencyAccessFactory(enrolment=enrolment, user=by)
    held_today = {"valid_from": today(), "valid_until": today(), "note": "Överlämningen"}
    return [
        *(consent, withdrawal, ConsentGrantFactory(consent=consent, organisation=party, withdrawal=withdrawal)),
        *(opening, EmergencyNoticeFactory(full=True, opening=opening)),
        CaseAssignmentFactory(enrolment=enrolment, user=by, role=CaseRole.SUBSTITUTE, **held_today),
        SelfEnrolmentFactory(enrolment=enrolment, user=by),
    ]


def _version_before(enrolment: Enrolment, by: User) -> IdentityVersion:
    """The first version of who the person is, with everything filled in."""
    said = {"number": "196205189829", "phone": "070-1", "email": "fore@example.org", "given_name": "Asa"}
    enrolment.participant.identity_versions.update(**said, recorded_by=by)
    first = enrolment.participant.identity_versions.get()
    return IdentityVersion.objects.create(participant=enrolment.participant, replaces=first, **said)
