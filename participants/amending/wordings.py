"""Earlier words of a corrected fact, where they alone were about somebody else: they are taken out of the file."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from accounts.models import User
from core.actions import action
from core.facts import AmendedFact, Fact
from core.forms.concurrency import ChangedMeanwhile
from core.models import TextBody
from core.swedish.words import day, moment
from participants.amending.moving import Move, leave_marks_of, lock_move
from participants.enums import MisplacedKind
from participants.misplaced.marks import hide, texts_of
from participants.models import Enrolment, Misplacement
from participants.scope.scope import Scope

# As much of a wording as its choice shows; the fact's page has all of it.
_SHOWN: Final = 120
# Columns that are no part of the matter: whose and when a version is, and what is worked out.
_BESIDE: Final = frozenset(
    {"id", "public_id", "recorded_at", "recorded_by", "owner", "category", "corrects", "superseded_at", "misplaced_at"}
    | {"first", "why", "taken_back", "here_since", "enrolment", "project", "plan", "milestone", "revision", "meeting"}
    | {"work", "author", "version", "number", "is_complete", "is_imported"}
)


@dataclass(frozen=True, slots=True)
class Wording:
    """A version that has been corrected, in words for its choice."""

    fact: Fact
    in_words: str

    @property
    def key(self) -> str:
        """The version's public id."""
        return str(self.fact.public_id)


@dataclass(frozen=True, slots=True)
class Earlier:
    """How a subject takes an earlier version's words out of a file: the sort of its mark, the names of the addresses
    where they could be read, the action as the log names it, what finds the versions (`earlier_wordings`), and what
    else goes that was written in the case since the moment of the first that is taken out."""

    what: MisplacedKind
    pages: Collection[str]
    part: str
    find: Callable[[Any, Scope], list[Wording]]
    after: Callable[[Enrolment, datetime], None] = lambda case, since: None


def earlier_wordings(fact: AmendedFact, scope: Scope) -> list[Wording]:
    """The own organisation's words in earlier versions that say something else than what stands. Two queries."""
    rows: Any = type(fact)._default_manager
    return in_words(rows.visible_to(scope).said().versions_of(fact), [fact], scope)


def in_words(
    versions: Any, standing: Collection[Fact], scope: Scope, *, but: frozenset[str] = frozenset()
) -> list[Wording]:
    """Versions (a queryset) without the standing ones, and without earlier ones that say nothing else than these, in
    the order of writing. Two queries.

    but: columns that are no part of the matter.
    """
    rows = list(versions.filter(owner=scope.user.organisation_id).select_related("recorded_by").order_by("pk"))
    texts = _words_of([*rows, *standing])
    stands = {_matter(row, texts, but) for row in standing}
    others = [row for row in rows if row not in standing and not getattr(row, "taken_back", False)]
    return [Wording(row, _label(row, texts)) for row in others if _matter(row, texts, but) not in stands]


@action
def take_wording_away(*, fact: Any, wording: Fact, earlier: Earlier, by: User) -> Misplacement:
    """Take an earlier version of `fact`, or of a note or an area of it, out of the file, which keeps a mark.

    Every earlier version with the same words goes. The standing one stays, with the words that it shares with them. The
    words are blanked: who needs them in another file writes them there. Raises as `lock_move`, and ChangedMeanwhile
    where the version is no longer an earlier one of the file.
    """
    move: Move = lock_move(fact, None, by)
    model: Any = type(wording)
    chain = _chain_of(wording).filter(enrolment=move.wrong)
    last = [move.fact] if isinstance(move.fact, model) else list(chain.current())
    versions = [row for row in chain.order_by("pk") if row not in last]
    now = next((row for row in versions if row.pk == wording.pk), None)
    if now is None:
        raise ChangedMeanwhile
    kept = texts_of(last)
    words = _words_of([*versions, *last])
    gone_words = {words[key] for key in _said(now)} - {words[key] for key in kept} - {""}
    gone = [row for row in versions if row == now or gone_words & {words[key] for key in _said(row)}]
    texts = texts_of(gone) - kept
    TextBody.objects.lock(texts)
    for row in gone:
        let_go_of(row)
    hide(model, [row.pk for row in gone])
    TextBody.objects.filter(pk__in=texts).update(text="")
    earlier.after(move.wrong, gone[0].recorded_at)
    return leave_marks_of(
        replace(move, versions=gone),
        earlier.what,
        pages=earlier.pages,
        texts=texts,
        by=by,
        part=earlier.part,
        is_part=True,
    )


def _chain_of(row: Any) -> Any:
    """The versions that have this one's place in turn, those that were taken out of the file left out. A note has no
    first one: it is known by its meeting."""
    rows = type(row)._default_manager.placed()
    return rows.versions_of(row) if isinstance(row, AmendedFact) else rows.filter(meeting=row.meeting_id)


def _words_of(rows: Iterable[Fact]) -> dict[int, str]:
    """Words of the texts of these versions, by key. One query."""
    return dict(TextBody.objects.filter(pk__in=texts_of(rows)).values_list("pk", "text"))


def let_go_of(row: Any) -> None:
    """Let the version after this one follow the one before it: the address of each leads on to what stands."""
    rows = type(row)._default_manager
    before = rows.filter(pk=row.pk).values_list("corrects", flat=True).get()
    later = rows.filter(corrects=row).values_list("pk", flat=True).first()
    rows.filter(pk=row.pk).update(corrects=None)
    rows.filter(pk=later).update(corrects=before)


def _said(row: Fact) -> set[int]:
    """Keys of the texts of a version, but for why it was written."""
    return texts_of([row]) - {getattr(row, "why_id", None)}


def _matter(row: Fact, texts: dict[int, str], but: frozenset[str]) -> Sequence[Any]:
    """Values that tell a version from another."""
    columns = [column for column in row._meta.concrete_fields if column.name not in _BESIDE | but]
    values = ((column, getattr(row, column.attname)) for column in columns)
    said = (texts.get(value, "") if column.related_model is TextBody else value for column, value in values)
    return (*said, getattr(row, "in_rows", ""))


def _label(row: Any, texts: dict[int, str]) -> str:
    """«Bara det som skrevs 3 mars kl. 10.42 av Hanna Berg: «Vi talade om …»»."""
    words = getattr(row, "in_words", "")
    rest = [text for text in (texts[key] for key in sorted(_said(row))) if text not in words]
    said = " ".join((". ".join(filter(None, (words, *rest))) or day(row.concerns_on)).split())
    short = said if len(said) <= _SHOWN else f"{said[:_SHOWN].rsplit(' ', 1)[0]} …"
    done = "rättades" if row.corrects_id else "skrevs"
    return f"Bara det som {done} {moment(row.recorded_at)} av {row.recorded_by}: «{short}»"
