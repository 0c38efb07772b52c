"""Files, reports, questions and proposals of the cast, by the ids in their addresses."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from accounts.enums import Duty
from accounts.log.reviews import store_sample
from accounts.models import LogReview, User
from core.days.dates import today
from oversight.log.sample import draw_sample
from participants.models import Participant
from participants.scope.scope import Scope
from participants.twins.actions import join_twins
from participants.twins.pairs import Pair
from participants.void.chain import ask_to_void, confirm_void
from projects.enums import Role
from projects.models import Project
from projects.proposals.enums import ProposalKind
from projects.proposals.models import Proposal
from projects.users.actions import add_membership, make_link
from reports.documents.actions import write_report
from reports.enums import ReportState
from reports.models import Report
from tests.actionplans.register.builders import register_file
from tests.world import worlds
from tests.world.cast.rows import enrol
from tests.world.factories import EnrolmentFactory, PersonalNumberFactory, UserFactory
from tests.world.factories.plans import ImportBatchFactory


@dataclass(slots=True)
class Voids:
    """Cases that Hanna asked Samira to mark as wrongly registered, that are marked, and that Samira alone could."""

    asked: UUID
    void: UUID
    alone: UUID


@dataclass(slots=True)
class Batches:
    """Register files on their way in, by the coordinator who sent them and the project."""

    of_samira: UUID
    of_sune: UUID
    in_other_project: UUID


@dataclass(slots=True)
class Reports:
    """A draft, an adopted report, another project's adopted one, and a draft that asks Samira for a release."""

    draft: UUID
    adopted: UUID
    in_other_project: UUID
    asking: UUID


@dataclass(slots=True)
class Reviews:
    """Samples of what has been read: Lo's to sign off, Lo's that is, and another organisation's."""

    of_lo: UUID
    finished: UUID
    of_liv: UUID


@dataclass(slots=True)
class Proposals:
    """What waits for a second person: a role, a link for an account, and another organisation's link."""

    role: UUID
    link: UUID
    of_arne: UUID


def write_voids(world: worlds.World) -> Voids:
    """Hanna asks for two cases, and Samira, the only coordinator, for one of her own accord."""
    asked = enrol(world.project, "Kanariegås", by=world.case_worker)
    void = enrol(world.project, "Kanarieand", by=world.case_worker)
    for case in (asked, void):
        ask_to_void(enrolment=case, why="Kanarietext fel person", home="", by=world.case_worker)
    confirm_void(enrolment=void, home="", by=world.coordinator)
    alone = enrol(world.project, "Kanariesnäppa", by=world.case_worker)
    ask_to_void(enrolment=alone, why="Kanarietext fel projekt", home="", by=world.coordinator)
    return Voids(asked=asked.public_id, void=void.public_id, alone=alone.public_id)


def write_claim(other_project: Project, person: Participant) -> UUID:
    """Somebody is written down out of sight under the person's number."""
    case = EnrolmentFactory(project=other_project, given_name="Kanarie", family_name="Kanariedubblett")
    number = person.numbers.get()
    PersonalNumberFactory(participant=case.participant, value=number.value, is_claim=True)
    return case.participant.public_id


def write_joined(world: worlds.World) -> UUID:
    """Somebody who was registered twice, the second time wrongly, and has been joined."""
    first, second = (enrol(world.project, "Kanarieärla", by=world.case_worker) for _ in range(2))
    ask_to_void(enrolment=second, why="Kanarietext dubbel", home="", by=world.case_worker)
    confirm_void(enrolment=second, home="", by=world.coordinator)
    ids = (first.participant.public_id, second.participant.public_id)
    pair = Pair.of(*ids, Scope.of(world.coordinator, today()))
    assert pair
    join_twins(pair=pair, second=set(), why="Kanarietext samma", seen=pair.fingerprint, by=world.coordinator)
    return pair.first.public_id


def write_batches(world: worlds.World, other_project: Project) -> Batches:
    """The same file, sent in three times; nothing of it is approved."""
    content = register_file({"Efternamn": "Kanariesparv", "Inskriven": date(2011, 1, 28)})

    def batch(project: Project, user: User) -> UUID:
        return ImportBatchFactory(project=project, content=content, created_by=user).public_id

    return Batches(
        of_samira=batch(world.project, world.coordinator),
        of_sune=batch(world.project, world.af_coordinator),
        in_other_project=batch(other_project, world.coordinator),
    )


def write_reports(world: worlds.World, other_project: Project) -> Reports:
    """Four reports by Petra, two of them adopted."""
    petra = world.project_leader
    draft, adopted = _report(world.project, petra), _report(world.project, petra)
    foreign = _report(other_project, petra)
    Report.objects.filter(pk__in=[adopted.pk, foreign.pk]).update(state=ReportState.ADOPTED, adopted_at=timezone.now())
    asked = {"as_of": date(2026, 5, 31), "release_asked": "Styrelsen möts då."}
    asking = _report(world.project, petra, title="Delrapport", **asked)
    return Reports(
        draft=draft.public_id,
        adopted=adopted.public_id,
        in_other_project=foreign.public_id,
        asking=asking.public_id,
    )


def _report(project: Project, by: User, **fields: object) -> Report:
    days = {"period_start": date(2026, 1, 1), "period_end": date(2026, 6, 30), "as_of": date(2026, 6, 30)}
    texts = ["Uppdraget", "Arbetet", "Slutsatserna"]
    return write_report(**{"project": project, "title": "Slutrapport", "texts": texts, "by": by, **days, **fields})


def write_reviews(world: worlds.World) -> Reviews:
    """Samples of what has been written about the cases."""
    month, reviewer = today().replace(day=1), world.log_reviewer
    finished = store_sample(month=month, seed=1, readings=0, drawn=[], by=reviewer)
    LogReview.objects.filter(pk=finished.pk).update(finished_at=timezone.now())
    liv = UserFactory(organisation=world.af, duty=Duty.LOG_REVIEWER, name="Liv Loggranskare")
    return Reviews(
        of_lo=draw_sample(month=month, by=reviewer).store(by=reviewer).public_id,
        finished=finished.public_id,
        of_liv=draw_sample(month=month, by=liv).store(by=liv).public_id,
    )


def write_proposals(world: worlds.World) -> Proposals:
    """Two administrators propose; nobody has answered."""
    agda = UserFactory(organisation=world.ame, duty=Duty.ADMINISTRATOR, name="Agda Administratör")
    arne = UserFactory(organisation=world.af, duty=Duty.ADMINISTRATOR, name="Arne Administratör")
    role = add_membership(
        user=world.steering,
        project=world.project,
        role=Role.CASE_WORKER,
        valid_from=today(),
        valid_until=None,
        by=agda,
    )
    make_link(user=world.steering, by=agda)
    make_link(user=world.af_case_worker, by=arne)
    links = {row.user_id: row.public_id for row in Proposal.objects.filter(kind=ProposalKind.LINK)}
    return Proposals(role=role.public_id, link=links[world.steering.pk], of_arne=links[world.af_case_worker.pk])
