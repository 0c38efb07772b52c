"""Leaves of a list that isn't counted."""

import pytest

from accounts.models import Organisation
from core.paging import leaf_of
from tests.world.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    for letter in "abcde":
        OrganisationFactory(name=letter)
    return Organisation.objects.filter(name__in="abcde").order_by("name").values_list("name", flat=True)


@pytest.mark.parametrize(
    ("asked", "rows", "before", "after"),
    [
        (None, ["a", "b"], None, 2),
        ("2", ["c", "d"], 1, 3),
        ("3", ["e"], 2, None),
        ("4", ["a", "b"], None, 2),
        ("0", ["a", "b"], None, 2),
        ("-1", ["a", "b"], None, 2),
        ("²", ["a", "b"], None, 2),
        ("9" * 40, ["a", "b"], None, 2),
    ],
)
def test_has_the_rows_asked_for_and_says_what_lies_beside(names, asked, rows, before, after) -> None:
    leaf = leaf_of(names, asked, 2)
    assert (list(leaf.rows), leaf.before, leaf.after) == (rows, before, after)


def test_says_which_places_it_shows(names) -> None:
    assert [(leaf.first, leaf.last) for leaf in (leaf_of(names, str(number), 2) for number in (1, 2, 3))] == [
        (1, 2),
        (3, 4),
        (5, 5),
    ]


def test_a_full_last_leaf_leads_nowhere(names) -> None:
    assert leaf_of(names, "1", 5).after is None


def test_one_question_and_no_count(names, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        leaf_of(names, "2", 2)
