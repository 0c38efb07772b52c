"""Which pages a role opens at all: what is tried on every page is tried where there is one, and elsewhere by turns."""

import os
from collections.abc import Iterator, Mapping
from typing import Final
from uuid import UUID

from tests.guards import access_table
from tests.guards.access_table import (
    ACCOUNT_PAGES,
    CASE_PAGES,
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
    Row,
)
from tests.world.cast import Cast, labels
from tests.world.pages import path_to

IS_SOAK = "SOAK" in os.environ
HANDLERS: Final = ("case worker", "coordinator")
# Who gets an answer at a page of the table; of one that isn't named here, anybody. test_access.py holds it to the
# tables.
OPENED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    CASE_PAGES: HANDLERS,
    SAME_PAGES: HANDLERS,
    VOID_PAGES: HANDLERS,
    REFERRAL_PAGES: ("coordinator",),
    TWIN_PAGES: ("coordinator",),
    IMPORT_PAGES: ("coordinator",),
    RELEASE_PAGES: ("coordinator",),
    LISTED_PAGES: ("project leader",),
    WORKPLACE_PAGES: HANDLERS,
    REPORT_PAGES: ("project leader", "coordinator", "steering group"),
    LOG_PAGES: ("log reviewer",),
    REVIEW_PAGES: ("log reviewer",),
    USERS_PAGES: ("administrator",),
    USER_PAGES: ("administrator",),
    SECOND_PAGES: ("administrator", "coordinator"),
    PROPOSAL_PAGES: ("administrator", "coordinator"),
}
_OF_NOTHING: Final = (PROJECT_PAGES, LOG_PAGES, USERS_PAGES, SECOND_PAGES, PUBLIC_PAGES, ACCOUNT_PAGES)
IDS_OF: Final = {
    SAME_PAGES: labels.claims,
    VOID_PAGES: labels.voids,
    REFERRAL_PAGES: labels.referrals,
    LISTED_PAGES: labels.listed,
    WORKPLACE_PAGES: labels.workplaces,
    IMPORT_PAGES: labels.batches,
    REPORT_PAGES: labels.reports,
    RELEASE_PAGES: labels.releases,
    REVIEW_PAGES: labels.reviews,
    USER_PAGES: labels.accounts,
    PROPOSAL_PAGES: labels.proposals,
}
# A link in a mail, which has a key of its own.
OF_A_KEY: Final = "account_reset_password_from_key"


def opens(role: str, heading: str) -> bool:
    """Whether any page of the table answers the role, whoever its organisation is."""
    return role in OPENED_BY.get(heading, (role,))


def pages(cast: Cast, role: str, *, of_each: bool = False) -> Iterator[tuple[str, str]]:
    """Name and path of every page of the tables that the role opens, about one thing that is there; with `of_each`
    about each of them."""
    for heading in (*_OF_NOTHING, CASE_PAGES, TWIN_PAGES, *IDS_OF):
        shown = [row for row in access_table.table(heading) if row["method"] == "GET" and _answers(row, heading, role)]
        for row in shown:
            things = list(_things(cast, heading, row))
            yield from ((row["address"], path_to(row["address"], *ids)) for ids in (things if of_each else things[:1]))


def _answers(row: Row, heading: str, role: str) -> bool:
    """Whether the page shows the role anything, as far as the row says so."""
    is_shut = row.get(role, row.get("without a role")) == "403"
    return opens(role, heading) and not is_shut and row["address"] != OF_A_KEY


def _things(cast: Cast, heading: str, row: Row) -> Iterator[tuple[UUID, ...]]:
    if heading == CASE_PAGES:
        yield (cast.cases.of_hanna.ids[row["id of"]],)
    elif heading == TWIN_PAGES:
        yield cast.twins[: row["path"].count("<id>")]
    elif heading in IDS_OF:
        yield from ((public_id,) for kind, public_id in IDS_OF[heading](cast).items() if kind != "missing")
    else:
        yield ()
