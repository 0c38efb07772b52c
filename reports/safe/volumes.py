"""The volumes as those who may not see the persons are shown them."""

from dataclasses import replace

from reports.figures.volumes import Volumes, volumes
from reports.safe.ground import SafeGround
from reports.statistics.proportions import is_publishable


def safe_volumes(safe: SafeGround) -> Volumes:
    """Enrolments and exits are public; persons who are counted without being registered are not."""
    return replace(volumes(safe.ground), counted_only=None)


def first_safe_volumes(figures: Volumes) -> Volumes:
    """As the first release: enrolments and exits from ten enrolments on."""
    is_large = figures.enrolled is not None and is_publishable(figures.enrolled)
    return Volumes(figures.enrolled if is_large else None, figures.exited if is_large else None, None)


def volumes_beside_own(figures: Volumes, others: Volumes) -> Volumes:
    """All that is shown of the whole: volumes are public."""
    return figures
