"""How somebody was let into a case decides what each address answers: every way by every address and method, as the
columns of docs/access.md say. What says nothing of an emergency is closed in one."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from core.days.dates import today
from core.enums import Category
from core.privacy import personal_models
from participants.guards import case_page
from participants.models import Enrolment
from participants.scope.scope import Scope
from participants.scope.ways import Way, allowed_in, way_into
from projects.enums import Permission
from samverkan import urls
from tests.guards import access_table
from tests.guards.access_table import CASE_PAGES, table
from tests.guards.test_access import answer, differences, of_one_that_goes_on, path_of
from tests.world import consent_rows as consents
from tests.world.case_rows import assign_contact
from tests.world.cast import Cast
from tests.world.cast.rows import Case
from tests.world.factories.access import EmergencyAccessFactory
from tests.world.factories.plans import MeetingFactory, MeetingParagraphFactory
from tests.world.pages import path_to, rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

# Who is let in by each way, and into which case.
LET_IN: dict[Way, Callable[[Cast], tuple[User, Case]]] = {
    Way.ASSIGNED: lambda cast: (cast.hanna, cast.cases.of_hanna),
    Way.UNIT: lambda cast: (cast.hanna, cast.cases.of_the_unit),
    Way.COORDINATOR: lambda cast: (cast.samira, cast.cases.of_hanna),
    Way.CONSENT: lambda cast: (cast.alva, cast.cases.of_hanna),
    Way.AFTERWARDS: lambda cast: (cast.alva, cast.cases.of_hanna),
    Way.EMERGENCY: lambda cast: (cast.kim, cast.cases.of_hanna),
    Way.SUPERVISOR: lambda cast: (cast.hedda, cast.cases.of_hanna),
}
NO_CASE = {Way.SUPERVISOR}
# Tables of addresses whose id is no case's.
OTHER_IDS = (
    access_table.SAME_PAGES,
    access_table.REFERRAL_PAGES,
    access_table.TWIN_PAGES,
    access_table.VOID_PAGES,
    access_table.DRAFTS,
    access_table.LISTED_PAGES,
    access_table.WORKPLACE_PAGES,
    access_table.IMPORT_PAGES,
    access_table.REPORT_PAGES,
    access_table.RELEASE_PAGES,
    access_table.PROPOSAL_PAGES,
    access_table.REVIEW_PAGES,
    access_table.USER_PAGES,
    access_table.PUBLIC_PAGES,
)


def let_in(cast: Cast, way):
    """The client of whoever is let in, the user and the case."""
    user, case = LET_IN[way](cast)
    if way is Way.EMERGENCY:
        open_to(user, case.enrolment)
    if way in (Way.CONSENT, Way.AFTERWARDS):
        assign_contact(case.enrolment, user)
        consent = consents.give(case.enrolment, [cast.world.af], list(Category), by=cast.hanna)
        if way is Way.AFTERWARDS:
            note_of(user, case.enrolment)
            consents.withdraw(consent, *Category)
    return cast.client(user), user, case


def note_of(user, enrolment):
    """A meeting that the user's own organisation has noted in another's case."""
    meeting = MeetingFactory(enrolment=enrolment, recorded_by=user, owner=user.organisation)
    return MeetingParagraphFactory(meeting=meeting)


def open_to(user, enrolment):
    """The case is open to the user in an emergency for an hour."""
    return EmergencyAccessFactory(enrolment=enrolment, user=user)


def unstated():
    """Addresses about a case that don't say what a form sent in an emergency is answered."""
    others = {row["address"] for row in access_table.rows(*OTHER_IDS)}
    stated = {row["address"] for row in table(CASE_PAGES) if row["emergency"]}
    return {name for name, path in access_table.addresses() if "<id>" in path} - others - stated


def test_the_table_has_a_column_for_each_way_and_a_value_in_each():
    for row in table(CASE_PAGES):
        assert {way: row[way] for way in Way if not row[way].isdigit()} == {}, row
    assert set(LET_IN) == set(Way)
    assert unstated() == set()


@pytest.mark.parametrize("way", Way)
def test_each_address_answers_each_way_in_as_the_table_says(cast: Cast, way):
    client, user, case = let_in(cast, way)
    if way not in NO_CASE:
        case.enrolment.at_work = list(case.enrolment.assignments.on(today()))
        scope = Scope.of(user, today())
        assert way_into(scope, case.enrolment, scope.reading(case.enrolment)) is way
    asked = (
        (
            f"{row['method']} {row['address']}",
            answer(client, row["method"], path_of(row, case.ids[row["id of"]])).status_code,
            of_one_that_goes_on(row, int(row[way])),
        )
        for row in table(CASE_PAGES)
    )
    assert differences(asked) == []


