"""Everybody and everything that access is tried on: each role, each kind of case, with something of all that a case
can hold. Names, numbers and texts are such that they can be looked for in any answer."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection, transaction
from django.db.models import AutoField
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Duty
from accounts.log.reviews import store_sample
from accounts.models import LogReview, Organisation, User
from actionplans.enums import CriterionOutcome, MeetingKind, Outcome
from actionplans.meetings.actions import MeetingRecord, log_meeting
from actionplans.models import ImportBatch, Meeting, MeetingParagraph, StepAssessment
from actionplans.plans.actions import MilestoneRecord, PlanRecord, save_plan
from actionplans.steps.judgement import Answer, StepJudgement
from core.days.dates import today
from core.enums import Category
from core.models import TextBody
from oversight.log.sample import draw_sample
from participants.assessment.actions import record_assessment
from participants.assignment.actions import assign_case
from participants.enrolment.actions import end_enrolment
from participants.enums import CaseRole, ExitReason, ProtectionLevel
from participants.models import (
    CaseAssignment,
    Consent,
    Enrolment,
    Participant,
    PersonIdentity,
    PlacementPeriod,
    TextToCheck,
)
from participants.void.chain import ask, confirm
from projects.actions import ladder_on
from projects.enums import Role
from projects.models import Project, ProjectOrganisation, Step
from projects.proposals.enums import ProposalKind
from projects.proposals.models import Proposal
from projects.users.actions import add_membership, make_link
from reports.documents.actions import write_report
from reports.enums import ReportState
from reports.models import Report
from tests.actionplans.register.builders import register_file
from tests.world import consent_rows as consents
from tests.world import worlds
from tests.world.factories import EnrolmentFactory, MembershipFactory, PersonalNumberFactory, UserFactory

ANONYMOUS = "anonymous"


@dataclass(slots=True)
class Case:
    """One enrolment and the ids by which its pages are asked for."""

    kind: str
    ids: Mapping[str, UUID]
    enrolment: Enrolment | None = None

    @property
    def participant(self) -> Participant:
        return self.enrolment.participant


@dataclass
class Cast:
    """Users by role, cases by kind, files of a project by kind."""

    world: worlds.World
    users: Mapping[str, User]
    cases: Mapping[str, Case]
    claims: Mapping[str, UUID]
    voids: Mapping[str, UUID]
    batches: Mapping[str, UUID]
    reports: Mapping[str, UUID]
    asking: Mapping[str, UUID]
    reviews: Mapping[str, UUID]
    kept: Mapping[str, UUID]
    proposals: Mapping[str, UUID]
    other_project: Project

    def client(self, role: str) -> Client:
        client = Client()
        if role != ANONYMOUS:
            client.force_login(self.users[role])
        return client

    @cached_property
    def canaries(self) -> dict[str, UUID]:
        """What tells that a person stands in an answer, and who: family names, numbers, phones and addresses."""
        found = {}
        for identity in PersonIdentity.objects.select_related("participant").prefetch_related("participant__numbers"):
            person = identity.participant.public_id
            values = [identity.family_name, identity.phone, identity.email]
            numbers = [number for number in identity.participant.numbers.all() if not number.is_claim]
            values += [form for number in numbers for form in (number.value, number.formatted)]
            # A name like «Ek» is part of many words and tells nothing.
            found |= {value: person for value in values if len(value) > 4}
        return found


# Where the numbers of rows begin in the tests of access: so far off that one on a page can be nothing else.
FAR = 810_000_000
OURS = ("accounts", "projects", "participants", "actionplans", "casework", "oversight", "reports")


def number_from_afar() -> None:
    """Let the next row of each table of ours get a number that can be looked for in any answer."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    numbered = [model._meta.db_table for model in models if isinstance(model._meta.pk, AutoField)]
    with connection.cursor() as cursor:
        for table in numbered:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, FAR])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, FAR])


