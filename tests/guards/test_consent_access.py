"""What consent opens, as docs/access.md says: every kind of person of four organisations by every state of consent, and
every page of a case that is shared."""

from datetime import timedelta

import pytest

from accounts.enums import Duty
from actionplans.models import PlanRevision
from core.days.dates import today
from core.enums import Category
from participants.enums import CaseRole, ProtectionLevel
from participants.models import Enrolment, Participant
from participants.scope.scope import Scope
from projects.enums import Role
from tests.guards.access_table import CASE_PAGES, table
from tests.guards.test_access import answer, differences, path_of
from tests.world import consent_rows as consents
from tests.world import worlds
from tests.world.case_rows import assign_contact, placement
from tests.world.cast import Cast
from tests.world.factories import CaseAssignmentFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.world.factories.access import ProjectOrganisationFactory
from tests.world.pages import rolled_back

pytestmark = pytest.mark.django_db

STATES = {row["consent"]: row for row in table("What consent opens")}
PEOPLE = [column for column in table("What consent opens")[0] if column != "consent"]
ROLES = {
    "named contact": Role.CASE_WORKER,
    "contact's whole unit": Role.CASE_WORKER,
    "coordinator": Role.COORDINATOR,
    "colleague": Role.CASE_WORKER,
    "project leader": Role.PROJECT_LEADER,
    "steering group": Role.STEERING_GROUP,
    "supervisor": Role.SUPERVISOR,
    "former": Role.COORDINATOR,
}
PROTECTED = "live, protected identity"
DUTIES = {"administrator": Duty.ADMINISTRATOR, "log reviewer": Duty.LOG_REVIEWER}


def party(project, number):
    """An organisation with somebody of each kind."""
    organisation = OrganisationFactory(name=f"Part {number}")
    ProjectOrganisationFactory(project=project, organisation=organisation)
    users = {kind: worlds.member(project, organisation, role, kind) for kind, role in ROLES.items() if kind != "former"}
    users |= {kind: UserFactory(organisation=organisation, duty=duty) for kind, duty in DUTIES.items()}
    users["former"] = UserFactory(organisation=organisation)
    MembershipFactory(user=users["former"], project=project, role=Role.COORDINATOR, valid_until=today())
    return organisation, users


def bring_in(case, organisation, users, *, by_name):
    """Contacts of a party: the named ones, or the whole unit."""
    placement(case, by=case.entries.get().recorded_by, supervisor=users["supervisor"])
    for user in [users["named contact"], users["former"]] if by_name else [None]:
        CaseAssignmentFactory(
            unit=user is None, enrolment=case, user=user, organisation=organisation, role=CaseRole.CONTACT
        )


def give(state, case, organisation, other, by):
    """The state of one party's consent; the kind asked for is the plan."""
    on = today()
    if state == "none":
        return
    categories = [Category.MEETINGS] if state == "other kinds" else [Category.PLAN]
    days = {"expired": (-20, -1), "not begun": (1, 20)}.get(state, (-20, 20))
    period = {"valid_from": on + timedelta(days=days[0]), "valid_through": on + timedelta(days=days[1])}
    receiver = other if state == "another party's" else organisation
    consent = consents.give(case, [receiver], categories, by=by, **period)
    if state == "withdrawn":
        consents.withdraw(consent, Category.PLAN)
    if state == "taken back as a mistake":
        consents.take_back(consent)


def reads(user, case):
    """What the user reads of the case's plan, in the words of the table."""
    if not Enrolment.objects.visible_to(Scope.of(user, today())).filter(pk=case.pk).exists():
        assert not PlanRevision.objects.visible_to(Scope.of(user, today())).filter(enrolment=case).exists()
        return "nothing"
    plan = PlanRevision.objects.visible_to(Scope.of(user, today())).filter(enrolment=case)
    return "kind" if plan.exists() else "case"


@pytest.mark.parametrize("state", STATES)
def test_each_state_opens_to_each_kind_of_person_what_the_table_says(cast: Cast, state):
    """Three parties beside the owner in different states at once: one's consent opens nothing to the others."""
    parties = [party(cast.world.project, number) for number in range(3)]
    for shift in (0, 2):
        for by_name in (True, False):
            with rolled_back():
                _try(cast, parties, _states(state, shift), by_name)


def _try(cast: Cast, parties, states, by_name):
    case = cast.cases.of_hanna.enrolment
    if PROTECTED in states:
        Participant.objects.filter(pk=case.participant_id).update(protection=ProtectionLevel.CONFIDENTIALITY_MARK)
    for number, ((organisation, users), theirs) in enumerate(zip(parties, states, strict=True)):
        bring_in(case, organisation, users, by_name=by_name)
        give(theirs.partition(",")[0], case, organisation, cast.world.af, cast.hanna)
        for who in _asked(by_name):
            assert reads(users[who], case) == STATES[theirs][who], (number, theirs, who)


def _states(state, shift):
    """The first party's state, and two others'; a person is protected from all parties alike."""
    if state == PROTECTED:
        return [PROTECTED, "none", "expired"]
    in_turn = [state for state in STATES if state != PROTECTED]
    start = in_turn.index(state)
    return [in_turn[(start + number * (shift + 1)) % len(in_turn)] for number in range(3)]


def _asked(by_name):
    """Where the whole unit works with a case, every case worker of it does; where one is named, the others don't."""
    left_out = {"contact's whole unit"} if by_name else {"named contact", "colleague"}
    return [who for who in PEOPLE if who not in left_out]


@pytest.mark.parametrize("who", ["case worker", "coordinator"])
def test_each_page_of_a_shared_case(cast: Cast, who):
    case = cast.cases.of_hanna
    user = {"case worker": cast.alva, "coordinator": cast.sune}[who]
    assign_contact(case.enrolment, user)
    consents.give(case.enrolment, [cast.world.af], list(Category), by=cast.hanna)
    shared = {(row["address"], row["method"]): int(row[who]) for row in table("Pages of a shared case")}
    client = cast.client(user)
    pages = table(CASE_PAGES)
    assert shared.keys() <= {(row["address"], row["method"]) for row in pages}
    asked = (
        (
            f"{row['method']} {row['address']}",
            answer(client, row["method"], path_of(row, case.ids[row["id of"]])).status_code,
            405 if row["consent"] == "405" else shared.get((row["address"], row["method"]), 403),
        )
        for row in pages
    )
    assert differences(asked) == []
