"""Conditions packed into one number by the database, and read again."""

import itertools

import pytest
from django.db.models import Q

from projects.models import Project
from reports.datasets.flags import pack, unpack
from tests.world.worlds import model_project

HOLDS, DOES_NOT, UNKNOWN = Q(name="Prov"), Q(name="Annat"), Q(first_ended_on__gt="2011-01-01")


@pytest.mark.parametrize("chosen", list(itertools.product((HOLDS, DOES_NOT, UNKNOWN), repeat=3)))
def test_each_condition_is_read_by_its_name_and_the_unknown_does_not_hold(db, chosen):
    model_project(name="Prov")
    conditions = dict(zip("abc", chosen, strict=True))
    code = Project.objects.annotate(code=pack(conditions)).values_list("code", flat=True).get()
    assert unpack(code, tuple(conditions)) == {name: condition is HOLDS for name, condition in conditions.items()}


def test_what_stands_above_the_bits_is_left_out():
    assert unpack(0b101 + (7 << 3), ("a", "b", "c")) == {"a": True, "b": False, "c": True}
