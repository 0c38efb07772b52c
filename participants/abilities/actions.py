"""Views of the ability to work: noted, corrected, taken back, moved to the right person."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action, stamp_day
from core.days.periods import IN_THE_FUTURE
from core.models import TextBody
from participants.abilities.parties import ANSWERS, AbilityAnswer, AbilityParty
from participants.amending.born import require_born
from participants.amending.moving import carry, leave_marks_of, lock_move
from participants.amending.versions import last_version, lock_version, next_version, require_author
from participants.amending.wordings import Earlier, earlier_wordings
from participants.amending.words import Noun
from participants.enums import MisplacedKind
from participants.locking import lock_case
from participants.misplaced.marks import texts_of
from participants.models import AbilityStatement, Enrolment, Misplacement

ABILITY: Final = Noun("uppgiften om arbetsförmåga", "återtagen", "rättad")
# Pages where something of a view stands.
_PAGES: Final = frozenset({"ability_list", "ability_create", "ability_edit", "ability_take_back"})
EARLIER: Final = Earlier(MisplacedKind.ABILITY, _PAGES, "ability_misplaced", earlier_wordings)


@dataclass(frozen=True, slots=True, kw_only=True)
class AbilityRecord:
    """A view as it is written down: whose it is, what it is and from which day, and the party's own words ("" where
    nobody has written any)."""

    party: AbilityParty
    answer: AbilityAnswer
    on: date
    words: str = ""


@action
def record_ability(*, enrolment: Enrolment, record: AbilityRecord, by: User) -> AbilityStatement:
    """Note how a party sees somebody's ability to work; an earlier view of that party stays in the history.

    Raises ValidationError for `on` before birth or in the future, and for `view` with an answer that isn't the party's.
    """
    locked = lock_case(enrolment)
    _check(record, locked)
    fact = AbilityStatement.objects.create(enrolment=locked, owner=locked.owner, recorded_by=by, **_columns(record))
    log_change(by=by, part="ability_create", persons=[locked.participant.public_id])
    return fact


@action
def correct_ability(*, ability: AbilityStatement, record: AbilityRecord, why: str, by: User) -> AbilityStatement:
    """A new version of a view. Raises as `record_ability`; ChangedMeanwhile where somebody has replaced it."""
    case, old = lock_version(ability)
    _check(record, case)
    new = next_version(old, why, by, **_columns(record))
    log_change(by=by, part="ability_edit", persons=[case.participant.public_id])
    return new


@action
def take_back_ability(*, ability: AbilityStatement, reason: str, by: User) -> AbilityStatement:
    """Take back a view that the party never had.

    Raises PermissionDenied for others than its author and the coordinators, ChangedMeanwhile where somebody has
    replaced it.
    """
    case, old = lock_version(ability)
    require_author(old, case, by)
    end = last_version(old, reason, by)
    log_change(by=by, part="ability_take_back", persons=[case.participant.public_id])
    return end


@action
def put_ability_right(*, ability: AbilityStatement, right: Enrolment | None, by: User) -> Misplacement:
    """Move a view to the right case, or take it away where there is none.

    Gives the mark that the wrong file keeps. Raises ValidationError for `right` whose person wasn't born on its day,
    PermissionDenied for others than its author and the coordinators, and ChangedMeanwhile where somebody has replaced
    it.
    """
    move = lock_move(ability, right, by)
    if move.to:
        require_born(move.to, move.fact.concerns_on, "right")
    carry(move)
    texts = texts_of(move.versions)
    return leave_marks_of(move, MisplacedKind.ABILITY, pages=_PAGES, texts=texts, by=by, part="ability_misplaced")


def _check(record: AbilityRecord, case: Enrolment) -> None:
    """Raises ValidationError for `view` and `on`."""
    if record.answer not in ANSWERS[record.party]:
        raise ValidationError({"view": f"Så svarar inte {record.party.label}. Välj igen."})
    require_born(case, record.on, "on")
    if record.on > stamp_day():
        raise ValidationError({"on": IN_THE_FUTURE})


def _columns(record: AbilityRecord) -> dict[str, Any]:
    return {
        "party": record.party,
        "answer": record.answer,
        "category": record.party.category,
        "concerns_on": record.on,
        "words": TextBody.objects.write(record.words) if record.words else None,
    }
