"""Leaves of a list that isn't counted, and pages of one that is as far as it goes."""

import pytest

from accounts.models import Organisation
from core.paging import CountedPaginator, leaf_of
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


@pytest.mark.parametrize(("most", "found", "count", "whole"), [(4, 5, 4, False), (5, 5, 5, True), (9, 5, 5, True)])
@pytest.mark.parametrize("read", [lambda rows: rows, list])
def test_pages_are_of_as_many_as_are_counted(names, monkeypatch, read, most, found, count, whole) -> None:
    monkeypatch.setattr("core.paging.MOST", most)
    pages = CountedPaginator(read(names), 2)
    assert (pages.found, pages.count, pages.is_whole) == (found, count, whole)
    assert [row for page in pages for row in page] == list("abcde")[:count]
    assert pages.get_page("99").number == pages.num_pages


def test_a_count_stops_at_the_first_that_isn_t_counted(names, monkeypatch, django_assert_num_queries) -> None:
    monkeypatch.setattr("core.paging.MOST", 2)
    with django_assert_num_queries(1) as asked:
        assert CountedPaginator(names, 2).found == 3
    assert "LIMIT 3" in asked[0]["sql"]
