"""One life for many kinds of facts about a case: written, corrected, taken back, moved to the right person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models.functions import Coalesce

from accounts.log.access import log_change
from accounts.models import User
from core.actions import action
from core.facts import AmendedFact
from participants.amending.moving import carry, leave_marks_of, lock_move
from participants.amending.versions import last_version, lock_version, next_version, require_author
from participants.amending.wordings import Earlier, earlier_wordings
from participants.amending.words import Noun
from participants.enums import MisplacedKind
from participants.locking import lock_case
from participants.misplaced.marks import texts_of
from participants.models import Enrolment, Misplacement

FactT = TypeVar("FactT", bound=AmendedFact)
RecordT = TypeVar("RecordT")


def _may_stand_anywhere(fact: AmendedFact, right: Enrolment) -> None:
    """Nothing of the fact speaks against another case."""


def _leaves_all_else(fact: AmendedFact, case: Enrolment, by: User, is_misplaced: bool) -> None:
    """Nothing else changes in the case when the fact goes."""


def _has_nothing_beside(fact: AmendedFact, record: object) -> None:
    """Nothing of the record stands in other rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts(Generic[FactT, RecordT]):
    """A kind of fact that changes nothing but itself when it is written, and its actions.

    name: the beginning of the names of its addresses, which are also its parts in the log: "outcome" of
    "outcome_create", "outcome_edit", "outcome_take_back" and "outcome_misplaced".  mark: the sort of sign that the file
    keeps of one that stood on the wrong person.  check: raises ValidationError by field for a record that the case
    can't hold; it is handed the case and, of one that is corrected, the version before.  columns: those of a record.
    check_move: raises ValidationError for `right` where the fact can't stand in that case.  write_beside: writes rows
    that go with each version.  let_go: undoes in the case what the fact changed there, which goes: taken back, or as
    one of somebody else's (is_misplaced, also of one that was taken back before).  elsewhere: names of other addresses
    where something of such a fact stands, besides those of the whole case.
    """

    model: type[FactT]
    noun: Noun
    mark: MisplacedKind
    name: str
    check: Callable[[Enrolment, RecordT, FactT | None], None]
    columns: Callable[[RecordT], dict[str, Any]]
    check_move: Callable[[FactT, Enrolment], None] = _may_stand_anywhere
    write_beside: Callable[[FactT, RecordT], None] = _has_nothing_beside
    let_go: Callable[[FactT, Enrolment, User, bool], None] = _leaves_all_else
    elsewhere: frozenset[str] = frozenset()

    @property
    def earlier(self) -> Earlier:
        """How an earlier version's words are taken out of a file."""
        return Earlier(self.mark, self._pages, f"{self.name}_misplaced", earlier_wordings)

    @property
    def _pages(self) -> frozenset[str]:
        """Names of the addresses where something of such a fact stands, besides those of the whole case."""
        return self.elsewhere | {f"{self.name}_{page}" for page in ("create", "edit", "take_back")}

    @action
    def record(self, *, enrolment: Enrolment, record: RecordT, by: User) -> FactT:
        """Write a fact in a case. Raises ValidationError as `check`."""
        case = lock_case(enrolment)
        self.check(case, record, None)
        fact = self.write(case, record, by)
        self.log("create", case, by)
        return fact

    @action
    def correct(self, *, fact: FactT, record: RecordT, why: str, by: User) -> FactT:
        """A new version of a fact. Raises ValidationError as `check`, ChangedMeanwhile where somebody has replaced
        it."""
        case, old = lock_version(fact)
        self.check(case, record, old)
        new = next_version(old, why, by, **self.columns(record))
        self.write_beside(new, record)
        self.log("edit", case, by)
        return new

    @action
    def take_back(self, *, fact: FactT, reason: str, by: User) -> FactT:
        """Take back a fact that never was, or that is no longer so.

        Raises PermissionDenied for others than its author and the coordinators, ChangedMeanwhile where somebody has
        replaced it.
        """
        case, old = lock_version(fact)
        require_author(old, case, by)
        end = last_version(old, reason, by)
        self.let_go(old, case, by, False)
        self.log("take_back", case, by)
        return end

    @action
    def put_right(self, *, fact: FactT, right: Enrolment | None, by: User) -> Misplacement:
        """Move a fact to the right case, or take it away where there is none.

        Gives the mark that the wrong file keeps. Raises PermissionDenied for others than its author and the
        coordinators, ChangedMeanwhile where somebody has replaced it, and ValidationError as `check_move`.
        """
        move = lock_move(fact, right, by)
        if move.to:
            self.check_move(move.fact, move.to)
        self.let_go(move.fact, move.wrong, by, True)
        carry(move)
        texts = texts_of(move.versions)
        part = f"{self.name}_misplaced"
        return leave_marks_of(move, self.mark, pages=self._pages, texts=texts, by=by, part=part)

    def standing(self, enrolment: Enrolment) -> list[FactT]:
        """The facts of a case that stand, the earliest day first, those of a day in the order of writing. One query."""
        rows: Any = self.model._default_manager
        found = rows.placed().current().filter(enrolment=enrolment).with_case()
        return list(found.order_by("concerns_on", Coalesce("first_id", "pk")))

    def write(self, case: Enrolment, record: RecordT, by: User) -> FactT:
        """A first version, as part of an action that has locked the case and checked the record."""
        rows: Any = self.model._default_manager
        fact: FactT = rows.create(enrolment=case, owner=case.owner, recorded_by=by, **self.columns(record))
        self.write_beside(fact, record)
        return fact

    def log(self, done: str, case: Enrolment, by: User) -> None:
        """Tell the log that one was written ("create"), corrected ("edit") or taken back ("take_back")."""
        log_change(by=by, part=f"{self.name}_{done}", persons=[case.participant.public_id])
