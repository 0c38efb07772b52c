"""What is written in a case of the cast: who it is about, and something of all that a case can hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from accounts.models import Organisation, User
from actionplans.enums import CriterionOutcome, MeetingKind, Outcome
from actionplans.meetings.actions import MeetingRecord, log_meeting
from actionplans.models import CaseActivity, Meeting, MeetingParagraph, StepAssessment
from actionplans.plans.actions import MilestoneRecord, PlanRecord, save_plan
from actionplans.steps.judgement import Answer, StepJudgement
from actionplans.weeks.entries import Week
from core.days.dates import today
from core.enums import Category
from participants.assignment.actions import assign_case
from participants.enums import ProtectionLevel
from participants.models import Consent, Enrolment, Participant, PersonIdentity
from projects.actions import ladder_on
from projects.enums import AssessmentArea
from projects.models import Project, Step
from tests.world import consent_rows as consents
from tests.world.areas import begun, mapped
from tests.world.case_rows import ability, employment, livelihood, placement, sick_listing
from tests.world.factories import EnrolmentFactory, PersonalNumberFactory
from tests.world.factories.access import LegalGroundFactory, TextToCheckFactory
from tests.world.factories.background import (
    AreaAnswerFactory,
    AssessmentFactory,
    AssessmentWorkFactory,
    CaseOutcomeFactory,
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
from tests.world.factories.plans import (
    CaseActivityFactory,
    MeetingFactory,
    MeetingParagraphFactory,
    MilestoneStatusFactory,
    PlanRevisionFactory,
    PlanSignatureFactory,
    StepAssessmentFactory,
)

# Was written in a form that couldn't be saved.
KEPT = "Kanarietext ur ett formulär"


@dataclass(slots=True)
class Case:
    """One enrolment and the ids by which its pages are asked for."""

    ids: Mapping[str, UUID]
    enrolment: Enrolment

    @property
    def participant(self) -> Participant:
        return self.enrolment.participant


def enrol(project: Project, family_name: str, *, by: User | None = None, **fields: object) -> Enrolment:
    enrolled_on = today() - timedelta(days=40)
    enrolment = EnrolmentFactory(project=project, family_name=family_name, enrolled_on=enrolled_on, **fields)
    number = PersonalNumberFactory(participant=enrolment.participant, value=_number(enrolment.pk))
    PersonIdentity.objects.filter(participant=enrolment.participant).update(
        phone=f"070-{number.value[-7:]}", email=f"{family_name.lower()}@example.org"
    )
    if by:
        assign_case(enrolment=enrolment, user=by, note="Kanarietext överlämning", by=by)
    return enrolment


def _number(seed: int) -> str:
    """Twelve digits that nobody has: the check digit is left out of account."""
    return f"1899{seed % 12 + 1:02}{seed % 28 + 1:02}{seed % 10000:04}"


def protected(enrolment: Enrolment) -> Enrolment:
    Participant.objects.filter(pk=enrolment.participant_id).update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
    said = {"body": "Kanarietext att gå igenom", "spans": [[0, 11], [15, 17]]}
    TextToCheckFactory(participant=enrolment.participant, owner=enrolment.owner, **said)
    return enrolment


def sketched(enrolment: Enrolment, by: User) -> Case:
    """Give the case a meeting with note and step assessment, row by row: quicker, for what is only asked for."""
    meeting = MeetingFactory(enrolment=enrolment, concerns_on=enrolment.enrolled_on, recorded_by=by)
    note = MeetingParagraphFactory(meeting=meeting, body="Kanarietext möte")
    assessment = StepAssessmentFactory(meeting=meeting)
    written = {"enrolment": enrolment, "recorded_by": by, "concerns_on": enrolment.enrolled_on}
    done = AssessmentWorkFactory(superseded_at=meeting.recorded_at, **written)
    AssessmentFactory(summary="Kanarietext kartläggning", work=done, **written)
    work = AssessmentWorkFactory(**written)
    AreaAnswerFactory(work=done, area=AssessmentArea.HEALTH, answer="Kanarietext svar", recorded_by=by)
    for area in AssessmentArea:
        AreaAnswerFactory(work=work, area=area, answer=None, declines=True, recorded_by=by)
    revision = PlanRevisionFactory(plan__enrolment=enrolment, recorded_by=by, concerns_on=enrolment.enrolled_on)
    MilestoneStatusFactory(milestone__plan=revision.plan, revision=revision, recorded_by=by, text="Kanarietext delmål")
    return _case(enrolment, meeting, note, assessment)


def filled(enrolment: Enrolment, by: User) -> Case:
    """Give the case a kartläggning, a plan, a meeting with note and step assessment."""
    day = today() - timedelta(days=20)
    said = {"text": "Kanarietext svar", "own_words": "Kanarietext egna ord"}
    mapped(enrolment, by, on=day, summary="Kanarietext kartläggning", **said)
    begun(enrolment, by, **said)
    milestones = [MilestoneRecord(text="Kanarietext delmål", due_on=today())]
    plan = PlanRecord(
        valid_on=day,
        main_activity="Kanarietext aktivitet",
        week=Week.of("Måndag 9.00–12.00 · Kanarietext schema · Kanarietext plats"),
        next_follow_up_on=today() + timedelta(days=3),
        milestones=milestones,
    )
    save_plan(enrolment=enrolment, record=plan, based_on=0, by=by)
    meeting = log_meeting(enrolment=enrolment, record=_record(enrolment, day, by), by=by)
    return _case(enrolment, meeting, meeting.paragraphs.get(), meeting.step_assessments.get())


def _case(enrolment: Enrolment, meeting: Meeting, note: MeetingParagraph, assessment: StepAssessment) -> Case:
    ids = {
        "enrolment": enrolment.public_id,
        "participant": enrolment.participant.public_id,
        "meeting": meeting.public_id,
        "note": note.public_id,
        "assessment": assessment.public_id,
        "mapping": enrolment.assessments.get().public_id,
        "area": enrolment.assessments.get().work.answers.get(area=AssessmentArea.HEALTH).public_id,
        "work": enrolment.assessment_works.current().get().public_id,
        "revision": enrolment.plan_revisions.get().public_id,
        "milestone": enrolment.milestone_statuses.get().public_id,
        "signature": PlanSignatureFactory(enrolment=enrolment, recorded_by=meeting.recorded_by).public_id,
        "paper": SignedPaperFactory(enrolment=enrolment, recorded_by=meeting.recorded_by).public_id,
        "certificate": PlacementCertificateFactory(enrolment=enrolment, recorded_by=meeting.recorded_by).public_id,
        "workplace_sheet": WorkplaceSheetFactory(enrolment=enrolment, recorded_by=meeting.recorded_by).public_id,
        "activity": _activities(enrolment, meeting.recorded_by).public_id,
        "consent": _consent(enrolment, meeting.recorded_by).public_id,
        "ground": LegalGroundFactory(enrolment=enrolment, recorded_by=meeting.recorded_by).public_id,
        "kept note": KeptNoteFactory(enrolment=enrolment, body=KEPT, recorded_by=meeting.recorded_by).public_id,
        "placement": placement(enrolment, by=meeting.recorded_by).public_id,
        "sick_listing": sick_listing(enrolment, by=meeting.recorded_by).public_id,
        "employment": employment(enrolment, by=meeting.recorded_by).public_id,
        "livelihood": livelihood(enrolment, by=meeting.recorded_by).public_id,
        "outcome": CaseOutcomeFactory(enrolment=enrolment, recorded_by=meeting.recorded_by).public_id,
        "grouping": CaseGroupingFactory(enrolment=enrolment, recorded_by=meeting.recorded_by).public_id,
        "talk": SupportTalkFactory(enrolment=enrolment, recorded_by=meeting.recorded_by).public_id,
        "sip": CoordinatedPlanFactory(enrolment=enrolment, recorded_by=meeting.recorded_by).public_id,
        "ability": ability(enrolment, by=meeting.recorded_by).public_id,
    }
    return Case(ids, enrolment)


def _consent(enrolment: Enrolment, by: User) -> Consent:
    """Lets in a party that has no people here: nobody sees more by it."""
    party, _ = Organisation.objects.get_or_create(name="Försäkringskassan")
    return consents.give(enrolment, [party], [Category.PLAN], by=by)


def _first_step(enrolment: Enrolment) -> Step:
    return ladder_on(enrolment.project, enrolment.enrolled_on).steps.get(number=1)


def _record(enrolment: Enrolment, day: date, by: User) -> MeetingRecord:
    step = _first_step(enrolment)
    answers = {
        criterion.pk: Answer(CriterionOutcome.MET, supervisor="Kanarietext handledare")
        for criterion in step.criteria.all()
    }
    judgement = StepJudgement(step=step, outcome=Outcome.CLEARED, cleared_on=day, answers=answers)
    return MeetingRecord(
        kind=MeetingKind.FOLLOW_UP,
        held_on=day,
        text="Kanarietext möte",
        users=[by],
        others=["Kanarietext närvarande"],
        judgement=judgement,
    )


def _activities(enrolment: Enrolment, by: User) -> CaseActivity:
    """One that goes on, and one in a group of which nobody has said whether the participant came."""
    CaseActivityFactory(enrolment=enrolment, recorded_by=by, in_group=True)
    return CaseActivityFactory(enrolment=enrolment, recorded_by=by)
