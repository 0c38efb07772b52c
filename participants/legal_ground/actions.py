"""Noting the legal ground, and putting it right: corrected, taken back whole, or moved to the right person."""

from datetime import date
from typing import Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.days.periods import IN_THE_FUTURE
from core.models import TextBody
from participants.amending.moving import carry, leave_marks_of, lock_move
from participants.amending.versions import last_version, lock_version, next_version, require_author
from participants.amending.wordings import Earlier, earlier_wordings
from participants.amending.words import Noun
from participants.enums import LegalGroundKind, MisplacedKind
from participants.locking import lock_case
from participants.misplaced.marks import texts_of
from participants.models import Enrolment, LegalGround, Misplacement

GROUND: Final = Noun("den rättsliga grunden", "återtagen", "rättad")
# Pages where something of a legal ground stands.
_PAGES: Final = frozenset({"consent_list", "consent_ground", "ground_edit", "ground_take_back"})
EARLIER: Final = Earlier(MisplacedKind.GROUND, _PAGES, "ground_misplaced", earlier_wordings)


@action
def record_legal_ground(
    *, enrolment: Enrolment, ground: LegalGroundKind, from_day: date, note: str = "", by: User
) -> LegalGround:
    """Note the ground for handling data from a day; the one before held until then, and stays as it is.

    Raises ValidationError for `from_day` in the future.
    """
    _check_day(from_day)
    locked = lock_case(enrolment)
    fact = LegalGround.objects.create(
        enrolment=locked,
        ground=ground,
        note=_text(note),
        concerns_on=from_day,
        owner=locked.owner,
        recorded_by=by,
    )
    _log("consent_ground", locked, by)
    return fact


@action
def correct_ground(
    *, legal_ground: LegalGround, ground: LegalGroundKind, from_day: date, note: str = "", why: str, by: User
) -> LegalGround:
    """A new version of a ground; the one before stays in the history.

    Raises ChangedMeanwhile where the version is no longer the one that stands, and ValidationError for `from_day` in
    the future.
    """
    _check_day(from_day)
    case, old = lock_version(legal_ground)
    new = next_version(old, why, by, ground=ground, concerns_on=from_day, note=_text(note))
    _log("ground_edit", case, by)
    return new


@action
def take_back_ground(*, legal_ground: LegalGround, reason: str, by: User) -> LegalGround:
    """Take back a whole ground: nothing rests on it from now on, and the one before holds again.

    Raises PermissionDenied for others than its author and the coordinators, ChangedMeanwhile where the version is no
    longer the one that stands.
    """
    case, old = lock_version(legal_ground)
    require_author(old, case, by)
    end = last_version(old, reason, by)
    _log("ground_take_back", case, by)
    return end


@action
def put_ground_right(*, legal_ground: LegalGround, right: Enrolment | None, by: User) -> Misplacement:
    """Move a ground to the right case, or take it away where there is none.

    Gives the mark that the wrong file keeps. Raises as `lock_move`.
    """
    move = lock_move(legal_ground, right, by)
    carry(move)
    texts = texts_of(move.versions)
    return leave_marks_of(move, MisplacedKind.GROUND, pages=_PAGES, texts=texts, by=by, part="ground_misplaced")


def _check_day(from_day: date) -> None:
    if from_day > stamp_day():
        raise ValidationError({"from_day": IN_THE_FUTURE})


def _text(note: str) -> TextBody | None:
    return TextBody.objects.write(note.strip()) if note.strip() else None


def _log(part: str, enrolment: Enrolment, by: User) -> None:
    log_change(by=by, part=part, persons=[enrolment.participant.public_id])
