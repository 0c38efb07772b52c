"""Volumes in the safe version."""

from dataclasses import replace

from reports.figures.volumes import Volumes, volumes
from reports.safe.ground import SafeGround
from reports.statistics.proportions import is_publishable


def safe_volumes(safe: SafeGround) -> Volumes:
    """The numbers of enrolments and exits, which are public; without persons who are counted but not registered."""
    return replace(volumes(safe.ground), counted_only=None)


def first_safe_volumes(figures: Volumes) -> Volumes:
    """The volumes as the first release showed them: enrolments and exits, from ten enrolments on."""
    is_large = figures.enrolled is not None and is_publishable(figures.enrolled)
    return Volumes(figures.enrolled if is_large else None, figures.exited if is_large else None, None)


def volumes_beside_own(figures: Volumes, others: Volumes) -> Volumes:
    """The volumes unchanged, since they are public also to a reader who knows some of the persons."""
    return figures
