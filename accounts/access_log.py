"""The access log: no log, no action, no page."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.enums import AccessKind
from accounts.models import AccessEvent, AccessHead, AccessSubject, User


@transaction.atomic
def log_access(
    *, user: User, kind: AccessKind, part: str, persons: Iterable[UUID] = (), reason: str = "", request_id: str = ""
) -> AccessEvent:
    """Add one event with its subjects to the user's chain, in a transaction of its own."""
    return _append(user, kind, part, persons, reason, request_id)


@transaction.atomic(savepoint=False)
def log_change(*, by: User, part: str, persons: Iterable[UUID] = (), reason: str = "") -> AccessEvent:
    """Log a write from inside the action that makes it: both are there, or neither."""
    return _append(by, AccessKind.CHANGE, part, persons, reason, "")


def _append(
    user: User, kind: AccessKind, part: str, persons: Iterable[UUID], reason: str, request_id: str
) -> AccessEvent:
    subjects = sorted(set(persons))
    head = _locked_head(user)
    event = AccessEvent(
        user=user,
        number=head.number + 1,
        organisation_id=user.organisation_id,
        at=timezone.now(),
        kind=kind,
        part=part[:60],
        reason=reason[:200],
        request_id=request_id,
        subjects_count=len(subjects),
    )
    event.hash = chain_hash(event, subjects, head.hash)
    event.save(force_insert=True)
    AccessSubject.objects.bulk_create([AccessSubject(event_id=event.pk, person=person) for person in subjects])
    AccessHead.objects.filter(pk=user.pk).update(number=event.number, hash=event.hash)
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
    ]
    message = "\x1f".join(str(part) for part in said)
    return hmac.new(settings.ACCESS_LOG_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()


def broken_links(user: User) -> list[int]:
    """Numbers of the user's events that don't fit their chain; empty when the log is whole."""
    previous, expected, broken = "", 1, []
    for event in AccessEvent.objects.filter(user=user).order_by("number").prefetch_related("subjects"):
        persons = [subject.person for subject in event.subjects.all()]
        if event.number != expected or chain_hash(event, persons, previous) != event.hash:
            broken.append(event.number)
        previous, expected = event.hash, event.number + 1
    head = AccessHead.objects.filter(user=user).first() or AccessHead(user=user)
    if (head.number, head.hash) != (expected - 1, previous):
        # Cut off at the end, put in there, or without its head: the last event that there has been.
        broken.append(max(head.number, expected - 1))
    return broken


def _locked_head(user: User) -> AccessHead:
    head = AccessHead.objects.select_for_update().filter(pk=user.pk).first()
    if head is None:
        AccessHead.objects.bulk_create([AccessHead(user=user)], ignore_conflicts=True)
        head = AccessHead.objects.select_for_update().get(pk=user.pk)
    return head


def _utc(moment: datetime) -> str:
    return moment.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds")


class PageAccess:
    """What the page of a request shows; views declare it, the middleware writes it."""

    def __init__(self) -> None:
        self.persons: set[UUID] = set()
        self.kind = AccessKind.READ
        self.reason = ""

    def shown(self, participants: Iterable[Any]) -> None:
        """Declare that these participants (anything with a `public_id`, or ids) stand on the page."""
        self.persons.update(getattr(one, "public_id", one) for one in participants)

    def searched(self) -> None:
        """The page answers a search."""
        self.kind = AccessKind.SEARCH

    def exported(self) -> None:
        """The answer is a file that leaves the program."""
        self.kind = AccessKind.EXPORT
