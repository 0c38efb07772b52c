"""The access log: no log, no action, no page."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.utils import timezone

from accounts.enums import AccessKind, ExportReason
from accounts.exports import refuse_beyond_limit
from accounts.log.words import has_its_words
from accounts.models import AccessEvent, AccessHead, AccessNote, AccessSubject, User
from core.models import TextBody
from core.prepared.questions import prepared
from core.prepared.writes import insert, update

# The part of an event about those whose names alone stood on a page, in a list.
NAME_IN_LIST = "name_in_list"

# Asked of every change about persons before it is logged, and so before it stands: by whom, what, about whom. Raises
# where the change may not be (participants adds what an emergency doesn't let one write).
change_requires: list[Callable[[User, str, Iterable[UUID]], None]] = []


@transaction.atomic
def log_access(
    *,
    user: User,
    kind: AccessKind,
    part: str,
    persons: Iterable[UUID] = (),
    reason: str = "",
    note: str = "",
    request_id: str = "",
) -> AccessEvent:
    """Add one event with its subjects to the user's chain, in a transaction of its own.

    `note` is why, in own words: it stands beside the event, whose hash covers a digest of it. Raises
    TooManyExportsError instead when it is one export too many.
    """
    body = TextBody.objects.write(note) if note else None
    return _append(user, kind, part, persons, reason, request_id, body)


@transaction.atomic(savepoint=False)
def log_change(
    *, by: User, part: str, persons: Iterable[UUID] = (), reason: str = "", words: TextBody | None = None
) -> AccessEvent:
    """Log a write from inside the action that makes it: both are there, or neither.

    `words` is a stored text that says why; the event's hash covers its digest.
    """
    about = list(persons)
    for check in change_requires if about else ():
        check(by, part, about)
    return _append(by, AccessKind.CHANGE, part, about, reason, "", words)


def _append(
    user: User,
    kind: AccessKind,
    part: str,
    persons: Iterable[UUID],
    reason: str,
    request_id: str,
    words: TextBody | None = None,
) -> AccessEvent:
    subjects = sorted(set(persons))
    head = _locked_head(user)
    at = timezone.now()
    if kind == AccessKind.EXPORT:
        # Under the lock: of two requests at once only one can be the last that there is room for.
        refuse_beyond_limit(user, at=at)
    event = AccessEvent(
        user=user,
        number=head.number + 1,
        organisation_id=user.organisation_id,
        at=at,
        kind=kind,
        part=part[:60],
        reason=reason[:200],
        request_id=request_id,
        subjects_count=len(subjects),
        note_digest=words.digest if words else "",
    )
    event.hash = chain_hash(event, subjects, head.hash)
    insert([event])
    insert([AccessSubject(event_id=event.pk, person=person) for person in subjects])
    head.number, head.hash = event.number, event.hash
    update(head, "number", "hash")
    if words:
        AccessNote.objects.create(event=event, body=words)
    return event


def chain_hash(event: AccessEvent, persons: Iterable[UUID], previous: str) -> str:
    """HMAC over what the event says, whom it concerns and the hash before it."""
    said = [
        previous,
        event.user_id,
        event.number,
        event.organisation_id,
        _utc(event.at),
        event.kind,
        event.part,
        event.reason,
        event.request_id,
        *sorted(str(person) for person in persons),
        # Events from before there was a digest, and those without words, hash as they always did.
        *([f"words {event.note_digest}"] if event.note_digest else []),
    ]
    message = "\x1f".join(str(part) for part in said)
    return hmac.new(settings.ACCESS_LOG_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()


def broken_links(user: User) -> list[int]:
    """Numbers of the user's events that don't fit their chain; empty when the log is whole."""
    walk = _Walk()
    before = AccessHead.objects.filter(user=user).first()
    events = AccessEvent.objects.filter(user=user).order_by("number").prefetch_related("subjects", "note__body")
    walk.through(events.filter(number__lte=before.number if before else 0))
    with transaction.atomic():
        # Nobody adds to the chain while its end is looked at.
        head = AccessHead.objects.select_for_update(no_key=True).filter(user=user).first() or AccessHead(user=user)
        walk.through(events.filter(number__gt=before.number if before else 0))
    if (head.number, head.hash) != (walk.number, walk.hash):
        # Cut off at the end, put in there, or without its head: the last event that there has been.
        walk.broken.append(max(head.number, walk.number))
    return walk.broken


class _Walk:
    """A walk along a chain, which gathers the numbers of what doesn't fit."""

    def __init__(self) -> None:
        self.number, self.hash = 0, ""
        self.broken: list[int] = []

    def through(self, events: QuerySet[AccessEvent]) -> None:
        """Go on from where the walk has come."""
        for event in events.iterator(chunk_size=2000):
            persons = [subject.person for subject in event.subjects.all()]
            is_next = event.number == self.number + 1 and event.subjects_count == len(persons)
            if not is_next or chain_hash(event, persons, self.hash) != event.hash or not has_its_words(event):
                self.broken.append(event.number)
            self.number, self.hash = event.number, event.hash


def _locked_head(user: User) -> AccessHead:
    head = _head.first(user=user.pk)
    if head is None:
        AccessHead.objects.bulk_create([AccessHead(user=user)], ignore_conflicts=True)
        head = AccessHead.objects.select_for_update(no_key=True).get(pk=user.pk)
    return head


@prepared(user=BigIntegerField())
def _head(*, user: Any) -> QuerySet:
    return AccessHead.objects.select_for_update(no_key=True).filter(pk=user)


def _utc(moment: datetime) -> str:
    return moment.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds")


class PageAccess:
    """The persons whom the page of a request shows, and how it handles their data: views declare it, the middleware
    writes it to the log."""

    def __init__(self) -> None:
        self.persons: set[UUID] = set()
        self.names: set[UUID] = set()
        self.kind = AccessKind.READ
        self.reason = ""
        self.note = ""

    def declare(self, participants: Iterable[Any]) -> None:
        """Say that these participants (anything with a `public_id`, or ids) stand on the page."""
        self.persons.update(_ids(participants))

    def declare_names(self, participants: Iterable[Any]) -> None:
        """Say that these participants are names in a list on the page, to choose or compare with: the page isn't about
        them, and the log says no more of them than that (`NAME_IN_LIST`)."""
        self.names.update(_ids(participants))

    def declare_search(self) -> None:
        """Have the page logged as the answer to a search."""
        self.kind = AccessKind.SEARCH

    def declare_export(self, reason: ExportReason | None = None, words: str = "") -> None:
        """Have the answer logged as a file that leaves the program; only projects.exports calls it."""
        self.kind = AccessKind.EXPORT
        self.reason = str(reason.label) if reason else ""
        self.note = words

    def declare_refusal(self, reason: str) -> None:
        """Have the page logged as one that shows nobody after all, with the reason."""
        self.persons, self.names, self.kind = set(), set(), AccessKind.REFUSED
        self.reason, self.note = reason, ""


def _ids(participants: Iterable[Any]) -> set[UUID]:
    return {getattr(person, "public_id", person) for person in participants}
