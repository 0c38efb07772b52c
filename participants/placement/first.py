"""The first day of a placement, as the case keeps it."""

from django.db.models import Min

from participants.changes import save_projection
from participants.models import Enrolment, PlacementPeriod


def refresh_first_placed(enrolment: Enrolment) -> None:
    """Work out `Enrolment.first_placed_on` anew: the first day of the placements that stand; part of the action that
    changed one."""
    standing = PlacementPeriod.objects.filter(enrolment=enrolment).current()
    save_projection(enrolment, first_placed_on=standing.aggregate(first=Min("concerns_on"))["first"])