def test_a_form_sent_in_an_emergency_is_refused_wherever_no_row_takes_it(cast: Cast):
    """Every address of the resolver that names a case, also those that have no form."""
    client, _, case = let_in(cast, Way.EMERGENCY)
    rows = {row["address"]: row for row in table(CASE_PAGES)}
    taken = {row["address"] for row in table(CASE_PAGES) if (row["method"], row["emergency"]) == ("POST", "200")}
    assert taken == {"meeting_create"}
    for name, row in rows.items():
        status = answer(client, "POST", path_of(row, case.ids[row["id of"]])).status_code
        assert status == (200 if name in taken else 403), name


def test_whoever_has_another_way_in_as_well_keeps_it(cast: Cast):
    for way in (Way.ASSIGNED, Way.UNIT, Way.COORDINATOR):
        with rolled_back():
            client, user, case = let_in(cast, way)
            open_to(user, case.enrolment)
            for row in table(CASE_PAGES):
                status = answer(client, row["method"], path_of(row, case.ids[row["id of"]])).status_code
                assert status == of_one_that_goes_on(row, int(row[way])), (way, row["address"])


def test_pages_that_name_no_case_change_nothing_of_one_that_is_open_in_an_emergency(cast: Cast):
    client, user, case = let_in(cast, Way.EMERGENCY)
    number = case.participant.numbers.get().formatted
    sent = {
        "number": number,
        "again": number,
        "val": str(case.ids["enrolment"]),
        "omfattning": "valda",
        "responsible": str(user.public_id),
        "giver": str(cast.hanna.public_id),
        "receiver": str(user.public_id),
        "svar": "bekraftat",
        "do": "save",
    }
    before, names = _stored(case), [name for name, path in access_table.addresses() if "<" not in path]
    assert len(names) > 20
    for name in names:
        with rolled_back():
            client.post(path_to(name), sent)
            assert _stored(case) == before, name


def _stored(case):
    """All that is stored about the person."""
    about = {"enrolment": case.enrolment.pk, "participant": case.enrolment.participant_id}
    rows = []
    for model in personal_models():
        names = [field.name for field in model._meta.fields if field.name in about]
        for name in names[:1]:
            rows += [(model.__name__, *row) for row in model._base_manager.filter(**{name: about[name]}).values_list()]
    assert rows
    return sorted(map(str, rows))


# --- What is added later ----------------------------------------------------------------------------------------------


@case_page(Permission.SEE_PERSONS)
def _page(request, enrolment):
    return HttpResponse("ärendet", content_type="text/html")


def _own_door(request, public_id):
    """A view that forgot the door of case pages: it asks the scope, and writes."""
    enrolment = Enrolment.objects.visible_to(Scope.of(request.user, today())).get(public_id=public_id)
    _write(enrolment.participant.public_id, by=request.user)
    return HttpResponse("ändrat", content_type="text/html")


@action
def _write(person, *, by, part="new_thing"):
    log_change(by=by, part=part, persons=[person])


@pytest.fixture
def two_more(settings):
    """Two throw-away addresses about a case, which nobody has described."""
    more = (
        path("inskrivningar/<uuid:public_id>/nytt/", _page, name="throw_away"),
        path("inskrivningar/<uuid:public_id>/annat/", _own_door, name="throw_away_too"),
    )
    settings.ROOT_URLCONF = (*urls.urlpatterns, *more)


@pytest.mark.usefixtures("two_more")
def test_a_new_address_is_missed_in_the_table_and_closed_by_itself(cast: Cast):
    assert unstated() == {"throw_away", "throw_away_too"}
    client, _, case = let_in(cast, Way.EMERGENCY)
    base = f"/inskrivningar/{case.ids['enrolment']}"
    assert client.get(f"{base}/nytt/").status_code == 200
    for name in ("nytt", "annat"):
        assert client.post(f"{base}/{name}/").status_code == 403, name
    assigned = cast.client(cast.hanna)
    for name in ("nytt", "annat"):
        assert assigned.post(f"{base}/{name}/").status_code == 200, name


def test_no_action_but_those_of_an_emergency_writes_about_the_person(cast: Cast):
    """The log is asked for every change, and refuses it together with what has been written."""
    _, user, case = let_in(cast, Way.EMERGENCY)
    person = case.participant.public_id
    for part in ("enrolment_exit", "consent_create", "plan_edit", "participant_correct", "whatever comes"):
        with pytest.raises(PermissionDenied):
            _write(person, by=user, part=part)
    for part in ("emergency_open", "emergency_seen", "meeting_create", "kept_note"):
        _write(person, by=user, part=part)
    _write(person, by=cast.hanna, part="enrolment_exit")


def test_of_all_permissions_an_emergency_leaves_reading(cast: Cast):
    _, user, case = let_in(cast, Way.EMERGENCY)
    assert allowed_in(Scope.of(user, today()), case.enrolment, Way.EMERGENCY) == {Permission.SEE_PERSONS}
    assert Permission.EDIT_CASE in allowed_in(Scope.of(user, today()), case.enrolment, Way.ASSIGNED)
