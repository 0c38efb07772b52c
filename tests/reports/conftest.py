"""A project with enough people for every figure to be shown, and with known numbers."""

from datetime import date

import pytest

from tests.reports.oracle import Begun, Case, Done, Judged, Left
from tests.world.populations import write

ENROLLED = date(2011, 1, 1)
AS_OF = date(2012, 6, 30)


def cleared(step, on):
    return Judged(step=step, on=on, cleared=on)


def known_cases():
    """Forty enrolled the same day, so that each figure can be counted in the head.

    Step 1 by 1 April: 31 (24 at step 1, 7 by a higher step). Step 4 by New Year: 3, step 5: 4. Left early: 5.
    """
    begun = [Begun(on=ENROLLED, source="social_services", referred=date(2010, 12, 30))]
    done = {"assessed": [Done(on=date(2011, 1, 10))], "planned": [Done(on=date(2011, 1, 13))]}
    spring, winter = date(2011, 3, 1), date(2011, 12, 1)
    cases = [Case(begun, judged=[cleared(1, spring)], **done) for _ in range(24)]
    cases += [Case(begun, judged=[cleared(3, spring), cleared(4, winter)], **done) for _ in range(3)]
    cases += [
        Case(begun, judged=[cleared(2, spring), cleared(4, winter), cleared(5, winter)], **done) for _ in range(4)
    ]
    cases += [Case(begun, [Left(on=date(2011, 2, 1), reason="moved")]) for _ in range(2)]
    cases += [Case(begun, [Left(on=date(2011, 2, 1))]) for _ in range(3)]
    cases += [Case(begun, judged=[Judged(step=1, on=spring, outcome="not_cleared")]) for _ in range(4)]
    return cases


@pytest.fixture
def known_project(world):
    """The world's project with the forty, and the log-ins of the world; its own three enrolments are taken away."""
    world.project.enrolments.update(is_void=True)
    write(world.project, known_cases())
    return world.project
