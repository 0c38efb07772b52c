"""Every address as everybody: the answers are those of docs/access.md, and the addresses are the resolver's own."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessEvent
from core.days.dates import today
from core.models import Draft
from projects.access import ROLE_PERMISSIONS
from projects.enums import Permission, Role
from projects.models import Membership
from tests.guards import access_table, reach
from tests.guards.access_table import (
    ACCOUNT_PAGES,
    CASE_PAGES,
    CASES,
    CLOSED,
    DRAFTS,
    IMPORT_PAGES,
    LISTED_PAGES,
    LOG_PAGES,
    PROJECT_PAGES,
    PROPOSAL_PAGES,
    PUBLIC_PAGES,
    REFERRAL_PAGES,
    RELEASE_PAGES,
    REPORT_PAGES,
    REVIEW_PAGES,
    SAME_PAGES,
    SECOND_PAGES,
    TWIN_PAGES,
    USER_PAGES,
    USERS_PAGES,
    VOID_PAGES,
    WORKPLACE_PAGES,
    table,
)
from tests.world.cast import Cast, labels
from tests.world.cast.labels import ANONYMOUS
from tests.world.pages import path_to, rolled_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

PAGES = access_table.rows(*CLOSED, PUBLIC_PAGES)
# Whose column of the tables a user reads: people of another organisation have the same roles in their own cases.
COLUMN = {
    "case worker": "case worker",
    "colleague": "case worker",
    "other's case worker": "case worker",
    "coordinator": "coordinator",
    "other's coordinator": "coordinator",
    "project leader": "project leader",
    "steering group": "steering group",
    "supervisor": "supervisor",
    "administrator": "without a role",
    "log reviewer": "without a role",
    "no project": "without a role",
    "former": "without a role",
}
SEE_PERSONS = [role for role, column in COLUMN.items() if column in ("case worker", "coordinator")]
# Who is asked whether the claimed number of the case "assigned" is the same person's.
ASKED = ("case worker", "coordinator")
VOID, WORKS_WITH_VOID = "wrongly registered", ("case worker", "coordinator")
# On most pages: one of ours, one of another organisation's, one of nobody's.
FEW_CASES = ("assigned", "other organisation's", "missing")
NOT_THEIRS, CLOSED_CASES = ("other organisation's", "missing"), (VOID, "ended")
ALWAYS = (*FEW_CASES, *CLOSED_CASES)
BY_EACH_ID = ("participant_detail", "enrolment_detail", "meeting_detail", "meeting_correct", "step_withdraw")
SENT = {"x": "1"}
RESET_KEY = ("1", "set-password")
# Others' roles, of whose things reach.py knows none.
NOT_REACHED = ("colleague", "other's case worker", "other's coordinator")


def answer(client, method, path):
    """Ask, and leave everything as it was."""
    cookies = client.cookies.copy()
    with rolled_back():
        response = client.post(path, SENT) if method == "POST" else client.get(path)
    client.cookies = cookies
    return response


def path_of(row, *ids):
    if row["address"] == "account_reset_password_from_key":
        ids = RESET_KEY
    query = access_table.QUERIES.get(row["address"])
    return path_to(row["address"], *ids) + (f"?{urlencode(query)}" if query else "")


def differences(expected):
    """The rows whose answer isn't the expected one, of what was asked, the answer, and what it should be."""
    asked = list(expected)
    assert asked, "nothing was asked"
    return [f"{what}: {status}, not {wanted}" for what, status, wanted in asked if status != wanted]


# --- The tables and the resolver --------------------------------------------------------------------------------


def test_every_address_stands_in_exactly_one_table():
    answered = dict(access_table.addresses())
    assert len(answered) > 40
    assert "" not in answered, "an address without a name"
    described = {row["address"]: row["path"] for row in PAGES}
    assert described == answered


def test_every_address_says_how_it_answers_when_it_is_opened_and_no_row_stands_twice():
    keys = [(row["address"], row["method"]) for row in PAGES]
    assert len(keys) == len(set(keys))
    assert {address for address, method in keys if method == "GET"} == {row["address"] for row in PAGES}
    assert {method for _, method in keys} == {"GET", "POST"}


def test_the_case_table_speaks_of_every_kind_of_case(cast: Cast):
    assert [row["case"] for row in table(CASES)] == list(labels.case_ids(cast))
    assert set(SEE_PERSONS) == set(table(CASES)[0]) - {"case"}
    assert set(COLUMN) == set(labels.users(cast))


