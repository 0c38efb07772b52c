"""An exit that was written on the wrong person: written anew for the right one, or taken away."""

from typing import Final

from django.core.exceptions import ValidationError

from accounts.models import User
from core.actions import action
from core.days.periods import Period
from participants.amending.moving import Move, leave_marks_of, lock_move, write_earlier
from participants.amending.wordings import Earlier, earlier_wordings
from participants.changes import save_projection
from participants.enrolment.actions import check_free
from participants.enums import MisplacedKind
from participants.exits.actions import check_exit
from participants.livelihood.counted_from import take_back_with_exit
from participants.misplaced.marks import empty, texts_of
from participants.models import Enrolment, Exit, Misplacement

# Pages where something of an exit stands.
_PAGES: Final = frozenset({"enrolment_exit", "enrolment_reopen"})
EARLIER: Final = Earlier(MisplacedKind.EXIT, _PAGES, "exit_misplaced", earlier_wordings)
ENDED: Final = "Den personen är redan avslutad. Rätta det avslutet i stället."
OUTSIDE: Final = "Den dagen kan inte vara den personens sista. Rätta dagen först."


@action
def put_exit_right(*, ending: Exit, right: Enrolment | None, by: User) -> Misplacement:
    """Let an exit be the right case's, or take it away where there is none; the wrong enrolment goes on, and the means
    of support that count from the exit are taken back there.

    The rows stay in the wrong file, emptied, since figures of the past have counted them there. Gives the mark that the
    wrong file keeps. Raises as `lock_move`, ValidationError for `right` where it can't end that enrolment, and for the
    form where the wrong person has been enrolled again since.
    """
    move = lock_move(ending, right, by)
    if move.fact.stands:
        check_free(move.wrong, Period(move.wrong.enrolled_on))
    if move.to:
        _write_anew(move, move.to)
    empty(move.versions)
    if move.fact.stands:
        take_back_with_exit(move.wrong, by)
        save_projection(move.wrong, exited_on=None, exit_reason="")
    texts = texts_of(move.versions)
    return leave_marks_of(move, MisplacedKind.EXIT, pages=_PAGES, texts=texts, by=by, part="exit_misplaced")


def _write_anew(move: Move[Exit], to: Enrolment) -> None:
    """The exit in the right case, after its earlier versions; of one that was taken back these alone."""
    now, own = move.fact, {"enrolment": to, "owner": to.owner}
    if now.stands:
        _check(now, to)
    earlier = write_earlier(move.versions, **own)
    if not now.stands:
        return
    Exit.objects.create(
        **own,
        concerns_on=now.concerns_on,
        reason=now.reason,
        comment=now.comment,
        first=earlier[0] if earlier else None,
        corrects=earlier[-1] if earlier else None,
        recorded_by=now.recorded_by,
    )
    save_projection(to, exited_on=now.concerns_on, exit_reason=now.reason)


def _check(now: Exit, to: Enrolment) -> None:
    """Raises ValidationError for `right`."""
    if to.exited_on:
        raise ValidationError({"right": ENDED})
    try:
        check_exit(to, now.concerns_on)
    except ValidationError as outside:
        raise ValidationError({"right": OUTSIDE}) from outside
