"""The project that is measured in, its users, and one case that is known from its first day."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Organisation, User
from participants.models import Enrolment
from projects.actions import create_project
from projects.enums import Role
from projects.models import Membership, Project
from workshop.demo.cases import Story
from workshop.demo.people import People

CASE_WORKERS = 40
DAYS = 900


@dataclass(frozen=True, slots=True)
class World:
    """The project and its users. `case` has meetings, a plan and steps."""

    project: Project
    coordinator: User
    case_workers: list[User]
    leader: User
    supervisor: User
    case: Enrolment
    on: date

    @property
    def case_worker(self) -> User:
        """The one who is responsible for `case`."""
        return self.case_workers[0]


def gather(on: date) -> World:
    """Make the project, its users and the case."""
    host = Organisation.objects.create(name="Vuxenenheten")
    project = create_project(
        name="Mätning",
        register_number="BENCH",
        host=host,
        starts_on=on - timedelta(days=DAYS),
        by=User.objects.system(),
    )
    workers = [member(project, f"Handläggare {place}", Role.CASE_WORKER) for place in range(CASE_WORKERS)]
    # Born before all others, so that no number is met twice.
    people = People(3, on - timedelta(days=47 * 365))
    supervisor = member(project, "Handledare", Role.SUPERVISOR)
    case = Story(project, workers[0], supervisor, people, on).live(on - timedelta(days=400))
    return World(
        project=project,
        coordinator=member(project, "Samordnare", Role.COORDINATOR),
        case_workers=workers,
        leader=member(project, "Projektledare", Role.PROJECT_LEADER),
        supervisor=supervisor,
        case=case,
        on=on,
    )


def member(project: Project, name: str, role: Role) -> User:
    """Somebody of the host with a role in the project, who has no password."""
    email = f"{name.replace(' ', '-').lower()}@example.se"
    user = User.objects.create_user(email, name=name, organisation=project.host)
    Membership.objects.create(user=user, project=project, role=role, valid_from=date(2000, 1, 1))
    return user