def test_every_role_has_a_column_and_somebody_of_the_cast(cast: Cast):
    """A role that nobody of the cast has is tried by no row: it could open everything and nothing would say so."""
    named = {role: role.value.replace("_", " ") for role in Role}
    columns = set(table(PROJECT_PAGES)[0]) - {"address", "path", "method"}
    assert columns == {*named.values(), "without a role"}
    tried = {(user.pk, COLUMN[label]) for label, user in labels.users(cast).items()}
    held = Membership.objects.on(today()).values_list("user", "role")
    assert {named[Role(role)] for user, role in held if (user, named[Role(role)]) in tried} == set(named.values())
    of_cases = {named[role] for role in Role if Permission.SEE_PERSONS in ROLE_PERMISSIONS[role]}
    assert of_cases == {COLUMN[label] for label in SEE_PERSONS} <= set(table(CASES)[0])
    assert ROLE_PERMISSIONS.keys() == set(Role)


# --- Nobody, and what is open to all ------------------------------------------------------------------------------


def test_whoever_is_not_logged_in_is_sent_to_the_log_in(cast: Cast):
    client = cast.client(None)
    own = cast.cases.of_hanna.ids | {"import": cast.batches.of_samira, "report": cast.reports.adopted}
    own |= {"participant": cast.cases.of_hanna.ids["participant"]}
    own |= {"log": cast.reviews.of_lo, "user": cast.stig.public_id, "membership": cast.stig.public_id}
    own |= {"void": own["enrolment"], "proposal": cast.proposals.role}
    own["draft"] = own["twins"] = own["enrolment"]
    for row in access_table.rows(*CLOSED):
        kind = row.get("id of") or row["address"].partition("_")[0]
        path = path_of(row, *[own.get(kind, cast.claim)] * row["path"].count("<id>"))
        for method in ("GET", "POST"):
            response = answer(client, method, path)
            assert response.status_code == 302, row
            # Logging out again is no fault; it leads to the log-in too.
            log_in = response["Location"].partition("?")[0] if row["address"] != "account_logout" else "/logga-in/"
            assert log_in == "/logga-in/", row


def test_public_pages_and_account_pages(cast: Cast):
    for role in (ANONYMOUS, "case worker", "administrator"):
        column = ANONYMOUS if role == ANONYMOUS else "logged in"
        client = labels.client_as(cast, role)
        rows = table(PUBLIC_PAGES) + (table(ACCOUNT_PAGES) if column == "logged in" else [])
        asked = (
            (f"{row['method']} {row['address']} as {role}", answer(client, row["method"], path_of(row)), row[column])
            for row in rows
        )
        assert differences((what, response.status_code, int(wanted)) for what, response, wanted in asked) == []


# --- Everybody else -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", COLUMN)
def test_every_page_answers_the_role_as_the_tables_say(cast: Cast, role):
    client = labels.client_as(cast, role)
    asked = [
        *_project_pages(role),
        *_same_pages(role, cast),
        *_referral_pages(role, cast),
        *_twin_pages(role, cast),
        *_void_pages(role, cast),
        *_draft_pages(role, cast),
        *_import_pages(role, cast),
        *_listed_pages(role, cast),
        *_workplace_pages(role, cast),
        *_report_pages(role, cast),
        *_release_pages(role, cast),
        *_log_pages(role, cast),
        *_user_pages(role, cast),
        *_proposal_pages(role, cast),
        *_case_pages(role, cast),
    ]
    assert len(asked) > 80
    shown = {what.split()[1] for what, method, _, wanted in asked if method == "GET" and wanted == 200}
    assert shown - {name for name, _ in reach.pages(cast, role)} - {"draft_detail"} == set() or role in NOT_REACHED
    wrong = differences(
        (what, answer(client, method, path).status_code, wanted) for what, method, path, wanted in asked
    )
    assert wrong == []


def _tried(role, heading, place, things):
    """The things to ask for on this row: all, of somebody whom the table lets in anywhere; whoever is let in nowhere is
    asked for one of them, on the next row and as the next role for the next one, and in `make soak` for all."""
    found = list(things.items())
    if reach.IS_SOAK or reach.opens(role, heading) or reach.opens(COLUMN[role], heading):
        return found
    return [found[(place + list(COLUMN).index(role)) % len(found)]]


def _project_pages(role):
    for row in table(PROJECT_PAGES):
        yield f"{row['method']} {row['address']}", row["method"], path_of(row), int(row[COLUMN[role]])


