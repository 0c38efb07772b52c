"""The tables of docs/access.md, as rows."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"

CASES = "Cases"
CASE_PAGES = "Pages about a case"
PROJECT_PAGES = "Pages of the project"
SAME_PAGES = "Pages of a question whether two people are one"
REFERRAL_PAGES = "Pages of a referral"
TWIN_PAGES = "Pages of a person who may be registered twice"
VOID_PAGES = "Pages of a wrong registration"
DRAFTS = "Drafts"
LISTED_PAGES = "Lines of the project's lists"
WORKPLACE_PAGES = "Workplaces of the register"
IMPORT_PAGES = "Pages of an import"
REPORT_PAGES = "Pages of a report"
RELEASE_PAGES = "Releasing figures"
LOG_PAGES = "Pages of the access log"
REVIEW_PAGES = "Pages of a log review"
USERS_PAGES = "Pages of users"
USER_PAGES = "Pages of a user"
SECOND_PAGES = "Pages of a second person"
PROPOSAL_PAGES = "Pages of a proposal"
SECOND_PERSON = "What needs a second person"
ACCOUNT_PAGES = "One's own account"
PUBLIC_PAGES = "Open to everybody"

CLOSED = (
    CASE_PAGES,
    PROJECT_PAGES,
    SAME_PAGES,
    REFERRAL_PAGES,
    TWIN_PAGES,
    VOID_PAGES,
    DRAFTS,
    LISTED_PAGES,
    WORKPLACE_PAGES,
    IMPORT_PAGES,
    REPORT_PAGES,
    RELEASE_PAGES,
    LOG_PAGES,
    REVIEW_PAGES,
    USERS_PAGES,
    USER_PAGES,
    SECOND_PAGES,
    PROPOSAL_PAGES,
    ACCOUNT_PAGES,
)

# What an address needs to be asked for at all: which number's persons.
QUERIES = {"result_persons": {"mal": "inskrivning", "vilka": "sent"}}

Row = dict[str, str]


@cache
def table(heading: str) -> list[Row]:
    """The rows of the table under a heading, each by the names of its columns."""
    section = re.split(r"^## ", PAGE.read_text(), flags=re.M)
    text = next(part for part in section if part.partition("\n")[0] == heading)
    lines = [_cells(line) for line in text.splitlines() if line.startswith("|")]
    return [dict(zip(lines[0], cells, strict=True)) for cells in lines[2:]]


def rows(*headings: str) -> list[Row]:
    """The rows of several tables."""
    return [row for heading in headings for row in table(heading)]


def addresses() -> Iterator[tuple[str, str]]:
    """Name and path of every address that the program answers."""
    return _addresses("/", get_resolver().url_patterns)


def _addresses(before: str, patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _addresses(path, pattern.url_patterns)
        else:
            yield pattern.name or "", re.sub(r"<uuid:\w+>", "<id>", path)


def _cells(line: str) -> list[str]:
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
