"""People of the tests' own: no test's person is taken for another's."""

from participants.twins.similar import near_numbers
from tests.http.people import number


def test_no_number_is_a_slip_away_from_another() -> None:
    drawn = {number().replace("-", "") for _ in range(500)}
    assert len(drawn) > 400
    assert not [(mine, near) for mine in sorted(drawn) for near in sorted(near_numbers(mine) & drawn)]
