"""A fact on the wrong person, moved to the right one or taken away. Parts of the actions that do it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol

from accounts.log.access import log_change
from accounts.models import User
from core.actions import stamp
from core.facts import AmendedFact, Fact
from core.forms.concurrency import ChangedMeanwhile
from core.models import StoredFile
from participants.amending.born import UNBORN_THERE, require_born
from participants.amending.versions import FactT, require_author
from participants.changes import enrolments_changed
from participants.enums import MisplacedKind
from participants.locking import lock_case, lock_cases
from participants.misplaced.marks import MisplacedThing, files_of, hide, leave_marks
from participants.models import Enrolment, Misplacement

# What a version that is written anew as history has for itself.
_OF_EACH = frozenset({"id", "public_id", "first", "corrects", "superseded_at", "misplaced_at"})


@dataclass(frozen=True, slots=True)
class Move(Generic[FactT]):
    """A fact with all its versions, the case it stands in, and the right one; None where it is taken away."""

    fact: FactT
    versions: list[FactT]
    wrong: Enrolment
    to: Enrolment | None

    @property
    def cases(self) -> list[Enrolment]:
        """The wrong case and, where there is one, the right."""
        return [self.wrong, self.to] if self.to else [self.wrong]


def lock_move(fact: FactT, right: Enrolment | None, by: User) -> Move[FactT]:
    """Lock both cases, and read the fact anew with all its versions.

    Raises ChangedMeanwhile where it is neither the version in force nor taken back, or no longer stands there,
    PermissionDenied for others than its author and the coordinators, and ValidationError for `right` whose person
    wasn't born on the fact's day.
    """
    here: Enrolment = fact.enrolment  # type: ignore[attr-defined]  # every fact that is amended is about a case
    lock_cases([here.pk, *([right.pk] if right else [])])
    wrong, to = lock_case(here), lock_case(right) if right else None
    rows: Any = type(fact)._default_manager
    now = rows.with_case().get(pk=fact.pk)
    if now.enrolment_id != wrong.pk or now.misplaced_at or not (now.stands or now.taken_back):
        raise ChangedMeanwhile
    require_author(now, wrong, by)
    if to:
        require_born(to, now.concerns_on, "right", UNBORN_THERE)
    return Move(now, list(rows.placed().versions_of(now).order_by("pk")), wrong, to)


def carry(move: Move, facts: Iterable[Fact] | None = None, **also: object) -> None:
    """Let all versions of the fact, or other facts that go with it, stand in the right case, or nowhere; what their
    files hold goes where there is no right one. `also` are columns that follow the case."""
    rows = list(move.versions if facts is None else facts)
    keys = [row.pk for row in rows]
    if not rows:
        return
    if move.to:
        type(rows[0])._default_manager.filter(pk__in=keys).update(enrolment=move.to, **also)
    else:
        hide(type(rows[0]), keys)
        StoredFile.objects.blank(files_of(rows))


class Carried(Protocol):
    """A version of a fact that says when it came to its file from another, where it did."""

    here_since: datetime | None
    recorded_at: datetime
    superseded_at: datetime | None


def stay(row: Carried) -> dict[str, datetime]:
    """From when and until when a version that is moved now stood in the file that it leaves, for the copy that figures
    of the past count there. One that had been replaced before it came never did, and ends before it begins."""
    since = max(row.here_since or row.recorded_at, row.recorded_at)
    return {"recorded_at": since, "superseded_at": row.superseded_at or stamp()}


def write_earlier(versions: Sequence[FactT], **own: Any) -> list[FactT]:
    """As `write_history`, for a fact whose last version is written anew after it: nothing where it has no other."""
    return write_history(versions, **own) if len(versions) > 1 else []


def write_history(versions: Sequence[FactT], **own: Any) -> list[FactT]:
    """Write in the right case what the versions of a fact have said: each with its own author, moment and reason.

    They are superseded from their first moment, so that no figure counts them there, at any moment. `own` are columns
    that follow the case. Gives them in their order.
    """
    made: list[FactT] = []
    for row in versions:
        kept = {
            column.attname: getattr(row, column.attname)
            for column in row._meta.concrete_fields
            if column.name not in _OF_EACH and column.name not in own
        }
        chain = {"first_id": made[0].root_id, "corrects": made[-1]} if made else {}
        made.append(type(row)._default_manager.create(**{**kept, **chain, **own, "superseded_at": row.recorded_at}))
    return made


def leave_marks_of(
    move: Move,
    what: MisplacedKind,
    *,
    pages: Collection[str],
    texts: Iterable[int | None],
    by: User,
    part: str,
    beside: Iterable[Fact] = (),
    line: str = "",
    is_part: bool = False,
) -> Misplacement:
    """Mark both files, work out anew what is derived from them, and write the log.

    pages: names of the addresses where it could be read, besides those of the whole case.  texts: keys of all its text
    bodies.  part: the action, as the log names it.  beside: other facts that went with it.  line, is_part: see
    `MisplacedThing`. Gives the mark in the wrong file.
    """
    first: AmendedFact = move.versions[0]
    found = MisplacedThing(
        what=what,
        wrong=move.wrong,
        written_at=first.recorded_at,
        author=first.recorded_by,
        pages=pages,
        texts=[key for key in texts if key],
        addresses=[str(row.public_id) for row in (*move.versions, *beside)],
        line=line,
        is_part=is_part,
    )
    mark = leave_marks(found, move.to, by)
    for case in move.cases:
        enrolments_changed([case.pk])
        log_change(by=by, part=part, persons=[case.participant.public_id])
    return mark
