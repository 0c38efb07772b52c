"""Two names with the same number: one person, one who has married, or two."""

import pytest

from actionplans.register.cells.names import Likeness, compare
from participants.models import PersonIdentity
from tests.actionplans.register.builders import read


def named(name: str) -> PersonIdentity:
    family, _comma, given = name.partition(", ")
    return PersonIdentity(family_name=family, given_name=given)


@pytest.mark.parametrize(
    ("first", "second", "likeness"),
    [
        ("Öberg, Åsa", "ÖBERG, ÅSA", Likeness.SAME),
        ("Öberg, Åsa", "Oberg, Asa", Likeness.SAME),
        ("Öberg, Åsa", "Åsa Öberg", Likeness.SAME),
        ("Öberg, Åsa", "Öberg, Åsa Maria", Likeness.SAME),
        ("Öberg, Åsa", "Öberg-Lund, Åsa", Likeness.SAME),
        ("Öberg, Åsa", "Öberg", Likeness.SAME),
        ("Öberg, Åsa", "", Likeness.SAME),
        ("Öberg, Åsa", "Lund, Åsa", Likeness.RENAMED),
        ("Öberg, Åsa Maria", "Lund, Åsa", Likeness.RENAMED),
        ("Öberg, Åsa", "Lund, Ebba", Likeness.OTHER),
        ("Öberg, Åsa", "Öberg, Ebba", Likeness.OTHER),
        ("Öberg, Åsa", "Lund", Likeness.OTHER),
    ],
)
def test_says_who_it_can_be(first: str, second: str, likeness: Likeness) -> None:
    assert compare(named(first), named(second)) is likeness
    assert compare(named(second), named(first)) is likeness


def test_a_changed_family_name_is_a_remark() -> None:
    exited = {"Avslut": "2011-02-20", "Orsak": "Flyttat", "Kartl. klar": None, "Handlingsplan": None}
    register = read(
        exited, {"Efternamn": "Lund", "Inskriven": "2011-03-15", "Kartl. klar": None, "Handlingsplan": None}
    )
    assert register.faults == ()
    assert register.rows[1].remarks == ("Annat efternamn än på rad 2, samma nummer.",)