def _import_pages(role, cast: Cast):
    """Another organisation's coordinator has the same files, the other way round."""
    mirrored = {"own": "other organisation's", "other organisation's": "own"} if role == "other's coordinator" else {}
    for place, row in enumerate(table(IMPORT_PAGES)):
        for kind, public_id in _tried(role, IMPORT_PAGES, place, labels.batches(cast)):
            wanted = int(row[mirrored.get(kind, kind)]) if COLUMN[role] == "coordinator" else 403
            yield f"{row['method']} {row['address']} of {kind}", row["method"], path_of(row, public_id), wanted


def _listed_pages(role, cast: Cast):
    for place, row in enumerate(table(LISTED_PAGES)):
        for kind, public_id in _tried(role, LISTED_PAGES, place, labels.listed(cast)):
            wanted = int(row[kind]) if COLUMN[role] == "project leader" else 403
            yield f"{row['method']} {row['address']} of {kind}", row["method"], path_of(row, public_id), wanted


def _workplace_pages(role, cast: Cast):
    """Whoever works with persons in the project, of any of its organisations."""
    for place, row in enumerate(table(WORKPLACE_PAGES)):
        for kind, public_id in _tried(role, WORKPLACE_PAGES, place, labels.workplaces(cast)):
            wanted = int(row[kind]) if COLUMN[role] in reach.HANDLERS else 403
            yield f"{row['method']} {row['address']} of {kind}", row["method"], path_of(row, public_id), wanted


def _same_pages(role, cast: Cast):
    """The first person's responsible and coordinator are asked; nobody else, whoever wrote the number down included."""
    for place, row in enumerate(table(SAME_PAGES)):
        for kind, public_id in _tried(role, SAME_PAGES, place, labels.claims(cast)):
            column = "asked" if kind == "own" and role in ASKED else kind if kind == "missing" else "everybody else"
            yield (
                f"{row['method']} {row['address']} of {kind}",
                row["method"],
                path_of(row, public_id),
                int(row[column]),
            )


def _twin_pages(role, cast: Cast):
    """The coordinator of all projects of both may compare them."""
    for place, row in enumerate(table(TWIN_PAGES)):
        for kind, ids in _tried(role, TWIN_PAGES, place, labels.twins(cast)):
            column = kind if kind == "missing" else "coordinator" if role == "coordinator" else "everybody else"
            path = path_of(row, *ids[: row["path"].count("<id>")])
            yield f"{row['method']} {row['address']} of {kind}", row["method"], path, int(row[column])


def _referral_pages(role, cast: Cast):
    """The coordinator of the organisation that received it; of somebody protected nobody."""
    for place, row in enumerate(table(REFERRAL_PAGES)):
        for kind, public_id in _tried(role, REFERRAL_PAGES, place, labels.referrals(cast)):
            column = kind if role == "coordinator" and kind in row else "others'"
            if role == "other's coordinator" and kind == "other organisation's":
                column = "waiting"
            yield (
                f"{row['method']} {row['address']} of {kind}",
                row["method"],
                path_of(row, public_id),
                int(row[column]),
            )


def _void_pages(role, cast: Cast):
    """The case worker asked about both; the coordinator answers."""
    column = {"case worker": "who asked", "coordinator": "coordinator"}.get(role)
    for place, row in enumerate(table(VOID_PAGES)):
        for kind, public_id in _tried(role, VOID_PAGES, place, labels.voids(cast)):
            wanted = row["missing"] if kind == "missing" else row[f"{column}, {kind}" if column else "everybody else"]
            yield f"{row['method']} {row['address']} of {kind}", row["method"], path_of(row, public_id), int(wanted)


def _draft_pages(role, cast: Cast):
    """Everybody has drafts of their own, and nobody any of another's."""
    user = labels.users(cast)[role]
    drafts = {"own": _draft(user), "another's": _draft(cast.samira if user == cast.hanna else cast.hanna)}
    for row in table(DRAFTS):
        for kind, public_id in {**drafts, "missing": uuid4()}.items():
            path = path_of(row, public_id)
            yield f"{row['method']} {row['address']} of {kind}", row["method"], path, int(row[kind])


def _draft(author):
    made = Draft.objects.create(author=author, form="X", address="/", data={"text": ["x"]}, labels={"text": "Text"})
    return made.public_id


