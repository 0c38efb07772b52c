"""A placement that was written on the wrong person: moved to the right one, or taken away."""

from typing import Final

from django.core.exceptions import ValidationError

from accounts.models import User
from core.actions import action, stamp, stamp_day
from core.models import TextBody
from participants.amending.moving import Move, carry, leave_marks_of, lock_move, stay
from participants.amending.wordings import Earlier, earlier_wordings
from participants.enums import MisplacedKind
from participants.misplaced.marks import texts_of
from participants.models import Enrolment, Misplacement, PlacementPeriod
from participants.placement.actions import check_days
from participants.placement.choices import supervisors_for
from participants.placement.first import refresh_first_placed

# Pages where something of a placement stands.
_PAGES: Final = frozenset({"placement_list", "placement_create", "placement_edit", "placement_take_back"})
EARLIER: Final = Earlier(MisplacedKind.PLACEMENT, _PAGES, "placement_misplaced", earlier_wordings)


@action
def put_placement_right(*, placement: PlacementPeriod, right: Enrolment | None, by: User) -> Misplacement:
    """Move a placement to the right case, or take it away where there is none; its supervisor reads accordingly.

    Gives the mark that the wrong file keeps. Raises PermissionDenied for others than its author and the coordinators,
    ChangedMeanwhile where somebody has replaced it, and ValidationError for `right`.
    """
    move = lock_move(placement, right, by)
    if move.to and move.fact.stands:
        _check(move.fact, move.to)
    texts = texts_of(move.versions)
    if move.to:
        _keep_grounds(move)
    carry(move, here_since=stamp())
    for case in move.cases:
        refresh_first_placed(case)
    return leave_marks_of(move, MisplacedKind.PLACEMENT, pages=_PAGES, texts=texts, by=by, part="placement_misplaced")


def _check(placement: PlacementPeriod, right: Enrolment) -> None:
    """Raises ValidationError for `right` where the placement can't be one of that case."""
    period, today = placement.period, stamp_day()
    try:
        check_days(right, period)
    except ValidationError as outside:
        fault = "Dagarna ligger utanför den personens inskrivning. Ändra dem först."
        raise ValidationError({"right": fault}) from outside
    if period.is_over(today) or placement.supervisor is None:
        return
    if placement.supervisor not in supervisors_for(right, max(period.first, today)):
        fault = f"{placement.supervisor} kan inte vara handledare för den personen. Byt handledare först."
        raise ValidationError({"right": fault})


def _keep_grounds(move: Move[PlacementPeriod]) -> None:
    """Leave in the wrong file who was the supervisor and when, without place and words: it was the ground on which that
    user read there meanwhile, and figures of the past have counted it there. It is shown nowhere, and the review of the
    log knows it."""
    for row in move.versions:
        PlacementPeriod.objects.create(
            enrolment=move.wrong,
            place=TextBody.objects.write(""),
            supervisor=row.supervisor,
            guide=TextBody.objects.write("") if row.guide else None,
            concerns_on=row.concerns_on,
            until=row.until,
            owner_id=row.owner_id,
            recorded_by=row.recorded_by,
            misplaced_at=stamp(),
            **stay(row),
        )
