"""One project, one user of each role, three cases: what most tests start from."""

from dataclasses import dataclass
from datetime import date

from accounts.enums import Duty
from accounts.models import Organisation, User
from participants.models import Enrolment
from projects.actions import create_project
from projects.enums import Role
from projects.models import Project
from projects.project.forms import MAX_DAYS
from tests.world.factories import (
    CaseAssignmentFactory,
    EnrolmentFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)

SUPERVISOR = "Hedda Handledare"


@dataclass(slots=True)
class World:
    """A project hosted by `ame`, with `af` beside it; each person has one role."""

    project: Project
    ame: Organisation
    af: Organisation
    case_worker: User
    coordinator: User
    project_leader: User
    steering: User
    administrator: User
    log_reviewer: User
    af_case_worker: User
    af_coordinator: User
    supervisor: User
    outsider: User
    enrolment: Enrolment
    unassigned: Enrolment
    af_enrolment: Enrolment


def model_project(**fields: object) -> Project:
    """A project with the model ladder and targets."""
    host = fields.pop("host", None) or OrganisationFactory(name="Vuxenenheten")
    return create_project(
        name=fields.pop("name", "Vägar till arbete"),
        register_number=fields.pop("register_number", "PROV-2026-1"),
        host=host,
        by=User.objects.system(),
        **fields,
    )


def member(project: Project, organisation: Organisation, role: Role, name: str) -> User:
    """A user with one role in the project."""
    user = UserFactory(organisation=organisation, name=name)
    MembershipFactory(user=user, project=project, role=role)
    return user


def build() -> World:
    """The world that access and page tests start from. Nobody waits long for a placement in it, but in the tests of
    that: most write none."""
    ame, af = OrganisationFactory(name="Vuxenenheten"), OrganisationFactory(name="Arbetsförmedlingen")
    project = model_project(host=ame, placement_days=MAX_DAYS)
    case_worker = member(project, ame, Role.CASE_WORKER, "Hanna Handläggare")
    af_case_worker = member(project, af, Role.CASE_WORKER, "Alva Arbetsförmedlare")
    enrolment = EnrolmentFactory(project=project, given_name="Åsa", family_name="Öberg", enrolled_on=date(2026, 1, 12))
    CaseAssignmentFactory(enrolment=enrolment, user=case_worker)
    af_enrolment = EnrolmentFactory(
        project=project, owner=af, given_name="Fredrik", family_name="Främmande", enrolled_on=date(2026, 2, 2)
    )
    CaseAssignmentFactory(enrolment=af_enrolment, user=af_case_worker)
    return World(
        project=project,
        ame=ame,
        af=af,
        case_worker=case_worker,
        coordinator=member(project, ame, Role.COORDINATOR, "Samira Samordnare"),
        project_leader=member(project, ame, Role.PROJECT_LEADER, "Petra Projektledare"),
        steering=member(project, ame, Role.STEERING_GROUP, "Stig Styrgrupp"),
        administrator=UserFactory(organisation=ame, duty=Duty.ADMINISTRATOR, name="Ada Administratör"),
        log_reviewer=UserFactory(organisation=ame, duty=Duty.LOG_REVIEWER, name="Lo Loggranskare"),
        af_case_worker=af_case_worker,
        af_coordinator=member(project, af, Role.COORDINATOR, "Sune Samordnare"),
        supervisor=member(project, ame, Role.SUPERVISOR, SUPERVISOR),
        outsider=UserFactory(name="Ulla Utanför"),
        enrolment=enrolment,
        unassigned=EnrolmentFactory(
            project=project, given_name="Örjan", family_name="Ek", enrolled_on=date(2026, 3, 2)
        ),
        af_enrolment=af_enrolment,
    )