def _report_pages(role, cast: Cast):
    reader = {"project leader": "writer", "coordinator": "reader", "steering group": "reader"}.get(COLUMN[role])
    for place, row in enumerate(table(REPORT_PAGES)):
        for kind, public_id in _tried(role, REPORT_PAGES, place, labels.reports(cast)):
            # A foreign report is nothing to whoever may ask, and no reader may ask for a form.
            foreign = 403 if reader == "reader" and row["reader, adopted"] == "403" else 404
            wanted = int(row.get(f"{reader}, {kind}", foreign)) if reader else 403
            yield f"{row['method']} {row['address']} of {kind}", row["method"], path_of(row, public_id), wanted


def _release_pages(role, cast: Cast):
    for place, row in enumerate(table(RELEASE_PAGES)):
        for kind, public_id in _tried(role, RELEASE_PAGES, place, labels.releases(cast)):
            wanted = {"coordinator": int(row[f"coordinator, {kind}"]), "other's coordinator": 404}.get(role, 403)
            yield f"{row['method']} {row['address']} of {kind}", row["method"], path_of(row, public_id), wanted


def _log_pages(role, cast: Cast):
    is_reviewer = role == "log reviewer"
    for row in table(LOG_PAGES):
        wanted = int(row["log reviewer" if is_reviewer else "everybody else"])
        yield f"{row['method']} {row['address']}", row["method"], path_of(row), wanted
    for place, row in enumerate(table(REVIEW_PAGES)):
        for kind, public_id in _tried(role, REVIEW_PAGES, place, labels.reviews(cast)):
            wanted = int(row[kind]) if is_reviewer else 403
            yield f"{row['method']} {row['address']} of {kind}", row["method"], path_of(row, public_id), wanted


def _user_pages(role, cast: Cast):
    is_administrator = role == "administrator"
    for row in table(USERS_PAGES):
        wanted = int(row["administrator" if is_administrator else "everybody else"])
        yield f"{row['method']} {row['address']}", row["method"], path_of(row), wanted
    for place, row in enumerate(table(USER_PAGES)):
        for kind, public_id in _tried(role, USER_PAGES, place, labels.accounts(cast)):
            wanted = int(row[kind]) if is_administrator else 403
            yield f"{row['method']} {row['address']} of {kind}", row["method"], path_of(row, public_id), wanted


def _proposal_pages(role, cast: Cast):
    """Another organisation's coordinator decides about its own accounts, and about no role of ours."""
    column = COLUMN[role] if COLUMN[role] == "coordinator" else role
    decides = column in ("administrator", "coordinator")
    for row in table(SECOND_PAGES):
        wanted = int(row[column if decides else "everybody else"])
        yield f"{row['method']} {row['address']}", row["method"], path_of(row), wanted
    for place, row in enumerate(table(PROPOSAL_PAGES)):
        answers = {kind: int(row.get(f"{column}, {kind}", row.get(kind, 404))) for kind in labels.proposals(cast)}
        if role == "other's coordinator":
            answers = dict.fromkeys(answers, 404) | {"other organisation's": answers["account"]}
        for kind, public_id in _tried(role, PROPOSAL_PAGES, place, labels.proposals(cast)):
            wanted = answers[kind] if decides else 403
            yield f"{row['method']} {row['address']} of {kind}", row["method"], path_of(row, public_id), wanted


# Where there is no exit, they lead back to the case.
ABOUT_AN_EXIT = {"enrolment_reopen", "exit_misplaced"}


def of_one_that_goes_on(row, status):
    """The answer about an enrolment without an exit, where the table's is `status`."""
    return 302 if status == 200 and row["address"] in ABOUT_AN_EXIT else status


def _case_pages(role, cast: Cast):
    seen = {row["case"] for row in table(CASES) if row.get(role) == "yes"}
    assert bool(seen) == (role in SEE_PERSONS)
    for place, row in enumerate(table(CASE_PAGES)):
        for kind in _kinds(role, place, row, cast):
            allowed = int(row[_way(role, kind)])
            wanted = allowed if kind in seen or allowed == 405 else 404
            if kind == VOID and role in WORKS_WITH_VOID:
                wanted = allowed if row[VOID] == "200" else int(row[VOID])
            wanted = wanted if kind == "ended" else of_one_that_goes_on(row, wanted)
            path = path_of(row, labels.case_ids(cast)[kind][row["id of"]])
            yield f"{row['method']} {row['address']} of {kind}", row["method"], path, wanted


def _way(role, kind):
    """How the role is let into such a case, where it is."""
    if COLUMN[role] != "case worker":
        return "coordinator"
    return "unit" if kind == "the unit's" else "assigned"


