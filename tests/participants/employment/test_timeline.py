"""Employments as rows of a case."""

from datetime import date
from uuid import uuid4

import pytest

from core.enums import Category
from participants.employment.self_support import SelfSupport, self_support
from participants.employment.timeline import EmploymentEntries, EmploymentRow
from tests.world.histories import history, row


def employment(**fields) -> EmploymentRow:
    own = {"form": "Lönebidrag", "code": "wage_subsidy", "employer": "", "percent": None, "other_support": None}
    return row(EmploymentRow, **{"public_id": uuid4(), "until": None, **own, **fields})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Lönebidrag."),
        ({"employer": "Köket"}, "Lönebidrag på Köket."),
        ({"percent": 50, "until": date(2026, 4, 1)}, "Lönebidrag, 50 % till och med 31 mars 2026."),
        ({"why": "fel dag"}, "Lönebidrag.\n\nÄndrad 11 mars 2026 av Hanna Handläggare: fel dag"),
    ],
)
def test_each_says_its_form_place_share_and_last_day(fields, said) -> None:
    (entry,) = EmploymentEntries().entries(history(employment(**fields), shares=Category.SUPPORT))
    assert (entry.title, entry.text.replace("\xa0", " ")) == ("Anställning", said)
    assert entry.is_shared


def test_one_that_was_taken_back_says_only_that() -> None:
    (entry,) = EmploymentEntries().entries(history(employment(employer="Köket", taken_back=True)))
    assert (entry.title, "Köket" in entry.text) == ("Anställning (återtagen)", False)


@pytest.mark.parametrize(
    ("code", "other_support", "shows"),
    [
        ("permanent", False, SelfSupport.FULLY),
        ("permanent", True, SelfSupport.PARTLY),
        ("permanent", None, SelfSupport.EITHER),
        ("", False, SelfSupport.FULLY),
        ("part_time_studies", False, SelfSupport.PARTLY),
        ("part_time_studies", None, SelfSupport.PARTLY),
        ("other", False, SelfSupport.NONE),
        ("other", True, SelfSupport.NONE),
    ],
)
def test_what_an_employment_can_show(code, other_support, shows) -> None:
    assert self_support(code, other_support) is shows
