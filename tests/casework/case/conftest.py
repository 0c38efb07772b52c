"""A case worker who is logged in, and one of their cases."""

import pytest

from tests.world.cases import started


@pytest.fixture
def case(world):
    """The case worker's case, begun forty days ago."""
    return started(world.enrolment, 40)