def test_a_case_is_seen_by_the_same_people_however_it_is_asked_for(cast: Cast):
    """The list, the search and the page agree: what one doesn't show, the others don't either."""
    for role in SEE_PERSONS:
        client = labels.client_as(cast, role)
        seen = {row["case"] for row in table(CASES) if row[role] == "yes"}
        listed = client.get(path_to("participant_list"), {"visa": "alla"}).content.decode()
        for kind, case in labels.cases(cast).items():
            name = case.participant.identity.family_name
            assert (name in listed) == (kind in seen), (role, kind)
            sent = client.post(path_to("participant_list"), {"q": name, "visa": "alla"})
            found = client.get(sent["Location"]).content.decode()
            assert (str(case.ids["enrolment"]) in found) == (kind in seen), (role, kind)


def _kinds(role, place, row, cast: Cast):
    """Every kind of case where it can tell something: on one page of each id for all; on the others the one that the
    role is let into and some that it isn't, on the next page others, and in `make soak` all. Whoever sees nobody is
    asked for the one that most people see."""
    if row["method"] == "GET" and row["address"] in BY_EACH_ID:
        return labels.case_ids(cast)
    if role not in SEE_PERSONS:
        return FEW_CASES[:1]
    few = (*FEW_CASES, "colleague's") if role == "colleague" else FEW_CASES
    if role not in reach.HANDLERS:
        return few if reach.IS_SOAK else _own_and_one_other(role, place, few)
    if row["method"] != "GET":
        return few if reach.IS_SOAK else ("assigned", _either(role, place, NOT_THEIRS))
    rest = [kind for kind in labels.case_ids(cast) if kind not in ALWAYS]
    if reach.IS_SOAK:
        return [*ALWAYS, *rest]
    closed = _either(role, place, CLOSED_CASES)
    return ["assigned", _either(role, place, NOT_THEIRS), closed, *rest[place // 2 % 3 :: 3]]


def _either(role, place, kinds):
    """One of two kinds: on a page one of the two who handle cases is asked for the first, the other for the second."""
    return kinds[(place // 2 + reach.HANDLERS.index(role)) % 2]


def _own_and_one_other(role, place, few):
    own = "colleague's" if role == "colleague" else "other organisation's"
    others = [kind for kind in few if kind != own]
    return own, others[(place // 2 + list(COLUMN).index(role)) % len(others)]


# --- What isn't theirs is like what isn't there ----------------------------------------------------------------------


def test_a_foreign_id_and_a_wrong_one_get_the_same_answer_at_the_same_cost(cast: Cast):
    asked = [row for row in table(CASE_PAGES) if int(row["assigned"]) != 405]
    assert len(asked) > 15
    for role in ("case worker", "coordinator", "former"):
        client = labels.client_as(cast, role)
        client.get("/halsa")
        for row in asked:
            kinds = ["missing", "other organisation's"]
            if row[VOID] == "404" or role not in WORKS_WITH_VOID:
                kinds.append(VOID)
            answers = [_with_cost(client, row, labels.case_ids(cast)[kind][row["id of"]]) for kind in kinds]
            assert answers[0][0] == 404
            assert answers[1:] == answers[:1] * (len(kinds) - 1), (role, row)


def _with_cost(client, row, public_id):
    # There are more pages than Django remembers queries of.
    reset_queries()
    with CaptureQueriesContext(connection) as caught:
        response = answer(client, row["method"], path_of(row, public_id))
    return response.status_code, response.content, len(caught), sorted(response.headers.items())


def test_a_foreign_import_and_a_missing_one_get_the_same_answer_at_the_same_cost(cast: Cast):
    client = cast.client(cast.samira)
    for row in table(IMPORT_PAGES):
        kinds = ("missing", "other organisation's", "other project's")
        answers = [_with_cost(client, row, labels.batches(cast)[kind]) for kind in kinds]
        assert answers[0][0] == 404
        assert answers[1:] == answers[:1] * 2, row


def test_what_is_refused_is_in_the_log_as_refused_and_names_nobody(cast: Cast):
    client, user = cast.client(cast.hanna), cast.hanna
    foreign = cast.cases.of_alva.ids["enrolment"]
    for path, status in (
        (path_to("enrolment_detail", foreign), 404),
        (path_to("project_edit"), 403),
        ("/finns-inte/", 404),
    ):
        assert client.get(path).status_code == status
        event = AccessEvent.objects.filter(user=user).latest("number")
        assert (event.kind, event.subjects_count) == ("refused", 0)
