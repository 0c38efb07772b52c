"""One telephone number, as people write it, and what is none."""

import pytest

from core.swedish.phones import number_to_dial
from core.templatetags.components import dialled


@pytest.mark.parametrize(
    ("typed", "dialled_as"),
    [
        ("08-465 004 10", "0846500410"),
        ("08\N{EN DASH}465 004 10", "0846500410"),
        ("(08) 465 004 10", "0846500410"),
        ("+46 (0)8-465 004 10", "+46846500410"),
        ("46510", "46510"),
        ("08-465 004 00, ankn. 12", "0846500400"),
        ("08-465 004 00 anknytning 1234", "0846500400"),
        ("08-465 004 00 (växel)", "0846500400"),
        ("Växel: 08-465 004 00", "0846500400"),
        ("112", ""),
        ("abc", ""),
        ("ring sonen", ""),
        ("08-465 004 10 Eva", ""),
        ("070 123 (mobil) eller 08-4", ""),
        ("070-174 06 05, 08-465 004 10", ""),
        ("070-174 06 05 08-465 004 10", ""),
        ("\u0660\u0661\u0662\u0663\u0664\u0665", ""),
        ("", ""),
    ],
)
def test_one_number_is_dialled_and_the_rest_stays_text(typed, dialled_as) -> None:
    assert number_to_dial(typed) == dialled_as
    assert dialled(typed) == (f'<a href="tel:{dialled_as}">{typed}</a>' if dialled_as else typed)
