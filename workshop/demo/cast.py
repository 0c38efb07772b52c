"""The demo's organisations, users and projects."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from accounts.enums import Duty, OrganisationKind
from accounts.models import Organisation, User
from participants.models import Enrolment
from projects.actions import create_project
from projects.enums import ListKind, Role
from projects.lists.actions import ListedLine, add_to_list, change_listed
from projects.models import Listed, Membership, Project, ProjectOrganisation

PASSWORD = "prova-samverkan"  # noqa: S105 - the demo's own, printed when it starts

DEMO_NUMBER = "2026/SOF-12"
EMPTY_NUMBER = "2010/SOF-3"


@dataclass(frozen=True, slots=True)
class Cast:
    """The organisations, users and projects of the demo."""

    project: Project
    empty_project: Project
    vux: Organisation
    users: dict[str, User]


# Key, name, organisation, what they do.
_USERS = (
    ("hanna", "Hanna Lindqvist", "vux", Role.CASE_WORKER),
    ("jonas", "Jonas Ek", "vux", Role.CASE_WORKER),
    ("samira", "Samira Öberg", "vux", Role.COORDINATOR),
    ("petra", "Petra Holm", "vux", Role.PROJECT_LEADER),
    ("stig", "Stig Åkerö", "vux", Role.STEERING_GROUP),
    ("alva", "Alva Nyström", "af", Role.CASE_WORKER),
    ("frida", "Frida Sandell", "fk", Role.CASE_WORKER),
    ("hedda", "Hedda Falk", "vux", Role.SUPERVISOR),
    ("sixten", "Sixten Wall", "af", Role.SUPERVISOR),
    ("ada", "Ada Ström", "vux", Duty.ADMINISTRATOR),
    ("lo", "Lo Sjögren", "vux", Duty.LOG_REVIEWER),
)
# What the project's own lists have, which the model's leave empty.
# Shares of the participants that the project wishes to be in a target group, by the groups' codes in the model's list.
_WISHED = {"born_abroad": 40, "aged_20_24": 25}
_LISTS = {ListKind.METHOD: ("7-TJUGO", "Motiverande samtal"), ListKind.UNIT: ("Byggeriet", "VUXAM")}
_PARTIES = {"af": "Arbetsförmedlingen", "fk": "Försäkringskassan", "soc": "Socialtjänsten"}


def gather(start: date) -> Cast:
    """Make the cast. The project with persons begins on `start`; the other one is for an imported register."""
    organisations = {
        "vux": Organisation.objects.create(name="Vuxenenheten", kind=OrganisationKind.LABOUR_MARKET_UNIT),
        "af": Organisation.objects.create(name=_PARTIES["af"], kind=OrganisationKind.EMPLOYMENT_SERVICE),
        "fk": Organisation.objects.create(name=_PARTIES["fk"], kind=OrganisationKind.SOCIAL_INSURANCE),
        "soc": Organisation.objects.create(name=_PARTIES["soc"], kind=OrganisationKind.SOCIAL_SERVICES),
    }
    project = _project("Vägar till arbete", DEMO_NUMBER, organisations["vux"], start)
    empty = _project("Återvägen 2010–2012", EMPTY_NUMBER, organisations["vux"], date(2010, 9, 1), date(2012, 6, 30))
    for each_project in (project, empty):
        ProjectOrganisation.objects.bulk_create(
            ProjectOrganisation(project=each_project, organisation=organisations[key]) for key in _PARTIES
        )
    for kind, names in _LISTS.items():
        for name in names:
            line = ListedLine(name=name, valid_from=None, valid_until=None)
            add_to_list(project=project, kind=kind, line=line, by=User.objects.system())
    for code, percent in _WISHED.items():
        group = Listed.objects.get(project=project, kind=ListKind.TARGET_GROUP, code=code)
        line = ListedLine(name=group.name, valid_from=None, valid_until=None, wished_percent=percent)
        change_listed(listed=group, line=line, by=User.objects.system())
    users = {key: _user(key, name, organisations[place], task, (project, empty)) for key, name, place, task in _USERS}
    return Cast(project, empty, organisations["vux"], users)


def _project(name: str, number: str, host: Organisation, start: date, end: date | None = None) -> Project:
    return create_project(
        name=name,
        register_number=number,
        host=host,
        association="Samordningsförbundet Provköping",
        funder="Samordningsförbundet Provköping",
        purpose="Att fler får stöd av flera myndigheter samtidigt och kommer till arbete eller studier.",
        starts_on=start,
        ends_on=end,
        by=User.objects.system(),
    )


def _user(key: str, name: str, organisation: Organisation, task: Role | Duty, projects: tuple[Project, ...]) -> User:
    is_duty = isinstance(task, Duty)
    user = User.objects.create_user(
        f"{key}@example.se",
        PASSWORD,
        name=name,
        organisation=organisation,
        phone=f"08-465 004 {10 + [name for name, *_ in _USERS].index(key)}",
        duty=task if is_duty else Duty.CASE_WORK,
    )
    if not is_duty:
        Membership.objects.bulk_create(
            Membership(user=user, project=project, role=task, valid_from=date(2010, 1, 1)) for project in projects
        )
    return user


def logins() -> list[tuple[str, str]]:
    """Address and task of each demo user, for the one who starts the program."""
    return [
        (f"{key}@example.se", ", ".join(filter(None, (str(task.label), _PARTIES.get(place)))))
        for key, _, place, task in _USERS
    ]


def has_demo_users() -> bool:
    """Whether a user of the demo can log in here by the published password."""
    return User.objects.filter(email__in=[email for email, _ in logins()]).exists()


def fault_of_demo_users(tables: Collection[str]) -> str:
    """The reason why a database with demo users can't be used for real data, in Swedish; empty where there are none.
    Works on databases of older releases too."""
    is_there = User._meta.db_table in tables and has_demo_users()
    return "Databasen har demons användare, vars lösenord alla kan läsa: använd en egen databas." if is_there else ""


def may_hold_real_data() -> bool:
    """Whether the database may hold real data: false only in development mode, for an unused database or the demo's
    own."""
    own = [email for email, _ in logins()]
    others = User.objects.exclude(email__in=[*own, User.objects.system().email])
    return not settings.DEVELOPMENT or others.exists() or (Enrolment.objects.exists() and not has_demo_users())