def build() -> Cast:
    """Write it all; rows about persons go in by the program's own actions."""
    number_from_afar()
    world = worlds.build()
    ProjectOrganisation.objects.create(project=world.project, organisation=world.af)
    colleague = worlds.member(world.project, world.ame, Role.CASE_WORKER, "Kim Kollega")
    users = {
        "case worker": world.case_worker,
        "colleague": colleague,
        "coordinator": world.coordinator,
        "project leader": world.project_leader,
        "steering group": world.steering,
        "supervisor": world.supervisor,
        "administrator": world.administrator,
        "log reviewer": world.log_reviewer,
        "no project": world.outsider,
        "former": _former(world),
        "other's case worker": world.af_case_worker,
        "other's coordinator": world.af_coordinator,
    }
    other_project = worlds.model_project(host=world.ame, name="Annat projekt", register_number="PROV-2026-2")
    cases = {case.kind: case for case in _cases(world, users, other_project)}
    return Cast(
        world=world,
        users=users,
        cases=cases,
        claims=_claims(other_project, cases["assigned"].participant),
        voids=_voids(world),
        batches=_batches(world, other_project),
        reports=(reports := _reports(world, other_project)),
        asking=_asking(world, reports),
        reviews=_reviews(world),
        kept=_kept(world),
        proposals=_proposals(world),
        other_project=other_project,
    )


def _former(world: worlds.World) -> User:
    """Left yesterday, though nobody has taken the case away yet."""
    user = UserFactory(organisation=world.ame, name="Fia Förut")
    MembershipFactory(user=user, project=world.project, role=Role.COORDINATOR, valid_until=today())
    MembershipFactory(user=user, project=world.project, role=Role.CASE_WORKER, valid_until=today())
    return user


def _cases(world: worlds.World, users: Mapping[str, User], other_project: Project) -> Iterator[Case]:
    mine, colleague, af = world.case_worker, users["colleague"], world.af_case_worker
    own = _enrol(world.project, "Kanariehök", by=mine)
    _assign(own, users["former"], CaseRole.SUBSTITUTE)
    yield _filled("assigned", own, mine)
    yield _sketched("colleague's", _enrol(world.project, "Kanarietrast", by=colleague), colleague)
    yield _sketched("nobody's", _enrol(world.project, "Kanariegök"), world.coordinator)
    unit = _enrol(world.project, "Kanarieduva")
    _assign(unit, None, CaseRole.RESPONSIBLE)
    yield _sketched("the unit's", unit, mine)
    ended = _enrol(world.project, "Kanariesvan", by=mine)
    yield _filled("ended", ended, mine)
    end_enrolment(enrolment=ended, exited_on=today(), reason=ExitReason.WORK, comment="Kanarietext avslut", by=mine)
    yield _filled("protected", _protected(_enrol(world.project, "Kanarieuggla", by=mine)), mine)
    hidden = _protected(_enrol(world.project, "Kanariefalk"))
    _assign(hidden, None, CaseRole.RESPONSIBLE)
    yield _sketched("protected, the unit's", hidden, mine)
    void = _enrol(world.project, "Kanarieanka", by=mine)
    yield _sketched("wrongly registered", void, mine)
    Enrolment.objects.filter(pk=void.pk).update(is_void=True)
    yield _filled("other organisation's", _enrol(world.project, "Kanarietärna", by=af, owner=world.af), af)
    lent = _enrol(world.project, "Kanariemås", by=af, owner=world.af)
    _assign(lent, mine, CaseRole.CONTACT)
    yield _sketched("other organisation's, as contact", lent, af)
    role = MembershipFactory(user=mine, project=other_project)
    left = _enrol(other_project, "Kanariestork", by=mine)
    role.delete()
    yield _sketched("other project's", left, mine)
    kinds = ("enrolment", "participant", "meeting", "note", "assessment", "consent", "placement")
    yield Case("missing", {kind: uuid4() for kind in kinds})


def _voids(world: worlds.World) -> dict[str, UUID]:
    """What the case worker asked the coordinator to mark as wrongly registered, what is marked, and what the only
    coordinator asked."""
    asked = _enrol(world.project, "Kanariegås", by=world.case_worker)
    void = _enrol(world.project, "Kanarieand", by=world.case_worker)
    for case in (asked, void):
        ask(enrolment=case, why="Kanarietext fel person", home="", by=world.case_worker)
    confirm(enrolment=void, home="", by=world.coordinator)
    alone = _enrol(world.project, "Kanariesnäppa", by=world.case_worker)
    ask(enrolment=alone, why="Kanarietext fel projekt", home="", by=world.coordinator)
    return {"asked": asked.public_id, "void": void.public_id, "alone": alone.public_id, "missing": uuid4()}


def _enrol(project: Project, family_name: str, *, by: User | None = None, **fields: object) -> Enrolment:
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


def assign_contact(enrolment: Enrolment, user: User) -> None:
    """Somebody of another organisation works with the case too."""
    _assign(enrolment, user, CaseRole.CONTACT)


