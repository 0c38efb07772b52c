"""The case worker, logged in."""

import pytest


@pytest.fixture
def client(world, log_in):
    return log_in(world.case_worker)
