"""Marks in files where something was written on the wrong person: without its words, with who had read it.

Each subject moves its own facts; it takes the marks from here, and hands in the texts that go.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, Q

from accounts.enums import AccessKind
from accounts.models import AccessSubject, User
from accounts.namesakes import shown_name
from core.actions import stamp, stamp_day
from core.days.dates import stockholm_day
from core.facts import Fact
from core.models import StoredFile, TextBody
from core.swedish.words import day
from participants.enums import MisplacedKind, MisplacedWay
from participants.joining.former import events_about
from participants.misplaced.drafts import drop_drafts
from participants.misplaced.protected_texts import follow
from participants.models import Enrolment, Misplacement

# Pages where anything of a case may stand: its own, and what is printed of it.
_PAGES_OF_ALL = frozenset(
    {
        "enrolment_detail",
        "participant_detail",
        "participant_extract",
        "participant_extract_pdf",
        "participant_extract_json",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MisplacedThing:
    """Something found on the wrong person.

    written_at: the moment of its first version there (aware).  author: who wrote it there.  pages: names of the
    addresses where it could be read, besides the pages of the whole case.  texts: keys of its text bodies.
    addresses: public ids of its facts, which stand in the addresses of their pages.  line: the public id that its line
    has in a form with lines of other things too; empty where it fills no such line.  is_part: whether what stands of it
    stays, and only what it said before it was corrected goes.
    """

    what: MisplacedKind
    wrong: Enrolment
    written_at: datetime
    author: User
    pages: Collection[str]
    texts: Collection[int]
    addresses: Collection[str]
    line: str = ""
    is_part: bool = False


def leave_marks(found: MisplacedThing, right: Enrolment | None, by: User) -> Misplacement:
    """Mark both files, and let go of what else the wrong one has of the words; part of the action that moves the facts.

    Where there is no right file, the words are blanked. Gives the mark in the wrong file, which says nothing of the
    right one.
    """
    wrong = found.wrong
    # Before anything that waits in them, as who goes through them does.
    TextBody.objects.lock(found.texts)
    came = _came_here(found)
    readers = readers_meanwhile(found, came.recorded_at if came else found.written_at)
    if right is None:
        TextBody.objects.filter(pk__in=found.texts).update(text="")
    else:
        before = came.readers.text if came and came.readers else ""
        all_readers = ", ".join(filter(None, [before, readers]))
        _mark(found, right, MisplacedWay.CAME_HERE, all_readers, came.stood_from if came else found.written_at, by)
    follow(found.texts, wrong.participant, right.participant if right else None)
    drop_drafts(wrong, found.what, found.addresses, found.line)
    taken = MisplacedWay.PART_TAKEN if found.is_part else MisplacedWay.TAKEN_AWAY
    way = MisplacedWay.MOVED_AWAY if right else taken
    return _mark(found, wrong, way, readers, came.recorded_at if came else found.written_at, by)


def readers_meanwhile(found: MisplacedThing, since: datetime) -> str:
    """Words about who could read it in the wrong file, besides its author: «Samira Ek 3 mars 2026». Two queries."""
    rows = (
        AccessSubject.objects.filter(events_about(found.wrong.participant.public_id), event__at__gte=since)
        .filter(event__part__in=_PAGES_OF_ALL | set(found.pages))
        .exclude(event__user=found.author)
        .exclude(event__kind=AccessKind.REFUSED)
        .order_by("event__at")
        .values_list(shown_name("event__user"), "event__at")
    )
    return ", ".join(dict.fromkeys(f"{name} {day(stockholm_day(at))}" for name, at in rows))


def hide(model: type, keys: Iterable[int]) -> None:
    """Leave facts in the wrong file for the figures of the past alone: shown nowhere, counted nowhere from now on."""
    rows = model._default_manager.filter(pk__in=list(keys))  # type: ignore[attr-defined]
    rows.filter(superseded_at=None).update(superseded_at=stamp())
    rows.update(misplaced_at=stamp())


def texts_of(rows: Iterable[Fact]) -> set[int]:
    """Keys of the text bodies of these facts. No query."""
    return _keys(rows, TextBody)


def files_of(rows: Iterable[Fact]) -> set[int]:
    """Keys of the files of these facts. No query."""
    return _keys(rows, StoredFile)


def empty(rows: Sequence[Fact]) -> None:
    """Leave of facts of one kind in the wrong file what figures of the past counted, and nothing that is shown.

    Their texts stand in the right file from now on; where there is none, the mark blanks them.
    """
    if not rows:
        return
    model, keys = type(rows[0]), [row.pk for row in rows]
    nothing = {
        name: None if model._meta.get_field(name).null else TextBody.objects.write("")
        for name in _fields(model, TextBody)
    }
    hide(model, keys)
    model._default_manager.filter(pk__in=keys).update(**nothing)


def _keys(rows: Iterable[Fact], kept_in: type[Model]) -> set[int]:
    keys = (getattr(row, f"{name}_id") for row in rows for name in _fields(type(row), kept_in))
    return {key for key in keys if key}


def _fields(model: type[Fact], kept_in: type[Model]) -> list[str]:
    return [field.name for field in model._meta.fields if field.related_model is kept_in]


def _came_here(found: MisplacedThing) -> Misplacement | None:
    """The mark that it came to the wrong file by an earlier move; None where it was written there.

    What is carried has the moment from which the mark says that it stood wrong; what is written anew has the mark's
    own. One query.
    """
    same = Q(stood_from=found.written_at) | Q(recorded_at=found.written_at)
    marks = Misplacement.objects.filter(same, enrolment=found.wrong, what=found.what, way=MisplacedWay.CAME_HERE)
    return marks.select_related("readers").order_by("pk").last()


def _mark(
    found: MisplacedThing, case: Enrolment, way: MisplacedWay, readers: str, since: datetime, by: User
) -> Misplacement:
    return Misplacement.objects.create(
        enrolment=case,
        what=found.what,
        way=way,
        stood_from=since,
        readers=TextBody.objects.write(readers) if readers else None,
        concerns_on=stamp_day(),
        owner_id=by.organisation_id or case.owner_id,
        recorded_by=by,
    )