def meeting_by(enrolment: Enrolment, user: User) -> Meeting:
    """A meeting that the user's organisation owns."""
    common = {"enrolment": enrolment, "concerns_on": today(), "owner": user.organisation, "recorded_by": user}
    meeting = Meeting.objects.create(project=enrolment.project, kind=MeetingKind.FOLLOW_UP, **common)
    body = TextBody.objects.write("Gästens egna ord")
    MeetingParagraph.objects.create(meeting=meeting, author=user, body=body, **common)
    return meeting


def _assign(enrolment: Enrolment, user: User | None, role: CaseRole) -> None:
    organisation = user.organisation if user else enrolment.owner
    CaseAssignment.objects.create(
        enrolment=enrolment,
        user=user,
        organisation=organisation,
        role=role,
        valid_from=enrolment.enrolled_on,
        recorded_by=User.objects.system(),
    )


def _protected(enrolment: Enrolment) -> Enrolment:
    Participant.objects.filter(pk=enrolment.participant_id).update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
    body = TextBody.objects.write("Kanarietext att gå igenom")
    TextToCheck.objects.create(
        participant=enrolment.participant, body=body, owner=enrolment.owner, spans=[[0, 11], [15, 17]]
    )
    return enrolment


def _sketched(kind: str, enrolment: Enrolment, by: User) -> Case:
    """Give the case a meeting with note and step assessment, row by row: quicker, for what is only asked for."""
    common = {"enrolment": enrolment, "concerns_on": enrolment.enrolled_on, "owner": enrolment.owner, "recorded_by": by}
    meeting = Meeting.objects.create(project=enrolment.project, kind=MeetingKind.FOLLOW_UP, **common)
    body = TextBody.objects.write("Kanarietext möte")
    note = MeetingParagraph.objects.create(meeting=meeting, author=by, body=body, **common)
    assessment = StepAssessment.objects.create(
        meeting=meeting, step=_first_step(enrolment), outcome=Outcome.NOT_CLEARED, **common
    )
    return _case(kind, enrolment, meeting, note, assessment)


def _filled(kind: str, enrolment: Enrolment, by: User) -> Case:
    """Give the case a kartläggning, a plan, a meeting with note and step assessment."""
    day = today() - timedelta(days=20)
    record_assessment(enrolment=enrolment, completed_on=day, summary="Kanarietext kartläggning", by=by)
    milestones = [MilestoneRecord(text="Kanarietext delmål", due_on=today())]
    plan = PlanRecord(
        valid_on=day,
        main_activity="Kanarietext aktivitet",
        schedule="Kanarietext schema",
        next_follow_up_on=today() + timedelta(days=3),
        milestones=milestones,
    )
    save_plan(enrolment=enrolment, record=plan, based_on=0, by=by)
    meeting = log_meeting(enrolment=enrolment, record=_record(enrolment, day, by), by=by)
    return _case(kind, enrolment, meeting, meeting.paragraphs.get(), meeting.step_assessments.get())


def _case(
    kind: str, enrolment: Enrolment, meeting: Meeting, note: MeetingParagraph, assessment: StepAssessment
) -> Case:
    ids = {
        "enrolment": enrolment.public_id,
        "participant": enrolment.participant.public_id,
        "meeting": meeting.public_id,
        "note": note.public_id,
        "assessment": assessment.public_id,
        "consent": _consent(enrolment, meeting.recorded_by).public_id,
        "placement": placement(enrolment, by=meeting.recorded_by).public_id,
    }
    return Case(kind, ids, enrolment)


def _consent(enrolment: Enrolment, by: User) -> Consent:
    """Lets in a party that has no people here: nobody sees more by it."""
    party, _ = Organisation.objects.get_or_create(name="Försäkringskassan")
    return consents.give(enrolment, [party], [Category.PLAN], by=by)


def placement(enrolment: Enrolment, *, by: User, **fields: object) -> PlacementPeriod:
    """At a place now, under the own organisation's supervisor unless something else is said."""
    supervisor = fields.pop("supervisor", None) or User.objects.get(name=worlds.SUPERVISOR)
    given = {"concerns_on": today() - timedelta(days=10), "owner": enrolment.owner} | fields
    place = TextBody.objects.write("Kanarietext plats")
    return PlacementPeriod.objects.create(
        enrolment=enrolment, place=place, supervisor=supervisor, recorded_by=by, **given
    )


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


def _claims(other_project: Project, person: Participant) -> dict[str, UUID]:
    """Whoever was written down out of sight under the person's number."""
    case = EnrolmentFactory(project=other_project, given_name="Kanarie", family_name="Kanariedubblett")
    number = person.numbers.get()
    PersonalNumberFactory(participant=case.participant, value=number.value, is_claim=True)
    return {"own": case.participant.public_id, "missing": uuid4()}


def _batches(world: worlds.World, other_project: Project) -> dict[str, UUID]:
    """Register files on their way in: of the own organisation, of another, for another project."""
    content = register_file({"Efternamn": "Kanariesparv", "Inskriven": date(2011, 1, 28)})
    places = {
        "own": (world.project, world.coordinator),
        "other organisation's": (world.project, world.af_coordinator),
        "other project's": (other_project, world.coordinator),
    }
    made = {
        kind: ImportBatch.objects.create(
            project=project, organisation=user.organisation, content=content, created_by=user
        ).public_id
        for kind, (project, user) in places.items()
    }
    return made | {"missing": uuid4()}


def _reports(world: worlds.World, other_project: Project) -> dict[str, UUID]:
    """A draft, an adopted one, and another project's."""
    days = {"period_start": date(2026, 1, 1), "period_end": date(2026, 6, 30), "as_of": date(2026, 6, 30)}
    texts = ["Uppdraget", "Arbetet", "Slutsatserna"]
    made = {
        kind: write_report(project=project, title="Slutrapport", texts=texts, by=world.project_leader, **days)
        for kind, project in (("draft", world.project), ("adopted", world.project), ("other project's", other_project))
    }
    adopted = [made[kind].pk for kind in ("adopted", "other project's")]
    Report.objects.filter(pk__in=adopted).update(state=ReportState.ADOPTED, adopted_at=timezone.now())
    return {kind: report.public_id for kind, report in made.items()} | {"missing": uuid4()}


def _asking(world: worlds.World, reports: Mapping[str, UUID]) -> dict[str, UUID]:
    """A draft that asks the host's coordinator for a release, and one that doesn't."""
    days = {"period_start": date(2026, 1, 1), "period_end": date(2026, 6, 30), "as_of": date(2026, 5, 31)}
    texts = ["Uppdraget", "Arbetet", "Slutsatserna"]
    asked = {"release_asked": "Styrelsen möts då.", "by": world.project_leader}
    made = write_report(project=world.project, title="Delrapport", texts=texts, **days, **asked)
    return {"asking": made.public_id, "draft": reports["draft"], "missing": uuid4()}


def _kept(world: worlds.World) -> dict[str, UUID]:
    """Users as the administrator meets them."""
    users = {"own": world.steering, "oneself": world.administrator, "other organisation's": world.af_coordinator}
    return {kind: user.public_id for kind, user in users.items()} | {"missing": uuid4()}


def _proposals(world: worlds.World) -> dict[str, UUID]:
    """What waits for a second person: a role, a link for an account, and another organisation's."""
    proposer = UserFactory(organisation=world.ame, duty=Duty.ADMINISTRATOR, name="Agda Administratör")
    stranger = UserFactory(organisation=world.af, duty=Duty.ADMINISTRATOR, name="Arne Administratör")
    role = add_membership(
        user=world.steering,
        project=world.project,
        role=Role.CASE_WORKER,
        valid_from=today(),
        valid_until=None,
        by=proposer,
    )
    make_link(user=world.steering, by=proposer)
    make_link(user=world.af_case_worker, by=stranger)
    links = {row.user_id: row.public_id for row in Proposal.objects.filter(kind=ProposalKind.LINK)}
    return {
        "role": role.public_id,
        "account": links[world.steering.pk],
        "other organisation's": links[world.af_case_worker.pk],
        "missing": uuid4(),
    }


def _reviews(world: worlds.World) -> dict[str, UUID]:
    """Samples of what has been written about the cases: one to sign off, one that is, and another organisation's."""
    month, reviewer = today().replace(day=1), world.log_reviewer
    finished = store_sample(month=month, seed=1, readings=0, drawn=[], by=reviewer)
    LogReview.objects.filter(pk=finished.pk).update(finished_at=timezone.now())
    stranger = UserFactory(organisation=world.af, duty=Duty.LOG_REVIEWER, name="Liv Loggranskare")
    return {
        "own": draw_sample(month=month, by=reviewer).store(by=reviewer).public_id,
        "finished": finished.public_id,
        "other organisation's": draw_sample(month=month, by=stranger).store(by=stranger).public_id,
        "missing": uuid4(),
    }


@contextmanager
def rolled_back() -> Iterator[None]:
    """What happens inside leaves no trace, so that the next request meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def address(name: str, *args: object) -> str:
    return reverse(name, args=args)
